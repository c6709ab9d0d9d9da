variable "repository" {
  description = "Repository whose pipeline comes in, as `owner/name`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$", var.repository))
    error_message = "A repository is owner/name, without a pattern."
  }
}

variable "environments" {
  description = "Environments that the pipeline may deploy from this account: those named so in the repository, where a person approves."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.environments) > 0 && alltrue([for environment in var.environments : can(regex("^[a-z][a-z0-9]{1,15}$", environment))])
    error_message = "At least one environment, each a lower case word of 2 to 16 characters."
  }
}

variable "deploy_policies" {
  description = "What a deployment of each environment may do: policies of the account (ARNs) by any name, by environment."
  type        = map(map(string))
  nullable    = false

  validation {
    condition = toset(keys(var.deploy_policies)) == var.environments && alltrue([
      for policies in values(var.deploy_policies) : length(policies) > 0 && length(policies) <= 10
    ])
    error_message = "Each environment, and no other, has one to ten policies."
  }

  validation {
    condition = alltrue(flatten([
      for policies in values(var.deploy_policies) : [
        for arn in values(policies) : can(regex("^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/", arn)) && !endswith(arn, "/AdministratorAccess")
      ]
    ]))
    error_message = "Policies, by ARN. AdministratorAccess is none: whoever could change the pipeline would own the account."
  }
}

variable "state" {
  description = "Where Terraform keeps its state: the bucket (ARN), and the key that encrypts it (null: S3's own)."
  type = object({
    bucket_arn  = string
    kms_key_arn = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:s3:::[a-z0-9-]+$", var.state.bucket_arn))
    error_message = "bucket_arn is the ARN of a bucket."
  }
}

variable "issuer" {
  description = "Host that signs the pipeline's tokens."
  type        = string
  default     = "token.actions.githubusercontent.com"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9.-]+\\.[a-z]+$", var.issuer))
    error_message = "issuer is a host name without scheme."
  }
}

variable "provider_arn" {
  description = "The account's provider for that issuer, where another pipeline made it already; null makes one."
  type        = string
  default     = null

  validation {
    condition     = var.provider_arn == null || can(regex("^arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/", var.provider_arn))
    error_message = "provider_arn is the ARN of an identity provider."
  }
}

variable "permissions_boundary_arn" {
  description = "Boundary that the account demands on roles; null where it demands none."
  type        = string
  default     = null
}
