output "vault_name" {
  description = "Name of the vault."
  value       = module.backup.vault_name
}

output "vault_arn" {
  description = "ARN of the vault."
  value       = module.backup.vault_arn
}

output "role_arn" {
  description = "ARN of the role that a restore takes."
  value       = module.backup.role_arn
}
