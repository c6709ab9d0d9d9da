output "bus_arn" {
  description = "ARN of the bus: the target `event_bus` of grants."
  value       = aws_cloudwatch_event_bus.this.arn
}

output "bus_name" {
  description = "Name of the bus."
  value       = aws_cloudwatch_event_bus.this.name
}

output "source" {
  description = "Source that events must carry for the bus's rules to see them."
  value       = local.source
}

output "queue_arns" {
  description = "ARN of each queue, by name."
  value       = { for name, queue in aws_sqs_queue.this : name => queue.arn }
}

output "queue_urls" {
  description = "URL of each queue, by name."
  value       = { for name, queue in aws_sqs_queue.this : name => queue.url }
}

output "failures_arn" {
  description = "ARN of the queue of what could not be handled: the target `failures_queue` of grants."
  value       = aws_sqs_queue.failures.arn
}

output "failures_name" {
  description = "Name of that queue, for its alarm."
  value       = aws_sqs_queue.failures.name
}
