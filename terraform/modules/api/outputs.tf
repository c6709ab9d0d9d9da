output "url" {
  description = "Address of the stage; paths of the document follow it."
  value = (
    var.url_format != null
    ? format(var.url_format, aws_api_gateway_rest_api.this.id, aws_api_gateway_stage.this.stage_name)
    : var.domain != null
    ? "https://${var.domain.name}/${aws_api_gateway_base_path_mapping.this["domain"].base_path}"
    : aws_api_gateway_stage.this.invoke_url
  )
}

output "rest_api_id" {
  description = "Id of the API."
  value       = aws_api_gateway_rest_api.this.id
}

output "stage_name" {
  description = "Name of the stage."
  value       = aws_api_gateway_stage.this.stage_name
}

output "stage_arn" {
  description = "ARN of the stage: what a firewall protects."
  value       = aws_api_gateway_stage.this.arn
}

output "keys" {
  description = "Key of each usage plan, to be handed to its caller."
  value       = { for name, key in aws_api_gateway_api_key.this : name => key.value }
  sensitive   = true
}

output "name" {
  description = "Name of the API, for its alarms."
  value       = aws_api_gateway_rest_api.this.name
}

output "open_operations" {
  description = "Operations that the gateway lets through without an identity; what they need, their functions check."
  value       = sort(local.open)
}
