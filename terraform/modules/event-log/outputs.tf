output "name" {
  description = "Name of the table."
  value       = aws_dynamodb_table.this.name
}

output "arn" {
  description = "ARN of the table: the target `event_log` of grants."
  value       = aws_dynamodb_table.this.arn
}

output "stream_arn" {
  description = "ARN of its stream: the target `event_log_stream` of grants."
  value       = aws_dynamodb_table.this.stream_arn
}
