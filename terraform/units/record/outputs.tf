output "table" {
  description = "Name of the event log."
  value       = module.event_log.name
}

output "table_arn" {
  description = "ARN of the event log."
  value       = module.event_log.arn
}

output "stream_arn" {
  description = "ARN of its stream."
  value       = module.event_log.stream_arn
}

output "archive" {
  description = "Name of the archive's bucket."
  value       = module.archive.bucket
}

output "archive_arn" {
  description = "ARN of the archive's bucket."
  value       = module.archive.arn
}

output "evidence" {
  description = "Name of the bucket of exports."
  value       = module.evidence.id
}

output "evidence_arn" {
  description = "ARN of the bucket of exports."
  value       = module.evidence.arn
}
