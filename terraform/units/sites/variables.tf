variable "environment" {
  description = "Name of the environment."
  type        = string
  nullable    = false
}

variable "api" {
  description = "The unit api."
  type        = object({ host = string })
  nullable    = false
}

variable "sites" {
  description = "Sites by name, each with its host names and certificate (null: the distribution's own name)."
  type = map(object({
    domain = optional(object({ names = set(string), certificate_arn = string, zone_id = optional(string) }))
  }))
  default  = { public-site = {}, admin-site = {}, sales-unit = {} }
  nullable = false
}

variable "problem_base" {
  description = "Prefix of problem types."
  type        = string
  default     = "https://riff.example/problems/"
  nullable    = false
}

variable "content_sources" {
  description = "Hosts that sites may call beside their own."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "security_headers" {
  description = "Whether distributions add the headers that keep a browser strict."
  type        = bool
  default     = true
  nullable    = false
}

variable "firewall" {
  description = "Whether a firewall, which records what it looked at, stands before it."
  type        = bool
  default     = true
  nullable    = false
}
