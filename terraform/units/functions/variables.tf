variable "environment" {
  description = "Name of the environment."
  type        = string
  nullable    = false
}

variable "contexts" {
  description = "Which functions: those of these contexts."
  type        = set(string)
  nullable    = false
}

variable "artifacts_file" {
  description = "What was built: artifacts.json."
  type        = string
  nullable    = false

  validation {
    condition     = try(jsondecode(file(var.artifacts_file)).format == 1, false)
    error_message = "No artifacts.json of format 1 at ${var.artifacts_file}: build first."
  }
}

variable "artifacts" {
  description = "The unit artifacts."
  type        = object({ bucket = string })
  nullable    = false
}

variable "configuration" {
  description = "The unit configuration."
  type = object({
    tree  = object({ path = string, arn = string })
    parts = object({ arns = map(string), kms_key_arn = optional(string) })
  })
  nullable = false
}

variable "database" {
  description = "The unit database."
  type        = object({ users_arn = optional(string) })
  nullable    = false
}

variable "events" {
  description = "The unit events."
  type = object({
    bus_arn      = string
    failures_arn = string
    queue_arns   = map(string)
  })
  nullable = false
}

variable "identity" {
  description = "The unit identity."
  type        = object({ pool_arns = map(string) })
  nullable    = false
}

variable "keys" {
  description = "The unit keys."
  type        = object({ arns = map(string) })
  nullable    = false
}

variable "network" {
  description = "The unit network."
  type        = object({ functions = optional(object({ subnet_ids = set(string), security_group_ids = set(string) })) })
  nullable    = false
}

variable "record" {
  description = "The unit record."
  type = object({
    archive_arn  = string
    evidence_arn = string
    stream_arn   = string
    table_arn    = string
  })
  nullable = false
}

variable "architecture" {
  description = "Processor of the functions: arm64 or x86_64."
  type        = string
  default     = "arm64"
  nullable    = false
}

variable "capacity" {
  description = "Where this environment differs from the description, by operation."
  type = map(object({
    memory_mb   = optional(number)
    timeout_s   = optional(number)
    reserved    = optional(number)
    provisioned = optional(number)
  }))
  default  = {}
  nullable = false
}

variable "releases" {
  description = "Operations that are released gradually: the version that stays live and the share of the newest one."
  type = map(object({
    live_version = string
    canary       = optional(number, 0)
  }))
  default  = {}
  nullable = false
}

variable "mail_identity_arn" {
  description = "Verified identity that tickets are sent from; null where none are."
  type        = string
  default     = null
}

variable "log_days" {
  description = "Days that log lines are kept."
  type        = number
  default     = 90
  nullable    = false
}

variable "variables" {
  description = "Environment of every function beside what its description gives."
  type        = map(string)
  default     = { LOG_LEVEL = "INFO" }
  nullable    = false
}
