include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${dirname(dirname(find_in_parent_folders("root.hcl")))}/terraform//units/record"
}

locals {
  mocks = yamldecode(file("${dirname(find_in_parent_folders("root.hcl"))}/mocks.yaml"))
}

dependency "keys" {
  config_path                             = "../keys"
  mock_outputs                            = local.mocks.keys
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

inputs = merge(values.inputs, {
  keys = dependency.keys.outputs
})
