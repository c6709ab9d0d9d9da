output "api_url" {
  description = "Address of the API; paths of the document follow it."
  value       = module.api.url
}

output "pool_ids" {
  description = "User pools: public, staff, devices."
  value       = module.identity.pool_ids
}

output "client_ids" {
  description = "Client of each user pool."
  value       = module.identity.client_ids
}

output "function_names" {
  description = "Name of each function, by operation."
  value       = merge([for group in values(module.functions) : group.names]...)
}
