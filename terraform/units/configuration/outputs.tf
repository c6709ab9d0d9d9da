output "tree" {
  description = "What functions are told about their configuration."
  value       = module.configuration.tree
}

output "owner_arn" {
  description = "ARN of the tree that only the migration reads."
  value       = module.owner.tree.arn
}

output "names" {
  description = "Full names of all parameters."
  value       = sort(concat(module.configuration.names, module.owner.names))
}
