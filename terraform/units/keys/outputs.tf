output "arns" {
  description = "ARN of each key, by purpose."
  value       = module.keys.arns
}
