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

variable "archive" {
  description = "Years that events are kept, whom the lock binds, whether old ones move to Glacier, and the copy elsewhere."
  type = object({
    retention_years = optional(number, 7)
    lock            = optional(string, "compliance")
    tiering         = optional(bool, true)
    replica         = optional(object({ bucket_arn = string, kms_key_arn = optional(string) }))
  })
  default  = {}
  nullable = false
}

variable "recovery_days" {
  description = "Days to any second of which the event log can be restored."
  type        = number
  default     = 35
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether what holds data refuses to be destroyed."
  type        = bool
  default     = true
  nullable    = false
}
