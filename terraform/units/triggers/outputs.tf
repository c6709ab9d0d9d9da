output "schedules" {
  description = "Operations that run by the clock."
  value       = sort([for operation, function in local.started : operation if function.trigger == "schedule"])
}

output "clock" {
  description = "What the clock starts, by operation: when, whether, which alias, how often again, and where it is put when that fails."
  value       = module.triggers.clock
}

output "consumed" {
  description = "Queue or stream of each consumer, by operation."
  value       = module.triggers.consumed
}
