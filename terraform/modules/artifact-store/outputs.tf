output "bucket" {
  description = "Name of the bucket."
  value       = module.bucket.id
}

output "arn" {
  description = "ARN of the bucket."
  value       = module.bucket.arn
}

output "keys" {
  description = "Where each zip of `zips` lies, by the same key; known once it is uploaded."
  value       = { for name, zip in var.zips : name => aws_s3_object.zip[zip.sha256].key }
}
