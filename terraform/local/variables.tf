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

variable "stack_file" {
  description = "What `./riff up` writes of the stack that runs here: architecture, database, payments, settings."
  type        = string
  nullable    = false

  validation {
    condition     = alltrue([for name in ["architecture", "database", "payments", "settings"] : try(contains(keys(jsondecode(file(var.stack_file))), name), false)])
    error_message = "${var.stack_file} describes no stack."
  }
}

variable "secret_values" {
  description = "Secret parameters by name under the environment's path. They are in no plan and in no state."
  type        = map(string)
  nullable    = false
  sensitive   = true
  ephemeral   = true
}

variable "region" {
  description = "Region that the local AWS answers for."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}

# Off on this machine, as in terragrunt/live/local. Each is one variable, so that it can be tried; docs/divergences.md lists them.

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

variable "firewall" {
  description = "Firewalls: off, because the emulator evaluates none, and answers their rules otherwise than they were asked, which every later plan would show."
  type        = bool
  default     = false
  nullable    = false
}

variable "security_headers" {
  description = "Headers that keep a browser strict: off, because the emulator answers them otherwise than they were asked, which every later plan would show."
  type        = bool
  default     = false
  nullable    = false
}

variable "alarms" {
  description = "Alarms: off, because the emulator has no metrics of functions and of the API, and answers alarms otherwise than they were asked."
  type        = bool
  default     = false
  nullable    = false
}

variable "backup_notices" {
  description = "Notices of backups: off, because the emulator lacks them."
  type        = bool
  default     = false
  nullable    = false
}

variable "archive_tiering" {
  description = "Moving old events to Glacier: off, because the emulator moves nothing and the provider waits a minute for it."
  type        = bool
  default     = false
  nullable    = false
}

variable "recovery_days" {
  description = "Days to any second of which the event log can be restored: none, because the emulator forgets the number, which every later plan would show."
  type        = number
  default     = 0
  nullable    = false
}
