output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "ARN of the function, without a version."
  value       = aws_lambda_function.this.arn
}

output "live_arn" {
  description = "ARN of the live alias: what rules, schedules and other functions call."
  value       = aws_lambda_alias.live.arn
}

output "live_invoke_arn" {
  description = "ARN by which API Gateway calls the live alias."
  value       = aws_lambda_alias.live.invoke_arn
}

output "version" {
  description = "Newest published version."
  value       = aws_lambda_function.this.version
}

output "role_name" {
  description = "Name of the function's role."
  value       = aws_iam_role.this.name
}

output "log_group" {
  description = "Name of the function's log group."
  value       = local.log_group
}

output "policy" {
  description = "Everything that the function may do, as IAM is told."
  value       = jsondecode(aws_iam_role_policy.this.policy).Statement
}
