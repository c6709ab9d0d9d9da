output "alerts_arn" {
  description = "ARN of the topic that reaches people."
  value       = module.observability.alerts_arn
}

output "release_alarms" {
  description = "Alarm that takes a gradual release back, by operation."
  value       = module.observability.release_alarms
}
