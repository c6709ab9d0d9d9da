variable "environment" {
  description = "Name of the environment; the table is named `<environment>-event-log`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the table; null leaves it to DynamoDB's own key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key."
  }
}

variable "recovery_days" {
  description = "Days to any second of which the table can be restored; 0 for none."
  type        = number
  default     = 35
  nullable    = false

  validation {
    condition     = var.recovery_days >= 0 && var.recovery_days <= 35 && floor(var.recovery_days) == var.recovery_days
    error_message = "DynamoDB restores to a point 1 to 35 days back."
  }
}

variable "deletion_protection" {
  description = "Whether the table refuses to be destroyed."
  type        = bool
  default     = true
  nullable    = false
}

variable "capacity" {
  description = "Highest read and write units per second that are paid for; null for no limit of our own."
  type = object({
    read  = number
    write = number
  })
  default = null

  validation {
    condition     = var.capacity == null || try(var.capacity.read >= 1 && var.capacity.write >= 1, false)
    error_message = "A limit is at least 1 unit."
  }
}
