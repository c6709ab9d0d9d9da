output "role_arns" {
  description = "ARN of each role that the pipeline takes: `plan`, and `deploy-<environment>`."
  value       = try(module.access["this"].role_arns, {})
}
