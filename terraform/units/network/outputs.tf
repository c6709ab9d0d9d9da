output "functions" {
  description = "Where functions run; null outside a network."
  value       = try(module.network["this"].functions, null)
}

output "database" {
  description = "Where the database runs; null outside a network."
  value       = try(module.network["this"].database, null)
}

output "egress_addresses" {
  description = "Addresses that functions are seen with from outside."
  value       = try(module.network["this"].egress_addresses, [])
}
