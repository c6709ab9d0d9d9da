data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  here   = "${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}"
  arn    = "arn:${data.aws_partition.this.partition}"
  lambda = "${local.arn}:lambda:${local.here}:function:${var.environment}"

  functions = {
    for operation, function in jsondecode(file(var.artifacts_file)).functions : operation => function
    if contains(var.contexts, function.context)
  }

  # What stands on its own is named, not looked up: a function of one context may then call one of another.
  targets = { for name, arn in merge({ for part, arn in var.configuration.parts.arns : "${part}_parameters" => arn }, {
    alerts_topic      = "${local.arn}:sns:${local.here}:${var.environment}-alerts"
    archive_bucket    = var.record.archive_arn
    archive_key       = var.keys.arns["archive"]
    configuration_key = var.keys.arns["configuration"]
    devices_pool      = var.identity.pool_arns["devices"]
    event_bus         = var.events.bus_arn
    event_log         = var.record.table_arn
    event_log_stream  = var.record.stream_arn
    events_key        = var.keys.arns["events"]
    evidence_bucket   = var.record.evidence_arn
    evidence_key      = var.keys.arns["archive"]
    failures_queue    = var.events.failures_arn
    ledger_key        = var.keys.arns["ledger"]
    mail_identity     = var.mail_identity_arn
    mail_queue        = var.events.queue_arns["mail"]
    record_queue      = var.events.queue_arns["record"]
    seeds_key         = var.keys.arns["seeds"]
    select_winners    = "${local.lambda}-critical-select-winners"
    staff_pool        = var.identity.pool_arns["staff"]
    validate_ticket   = "${local.lambda}-critical-validate-ticket"
  }) : name => arn if arn != null }

  unattended = toset([for operation, function in local.functions : operation if contains(["event", "schedule"], function.trigger)])
}

module "functions" {
  source = "../../modules/functions"

  environment     = var.environment
  artifact_bucket = var.artifacts.bucket
  architecture    = var.architecture
  configuration   = merge(var.configuration.tree, { roles = var.configuration.parts })
  database        = var.database.users_arn == null ? null : { users_arn = var.database.users_arn }
  functions = {
    for operation, function in local.functions : operation => merge(function, {
      key         = "functions/${function.zips[var.architecture].sha256}.zip"
      code_sha256 = function.zips[var.architecture].code_sha256
    })
  }
  targets   = local.targets
  variables = var.variables
  capacity  = { for operation, capacity in var.capacity : operation => capacity if contains(keys(local.functions), operation) }
  releases  = { for operation, release in var.releases : operation => release if contains(keys(local.functions), operation) }
  logs      = { retention_days = var.log_days, kms_key_arn = var.keys.arns["logs"] }
  network   = var.network.functions
  failures  = length(local.unattended) > 0 ? { queue_arn = var.events.failures_arn, operations = local.unattended } : null
}
