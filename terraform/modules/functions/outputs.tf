output "names" {
  description = "Name of each function, by operation."
  value       = { for operation, function in module.function : operation => function.name }
}

output "arns" {
  description = "ARN of each function without a version, by operation."
  value       = { for operation, function in module.function : operation => function.arn }
}

output "live" {
  description = "How the live alias of each function is called, by operation: by API Gateway (`invoke_arn`) and by everything else (`arn`)."
  value = {
    for operation, function in module.function : operation => {
      name       = function.name
      arn        = function.live_arn
      invoke_arn = function.live_invoke_arn
    }
  }
}

output "versions" {
  description = "Newest published version of each function, by operation."
  value       = { for operation, function in module.function : operation => function.version }
}

output "log_groups" {
  description = "Log group of each function, by operation."
  value       = { for operation, function in module.function : operation => function.log_group }
}

output "policies" {
  description = "Everything that each function may do, as IAM is told, by operation."
  value       = { for operation, function in module.function : operation => function.policy }
}
