# All units of an environment, for every environment alike. What differs between environments comes as values, by unit.

locals {
  units = "${dirname(find_in_parent_folders("root.hcl"))}/_units"

  # Functions by what may break together: a change of sales cannot touch draws. Every context is in exactly one group;
  # tests/contract/test_terragrunt.py holds them to the folders of handlers.
  groups = jsondecode(file("${dirname(find_in_parent_folders("root.hcl"))}/groups.json"))
}

unit "keys" {
  source = "${local.units}/keys"
  path   = "keys"
  values = { inputs = try(values.keys, {}) }
}

unit "network" {
  source = "${local.units}/network"
  path   = "network"
  values = { inputs = try(values.network, {}) }
}

unit "database" {
  source = "${local.units}/database"
  path   = "database"
  values = { inputs = try(values.database, {}) }
}

unit "identity" {
  source = "${local.units}/identity"
  path   = "identity"
  values = { inputs = try(values.identity, {}) }
}

unit "events" {
  source = "${local.units}/events"
  path   = "events"
  values = { inputs = try(values.events, {}) }
}

unit "record" {
  source = "${local.units}/record"
  path   = "record"
  values = { inputs = try(values.record, {}) }
}

unit "artifacts" {
  source = "${local.units}/artifacts"
  path   = "artifacts"
  values = { inputs = try(values.artifacts, {}) }
}

unit "configuration" {
  source = "${local.units}/configuration"
  path   = "configuration"
  values = { inputs = try(values.configuration, {}) }
}

unit "triggers" {
  source = "${local.units}/triggers"
  path   = "triggers"
  values = { groups = keys(local.groups), inputs = try(values.triggers, {}) }
}

unit "api" {
  source = "${local.units}/api"
  path   = "api"
  values = { groups = keys(local.groups), inputs = try(values.api, {}) }
}

unit "sites" {
  source = "${local.units}/sites"
  path   = "sites"
  values = { inputs = try(values.sites, {}) }
}

unit "observability" {
  source = "${local.units}/observability"
  path   = "observability"
  values = { inputs = try(values.observability, {}) }
}

unit "backup" {
  source = "${local.units}/backup"
  path   = "backup"
  values = { inputs = try(values.backup, {}) }
}

# ---- functions, by group

unit "functions_drawing" {
  source = "${local.units}/functions"
  path   = "functions/drawing"
  values = { inputs = merge(try(values.functions, {}), { contexts = local.groups.drawing }) }
}

unit "functions_evidence" {
  source = "${local.units}/functions"
  path   = "functions/evidence"
  values = { inputs = merge(try(values.functions, {}), { contexts = local.groups.evidence }) }
}

unit "functions_running" {
  source = "${local.units}/functions"
  path   = "functions/running"
  values = { inputs = merge(try(values.functions, {}), { contexts = local.groups.running }) }
}

unit "functions_selling" {
  source = "${local.units}/functions"
  path   = "functions/selling"
  values = { inputs = merge(try(values.functions, {}), { contexts = local.groups.selling }) }
}

unit "functions_upkeep" {
  source = "${local.units}/functions"
  path   = "functions/upkeep"
  values = { inputs = merge(try(values.functions, {}), { contexts = local.groups.upkeep }) }
}
