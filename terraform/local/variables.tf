variable "aws_endpoint" {
  description = "Address of the local AWS (`http://127.0.0.1:4566`)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^http://(127\\.0\\.0\\.1|localhost):[0-9]{1,5}$", var.aws_endpoint))
    error_message = "The local AWS is on this machine: http://127.0.0.1:<port>."
  }
}

variable "artifacts_file" {
  description = "What the build made: artifacts.json."
  type        = string
  nullable    = false

  validation {
    condition     = try(jsondecode(file(var.artifacts_file)).format == 1, false)
    error_message = "No artifacts.json of format 1 at ${var.artifacts_file}: build first."
  }
}

variable "dist_dir" {
  description = "Folder that holds the zips that artifacts.json names."
  type        = string
  nullable    = false
}

variable "openapi_file" {
  description = "The bundled OpenAPI document, in JSON."
  type        = string
  nullable    = false
}

variable "architecture" {
  description = "Processor of this machine: x86_64 or arm64. Functions run on it as they are."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture is x86_64 or arm64."
  }
}

variable "database" {
  description = "Where functions reach the database."
  type = object({
    host = string
    port = number
    name = string
  })
  nullable = false
}

variable "beacon" {
  description = "Relays of the randomness beacon, two at least, and the beacon as a manifest names it, in JSON."
  type = object({
    relays = list(string)
    chain  = string
  })
  nullable = false

  validation {
    condition     = length(var.beacon.relays) >= 2 && can(jsondecode(var.beacon.chain).public_key)
    error_message = "A beacon has two relays at least, and a public key."
  }
}

variable "payments" {
  description = "The payment plugin, and where it reaches its processor."
  type = object({
    plugin   = optional(string, "riff.adapters.payments.sandbox")
    endpoint = string
  })
  nullable = false
}

variable "secrets" {
  description = "Secret parameters by name under the environment's path. They are in no plan and in no state; raise `secrets_version` when one changes."
  type = object({
    database_passwords = object({
      reader   = string
      business = string
      critical = string
    })
    database_owner_password = string
    payments_api_key        = string
    payments_notice_secret  = string
  })
  nullable  = false
  sensitive = true
  ephemeral = true
}

variable "secrets_version" {
  description = "Raise it, and the secrets are written again."
  type        = number
  default     = 1
  nullable    = false
}

variable "region" {
  description = "Region that the local AWS answers for."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}

variable "problem_base" {
  description = "Prefix of problem types."
  type        = string
  default     = "https://riff.example/problems/"
  nullable    = false
}

variable "log_level" {
  description = "Level from which functions log."
  type        = string
  default     = "INFO"
  nullable    = false

  validation {
    condition     = contains(["DEBUG", "INFO", "WARNING", "ERROR"], var.log_level)
    error_message = "log_level is DEBUG, INFO, WARNING or ERROR."
  }
}

# Off on this machine. Each is one variable, so that it can be tried; docs/divergences.md lists them.

variable "staff_mfa" {
  description = "Second factor of staff: off, because journeys and curl lines sign in without a telephone."
  type        = string
  default     = "off"
  nullable    = false
}

variable "password_sign_in" {
  description = "Sign-in by plain password: on, because a curl line cannot speak the remote-password protocol. The connection stays on this machine."
  type        = bool
  default     = true
  nullable    = false
}

variable "deletion_protection" {
  description = "Protection of user pools and of buckets with content: off, because `down` and `reset` must leave nothing."
  type        = bool
  default     = false
  nullable    = false
}

variable "api_access_logs" {
  description = "Access log of the API: off, because the emulator accepts the setting and writes no line."
  type        = bool
  default     = false
  nullable    = false
}

variable "schedules" {
  description = "Whether functions run by the clock. Off, a curl line starts them."
  type        = bool
  default     = true
  nullable    = false
}
