output "id" {
  description = "Name of the bucket, known once it is private, encrypted and versioned: whoever puts something in depends on that by using this."
  value       = aws_s3_bucket.this.id

  depends_on = [
    aws_s3_bucket_ownership_controls.this, aws_s3_bucket_policy.this, aws_s3_bucket_server_side_encryption_configuration.this,
    aws_s3_bucket_versioning.this,
  ]
}

output "arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}

output "host" {
  description = "Host name of the bucket in its region, for a distribution."
  value       = aws_s3_bucket.this.bucket_regional_domain_name
}

output "policy" {
  description = "The bucket's policy, for whoever wants to check it."
  value       = jsondecode(aws_s3_bucket_policy.this.policy)
}
