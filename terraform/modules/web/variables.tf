variable "environment" {
  description = "Name of the environment."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "site" {
  description = "Which site: `public-site`, `admin-site` or `sales-unit`."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["public-site", "admin-site", "sales-unit"], var.site)
    error_message = "site is public-site, admin-site or sales-unit."
  }
}

variable "bucket" {
  description = "Name of the bucket with the site's files; unique in the world."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "A bucket's name has 3 to 63 lower case letters, digits and hyphens: \"${var.bucket}\" (${length(var.bucket)})."
  }
}

variable "api" {
  description = "The API that the site calls under its own host: host name, and path of the origin where the stage is not in the path (`/` and nothing else otherwise)."
  type = object({
    host        = string
    origin_path = optional(string, "")
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z0-9.-]+$", var.api.host)) && (var.api.origin_path == "" || can(regex("^/.*[^/]$", var.api.origin_path)))
    error_message = "host is a host name without scheme; origin_path is empty, or starts with `/` and does not end with one."
  }
}

variable "domain" {
  description = "Host names of the site, and their certificate (of us-east-1); null for the distribution's own name."
  type = object({
    names           = set(string)
    certificate_arn = string
    zone_id         = optional(string)
  })
  default = null

  validation {
    condition     = var.domain == null || try(length(var.domain.names) > 0 && can(regex("^arn:[a-z-]+:acm:us-east-1:", var.domain.certificate_arn)), false)
    error_message = "A domain has at least one name and a certificate of us-east-1."
  }
}

variable "firewall_arn" {
  description = "Firewall (of sites) before it; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.firewall_arn == null || can(regex(":global/webacl/", var.firewall_arn))
    error_message = "Only a firewall of sites stands before a distribution."
  }
}

variable "content_sources" {
  description = "Hosts beside its own that the site may talk to (the user pools' host, the payment processor's)."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for source in var.content_sources : can(regex("^https://[a-z0-9.-]+$", source))])
    error_message = "A source is https:// and a host, without a pattern."
  }
}

variable "log_bucket" {
  description = "Bucket (domain name) that receives access logs; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.log_bucket == null || can(regex("\\.s3\\..*amazonaws\\.com$", var.log_bucket))
    error_message = "log_bucket is a bucket's domain name."
  }
}

variable "price_class" {
  description = "Where the site is kept near its visitors: `PriceClass_100` (Europe, North America), `PriceClass_200` or `PriceClass_All`."
  type        = string
  default     = "PriceClass_100"
  nullable    = false

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class is PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the files; null leaves it to S3's own key. The files are public."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key."
  }
}

variable "security_headers" {
  description = "Whether the distribution adds the headers that keep a browser strict."
  type        = bool
  default     = true
  nullable    = false
}

variable "destroy_with_content" {
  description = "Whether destroying the bucket may take the site's files along; a release puts them back."
  type        = bool
  default     = false
  nullable    = false
}
