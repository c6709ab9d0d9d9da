output "tree" {
  description = "What functions are told about their configuration: the path, its ARN, and the key of the secrets."
  value = {
    path        = var.path
    arn         = local.arn
    kms_key_arn = var.kms_key_arn
  }

  # A function that starts before its parameters are there fails at its first call.
  depends_on = [aws_ssm_parameter.plain, aws_ssm_parameter.secret]
}

output "names" {
  description = "Full names of all parameters."
  value       = sort(concat(values(aws_ssm_parameter.plain)[*].name, values(aws_ssm_parameter.secret)[*].name))
}
