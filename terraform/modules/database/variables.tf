variable "environment" {
  description = "Name of the environment; the cluster is named `<environment>-riff`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "network" {
  description = "Private subnets, in two zones or more, and the security group of the database."
  type = object({
    subnet_ids         = set(string)
    security_group_ids = set(string)
  })
  nullable = false
}

variable "engine_version" {
  description = "Version of PostgreSQL as Aurora names it (`17.5`)."
  type        = string
  default     = "17.5"
  nullable    = false

  validation {
    condition     = can(regex("^1[6-9]\\.[0-9]+$", var.engine_version))
    error_message = "PostgreSQL 16 or newer, with its minor version."
  }
}

variable "capacity" {
  description = "Aurora capacity units (2 GB of memory each): the least that is kept and the most that is used. 0 lets an idle database sleep."
  type = object({
    min = optional(number, 0.5)
    max = optional(number, 8)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.capacity.min >= 0 && var.capacity.max >= 1 && var.capacity.max <= 256 && var.capacity.min <= var.capacity.max
    error_message = "0 to 256 units, the least not above the most."
  }

  validation {
    condition     = floor(var.capacity.min * 2) == var.capacity.min * 2 && floor(var.capacity.max * 2) == var.capacity.max * 2
    error_message = "Units come in halves."
  }
}

variable "readers" {
  description = "Instances beside the writer, in other zones. One takes over within a minute when the writer fails."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.readers >= 0 && var.readers <= 15 && floor(var.readers) == var.readers
    error_message = "0 to 15 readers."
  }
}

variable "backup_days" {
  description = "Days to any second of which the database can be restored."
  type        = number
  default     = 35
  nullable    = false

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35 && floor(var.backup_days) == var.backup_days
    error_message = "Aurora restores to a point 1 to 35 days back."
  }
}

variable "deletion_protection" {
  description = "Whether the cluster refuses to be destroyed, and leaves a last snapshot when it may be."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the database, its backups and the owner's password; null leaves it to the service's own."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key."
  }
}

variable "proxy" {
  description = "A proxy that shares connections between many functions: the secrets (ARNs) with the passwords of the roles that log in through it; null for none, functions then log in by IAM directly."
  type        = object({ secret_arns = set(string) })
  default     = null

  validation {
    condition     = var.proxy == null || try(length(var.proxy.secret_arns) > 0 && alltrue([for arn in var.proxy.secret_arns : strcontains(arn, ":secretsmanager:")]), false)
    error_message = "The proxy needs at least one secret, by ARN."
  }
}

variable "insights" {
  description = "Whether queries are recorded for a week, to find the slow ones."
  type        = bool
  default     = true
  nullable    = false
}

variable "maintenance" {
  description = "Weekly hour (UTC) in which AWS may patch. Never a match day's evening."
  type        = string
  default     = "tue:03:00-tue:04:00"
  nullable    = false

  validation {
    condition     = can(regex("^(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]$", var.maintenance))
    error_message = "maintenance is `tue:03:00-tue:04:00`."
  }
}
