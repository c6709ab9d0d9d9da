output "bucket" {
  description = "Bucket that a release copies the site's files to."
  value       = module.bucket.id
}

output "distribution_id" {
  description = "Id of the distribution, for invalidating what it kept."
  value       = aws_cloudfront_distribution.this.id
}

output "host" {
  description = "Host name under which the distribution answers."
  value       = aws_cloudfront_distribution.this.domain_name
}
