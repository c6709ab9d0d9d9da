variable "name" {
  description = "Name of the bucket; unique in the world (`riff-dev-archive-123456789012`)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket's name has 3 to 63 lower case letters, digits and hyphens: \"${var.name}\" (${length(var.name)})."
  }
}

variable "statements" {
  description = "What the bucket's policy says of its objects beside TLS, each under one condition: a denial to everybody, or a permission to one service (`cloudfront.amazonaws.com`)."
  type = list(object({
    sid      = string
    effect   = string
    action   = string
    service  = optional(string)
    test     = string
    variable = string
    value    = string
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for statement in var.statements : statement.effect == (statement.service == null ? "Deny" : "Allow")])
    error_message = "Everybody is only denied; what is allowed, is allowed to one service."
  }
}

variable "lockable" {
  description = "Whether objects may be locked (S3 Object Lock); decided when the bucket is made."
  type        = bool
  default     = false
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the objects; null leaves it to S3's own key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key."
  }
}

variable "destroy_with_content" {
  description = "Whether destroying the bucket may take its content along. Only where nothing depends on it."
  type        = bool
  default     = false
  nullable    = false
}
