variable "environment" {
  description = "Name of the environment; the API is named `<environment>-riff`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "openapi_file" {
  description = "The bundled OpenAPI document, in JSON: the only list of routes. Nothing of AWS is in it."
  type        = string
  nullable    = false

  validation {
    condition     = can(jsondecode(file(var.openapi_file)).paths)
    error_message = "No OpenAPI document in JSON at ${var.openapi_file}."
  }
}

variable "functions" {
  description = "The function of each operationId: its name, and the ARN by which the gateway calls its live alias."
  type = map(object({
    name       = string
    invoke_arn = string
  }))
  nullable = false
}

variable "authorizers" {
  description = "User pools (ARNs) whose identity tokens each security scheme of the document accepts: `{ staff = [...] }`."
  type        = map(list(string))
  nullable    = false

  validation {
    condition = alltrue([
      for pools in values(var.authorizers) : length(pools) > 0 && alltrue([for arn in pools : strcontains(arn, ":cognito-idp:")])
    ])
    error_message = "Every scheme has at least one user pool, by ARN."
  }
}

variable "problem_base" {
  description = "Prefix of problem types; a problem's `type` is this and its code."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(https?://|urn:|/).+[/:#]$", var.problem_base))
    error_message = "problem_base is a URI prefix that ends with `/`, `:` or `#`."
  }
}

variable "schemes_of_functions" {
  description = "Security schemes that no user pool stands behind, because the function checks them (the signature of a notice). Any other unknown scheme is refused."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(setintersection(var.schemes_of_functions, keys(var.authorizers))) == 0
    error_message = "A scheme is checked by the gateway or by functions, not both."
  }
}

variable "request_validation" {
  description = "What the gateway holds against the document before it calls a function: `none`, `parameters`, `body` or `all`."
  type        = string
  default     = "none"
  nullable    = false

  validation {
    condition     = contains(["none", "parameters", "body", "all"], var.request_validation)
    error_message = "request_validation is none, parameters, body or all."
  }
}

variable "throttle" {
  description = "Requests per second and burst that every operation takes, unless `throttles` says otherwise."
  type = object({
    rate  = optional(number, 500)
    burst = optional(number, 1000)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.throttle.rate > 0 && var.throttle.burst > 0 && var.throttle.burst <= 5000
    error_message = "Rate and burst are above 0; the burst at most 5000."
  }
}

variable "throttles" {
  description = "Throttles of single operations, by operationId."
  type = map(object({
    rate  = number
    burst = number
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(setsubtract(keys(var.throttles), keys(var.functions))) == 0
    error_message = "throttles names operations that have a function."
  }
}

variable "access_logs" {
  description = "One line per request in a log group of its own; null for none. The account must have given the gateway a role for its logs."
  type = object({
    retention_days = optional(number, 90)
    kms_key_arn    = optional(string)
  })
  default = null
}

variable "domain" {
  description = "Host name of the API with its certificate (of this region), and the zone that a record is made in; null for the name that AWS gives."
  type = object({
    name            = string
    certificate_arn = string
    zone_id         = optional(string)
  })
  default = null

  validation {
    condition     = var.domain == null || try(can(regex("^[a-z0-9.-]+$", var.domain.name)) && can(regex("^arn:[a-z-]+:acm:", var.domain.certificate_arn)), false)
    error_message = "A domain has a host name and the ARN of a certificate."
  }
}

variable "usage_plans" {
  description = "Callers that come with a key (scheme `x-api-key` in the document), by name: requests per second, burst, and per day (null: no limit)."
  type = map(object({
    rate    = number
    burst   = number
    per_day = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for plan in values(var.usage_plans) : plan.rate > 0 && plan.burst > 0 && (plan.per_day == null ? true : plan.per_day > 0)
    ])
    error_message = "Rate, burst and requests per day are above 0."
  }
}

variable "url_format" {
  description = "How a caller writes the stage's address, with %s for the API's id and the stage; null for the one that AWS gives."
  type        = string
  default     = null

  validation {
    condition     = var.url_format == null || can(format(var.url_format, "id", "stage"))
    error_message = "url_format has two %s: the API's id, then the stage."
  }
}
