variable "environment" {
  description = "Name of the environment; aliases are `alias/riff-<environment>-<purpose>`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "users" {
  description = "Roles (ARNs) that alone may decrypt or sign with a key, by purpose. Where a purpose is not named, the account's policies decide."
  type        = map(set(string))
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.users), ["seeds", "ledger"])) == 0
    error_message = "Only the keys of seeds and of the ledger are kept to named roles: services use the others on behalf of many."
  }

  validation {
    condition = alltrue(flatten([
      for roles in values(var.users) : [for role in roles : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*]+$", role))]
    ]))
    error_message = "A user is the exact ARN of a role."
  }
}

variable "ledger_key_spec" {
  description = "Kind of the key that signs checkpoints of the ledger."
  type        = string
  default     = "ECC_NIST_P256"
  nullable    = false

  validation {
    condition     = contains(["ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"], var.ledger_key_spec)
    error_message = "ledger_key_spec is ECC_NIST_P256, ECC_NIST_P384 or ECC_NIST_P521."
  }
}

variable "deletion_window_days" {
  description = "Days between asking for a key's deletion and losing for ever what it encrypted."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30
    error_message = "KMS waits 7 to 30 days."
  }
}

variable "multi_region" {
  description = "Whether keys can be replicated to another region, for copies of backups and of the archive."
  type        = bool
  default     = false
  nullable    = false
}
