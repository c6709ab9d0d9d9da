output "role_arns" {
  description = "ARN of each role that the pipeline takes: `plan`, and `deploy-<environment>`."
  value       = { for name, role in aws_iam_role.this : name => role.arn }
}

output "provider_arn" {
  description = "ARN of the identity provider."
  value       = local.provider_arn
}
