variable "grants" {
  description = "Grants of each function, by the function's key: `{ relay_events = [\"events:put\"] }`."
  type        = map(set(string))
  nullable    = false

  validation {
    condition = alltrue([
      for grant in flatten([for grants in values(var.grants) : tolist(grants)]) : contains(keys(local.catalogue), grant)
    ])
    error_message = "Not in the catalogue (grants.yaml): ${join(", ", [
      for grant in flatten([for grants in values(var.grants) : tolist(grants)]) : grant
      if !contains(keys(local.catalogue), grant)
    ])}."
  }
}

variable "targets" {
  description = "Exact ARNs that grants speak of, by the target's name in grants.yaml: `{ event_bus = \"arn:...\" }`."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.targets) : !strcontains(arn, "*")])
    error_message = "A target is one exact ARN; patterns are in the catalogue, with their reason."
  }
}
