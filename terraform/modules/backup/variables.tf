variable "environment" {
  description = "Name of the environment; vault and plan are named `<environment>-riff`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "resources" {
  description = "What is backed up, by exact ARN: the database's cluster, the event log."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.resources) > 0 && alltrue([for arn in var.resources : startswith(arn, "arn:") && !strcontains(arn, "*")])
    error_message = "At least one resource, each by its exact ARN."
  }
}

variable "every_hours" {
  description = "Hours between backups. At most 4: what is lost in a disaster may be 4 hours (RPO)."
  type        = number
  default     = 4
  nullable    = false

  validation {
    condition     = contains([1, 2, 3, 4], var.every_hours)
    error_message = "every_hours is 1 to 4: no more than 4 hours may be lost."
  }
}

variable "keep_days" {
  description = "Days that the frequent and the daily backups are kept; monthly ones are kept `keep_years`."
  type = object({
    frequent = optional(number, 3)
    daily    = optional(number, 35)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.keep_days.frequent >= 1 && var.keep_days.daily >= 7
    error_message = "Frequent backups are kept a day or more, daily ones a week or more."
  }
}

variable "keep_years" {
  description = "Years that monthly backups are kept. Regulators want at least 3."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.keep_years >= 3 && var.keep_years <= 100
    error_message = "Monthly backups are kept 3 to 100 years."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the vault; null leaves it to the service's own."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key."
  }
}

variable "copy_vault_arn" {
  description = "Vault of another region or account that daily backups are copied to; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.copy_vault_arn == null || can(regex("^arn:[a-z-]+:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:.+$", var.copy_vault_arn))
    error_message = "copy_vault_arn is the ARN of a vault."
  }
}

variable "lock" {
  description = "Whether nobody can shorten what the vault keeps. It binds for good after three days."
  type        = bool
  default     = true
  nullable    = false
}

variable "alerts" {
  description = "Topic that is told of backups and copies that failed; null for none."
  type        = object({ topic_arn = string })
  default     = null

  validation {
    condition     = var.alerts == null || try(can(regex("^arn:[a-z-]+:sns:", var.alerts.topic_arn)), false)
    error_message = "topic_arn is the ARN of a topic."
  }
}
