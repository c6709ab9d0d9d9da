output "bucket" {
  description = "Name of the bucket."
  value       = module.bucket.id
}

output "arn" {
  description = "ARN of the bucket: the target `archive_bucket` of grants."
  value       = module.bucket.arn
}
