output "pool_ids" {
  description = "Id of each pool."
  value       = module.identity.pool_ids
}

output "pool_arns" {
  description = "ARN of each pool."
  value       = module.identity.pool_arns
}

output "client_ids" {
  description = "Id of each pool's client."
  value       = module.identity.client_ids
}
