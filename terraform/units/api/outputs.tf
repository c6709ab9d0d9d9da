output "url" {
  description = "Address of the stage."
  value       = module.api.url
}

output "rest_api_id" {
  description = "Id of the API."
  value       = module.api.rest_api_id
}

output "name" {
  description = "Name of the API."
  value       = module.api.name
}

output "stage_name" {
  description = "Name of the stage."
  value       = module.api.stage_name
}

output "host" {
  description = "Host name of the API, for the sites before it."
  value       = regex("^https?://([^:/]+)", module.api.url)[0]
}

output "open_operations" {
  description = "Operations that the gateway lets through without an identity."
  value       = module.api.open_operations
}
