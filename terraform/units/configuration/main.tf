locals {
  path = "/riff/${var.environment}"

  # Beside the tree that every function reads, not below it: who may read that one reaches nothing here. A function reads
  # the part of its role of the database, and those of the services that it declared.
  parts = merge(
    { for role in ["reader", "business", "critical", "owner"] : role => {
      parameters = { "database/user" = { value = "riff_${role}", meaning = "Role of the database." } }
      secrets    = { "database/password" = "Password of that role." }
    } },
    { for part in distinct([for name in keys(var.secrets) : split("/", name)[0]]) : part => {
      parameters = {}
      secrets    = { for name, meaning in var.secrets : trimprefix(name, "${part}/") => meaning if startswith(name, "${part}/") }
    } },
  )

  artifacts = jsondecode(file(var.artifacts_file))
}

module "configuration" {
  source = "../../modules/configuration"

  path = local.path
  parameters = merge(
    {
      "api/problem_base"          = { value = var.problem_base, meaning = "Prefix of problem types." }
      "archive/bucket"            = { value = var.record.archive, meaning = "Bucket of the immutable archive." }
      "critical/certified_digest" = { value = local.artifacts.critical_digest, meaning = "Digest of the certified files; functions that embed others do not start." }
      "database/host"             = { value = var.database.writer.host, meaning = "Host of the database." }
      "database/name"             = { value = var.database.writer.name, meaning = "Name of the database." }
      "database/port"             = { value = tostring(var.database.writer.port), meaning = "Port of the database." }
      "events/bus"                = { value = var.events.bus_name, meaning = "Bus that significant events are published on." }
      "events/log"                = { value = var.record.table, meaning = "Table of the event log." }
      "evidence/bucket"           = { value = var.record.evidence, meaning = "Bucket of exports and evidence packs." }
      "events/source"             = { value = var.events.source, meaning = "Source that published events carry." }
      "keys/ledger"               = { value = var.keys.arns["ledger"], meaning = "Key that signs checkpoints of the ledger." }
      "keys/seeds"                = { value = var.keys.arns["seeds"], meaning = "Key that committed seeds are under." }
      "payments/endpoint"         = { value = var.payments.endpoint, meaning = "Address of the payment processor." }
      "payments/plugin"           = { value = var.payments.plugin, meaning = "Entry point of the payment plugin." }
    },
    { for name, value in var.selling : "selling/${name}" => { value = tostring(value), meaning = "How this deployment sells." } },
    { for name, value in var.settings : name => { value = value, meaning = "As config.py describes it." } },
    { for name, url in var.events.queue_urls : "queues/${replace(name, "-", "_")}" => { value = url, meaning = "Queue ${name}." } },
    { for pool, id in var.identity.pool_ids : "identity/pools/${pool}" => { value = id, meaning = "User pool of ${pool}." } },
  )
}

module "part" {
  source   = "../../modules/configuration"
  for_each = local.parts

  path          = "${local.path}-${each.key}"
  kms_key_arn   = var.keys.arns["configuration"]
  parameters    = each.value.parameters
  secrets       = { for name, meaning in each.value.secrets : name => { meaning = meaning, version = var.secrets_version } }
  secret_values = { for name in keys(each.value.secrets) : name => lookup(var.secret_values, "${each.key}/${name}", "not-set") }
}
