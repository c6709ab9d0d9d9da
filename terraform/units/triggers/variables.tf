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

variable "events" {
  description = "The unit events."
  type        = object({ failures_arn = string, queue_arns = map(string) })
  nullable    = false
}

variable "record" {
  description = "The unit record."
  type        = object({ stream_arn = string })
  nullable    = false
}

variable "schedules_enabled" {
  description = "Whether what runs by the clock does run."
  type        = bool
  default     = true
  nullable    = false
}
