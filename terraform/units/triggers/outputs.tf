output "schedules" {
  description = "Operations that run by the clock."
  value       = sort([for operation, function in local.started : operation if function.trigger == "schedule"])
}
