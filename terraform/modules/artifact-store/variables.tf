variable "name" {
  description = "Name of the bucket; unique in the world (`riff-dev-artifacts-123456789012`)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket's name has 3 to 63 lower case letters, digits and hyphens: \"${var.name}\" (${length(var.name)})."
  }
}

variable "zips" {
  description = "Zips to upload, by any key: the file and its SHA-256 in hex. Empty where a release uploads them."
  type = map(object({
    file   = string
    sha256 = string
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for zip in values(var.zips) : can(regex("^[0-9a-f]{64}$", zip.sha256))])
    error_message = "sha256 is 64 hexadecimal digits."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the zips; null leaves it to S3's own key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key."
  }
}

variable "destroy_with_content" {
  description = "Whether destroying the bucket may take its zips along. Only where nothing depends on them."
  type        = bool
  default     = false
  nullable    = false
}
