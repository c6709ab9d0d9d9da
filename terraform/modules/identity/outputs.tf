output "pool_ids" {
  description = "Id of each pool: public, staff, devices."
  value       = { for pool, this in aws_cognito_user_pool.this : pool => this.id }
}

output "pool_arns" {
  description = "ARN of each pool: what authorizers and grants speak of."
  value       = { for pool, this in aws_cognito_user_pool.this : pool => this.arn }
}

output "client_ids" {
  description = "Id of each pool's one client."
  value       = { for pool, this in aws_cognito_user_pool_client.this : pool => this.id }
}

output "issuers" {
  description = "Issuer named in each pool's tokens."
  value       = { for pool, this in aws_cognito_user_pool.this : pool => "https://${this.endpoint}" }
}
