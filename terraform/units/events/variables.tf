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

variable "replay_days" {
  description = "Days for which the bus can play its events again; 0 for none."
  type        = number
  default     = 30
  nullable    = false
}
