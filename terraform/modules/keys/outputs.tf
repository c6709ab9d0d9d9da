output "arns" {
  description = "ARN of each key, by purpose: archive, artifacts, configuration, database, events, ledger, logs, seeds."
  value       = { for purpose, key in merge(aws_kms_key.encryption, aws_kms_key.signing) : purpose => key.arn }
}
