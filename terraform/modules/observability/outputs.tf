output "alerts_arn" {
  description = "ARN of the topic that reaches people: the target `alerts_topic` of grants."
  value       = aws_sns_topic.alerts.arn
}

output "release_alarms" {
  description = "Alarm that takes a gradual release back, by operation."
  value = {
    for operation, function in var.functions : operation => aws_cloudwatch_metric_alarm.this["${function.name}-live-errors"].alarm_name
    if var.alarms
  }
}

output "dashboard" {
  description = "Name of the dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
