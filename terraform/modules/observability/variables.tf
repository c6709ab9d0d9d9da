variable "environment" {
  description = "Name of the environment; alarms, topic and dashboard are named `<environment>-...`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "functions" {
  description = "Functions to watch, by operation: name and log group."
  type = map(object({
    name      = string
    log_group = string
  }))
  nullable = false
}

variable "api" {
  description = "Name and stage of the API; null where there is none."
  type = object({
    name  = string
    stage = string
  })
  default = null

  validation {
    condition     = var.api == null || try(length(var.api.name) > 0 && length(var.api.stage) > 0, false)
    error_message = "An API has a name and a stage."
  }
}

variable "database" {
  description = "Cluster to watch, and the most capacity units that it may use; null where there is none."
  type = object({
    cluster_id = string
    max_units  = number
  })
  default = null

  validation {
    condition     = var.database == null || try(var.database.max_units >= 1, false)
    error_message = "max_units is at least 1."
  }
}

variable "failures_queue" {
  description = "Name of the queue of what could not be handled; null where there is none."
  type        = string
  default     = null

  validation {
    condition     = var.failures_queue == null || !startswith(coalesce(var.failures_queue, "x"), "arn:")
    error_message = "failures_queue is a name, not an ARN."
  }
}

variable "receivers" {
  description = "Who is told: mail addresses, or https addresses of a duty service, each with a name."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for receiver in values(var.receivers) : can(regex("^(https://[^ ]+|[^@ ]+@[^@ ]+\\.[^@ ]+)$", receiver))])
    error_message = "A receiver is a mail address or begins with https://."
  }
}

variable "thresholds" {
  description = "When somebody is told: failed calls of a function and answers 5xx of the API in five minutes, its slowest hundredth in ms, messages put aside, share of the database's units."
  type = object({
    function_errors   = optional(number, 3)
    api_errors        = optional(number, 5)
    api_latency_ms    = optional(number, 3000)
    failures          = optional(number, 0)
    database_capacity = optional(number, 0.8)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for threshold in values(var.thresholds) : threshold >= 0]) && var.thresholds.database_capacity > 0 && var.thresholds.database_capacity <= 1
    error_message = "Thresholds are not negative; database_capacity is a share."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts alerts on their way; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key."
  }
}

variable "alarms" {
  description = "Whether there are alarms at all."
  type        = bool
  default     = true
  nullable    = false
}
