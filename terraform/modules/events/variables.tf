variable "environment" {
  description = "Name of the environment; the bus and its queues are named `<environment>-...`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "subscriptions" {
  description = "Queues of the bus, by name: the event kinds (`detail-type`) that each takes; none means every kind."
  type = map(object({
    kinds        = optional(set(string), [])
    visibility_s = optional(number, 90)
  }))
  default = { record = {} }

  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.subscriptions) : can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name)) && length(name) <= 40])
    error_message = "A subscription is named by lower case words joined by hyphens, at most 40 characters."
  }

  validation {
    condition     = alltrue([for queue in values(var.subscriptions) : queue.visibility_s >= 1 && queue.visibility_s <= 43200])
    error_message = "A message stays invisible for 1 second to 12 hours."
  }
}

variable "queues" {
  description = "Queues that functions write to themselves, by name. Keep each invisible for six times its function's timeout."
  type = map(object({
    visibility_s = optional(number, 90)
  }))
  default  = { mail = {} }
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.queues) : can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name)) && length(name) <= 40])
    error_message = "A queue is named by lower case words joined by hyphens, at most 40 characters."
  }

  validation {
    condition     = length(setintersection(concat(keys(var.queues), ["failures"]), keys(var.subscriptions))) == 0 && !contains(keys(var.queues), "failures")
    error_message = "Each queue has a name of its own; `failures` is taken."
  }

  validation {
    condition     = alltrue([for queue in values(var.queues) : queue.visibility_s >= 1 && queue.visibility_s <= 43200])
    error_message = "A message stays invisible for 1 second to 12 hours."
  }
}

variable "attempts" {
  description = "Times that a message is tried before it is put aside."
  type        = number
  default     = 5
  nullable    = false

  validation {
    condition     = var.attempts >= 1 && var.attempts <= 1000
    error_message = "A message is tried 1 to 1000 times."
  }
}

variable "replay_days" {
  description = "Days for which the bus can play its events again; 0 for none."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.replay_days >= 0 && floor(var.replay_days) == var.replay_days
    error_message = "replay_days is a whole number of days."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the bus and its queues; null leaves it to the services' own keys."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key."
  }
}
