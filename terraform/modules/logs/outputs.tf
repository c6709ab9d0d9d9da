output "arns" {
  description = "ARN of each log group, by name."
  value       = { for name, group in aws_cloudwatch_log_group.this : name => group.arn }
}

output "names" {
  description = "Names of the log groups, known only when they exist: whoever logs there depends on them by using this."
  value       = { for name, group in aws_cloudwatch_log_group.this : name => group.name }
}
