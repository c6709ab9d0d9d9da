locals {
  scheduled = length(var.schedules) > 0 ? { schedules = sort([for operation in keys(var.schedules) : var.functions[operation]]) } : {}
}

resource "aws_scheduler_schedule_group" "this" {
  name = "${var.environment}-riff"
}

resource "aws_scheduler_schedule" "this" {
  for_each = var.schedules

  name                         = "${var.environment}-${replace(each.key, "_", "-")}"
  group_name                   = aws_scheduler_schedule_group.this.name
  schedule_expression          = each.value.every
  schedule_expression_timezone = each.value.timezone
  state                        = each.value.enabled ? "ENABLED" : "DISABLED"

  # On the minute: sales open and close by the clock that everybody reads.
  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = var.functions[each.key]
    role_arn = aws_iam_role.scheduler["schedules"].arn

    dead_letter_config {
      arn = var.failures_arn
    }

    # A job that comes late is worth nothing: the next one does its work too.
    retry_policy {
      maximum_event_age_in_seconds = 60
      maximum_retry_attempts       = 1
    }
  }
}

resource "aws_iam_role" "scheduler" {
  for_each = local.scheduled

  name        = "${var.environment}-scheduler"
  description = "Starts the functions that run by the clock, and no others."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyThisGroup"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
      Condition = { ArnEquals = { "aws:SourceArn" = aws_scheduler_schedule_group.this.arn } }
    }]
  })
}

resource "aws_iam_role_policy" "scheduler" {
  for_each = local.scheduled

  name = "start"
  role = aws_iam_role.scheduler[each.key].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "StartScheduledFunctions", Effect = "Allow", Action = ["lambda:InvokeFunction"], Resource = each.value },
      { Sid = "PutFailuresAside", Effect = "Allow", Action = ["sqs:SendMessage"], Resource = [var.failures_arn] },
    ]
  })
}

resource "aws_lambda_event_source_mapping" "queue" {
  for_each = var.queues

  event_source_arn                   = each.value.queue_arn
  function_name                      = var.functions[each.key]
  batch_size                         = each.value.batch
  maximum_batching_window_in_seconds = each.value.wait_s

  # One bad message does not send the rest of its batch round again.
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = each.value.at_once_max
  }
}

resource "aws_lambda_event_source_mapping" "stream" {
  for_each = var.streams

  event_source_arn                   = each.value.stream_arn
  function_name                      = var.functions[each.key]
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = each.value.batch
  maximum_batching_window_in_seconds = each.value.wait_s
  function_response_types            = ["ReportBatchItemFailures"]

  # Order matters more than speed: a bad record is narrowed down and put aside, the rest waits for it.
  bisect_batch_on_function_error = true
  maximum_retry_attempts         = 10

  destination_config {
    on_failure {
      destination_arn = var.failures_arn
    }
  }

  # What the time to live removed was archived long ago.
  filter_criteria {
    filter {
      pattern = jsonencode({ eventName = ["INSERT"] })
    }
  }
}
