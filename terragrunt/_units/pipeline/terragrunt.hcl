include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${dirname(dirname(find_in_parent_folders("root.hcl")))}/terraform//units/pipeline"
}

inputs = values.inputs
