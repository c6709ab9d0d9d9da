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

variable "keys" {
  description = "The unit keys."
  type        = object({ arns = map(string) })
  nullable    = false
}

variable "database" {
  description = "The unit database."
  type        = object({ writer = object({ host = string, port = number, name = string }) })
  nullable    = false
}

variable "events" {
  description = "The unit events."
  type = object({
    bus_name   = string
    source     = string
    queue_urls = map(string)
  })
  nullable = false
}

variable "identity" {
  description = "The unit identity."
  type        = object({ pool_ids = map(string) })
  nullable    = false
}

variable "record" {
  description = "The unit record."
  type        = object({ archive = string, evidence = string, table = string })
  nullable    = false
}

variable "payments" {
  description = "The payment plugin, and where it reaches its processor."
  type = object({
    plugin   = optional(string, "riff.adapters.payments.sandbox")
    endpoint = string
  })
  nullable = false
}

variable "problem_base" {
  description = "Prefix of problem types."
  type        = string
  default     = "https://riff.example/problems/"
  nullable    = false
}

variable "settings" {
  description = "Plain parameters that are nobody else's output, by name, as config.py reads them: how this deployment sells, its beacon, its ledger."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "selling" {
  description = "How this deployment sells: slots that a seller leases at a time, and the seconds after which a lease or an unpaid order ends."
  type = object({
    online_block_slots  = optional(number, 1000)
    online_lease_s      = optional(number, 900)
    order_expiry_s      = optional(number, 900)
    unit_block_slots    = optional(number, 1000)
    unit_buffer_records = optional(number, 500)
  })
  default  = {}
  nullable = false
}

variable "secrets" {
  description = "Secret parameters beside the passwords of the database, each with what it means. The first word of a name is the service that may read it."
  type        = map(string)
  default = {
    "ledger/signer/key"      = "What signs ledgers: a key's ARN for the key service, or the private key in base64 where there is none."
    "payments/api_key"       = "Key for the payment processor."
    "payments/notice_secret" = "Secret that signs the processor's notices."
  }
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[a-z]+(/[a-z0-9_]+)+$", name)) && !contains(["reader", "business", "critical", "owner"], split("/", name)[0])])
    error_message = "A secret is named <service>/<name>; no service is called like a role of the database."
  }
}

variable "secrets_version" {
  description = "Raise it, and the secrets are written again."
  type        = number
  default     = 1
  nullable    = false
}

variable "secret_values" {
  description = "The secrets by name, a role's password as `<role>/database/password`. They are in no plan and in no state."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
  ephemeral   = true
}
