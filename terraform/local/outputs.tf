output "api_url" {
  description = "Address of the API; paths of the document follow it."
  value       = module.api.url
}

output "rest_api_id" {
  description = "Id of the API."
  value       = module.api.rest_api_id
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
  value       = merge([for context in values(module.functions) : context.names]...)
}

output "log_groups" {
  description = "Log group of each function, by operation."
  value       = merge([for context in values(module.functions) : context.log_groups]...)
}

output "open_operations" {
  description = "Operations that the gateway lets through without an identity."
  value       = module.api.open_operations
}

output "schedules" {
  description = "What runs by the clock, by operation: when."
  value       = { for operation, function in local.artifacts.functions : operation => function.every if function.trigger == "schedule" }
}
