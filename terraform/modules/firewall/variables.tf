variable "environment" {
  description = "Name of the environment; the firewall is named `<environment>-<scope>`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "problem_base" {
  description = "Prefix of problem types."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(https?://|urn:|/).+[/:#]$", var.problem_base))
    error_message = "problem_base is a URI prefix that ends with `/`, `:` or `#`."
  }
}

variable "protects" {
  description = "What stands behind it: `api` (stages of the gateway, in this region) or `sites` (distributions; the provider must be of us-east-1)."
  type        = string
  default     = "api"
  nullable    = false

  validation {
    condition     = contains(["api", "sites"], var.protects)
    error_message = "protects is api or sites."
  }
}

variable "stages" {
  description = "Stages of the gateway (ARNs) that it protects, by name. A site names its firewall itself."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.stages) == 0 || var.protects == "api"
    error_message = "Only the firewall of the API is put before stages."
  }
}

variable "rate_per_address" {
  description = "Requests in five minutes that one address may make."
  type        = number
  default     = 2000
  nullable    = false

  validation {
    condition     = var.rate_per_address >= 10 && var.rate_per_address <= 2000000000
    error_message = "AWS counts 10 to 2,000,000,000 requests."
  }
}

variable "rates" {
  description = "Stricter rates for parts of the site, by name: the beginning of the path, the method, and requests in five minutes per address."
  type = map(object({
    path   = string
    method = optional(string, "POST")
    rate   = number
  }))
  default = {
    orders  = { path = "/v1/raffles/", rate = 100 }
    notices = { path = "/v1/payments/notices", rate = 1000 }
  }
  nullable = false

  validation {
    condition     = alltrue([for rule in values(var.rates) : startswith(rule.path, "/") && rule.rate >= 10 && contains(["GET", "POST", "PUT", "PATCH", "DELETE"], rule.method)])
    error_message = "A rate has a path that starts with `/`, a method, and at least 10 requests."
  }

  validation {
    condition     = length(var.rates) <= 20
    error_message = "At most 20 rates of their own."
  }
}

variable "trusted_addresses" {
  description = "Addresses (CIDR) that no rate applies to: a stadium whose whole audience comes from one."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for address in var.trusted_addresses : can(cidrnetmask(address)) && can(regex("/(2[4-9]|3[0-2])$", address))])
    error_message = "An address is an IPv4 block of /24 to /32."
  }
}

variable "logs" {
  description = "Days that the record of requests is kept, and its key (GLI-31 6.2: the firewall logs). null for none, where nothing real is protected."
  type = object({
    retention_days = optional(number, 365)
    kms_key_arn    = optional(string)
  })
  default = {}
}

variable "only_count" {
  description = "Managed rule groups that count instead of refusing, while one is tried: names as AWS has them."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition = length(setsubtract(var.only_count, [
      "AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet",
    ])) == 0
    error_message = "only_count names managed rule groups that are in use."
  }
}
