output "schedule_names" {
  description = "Name of each schedule, by operation."
  value       = { for operation, schedule in aws_scheduler_schedule.this : operation => schedule.name }
}

output "mapping_ids" {
  description = "Id of each queue's or stream's mapping, by operation: what is switched off to stop a consumer."
  value       = { for operation, mapping in merge(aws_lambda_event_source_mapping.queue, aws_lambda_event_source_mapping.stream) : operation => mapping.uuid }
}

output "clock" {
  description = "What the clock starts, by operation: when, whether, which alias, how often again, and where it is put when that fails."
  value = {
    for operation, schedule in aws_scheduler_schedule.this : operation => {
      every        = schedule.schedule_expression
      state        = schedule.state
      target       = schedule.target[0].arn
      attempts     = schedule.target[0].retry_policy[0].maximum_retry_attempts
      failures_arn = schedule.target[0].dead_letter_config[0].arn
    }
  }
}

output "consumed" {
  description = "Queue or stream of each consumer, by operation."
  value = {
    for operation, mapping in merge(aws_lambda_event_source_mapping.queue, aws_lambda_event_source_mapping.stream) : operation => mapping.event_source_arn
  }
}
