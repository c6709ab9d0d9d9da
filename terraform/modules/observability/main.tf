data "aws_caller_identity" "this" {}

data "aws_region" "this" {}

locals {
  namespace = "riff/${var.environment}"

  # Lines that mean more than one failed request. Functions log JSON, so a line is known by its field.
  signals = {
    integrity = {
      meaning = "A self-check, a chain or a reconciliation failed: the draw stops, and somebody looks now."
      pattern = "{ $.code = \"integrity-failure\" }"
    }
  }

  # One alarm per function and signal would be hundreds; metrics of all functions meet under one name.
  filters = merge([
    for signal, description in local.signals : {
      for operation, function in var.functions : "${signal}/${operation}" => {
        signal = signal, pattern = description.pattern, log_group = function.log_group
      }
    }
  ]...)

  function_alarms = { for operation, function in var.functions : operation => function if var.alarms }
  api_alarms      = { for name, api in { api = var.api } : name => api if var.alarms && api != null }
  database_alarms = { for name, database in { database = var.database } : name => database if var.alarms && database != null }
  queue_alarms    = { for name, queue in { failures = var.failures_queue } : name => queue if var.alarms && queue != null }

  widgets = concat(
    [for widget in [{
      title   = "API: requests, refusals, failures", stat = "Sum", namespace = "AWS/ApiGateway"
      metrics = [for name in ["Count", "4XXError", "5XXError"] : [name, "ApiName", try(var.api.name, ""), "Stage", try(var.api.stage, "")]]
      }, {
      title   = "API: time to answer", stat = "p99", namespace = "AWS/ApiGateway"
      metrics = [for name in ["Latency", "IntegrationLatency"] : [name, "ApiName", try(var.api.name, ""), "Stage", try(var.api.stage, "")]]
    }] : widget if var.api != null],
    [
      { title = "Functions: failed calls", stat = "Sum", namespace = "AWS/Lambda", metrics = [for function in values(var.functions) : ["Errors", "FunctionName", function.name]] },
      { title = "Functions: running at once", stat = "Maximum", namespace = "AWS/Lambda", metrics = [["ConcurrentExecutions"], ["Throttles"]] },
    ],
    [for widget in [{
      title   = "Database: capacity units", stat = "Maximum", namespace = "AWS/RDS"
      metrics = [["ServerlessDatabaseCapacity", "DBClusterIdentifier", try(var.database.cluster_id, "")]]
      }, {
      title   = "Database: connections", stat = "Maximum", namespace = "AWS/RDS"
      metrics = [["DatabaseConnections", "DBClusterIdentifier", try(var.database.cluster_id, "")]]
    }] : widget if var.database != null],
    [for widget in [{
      title   = "Put aside", stat = "Maximum", namespace = "AWS/SQS"
      metrics = [["ApproximateNumberOfMessagesVisible", "QueueName", coalesce(var.failures_queue, "none")]]
    }] : widget if var.failures_queue != null],
  )
}

resource "aws_sns_topic" "alerts" {
  name              = "${var.environment}-alerts"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyAlarmsHere"
      Effect    = "Allow"
      Action    = "sns:Publish"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Resource  = aws_sns_topic.alerts.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id } }
    }]
  })
}

resource "aws_sns_topic_subscription" "this" {
  for_each = var.receivers

  topic_arn = aws_sns_topic.alerts.arn
  protocol  = startswith(each.value, "https://") ? "https" : "email"
  endpoint  = each.value
}

resource "aws_cloudwatch_metric_alarm" "function_errors" {
  for_each = local.function_alarms

  alarm_name          = "${each.value.name}-errors"
  alarm_description   = "${each.key} failed in more than ${var.thresholds.function_errors} calls in five minutes."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = each.value.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.function_errors
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

# What a gradual release is taken back for: failures of the newest version's calls behind the live alias.
resource "aws_cloudwatch_metric_alarm" "release" {
  for_each = local.function_alarms

  alarm_name          = "${each.value.name}-live-errors"
  alarm_description   = "${each.key} failed behind the live alias in the last minute."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = each.value.name, Resource = "${each.value.name}:live" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  count = var.alarms ? 1 : 0

  alarm_name          = "${var.environment}-throttles"
  alarm_description   = "Calls were turned away: the account's or a function's concurrency is used up."
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.filters

  name           = "${var.environment}-${each.value.signal}"
  log_group_name = each.value.log_group
  pattern        = each.value.pattern

  metric_transformation {
    namespace = local.namespace
    name      = each.value.signal
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "signal" {
  for_each = { for signal, description in local.signals : signal => description if var.alarms }

  alarm_name          = "${var.environment}-${each.key}"
  alarm_description   = each.value.meaning
  namespace           = local.namespace
  metric_name         = each.key
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "api_errors" {
  for_each = local.api_alarms

  alarm_name          = "${var.environment}-api-errors"
  alarm_description   = "The API answered more than ${var.thresholds.api_errors} requests with 5xx in five minutes."
  namespace           = "AWS/ApiGateway"
  metric_name         = "5XXError"
  dimensions          = { ApiName = each.value.name, Stage = each.value.stage }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.api_errors
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "api_latency" {
  for_each = local.api_alarms

  alarm_name          = "${var.environment}-api-latency"
  alarm_description   = "One request in a hundred took longer than ${var.thresholds.api_latency_ms} ms."
  namespace           = "AWS/ApiGateway"
  metric_name         = "Latency"
  dimensions          = { ApiName = each.value.name, Stage = each.value.stage }
  extended_statistic  = "p99"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.api_latency_ms
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "failures" {
  for_each = local.queue_alarms

  alarm_name          = "${var.environment}-failures"
  alarm_description   = "Messages were put aside: an event, a mail or a job waits for somebody."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.failures
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "database_capacity" {
  for_each = local.database_alarms

  alarm_name          = "${var.environment}-database-capacity"
  alarm_description   = "The database uses more than ${var.thresholds.database_capacity * 100} % of what it may."
  namespace           = "AWS/RDS"
  metric_name         = "ServerlessDatabaseCapacity"
  dimensions          = { DBClusterIdentifier = each.value.cluster_id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.max_units * var.thresholds.database_capacity
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "${var.environment}-riff"

  dashboard_body = jsonencode({
    widgets = [for number, widget in local.widgets : {
      type   = "metric"
      x      = (number % 2) * 12
      y      = floor(number / 2) * 6
      width  = 12
      height = 6
      properties = {
        title   = widget.title
        region  = data.aws_region.this.name
        stat    = widget.stat
        period  = 60
        view    = "timeSeries"
        metrics = [for metric in widget.metrics : concat([widget.namespace], metric)]
      }
    }]
  })
}
