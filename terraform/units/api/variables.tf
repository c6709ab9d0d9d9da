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

variable "openapi_file" {
  description = "The bundled OpenAPI document, in JSON."
  type        = string
  nullable    = false
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

variable "problem_base" {
  description = "Prefix of problem types."
  type        = string
  default     = "https://riff.example/problems/"
  nullable    = false
}

variable "throttle" {
  description = "Requests per second and burst of every operation."
  type        = object({ rate = optional(number, 500), burst = optional(number, 1000) })
  default     = {}
  nullable    = false
}

variable "domain" {
  description = "Host name of the API with its certificate; null for the name that AWS gives."
  type = object({
    name            = string
    certificate_arn = string
    zone_id         = optional(string)
  })
  default = null
}

variable "url_format" {
  description = "How a caller writes the stage's address; null for the one that AWS gives."
  type        = string
  default     = null
}

variable "trusted_addresses" {
  description = "Addresses (CIDR) that no rate applies to."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "access_logs" {
  description = "Whether the API writes one line per request."
  type        = bool
  default     = true
  nullable    = false
}

variable "firewall" {
  description = "Whether a firewall, which records what it looked at, stands before it."
  type        = bool
  default     = true
  nullable    = false
}
