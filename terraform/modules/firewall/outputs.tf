output "arn" {
  description = "ARN of the firewall: what a site names as its own."
  value       = aws_wafv2_web_acl.this.arn
}

output "name" {
  description = "Name of the firewall, for its alarms."
  value       = aws_wafv2_web_acl.this.name
}

output "log_group" {
  description = "Log group with every request that it looked at; null where it logs nothing."
  value       = one(aws_cloudwatch_log_group.this[*].name)
}
