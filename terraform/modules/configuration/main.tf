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

  # Written when it is made and when its version is raised; at other times no value need be at hand. What was never given
  # is no secret, and the function that needs it says so.
  value_wo         = lookup(var.secret_values, each.key, "not-set")
  value_wo_version = each.value.version
}
