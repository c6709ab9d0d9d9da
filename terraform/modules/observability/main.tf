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

  # Every alarm there is. `told`: people hear of it, and of its end; otherwise only the release that watches it does.
  alarms = { for name, alarm in merge(
    { for operation, function in var.functions : "${function.name}-errors" => {
      meaning    = "${operation} failed in more than ${var.thresholds.function_errors} calls in five minutes."
      metric     = ["AWS/Lambda", "Errors"]
      dimensions = { FunctionName = function.name }
      statistic  = "Sum"
      period     = 300
      periods    = [1, 1]
      above      = var.thresholds.function_errors
      told       = true
    } },
    # What a gradual release is taken back for: failures of the calls behind the live alias.
    { for operation, function in var.functions : "${function.name}-live-errors" => {
      meaning    = "${operation} failed behind the live alias in the last minute."
      metric     = ["AWS/Lambda", "Errors"]
      dimensions = { FunctionName = function.name, Resource = "${function.name}:live" }
      statistic  = "Sum"
      period     = 60
      periods    = [1, 1]
      above      = 0
      told       = false
    } },
    { for signal, description in local.signals : "${var.environment}-${signal}" => {
      meaning    = description.meaning
      metric     = [local.namespace, signal]
      dimensions = {}
      statistic  = "Sum"
      period     = 60
      periods    = [1, 1]
      above      = 0
      told       = true
    } },
    { "${var.environment}-throttles" = {
      meaning    = "Calls were turned away: the account's or a function's concurrency is used up."
      metric     = ["AWS/Lambda", "Throttles"]
      dimensions = {}
      statistic  = "Sum"
      period     = 60
      periods    = [3, 2]
      above      = 0
      told       = true
    } },
    { for api in local.apis : "${var.environment}-api-errors" => {
      meaning    = "The API answered more than ${var.thresholds.api_errors} requests with 5xx in five minutes."
      metric     = ["AWS/ApiGateway", "5XXError"]
      dimensions = { ApiName = api.name, Stage = api.stage }
      statistic  = "Sum"
      period     = 300
      periods    = [1, 1]
      above      = var.thresholds.api_errors
      told       = true
    } },
    { for api in local.apis : "${var.environment}-api-latency" => {
      meaning    = "One request in a hundred took longer than ${var.thresholds.api_latency_ms} ms."
      metric     = ["AWS/ApiGateway", "Latency"]
      dimensions = { ApiName = api.name, Stage = api.stage }
      statistic  = "p99"
      period     = 60
      periods    = [5, 3]
      above      = var.thresholds.api_latency_ms
      told       = true
    } },
    { for queue in compact([var.failures_queue]) : "${var.environment}-failures" => {
      meaning    = "Messages were put aside: an event, a mail or a job waits for somebody."
      metric     = ["AWS/SQS", "ApproximateNumberOfMessagesVisible"]
      dimensions = { QueueName = queue }
      statistic  = "Maximum"
      period     = 60
      periods    = [1, 1]
      above      = var.thresholds.failures
      told       = true
    } },
    { for database in local.databases : "${var.environment}-database-capacity" => {
      meaning    = "The database uses more than ${var.thresholds.database_capacity * 100} % of what it may."
      metric     = ["AWS/RDS", "ServerlessDatabaseCapacity"]
      dimensions = { DBClusterIdentifier = database.cluster_id }
      statistic  = "Maximum"
      period     = 60
      periods    = [5, 3]
      above      = database.max_units * var.thresholds.database_capacity
      told       = true
    } },
  ) : name => alarm if var.alarms }

  apis      = [for api in [var.api] : api if api != null]
  databases = [for database in [var.database] : database if database != null]

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

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = each.key
  alarm_description   = each.value.meaning
  namespace           = each.value.metric[0]
  metric_name         = each.value.metric[1]
  dimensions          = each.value.dimensions
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic  = startswith(each.value.statistic, "p") ? each.value.statistic : null
  period              = each.value.period
  evaluation_periods  = each.value.periods[0]
  datapoints_to_alarm = each.value.periods[1]
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.above
  treat_missing_data  = "notBreaching"
  alarm_actions       = each.value.told ? [aws_sns_topic.alerts.arn] : null
  ok_actions          = each.value.told ? [aws_sns_topic.alerts.arn] : null
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
