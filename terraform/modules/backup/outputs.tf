output "vault_arn" {
  description = "ARN of the vault."
  value       = aws_backup_vault.this.arn
}

output "vault_name" {
  description = "Name of the vault, which a restore names."
  value       = aws_backup_vault.this.name
}

output "role_arn" {
  description = "ARN of the role that a restore takes."
  value       = aws_iam_role.this.arn
}
