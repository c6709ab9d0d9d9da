output "statements" {
  description = "Statements of each function, by the function's key, as the module `function` takes them."
  value = {
    for function, grants in var.grants : function => flatten([
      for grant in sort(tolist(grants)) : [
        for statement in local.catalogue[grant] : {
          sid       = statement.sid
          actions   = statement.actions
          resources = ["${lookup(var.targets, statement.target, "")}${statement.suffix}"]
          reason    = statement.reason
          conditions = [for service in compact([statement.via]) : {
            test     = "StringEquals"
            variable = "kms:ViaService"
            values   = ["${service}.${split(":", lookup(var.targets, statement.target, ":::"))[3]}.amazonaws.com"]
          }]
        } if statement.via == null || contains(keys(var.targets), statement.target)
      ]
    ])
  }

  precondition {
    condition     = length(local.homeless) == 0
    error_message = "No target was given for what is asked: ${join("; ", local.homeless)}."
  }
}

output "catalogue" {
  description = "Every grant with its statements, for whoever wants to check or print them."
  value       = local.catalogue
}
