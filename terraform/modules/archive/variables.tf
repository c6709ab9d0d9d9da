variable "name" {
  description = "Name of the bucket; unique in the world (`riff-prod-archive-123456789012`)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket's name has 3 to 63 lower case letters, digits and hyphens: \"${var.name}\" (${length(var.name)})."
  }
}

variable "retention_years" {
  description = "Years during which nothing in the archive can be changed or removed. Regulators want at least 3."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.retention_years >= 3 && var.retention_years <= 100 && floor(var.retention_years) == var.retention_years
    error_message = "Retention is 3 to 100 whole years."
  }
}

variable "lock" {
  description = "Whom the lock binds: `compliance` everybody, the account's owner included; `governance` all but who may lift it."
  type        = string
  default     = "compliance"
  nullable    = false

  validation {
    condition     = contains(["compliance", "governance"], var.lock)
    error_message = "lock is compliance or governance."
  }
}

variable "deep_after_days" {
  description = "Days after which events move to Glacier Deep Archive, from where a reader waits 12 to 48 hours."
  type        = number
  default     = 180
  nullable    = false

  validation {
    condition     = var.deep_after_days >= 1 && floor(var.deep_after_days) == var.deep_after_days
    error_message = "deep_after_days is a whole number of days, at least 1."
  }
}

variable "tiering" {
  description = "Whether old events move to Glacier at all."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the archive; null leaves it to S3's own key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key."
  }
}

variable "replica" {
  description = "A bucket elsewhere (with versions and lock) that receives a copy, and the key there; null for none."
  type = object({
    bucket_arn  = string
    kms_key_arn = optional(string)
  })
  default = null

  validation {
    condition     = var.replica == null || try(can(regex("^arn:[a-z-]+:s3:::[a-z0-9-]+$", var.replica.bucket_arn)), false)
    error_message = "bucket_arn is the ARN of a bucket."
  }

  validation {
    condition     = var.replica == null || (var.kms_key_arn == null) == (try(var.replica.kms_key_arn, null) == null)
    error_message = "Where the archive has a key of ours, its copy has one too."
  }
}

variable "destroy_with_content" {
  description = "Whether destroying the archive may take its content along; needs a `governance` lock. Only where nothing in it counts."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.destroy_with_content || var.lock == "governance"
    error_message = "What is locked by compliance cannot be destroyed by anybody."
  }
}
