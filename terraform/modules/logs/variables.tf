variable "names" {
  description = "Names of the log groups, with their leading path (`/aws/lambda/dev-sales-void-order`)."
  type        = set(string)
  nullable    = false

  validation {
    condition     = alltrue([for name in var.names : can(regex("^/[A-Za-z0-9_./#-]+$", name))])
    error_message = "A log group's name starts with `/` and holds letters, digits and _ - / . # only."
  }

  validation {
    condition     = alltrue([for name in var.names : length(name) <= 512])
    error_message = "A log group's name has at most 512 characters; choose a shorter one, nothing is cut off."
  }
}

variable "retention_days" {
  description = "Days that a log line is kept. Logs are for operation; what regulators want kept is in the event archive."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition = contains(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
      var.retention_days,
    )
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the log groups; null leaves it to CloudWatch's own key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key (`arn:aws:kms:<region>:<account>:key/<id>`)."
  }
}
