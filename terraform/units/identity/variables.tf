variable "environment" {
  description = "Name of the environment."
  type        = string
  nullable    = false
}

variable "staff_mfa" {
  description = "Second factor of staff: required, optional or off."
  type        = string
  default     = "required"
  nullable    = false
}

variable "password_sign_in" {
  description = "Whether clients may send a password as it is."
  type        = bool
  default     = false
  nullable    = false
}

variable "mail" {
  description = "Verified identity that pools send mail from, and its address; null for Cognito's own sender."
  type = object({
    identity_arn = string
    from         = string
  })
  default = null
}

variable "deletion_protection" {
  description = "Whether what holds data refuses to be destroyed."
  type        = bool
  default     = true
  nullable    = false
}
