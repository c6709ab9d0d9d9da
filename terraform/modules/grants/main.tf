locals {
  # The catalogue has every statement written short; here each has all its fields.
  catalogue = {
    for grant, entry in yamldecode(file("${path.module}/grants.yaml")) : grant => [
      for number, statement in entry.statements : {
        # IAM allows letters and digits only: `events:put` becomes `EventsPut0`.
        sid     = "${join("", [for word in split(":", grant) : title(word)])}${number}"
        actions = tolist(statement.actions)
        target  = statement.target
        suffix  = try(statement.suffix, "")
        reason  = try(statement.reason, null)
        via     = try(statement.via, null)
      }
    ]
  }

  asked = toset(flatten([for grants in values(var.grants) : tolist(grants)]))

  # Only what is asked for needs a target, so a module can be applied before the rest of the system exists.
  homeless = sort(distinct(flatten([
    for grant in local.asked : [
      for statement in local.catalogue[grant] : "${grant} needs ${statement.target}"
      if statement.via == null && !contains(keys(var.targets), statement.target)
    ]
  ])))
}
