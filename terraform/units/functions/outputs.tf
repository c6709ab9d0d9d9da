output "names" {
  description = "Name of each function, by operation."
  value       = module.functions.names
}

output "live" {
  description = "How the live alias of each function is called, by operation."
  value       = module.functions.live
}

output "versions" {
  description = "Newest published version of each function."
  value       = module.functions.versions
}

output "policies" {
  description = "Everything that each function may do, as IAM is told, by operation."
  value       = module.functions.policies
}
