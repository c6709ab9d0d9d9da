data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  functions = jsondecode(file(var.artifacts_file)).functions
  arn       = "arn:${data.aws_partition.this.partition}:lambda:${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}:function:${var.environment}"

  started = { for operation, function in local.functions : operation => function if contains(["queue", "schedule", "stream"], function.trigger) }

  # A consumer's grant tells what it consumes: nobody reads a queue that it did not ask for.
  queues = { "events:consume" = var.events.queue_arns["record"], "mail:consume" = var.events.queue_arns["mail"] }
}

module "triggers" {
  source = "../../modules/triggers"

  environment  = var.environment
  functions    = { for operation, function in local.started : operation => "${local.arn}-${function.name}:live" }
  failures_arn = var.events.failures_arn
  schedules = {
    for operation, function in local.started : operation => { every = function.every, enabled = var.schedules_enabled }
    if function.trigger == "schedule"
  }
  queues = merge([
    for operation, function in local.started : {
      for grant in function.grants : operation => { queue_arn = local.queues[grant] } if contains(keys(local.queues), grant)
    } if function.trigger == "queue"
  ]...)
  streams = {
    for operation, function in local.started : operation => { stream_arn = var.record.stream_arn } if function.trigger == "stream"
  }
}
