output "writer" {
  description = "Where functions that write connect: host, port and database, as the configuration takes them."
  value = {
    host = var.proxy == null ? aws_rds_cluster.this.endpoint : aws_db_proxy.this["proxy"].endpoint
    port = aws_rds_cluster.this.port
    name = local.database
  }
}

output "reader_host" {
  description = "Where functions that only read may connect."
  value       = aws_rds_cluster.this.reader_endpoint
}

output "users_arn" {
  description = "ARN prefix of database users: a function may connect as `<this>/riff_<kind>`."
  value       = "${local.arn_prefix}:${var.proxy == null ? aws_rds_cluster.this.cluster_resource_id : reverse(split(":", aws_db_proxy.this["proxy"].arn))[0]}"
}

output "cluster_arn" {
  description = "ARN of the cluster, for backups."
  value       = aws_rds_cluster.this.arn
}

output "cluster_id" {
  description = "Identifier of the cluster, for alarms."
  value       = aws_rds_cluster.this.cluster_identifier
}

output "owner_secret_arn" {
  description = "Secret with the owner's password, which only migrations use."
  value       = try(aws_rds_cluster.this.master_user_secret[0].secret_arn, null)
}
