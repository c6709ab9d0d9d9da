variable "name" {
  description = "Name of the function, of its role and of its log group (`dev-sales-void-order`)."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) <= 64
    error_message = "Lambda and IAM allow 64 characters: \"${var.name}\" has ${length(var.name)}. Choose a shorter name, nothing is cut off."
  }

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name))
    error_message = "A name is lower case words joined by hyphens: \"${var.name}\"."
  }
}

variable "handler" {
  description = "Entry point inside the zip (`riff.handlers.sales.void_order.handler`)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_.]+\\.[A-Za-z0-9_]+$", var.handler)) && length(var.handler) <= 128
    error_message = "A handler is module.function, at most 128 characters."
  }
}

variable "artifact" {
  description = "The zip in its bucket, and the digest that Lambda must report for it (base64 of SHA-256)."
  type = object({
    bucket      = string
    key         = string
    code_sha256 = string
  })
  nullable = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+/]{43}=$", var.artifact.code_sha256))
    error_message = "code_sha256 is the base64 of a SHA-256 (44 characters ending in `=`)."
  }
}

variable "statements" {
  description = "What the function may do beside logging. A pattern in a resource needs a reason; an action is never a pattern."
  type = list(object({
    sid       = string
    actions   = list(string)
    resources = list(string)
    reason    = optional(string)
    conditions = optional(list(object({
      test     = string
      variable = string
      values   = list(string)
    })), [])
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue(flatten([for s in var.statements : [for action in s.actions : !strcontains(action, "*")]]))
    error_message = "An action is written out, never a pattern."
  }

  validation {
    condition = alltrue(flatten([
      for s in var.statements : [for arn in s.resources : s.reason != null || !strcontains(arn, "*")]
    ]))
    error_message = "A resource is an exact ARN; a pattern needs a reason beside it."
  }

  validation {
    condition     = alltrue(flatten([for s in var.statements : [for arn in s.resources : startswith(arn, "arn:")]]))
    error_message = "A resource is an ARN: `*` alone is never granted."
  }

  validation {
    condition     = length(distinct([for s in var.statements : s.sid])) == length(var.statements)
    error_message = "Each statement has a sid of its own."
  }
}

variable "variables" {
  description = "Environment of the function. Never a secret: those are in the parameter store."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = length(setintersection(keys(var.variables), [
      "_HANDLER", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV",
      "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION",
      "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
      "AWS_LAMBDA_RUNTIME_API", "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "LAMBDA_RUNTIME_DIR",
      "LAMBDA_TASK_ROOT",
    ])) == 0
    error_message = "Lambda sets its reserved variables (AWS_REGION and others) by itself and refuses ours."
  }

  validation {
    condition     = sum(concat([0], [for name, value in var.variables : length(name) + length(value)])) <= 4096
    error_message = "Lambda allows 4 kB of environment."
  }
}

variable "architecture" {
  description = "Processor of the function: `arm64` (cheaper per request) or `x86_64`."
  type        = string
  default     = "arm64"
  nullable    = false

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture is arm64 or x86_64."
  }
}

variable "memory_mb" {
  description = "Memory in MB; processor time grows with it."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240 && floor(var.memory_mb) == var.memory_mb
    error_message = "Lambda allows 128 to 10240 MB."
  }
}

variable "timeout_s" {
  description = "Seconds after which an invocation is ended."
  type        = number
  default     = 15
  nullable    = false

  validation {
    condition     = var.timeout_s >= 1 && var.timeout_s <= 900 && floor(var.timeout_s) == var.timeout_s
    error_message = "Lambda allows 1 to 900 seconds."
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

  validation {
    condition     = var.network == null || try(length(var.network.subnet_ids) > 0 && length(var.network.security_group_ids) > 0, false)
    error_message = "A network has at least one subnet and one security group."
  }
}

variable "concurrency" {
  description = "Reserved: at most so many at once (-1 for no limit of its own). Provisioned: so many kept warm behind the live alias."
  type = object({
    reserved    = optional(number, -1)
    provisioned = optional(number, 0)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.concurrency.reserved >= -1 && var.concurrency.provisioned >= 0
    error_message = "Concurrency is not negative (-1 lifts the reserve)."
  }

  validation {
    condition     = var.concurrency.reserved < 0 || var.concurrency.provisioned <= var.concurrency.reserved
    error_message = "More cannot be kept warm than may run."
  }
}

variable "release" {
  description = "What the live alias answers with: null the newest version; else that version, with the newest taking `canary` of the calls (0 to 1)."
  type = object({
    live_version = optional(string)
    canary       = optional(number, 0)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.release.canary >= 0 && var.release.canary < 1
    error_message = "canary is a share of the calls, from 0 to below 1; to move everything, leave live_version out."
  }

  validation {
    condition     = var.release.canary == 0 || var.release.live_version != null
    error_message = "A canary needs the version that the other calls go to."
  }

  validation {
    condition     = var.release.live_version == null || can(regex("^[1-9][0-9]*$", var.release.live_version))
    error_message = "live_version is the number of a published version."
  }
}

variable "asynchronous" {
  description = "For functions that are invoked without waiting: where a failed event goes, how often and how long it is tried."
  type = object({
    failures_arn = string
    attempts     = optional(number, 2)
    max_age_s    = optional(number, 3600)
  })
  default = null

  validation {
    condition     = var.asynchronous == null || try(startswith(var.asynchronous.failures_arn, "arn:"), false)
    error_message = "failures_arn is the ARN of a queue."
  }

  validation {
    condition = var.asynchronous == null || try(
      var.asynchronous.attempts >= 0 && var.asynchronous.attempts <= 2
      && var.asynchronous.max_age_s >= 60 && var.asynchronous.max_age_s <= 21600, false
    )
    error_message = "Lambda tries 0 to 2 times again, for 60 to 21600 seconds."
  }
}

variable "tracing" {
  description = "Whether X-Ray records every call. Off by default: it costs per trace and shows nothing that logs do not."
  type        = bool
  default     = false
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Boundary that the account demands on roles; null where it demands none."
  type        = string
  default     = null
}
