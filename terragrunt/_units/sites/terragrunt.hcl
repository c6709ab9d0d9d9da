include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${dirname(dirname(find_in_parent_folders("root.hcl")))}/terraform//units/sites"
}

locals {
  mocks = yamldecode(file("${dirname(find_in_parent_folders("root.hcl"))}/mocks.yaml"))
}

dependency "api" {
  config_path                             = "../api"
  mock_outputs                            = local.mocks.api
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

inputs = merge(values.inputs, {
  api = dependency.api.outputs
})
