output "schedule_names" {
  description = "Name of each schedule, by operation."
  value       = { for operation, schedule in aws_scheduler_schedule.this : operation => schedule.name }
}

output "mapping_ids" {
  description = "Id of each queue's or stream's mapping, by operation: what is switched off to stop a consumer."
  value       = { for operation, mapping in merge(aws_lambda_event_source_mapping.queue, aws_lambda_event_source_mapping.stream) : operation => mapping.uuid }
}
