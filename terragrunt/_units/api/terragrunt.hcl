include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${dirname(dirname(find_in_parent_folders("root.hcl")))}/terraform//units/api"
}

locals {
  mocks = yamldecode(file("${dirname(find_in_parent_folders("root.hcl"))}/mocks.yaml"))
}

dependency "identity" {
  config_path                             = "../identity"
  mock_outputs                            = local.mocks.identity
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

dependency "keys" {
  config_path                             = "../keys"
  mock_outputs                            = local.mocks.keys
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

# Named, not looked up: what calls a function comes after it.
dependencies {
  paths = [for group in values.groups : "../functions/${group}"]
}

inputs = merge(values.inputs, {
  identity = dependency.identity.outputs
  keys     = dependency.keys.outputs
})
