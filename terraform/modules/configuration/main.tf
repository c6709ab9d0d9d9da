data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  arn = join(":", [
    "arn", data.aws_partition.this.partition, "ssm", data.aws_region.this.name, data.aws_caller_identity.this.account_id,
    "parameter${var.path}",
  ])
}

resource "aws_ssm_parameter" "plain" {
  for_each = var.parameters

  name        = "${var.path}/${each.key}"
  description = each.value.meaning
  type        = "String"
  value       = each.value.value
}

resource "aws_ssm_parameter" "secret" {
  for_each = var.secrets

  name        = "${var.path}/${each.key}"
  description = each.value.meaning
  type        = "SecureString"
  key_id      = var.kms_key_arn

  value_wo         = var.secret_values[each.key]
  value_wo_version = each.value.version
}
