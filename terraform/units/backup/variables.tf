variable "environment" {
  description = "Name of the environment."
  type        = string
  nullable    = false
}

variable "database" {
  description = "The unit database."
  type        = object({ cluster = optional(object({ arn = string })) })
  nullable    = false
}

variable "keys" {
  description = "The unit keys."
  type        = object({ arns = map(string) })
  nullable    = false
}

variable "observability" {
  description = "The unit observability."
  type        = object({ alerts_arn = string })
  nullable    = false
}

variable "record" {
  description = "The unit record."
  type        = object({ table_arn = string })
  nullable    = false
}

variable "copy_vault_arn" {
  description = "Vault of another region or account that daily backups are copied to; null for none."
  type        = string
  default     = null
}

variable "lock" {
  description = "Whether nobody can shorten what the vault keeps."
  type        = bool
  default     = true
  nullable    = false
}

variable "notices" {
  description = "Whether people are told of backups that failed."
  type        = bool
  default     = true
  nullable    = false
}
