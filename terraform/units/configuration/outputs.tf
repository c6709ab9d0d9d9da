output "tree" {
  description = "What every function is told about its configuration; no secret is in it."
  value       = module.configuration.tree
}

output "parts" {
  description = "What not every function may read, by role of the database or by service: the ARN of each tree, and the key of the secrets."
  value = {
    arns        = { for name, part in module.part : name => part.tree.arn }
    kms_key_arn = var.keys.arns["configuration"]
  }

  # A function that starts before its parameters are there fails at its first call.
  depends_on = [module.part]
}

output "names" {
  description = "Full names of all parameters."
  value       = sort(concat(module.configuration.names, flatten(values(module.part)[*].names)))
}
