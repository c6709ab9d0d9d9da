locals {
  # What all functions publish under; rules listen to nothing else.
  source = "riff.${var.environment}"

  queues = merge(
    { for name, queue in var.subscriptions : name => queue.visibility_s },
    { for name, queue in var.queues : name => queue.visibility_s },
  )

  two_weeks_s = 1209600
}

resource "aws_cloudwatch_event_bus" "this" {
  name               = "${var.environment}-riff"
  kms_key_identifier = var.kms_key_arn
}

resource "aws_cloudwatch_event_archive" "this" {
  count = var.replay_days > 0 ? 1 : 0

  name             = "${var.environment}-riff"
  description      = "Events that can be played again. The record that counts is the event log and the archive."
  event_source_arn = aws_cloudwatch_event_bus.this.arn
  retention_days   = var.replay_days
}

# What could not be handled, from every queue, rule, schedule and function. Somebody is alerted when it is not empty.
resource "aws_sqs_queue" "failures" {
  name                      = "${var.environment}-failures"
  message_retention_seconds = local.two_weeks_s
  kms_master_key_id         = var.kms_key_arn
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
}

resource "aws_sqs_queue" "this" {
  for_each = local.queues

  name                       = "${var.environment}-${each.key}"
  visibility_timeout_seconds = each.value
  message_retention_seconds  = local.two_weeks_s
  kms_master_key_id          = var.kms_key_arn
  sqs_managed_sse_enabled    = var.kms_key_arn == null ? true : null

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failures.arn
    maxReceiveCount     = var.attempts
  })
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = var.subscriptions

  name           = "${var.environment}-${each.key}"
  description    = length(each.value.kinds) == 0 ? "Every event." : "Events of the kinds that ${each.key} takes."
  event_bus_name = aws_cloudwatch_event_bus.this.name

  event_pattern = jsonencode(merge(
    { source = [local.source] },
    length(each.value.kinds) == 0 ? {} : { "detail-type" = sort(each.value.kinds) },
  ))
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = var.subscriptions

  rule           = aws_cloudwatch_event_rule.this[each.key].name
  event_bus_name = aws_cloudwatch_event_bus.this.name
  target_id      = each.key
  arn            = aws_sqs_queue.this[each.key].arn

  dead_letter_config {
    arn = aws_sqs_queue.failures.arn
  }
}

resource "aws_sqs_queue_policy" "this" {
  for_each = var.subscriptions

  queue_url = aws_sqs_queue.this[each.key].url

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyItsRule"
      Effect    = "Allow"
      Action    = "sqs:SendMessage"
      Principal = { Service = "events.amazonaws.com" }
      Resource  = aws_sqs_queue.this[each.key].arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.this[each.key].arn } }
    }]
  })
}

resource "aws_sqs_queue_policy" "failures" {
  count = length(var.subscriptions) > 0 ? 1 : 0

  queue_url = aws_sqs_queue.failures.url

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyRulesOfTheBus"
      Effect    = "Allow"
      Action    = "sqs:SendMessage"
      Principal = { Service = "events.amazonaws.com" }
      Resource  = aws_sqs_queue.failures.arn
      Condition = { ArnEquals = { "aws:SourceArn" = [for name in sort(keys(var.subscriptions)) : aws_cloudwatch_event_rule.this[name].arn] } }
    }]
  })
}
