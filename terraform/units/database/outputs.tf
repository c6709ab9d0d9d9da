output "writer" {
  description = "Where functions that write connect: host, port and database."
  value       = coalesce(var.address, try(module.database["this"].writer, null))
}

output "users_arn" {
  description = "ARN prefix of the database's users; null where IAM has no say."
  value       = try(module.database["this"].users_arn, null)
}

output "cluster" {
  description = "ARN, identifier and most capacity units of the cluster; null where there is none."
  value = try({
    arn       = module.database["this"].cluster_arn
    id        = module.database["this"].cluster_id
    max_units = var.aurora.capacity.max
  }, null)
}

output "owner_secret_arn" {
  description = "Secret with the owner's password; null where there is none."
  value       = try(module.database["this"].owner_secret_arn, null)
}
