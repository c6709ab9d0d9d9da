variable "path" {
  description = "Path that all parameters lie under (`/riff/dev`)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(/[a-z0-9_-]+)+$", var.path)) && length(var.path) <= 200
    error_message = "A path starts with `/`, does not end with one, and has lower case words."
  }

  validation {
    condition     = !can(regex("^/(aws|ssm)", lower(var.path)))
    error_message = "Paths that begin with aws or ssm are reserved."
  }
}

variable "parameters" {
  description = "Plain values by their name under the path, each with what it means: `{ \"database/port\" = { value = \"5432\", meaning = \"...\" } }`."
  type = map(object({
    value   = string
    meaning = string
  }))
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.parameters) : can(regex("^[a-z0-9_]+(/[a-z0-9_]+){0,4}$", name))])
    error_message = "A name is one to five words of lower case letters, digits and underscores, joined by `/`."
  }

  validation {
    condition     = alltrue([for parameter in values(var.parameters) : length(parameter.value) >= 1 && length(parameter.value) <= 4096])
    error_message = "A standard parameter has 1 to 4096 characters; leave out what has no value."
  }

  validation {
    condition     = alltrue([for parameter in values(var.parameters) : length(parameter.meaning) >= 1 && length(parameter.meaning) <= 1024])
    error_message = "Every parameter says what it means, in at most 1024 characters."
  }
}

variable "secrets" {
  description = "Secret values by their name under the path: what each means, and a version to raise when its value changes."
  type = map(object({
    meaning = string
    version = optional(number, 1)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[a-z0-9_]+(/[a-z0-9_]+){0,4}$", name))])
    error_message = "A name is one to five words of lower case letters, digits and underscores, joined by `/`."
  }

  validation {
    condition     = length(setintersection(keys(var.secrets), keys(var.parameters))) == 0
    error_message = "A name is either plain or secret, not both."
  }

  validation {
    condition     = alltrue([for secret in values(var.secrets) : secret.version >= 1 && floor(secret.version) == secret.version])
    error_message = "A version is a whole number from 1."
  }
}

variable "secret_values" {
  description = "The secret values by name. They go to the parameter store and are kept neither in the plan nor in the state."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
  ephemeral   = true
}

variable "kms_key_arn" {
  description = "Key that encrypts the secrets; null leaves it to the account's own key for parameters."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key."
  }
}
