variable "environment" {
  description = "Name of the environment."
  type        = string
  nullable    = false
}

variable "keys" {
  description = "The unit keys."
  type        = object({ arns = map(string) })
  nullable    = false
}

variable "network" {
  description = "The unit network."
  type        = object({ database = optional(object({ subnet_ids = set(string), security_group_ids = set(string) })) })
  nullable    = false
}

variable "aurora" {
  description = "The database's size; null where it is elsewhere (`address`)."
  type = object({
    engine_version = optional(string, "17.5")
    capacity       = optional(object({ min = optional(number, 0.5), max = optional(number, 8) }), {})
    readers        = optional(number, 1)
  })
  default = null

  validation {
    condition     = (var.aurora == null) != (var.address == null)
    error_message = "Either Aurora, or the address of a database that is there."
  }
}

variable "address" {
  description = "A database that is there already: host, port and name; null where Aurora is made."
  type = object({
    host = string
    port = number
    name = string
  })
  default = null
}

variable "deletion_protection" {
  description = "Whether what holds data refuses to be destroyed."
  type        = bool
  default     = true
  nullable    = false
}

variable "backup_days" {
  description = "Days to any second of which Aurora can be restored."
  type        = number
  default     = 35
  nullable    = false
}
