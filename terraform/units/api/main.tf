data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  functions = jsondecode(file(var.artifacts_file)).functions
  arn       = "arn:${data.aws_partition.this.partition}:lambda:${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}:function:${var.environment}"

  prefix = "arn:${data.aws_partition.this.partition}:apigateway:${data.aws_region.this.name}:lambda:path/2015-03-31/functions"
}

module "api" {
  source = "../../modules/api"

  environment          = var.environment
  openapi_file         = var.openapi_file
  authorizers          = { for pool, arn in var.identity.pool_arns : pool => [arn] }
  schemes_of_functions = ["payment_notice"]
  problem_base         = var.problem_base
  access_logs          = var.access_logs ? { kms_key_arn = var.keys.arns["logs"] } : null
  throttle             = var.throttle
  domain               = var.domain
  url_format           = var.url_format
  functions = {
    for operation, function in local.functions : operation => {
      name       = "${var.environment}-${function.name}"
      invoke_arn = "${local.prefix}/${local.arn}-${function.name}:live/invocations"
    } if function.trigger == "http"
  }
}

module "firewall" {
  source   = "../../modules/firewall"
  for_each = toset(var.firewall ? ["api"] : [])

  environment       = var.environment
  problem_base      = var.problem_base
  stages            = { api = module.api.stage_arn }
  trusted_addresses = var.trusted_addresses
  logs              = { kms_key_arn = var.keys.arns["logs"] }
}
