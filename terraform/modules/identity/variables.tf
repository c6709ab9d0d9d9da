variable "environment" {
  description = "Name of the environment; pools are named `<environment>-<pool>`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,15}$", var.environment))
    error_message = "An environment is a lower case word of 2 to 16 characters."
  }
}

variable "staff_mfa" {
  description = "Whether staff prove a second factor: `required`, `optional` or `off`."
  type        = string
  default     = "required"
  nullable    = false

  validation {
    condition     = contains(["required", "optional", "off"], var.staff_mfa)
    error_message = "staff_mfa is required, optional or off."
  }
}

variable "password_sign_in" {
  description = "Whether clients may send a password as it is (USER_PASSWORD_AUTH) beside the remote-password protocol. Convenient for curl, therefore off by default."
  type        = bool
  default     = false
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether pools refuse to be destroyed. Their people cannot be restored from anywhere."
  type        = bool
  default     = true
  nullable    = false
}

variable "token_minutes" {
  description = "Minutes that an identity or access token is good for, by pool. A person who loses a right keeps it for as long."
  type = object({
    public  = optional(number, 60)
    staff   = optional(number, 15)
    devices = optional(number, 15)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for minutes in values(var.token_minutes) : minutes >= 5 && minutes <= 1440])
    error_message = "Cognito's tokens last 5 minutes to a day."
  }
}

variable "session_hours" {
  description = "Hours after which a person or device signs in anew, by pool."
  type = object({
    public  = optional(number, 720)
    staff   = optional(number, 12)
    devices = optional(number, 24)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for hours in values(var.session_hours) : hours >= 1 && hours <= 87600])
    error_message = "A session lasts 1 hour to 10 years."
  }
}

variable "scopes" {
  description = "Scopes of each pool's resource server, by scope, with what each allows. Machines that call with client credentials ask for them."
  type = object({
    public  = optional(map(string), {})
    staff   = optional(map(string), {})
    devices = optional(map(string), { sync = "Exchange sales and state with the raffle system." })
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for scopes in values(var.scopes) : length(scopes) <= 100])
    error_message = "A resource server has at most 100 scopes."
  }
}

variable "mail" {
  description = "Verified identity that pools send mail from, and its address; null for Cognito's own sender (50 a day)."
  type = object({
    identity_arn = string
    from         = string
  })
  default = null

  validation {
    condition     = var.mail == null || try(strcontains(var.mail.from, "@") && startswith(var.mail.identity_arn, "arn:"), false)
    error_message = "mail has the ARN of an identity and a sender's address."
  }
}
