variable "environments" {
  description = "Environments that the pipeline deploys from this account."
  type        = set(string)
  nullable    = false
}

variable "repository" {
  description = "Repository whose pipeline comes in, as `owner/name`; null where none does."
  type        = string
  default     = null
}
