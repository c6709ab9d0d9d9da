variable "environment" {
  description = "Name of the environment; every function's name starts with it (`dev-sales-void-order`)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "functions" {
  description = "Functions by operation, as artifacts.json describes them; `code_sha256` and `key` are those of one architecture's zip."
  type = map(object({
    name        = string
    handler     = string
    memory_mb   = number
    timeout_s   = number
    database    = string
    grants      = optional(set(string), [])
    key         = string
    code_sha256 = string
  }))
  nullable = false

  validation {
    condition     = alltrue([for operation, function in var.functions : endswith(function.name, replace(operation, "_", "-"))])
    error_message = "A function is named after its operation: <context>-<operation with hyphens>."
  }

  validation {
    condition = alltrue([
      for function in values(var.functions) : contains(["none", "reader", "business", "critical", "owner"], function.database)
    ])
    error_message = "database is reader, business, critical, owner or none."
  }
}

variable "artifact_bucket" {
  description = "Bucket that holds the zips."
  type        = string
  nullable    = false
}

variable "configuration" {
  description = "The environment's parameters: their path, the ARN of that path, and what functions of one role of the database alone may read: the ARN of each role's path, and the key of the secrets there (null: none of our own)."
  type = object({
    path  = string
    arn   = string
    roles = object({ arns = map(string), kms_key_arn = optional(string) })
  })
  nullable = false

  validation {
    condition     = can(regex("^/[a-z0-9/_-]+[a-z0-9]$", var.configuration.path)) && endswith(var.configuration.arn, var.configuration.path)
    error_message = "arn is the ARN of path, which starts with `/` and does not end with one."
  }

  validation {
    condition     = alltrue([for arn in values(var.configuration.roles.arns) : !startswith(arn, "${var.configuration.arn}/")])
    error_message = "A role's path lies beside the path that everybody reads: below it everybody would read it too."
  }
}

variable "database" {
  description = "ARN prefix of the database's users (`arn:aws:rds-db:<region>:<account>:dbuser:<resource id>`); null where functions log in with a password."
  type        = object({ users_arn = string })
  default     = null
}

variable "targets" {
  description = "ARNs that grants speak of, by name (module `grants`)."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "architecture" {
  description = "Processor of the functions: arm64 or x86_64. `key` and `code_sha256` must be of its zips."
  type        = string
  default     = "arm64"
  nullable    = false
}

variable "variables" {
  description = "Environment of every function beside what its description gives (LOG_LEVEL)."
  type        = map(string)
  default     = { LOG_LEVEL = "INFO" }
  nullable    = false
}

variable "capacity" {
  description = "Where an environment differs from the description, by operation: memory, timeout, reserved and provisioned concurrency."
  type = map(object({
    memory_mb   = optional(number)
    timeout_s   = optional(number)
    reserved    = optional(number)
    provisioned = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(setsubtract(keys(var.capacity), keys(var.functions))) == 0
    error_message = "capacity names operations of this context only."
  }
}

variable "releases" {
  description = "Operations that are released gradually: the version that stays live and the share of calls that the newest one takes."
  type = map(object({
    live_version = string
    canary       = optional(number, 0)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(setsubtract(keys(var.releases), keys(var.functions))) == 0
    error_message = "releases names operations of this context only."
  }
}

variable "logs" {
  description = "Days that log lines are kept, and the key that encrypts them (null: CloudWatch's own)."
  type = object({
    retention_days = optional(number, 90)
    kms_key_arn    = optional(string)
  })
  default  = {}
  nullable = false
}

variable "network" {
  description = "Subnets and security groups to run in; null outside a network."
  type = object({
    subnet_ids         = set(string)
    security_group_ids = set(string)
  })
  default = null
}

variable "failures" {
  description = "Queue for the events that functions without a caller could not handle, and the operations it serves; null for none."
  type = object({
    queue_arn  = string
    operations = set(string)
  })
  default = null
}

variable "tracing" {
  description = "Whether X-Ray records every call."
  type        = bool
  default     = false
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Boundary that the account demands on roles; null where it demands none."
  type        = string
  default     = null
}
