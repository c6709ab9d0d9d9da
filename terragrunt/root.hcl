# What every unit of every environment has: where its state lies, which account it may touch, and its tags.
#
# Account, region and environment are the folders that a unit stands in: live/<account>/<region>/<environment>.

locals {
  place       = split("/", path_relative_to_include())
  region      = local.place[2]
  environment = local.place[3]
  unit        = element(split(".terragrunt-stack/", path_relative_to_include()), length(split(".terragrunt-stack/", path_relative_to_include())) - 1)

  account    = read_terragrunt_config(find_in_parent_folders("account.hcl")).locals
  account_id = local.account.account_id

  # Another AWS than Amazon's: the one on this machine. Its account and keys are good nowhere else, so that neither a wrong
  # address nor a forgotten variable can touch a real account.
  endpoint = get_env("RIFF_AWS_ENDPOINT", "")
  elsewhere = local.endpoint == "" ? {} : {
    access_key                  = jsonencode(local.account_id)
    secret_key                  = jsonencode("riff-local")
    skip_credentials_validation = "true"
    skip_metadata_api_check     = "true"
    skip_region_validation      = "true"
  }
  services = [
    "acm", "apigateway", "backup", "cloudfront", "cloudwatch", "cloudwatchlogs", "cognitoidp", "dynamodb", "ec2", "events",
    "iam", "kms", "lambda", "rds", "route53", "s3", "scheduler", "secretsmanager", "ses", "sns", "sqs", "ssm", "sts", "wafv2",
  ]

  provider = join("\n", concat(
    [for name, value in local.elsewhere : "  ${name} = ${value}"],
    local.endpoint == "" ? [] : concat(
      ["  s3_use_path_style = true", "  endpoints {"],
      [for service in local.services : "    ${service} = ${jsonencode(local.endpoint)}"],
      ["  }"],
    ),
    ["  default_tags {", "    tags = { system = \"riff\", environment = \"${local.environment}\", unit = \"${local.unit}\" }", "  }"],
  ))

  # State of an account lies in a bucket of that account, each environment under its own prefix, which a role may be held to.
  # `local` keeps it beside the stack that it describes.
  state_folder = get_env("RIFF_TERRAFORM_STATE", "")
  backend = local.state_folder != "" ? {
    type     = "local"
    settings = { path = jsonencode("${local.state_folder}/${local.environment}/${local.unit}.tfstate") }
    } : {
    type = "s3"
    settings = merge(
      {
        bucket              = jsonencode("riff-state-${local.account_id}")
        key                 = jsonencode("${local.environment}/${local.unit}/terraform.tfstate")
        region              = jsonencode(local.region)
        allowed_account_ids = jsonencode([local.account_id])
        encrypt             = "true"
        use_lockfile        = "true"
      },
      local.elsewhere,
      local.endpoint == "" ? {} : {
        use_path_style = "true"
        endpoints      = "{ s3 = ${jsonencode(local.endpoint)}, sts = ${jsonencode(local.endpoint)}, iam = ${jsonencode(local.endpoint)} }"
      },
    )
  }
}

generate "backend" {
  path      = "backend.tf"
  if_exists = "overwrite_terragrunt"
  contents = join("\n", concat(
    ["terraform {", "  backend \"${local.backend.type}\" {"],
    [for name, value in local.backend.settings : "    ${name} = ${value}"],
    ["  }", "}", ""],
  ))
}

generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite_terragrunt"
  contents  = <<-EOF
    provider "aws" {
      region              = "${local.region}"
      allowed_account_ids = ["${local.account_id}"]
    ${local.provider}
    }

    # What AWS keeps for the whole world lies here: distributions, their certificates and their firewall.
    provider "aws" {
      alias               = "global"
      region              = "us-east-1"
      allowed_account_ids = ["${local.account_id}"]
    ${local.provider}
    }
  EOF
}

inputs = {
  environment    = local.environment
  artifacts_file = "${get_env("RIFF_DIST", "${dirname(get_parent_terragrunt_dir())}/dist")}/artifacts.json"
  dist_dir       = get_env("RIFF_DIST", "${dirname(get_parent_terragrunt_dir())}/dist")
  openapi_file   = "${get_env("RIFF_DIST", "${dirname(get_parent_terragrunt_dir())}/dist")}/openapi.json"
}
