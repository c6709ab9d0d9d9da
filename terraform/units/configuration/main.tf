locals {
  path  = "/riff/${var.environment}"
  kinds = ["reader", "business", "critical"]

  artifacts = jsondecode(file(var.artifacts_file))
}

module "configuration" {
  source = "../../modules/configuration"

  path        = local.path
  kms_key_arn = var.keys.arns["configuration"]
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
    { for kind in local.kinds : "database/users/${kind}" => { value = "riff_${kind}", meaning = "Database role of ${kind} functions." } },
    { for name, url in var.events.queue_urls : "queues/${replace(name, "-", "_")}" => { value = url, meaning = "Queue ${name}." } },
    { for pool, id in var.identity.pool_ids : "identity/pools/${pool}" => { value = id, meaning = "User pool of ${pool}." } },
  )
  secrets = merge(
    { for name, meaning in var.secrets : name => { meaning = meaning, version = var.secrets_version } },
    { for kind in local.kinds : "database/passwords/${kind}" => { meaning = "Password of the database role of ${kind} functions.", version = var.secrets_version } },
  )
  secret_values = var.secret_values
}

# Beside the tree that every function reads, not below it: who may read that one reaches nothing here.
module "owner" {
  source = "../../modules/configuration"

  path          = "${local.path}-owner"
  kms_key_arn   = var.keys.arns["configuration"]
  parameters    = { "database/user" = { value = "riff_owner", meaning = "Database role that owns the schema." } }
  secrets       = { "database/password" = { meaning = "Password of the owner of the schema.", version = var.secrets_version } }
  secret_values = { "database/password" = lookup(var.secret_values, "owner/database/password", "not-set") }
}
