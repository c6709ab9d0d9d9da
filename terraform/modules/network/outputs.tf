output "vpc_id" {
  description = "Id of the network."
  value       = aws_vpc.this.id
}

output "functions" {
  description = "Where functions run: what the module `functions` takes as its `network`."
  value = {
    subnet_ids         = toset(values(aws_subnet.private)[*].id)
    security_group_ids = toset([aws_security_group.functions.id])
  }
}

output "database" {
  description = "Where the database runs: what the module `database` takes as its `network`."
  value = {
    subnet_ids         = toset(values(aws_subnet.private)[*].id)
    security_group_ids = toset([aws_security_group.database.id])
  }
}

output "egress_addresses" {
  description = "Addresses that functions are seen with from outside, for a payment processor's list."
  value       = sort([for address in aws_eip.nat : address.public_ip])
}
