output "hosts" {
  description = "Host name of each site."
  value       = { for name, site in module.site : name => site.host }
}

output "buckets" {
  description = "Bucket of each site's files."
  value       = { for name, site in module.site : name => site.bucket }
}

output "distributions" {
  description = "Id of each site's distribution."
  value       = { for name, site in module.site : name => site.distribution_id }
}
