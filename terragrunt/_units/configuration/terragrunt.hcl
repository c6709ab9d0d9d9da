include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${dirname(dirname(find_in_parent_folders("root.hcl")))}/terraform//units/configuration"
}

locals {
  mocks = yamldecode(file("${dirname(find_in_parent_folders("root.hcl"))}/mocks.yaml"))
}

dependency "keys" {
  config_path                             = "../keys"
  mock_outputs                            = local.mocks.keys
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

dependency "database" {
  config_path                             = "../database"
  mock_outputs                            = local.mocks.database
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

dependency "events" {
  config_path                             = "../events"
  mock_outputs                            = local.mocks.events
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

dependency "identity" {
  config_path                             = "../identity"
  mock_outputs                            = local.mocks.identity
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

dependency "record" {
  config_path                             = "../record"
  mock_outputs                            = local.mocks.record
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

inputs = merge(values.inputs, {
  keys     = dependency.keys.outputs
  database = dependency.database.outputs
  events   = dependency.events.outputs
  identity = dependency.identity.outputs
  record   = dependency.record.outputs
})
