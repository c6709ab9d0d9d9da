include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${dirname(dirname(find_in_parent_folders("root.hcl")))}/terraform//units/observability"
}

locals {
  mocks = yamldecode(file("${dirname(find_in_parent_folders("root.hcl"))}/mocks.yaml"))
}

dependency "api" {
  config_path                             = "../api"
  mock_outputs                            = local.mocks.api
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

dependency "keys" {
  config_path                             = "../keys"
  mock_outputs                            = local.mocks.keys
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

inputs = merge(values.inputs, {
  api      = dependency.api.outputs
  database = dependency.database.outputs
  events   = dependency.events.outputs
  keys     = dependency.keys.outputs
})
