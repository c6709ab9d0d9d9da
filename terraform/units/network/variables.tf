variable "environment" {
  description = "Name of the environment."
  type        = string
  nullable    = false
}

variable "keys" {
  description = "The unit keys."
  type        = object({ arns = map(string) })
  nullable    = false
}

variable "network" {
  description = "The network: its zones, its addresses, the way out, services of AWS inside; null where functions run outside any."
  type = object({
    zones     = list(string)
    cidr      = optional(string, "10.40.0.0/20")
    egress    = optional(string, "none")
    endpoints = optional(set(string), ["events", "kms", "lambda", "logs", "sqs", "ssm"])
  })
  default = null
}
