variable "environment" {
  description = "Name of the environment."
  type        = string
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

variable "api" {
  description = "The unit api."
  type        = object({ name = string, stage_name = string })
  nullable    = false
}

variable "database" {
  description = "The unit database."
  type        = object({ cluster = optional(object({ id = string, max_units = number })) })
  nullable    = false
}

variable "events" {
  description = "The unit events."
  type        = object({ failures_name = string })
  nullable    = false
}

variable "keys" {
  description = "The unit keys."
  type        = object({ arns = map(string) })
  nullable    = false
}

variable "receivers" {
  description = "Who is told: mail addresses, or https addresses of a duty service, each with a name."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "thresholds" {
  description = "When somebody is told."
  type = object({
    function_errors   = optional(number, 3)
    api_errors        = optional(number, 5)
    api_latency_ms    = optional(number, 3000)
    failures          = optional(number, 0)
    database_capacity = optional(number, 0.8)
  })
  default  = {}
  nullable = false
}

variable "alarms" {
  description = "Whether there are alarms at all."
  type        = bool
  default     = true
  nullable    = false
}
