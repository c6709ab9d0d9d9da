include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${dirname(dirname(find_in_parent_folders("root.hcl")))}/terraform//units/triggers"
}

locals {
  mocks = yamldecode(file("${dirname(find_in_parent_folders("root.hcl"))}/mocks.yaml"))
}

dependency "events" {
  config_path                             = "../events"
  mock_outputs                            = local.mocks.events
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

dependency "record" {
  config_path                             = "../record"
  mock_outputs                            = local.mocks.record
  mock_outputs_allowed_terraform_commands = ["init", "plan", "validate"]
}

# Named, not looked up: what calls a function comes after it.
dependencies {
  paths = [for group in values.groups : "../functions/${group}"]
}

inputs = merge(values.inputs, {
  events = dependency.events.outputs
  record = dependency.record.outputs
})
