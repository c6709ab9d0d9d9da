# What an account has once, whatever environments are in it: the roles that the pipeline takes.

unit "pipeline" {
  source = "${dirname(find_in_parent_folders("root.hcl"))}/_units/pipeline"
  path   = "pipeline"
  values = { inputs = try(values.pipeline, {}) }
}
