variable "environment" {
  description = "Name of the environment; schedules are a group named `<environment>-riff`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "functions" {
  description = "Live aliases (ARNs) by operation, of all functions that are started by something else than the API."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.functions) : endswith(arn, ":live")])
    error_message = "Only the live alias is started."
  }
}

variable "failures_arn" {
  description = "Queue of what could not be handled."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:sqs:", var.failures_arn))
    error_message = "failures_arn is the ARN of a queue."
  }
}

variable "schedules" {
  description = "Operations that run by the clock: `{ relay_events = { every = \"rate(1 minute)\" } }`. Without `timezone` the clock is UTC."
  type = map(object({
    every    = string
    timezone = optional(string, "UTC")
    enabled  = optional(bool, true)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for schedule in values(var.schedules) : can(regex("^(rate\\([1-9][0-9]* (minutes?|hours?|days?)\\)|cron\\([^()]+\\))$", schedule.every))])
    error_message = "every is rate(<number> minutes|hours|days) or cron(<six fields>)."
  }

  validation {
    condition     = length(setsubtract(keys(var.schedules), keys(var.functions))) == 0
    error_message = "schedules names operations that have a function."
  }
}

variable "queues" {
  description = "Operations that work a queue off: the queue, how many messages at a time and how long to wait for them."
  type = map(object({
    queue_arn   = string
    batch       = optional(number, 10)
    wait_s      = optional(number, 0)
    at_once_max = optional(number, 10)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for queue in values(var.queues) : queue.batch >= 1 && queue.batch <= (queue.wait_s > 0 ? 10000 : 10)])
    error_message = "A batch is 1 to 10 messages, more only with a wait."
  }

  validation {
    condition     = alltrue([for queue in values(var.queues) : queue.at_once_max >= 2 && queue.at_once_max <= 1000])
    error_message = "Lambda works a queue off with 2 to 1000 functions at once."
  }

  validation {
    condition     = length(setsubtract(keys(var.queues), keys(var.functions))) == 0
    error_message = "queues names operations that have a function."
  }
}

variable "streams" {
  description = "Operations that follow a table's stream in order: the stream, and how many records at a time."
  type = map(object({
    stream_arn = string
    batch      = optional(number, 100)
    wait_s     = optional(number, 5)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for stream in values(var.streams) : stream.batch >= 1 && stream.batch <= 10000 && stream.wait_s >= 0 && stream.wait_s <= 300])
    error_message = "A batch is 1 to 10000 records, gathered for 0 to 300 seconds."
  }

  validation {
    condition     = length(setsubtract(keys(var.streams), keys(var.functions))) == 0
    error_message = "streams names operations that have a function."
  }
}
