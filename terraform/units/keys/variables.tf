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

variable "deletion_window_days" {
  description = "Days between asking for a key's deletion and losing it."
  type        = number
  default     = 30
  nullable    = false
}

variable "multi_region" {
  description = "Whether keys can be replicated to another region."
  type        = bool
  default     = false
  nullable    = false
}
