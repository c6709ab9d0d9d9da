include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${dirname(dirname(find_in_parent_folders("root.hcl")))}/terraform//units/backup"
}

locals {
  mocks = yamldecode(file("${dirname(find_in_parent_folders("root.hcl"))}/mocks.yaml"))
}

dependency "database" {
  config_path                             = "../database"
  mock_outputs                            = local.mocks.database
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

dependency "keys" {
  config_path                             = "../keys"
  mock_outputs                            = local.mocks.keys
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

dependency "observability" {
  config_path                             = "../observability"
  mock_outputs                            = local.mocks.observability
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

dependency "record" {
  config_path                             = "../record"
  mock_outputs                            = local.mocks.record
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

inputs = merge(values.inputs, {
  database      = dependency.database.outputs
  keys          = dependency.keys.outputs
  observability = dependency.observability.outputs
  record        = dependency.record.outputs
})
