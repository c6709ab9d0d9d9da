output "bus_arn" {
  description = "ARN of the bus."
  value       = module.events.bus_arn
}

output "bus_name" {
  description = "Name of the bus."
  value       = module.events.bus_name
}

output "source" {
  description = "Source that events carry."
  value       = module.events.source
}

output "queue_arns" {
  description = "ARN of each queue, by name."
  value       = module.events.queue_arns
}

output "queue_urls" {
  description = "URL of each queue, by name."
  value       = module.events.queue_urls
}

output "failures_arn" {
  description = "ARN of the queue of what could not be handled."
  value       = module.events.failures_arn
}

output "failures_name" {
  description = "Name of that queue."
  value       = module.events.failures_name
}
