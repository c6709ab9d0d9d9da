variable "environment" {
  description = "Name of the environment; everything is named `<environment>-...`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "zones" {
  description = "Availability zones to spread over, by name: at least two, so that one may fail."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 4 && length(distinct(var.zones)) == length(var.zones)
    error_message = "Two to four different zones."
  }
}

variable "cidr" {
  description = "Addresses of the network. A /20 leaves each zone's functions over a thousand."
  type        = string
  default     = "10.40.0.0/20"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.cidr)) && can(regex("/(1[6-9]|20)$", var.cidr))
    error_message = "cidr is a block from /16 to /20."
  }
}

variable "egress" {
  description = "Way out to the internet: `none`, `one` gateway for all zones, or one `per_zone`. Needed only where functions call a payment processor or another host outside AWS."
  type        = string
  default     = "none"
  nullable    = false

  validation {
    condition     = contains(["none", "one", "per_zone"], var.egress)
    error_message = "egress is none, one or per_zone."
  }
}

variable "endpoints" {
  description = "Services of AWS that are reached inside the network, each for a fee per hour and zone. S3 and DynamoDB are always, and cost nothing."
  type        = set(string)
  default     = ["events", "kms", "lambda", "logs", "sqs", "ssm"]
  nullable    = false

  validation {
    condition     = alltrue([for service in var.endpoints : can(regex("^[a-z][a-z0-9.-]+$", service)) && !contains(["s3", "dynamodb"], service)])
    error_message = "An endpoint is the short name of a service (`ssm`); s3 and dynamodb are there already."
  }
}

variable "flow_logs" {
  description = "Record of refused connections, with its retention; null for none."
  type = object({
    retention_days = optional(number, 30)
    kms_key_arn    = optional(string)
  })
  default = {}
}
