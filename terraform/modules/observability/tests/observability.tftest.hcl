mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:dev-alerts" }
  }
}

variables {
  environment = "dev"
  functions   = { void_order = { name = "dev-sales-void-order", log_group = "/aws/lambda/dev-sales-void-order" } }
}

run "tells_people_of_failing_functions_and_of_lost_integrity" {
  assert {
    condition     = one(aws_cloudwatch_metric_alarm.this["dev-sales-void-order-errors"].alarm_actions) == "arn:aws:sns:eu-central-1:123456789012:dev-alerts"
    error_message = "A failing function reaches people."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["dev-integrity"].threshold == 0 && aws_cloudwatch_log_metric_filter.this["integrity/void_order"].pattern == "{ $.code = \"integrity-failure\" }"
    error_message = "One line is enough."
  }
}

run "wakes_nobody_for_a_release_that_takes_itself_back" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["dev-sales-void-order-live-errors"].alarm_actions == null && aws_cloudwatch_metric_alarm.this["dev-sales-void-order-live-errors"].dimensions.Resource == "dev-sales-void-order:live"
    error_message = "The alias is watched, the release acts."
  }
}

run "watches_only_what_is_there" {
  command = plan

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["dev-integrity", "dev-sales-void-order-errors", "dev-sales-void-order-live-errors", "dev-throttles"])
    error_message = "No API, database or queue was named."
  }

  assert {
    condition     = length(local.widgets) == 2
    error_message = "The dashboard shows functions only."
  }
}

run "watches_api_database_and_failures" {
  command = plan
  variables {
    api            = { name = "dev-riff", stage = "v1" }
    database       = { cluster_id = "dev-riff", max_units = 8 }
    failures_queue = "dev-failures"
  }

  assert {
    condition     = abs(aws_cloudwatch_metric_alarm.this["dev-database-capacity"].threshold - 6.4) < 0.001
    error_message = "80 % of 8 units."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["dev-api-latency"].extended_statistic == "p99" && aws_cloudwatch_metric_alarm.this["dev-api-latency"].statistic == null
    error_message = "The slowest hundredth, which is no plain statistic."
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 7
    error_message = "Everything is on the dashboard."
  }
}

run "tells_by_mail_and_by_https" {
  command = plan
  variables { receivers = { duty = "duty@raffle.example", service = "https://duty.example/hook" } }

  assert {
    condition     = aws_sns_topic_subscription.this["duty"].protocol == "email" && aws_sns_topic_subscription.this["service"].protocol == "https"
    error_message = "By the kind of address."
  }
}

run "can_do_without_alarms" {
  command = plan
  variables {
    alarms = false
    api    = { name = "dev-riff", stage = "v1" }
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this) == 0 && output.release_alarms == {}
    error_message = "None at all."
  }
}

run "refuses_a_receiver_without_tls" {
  command = plan
  variables { receivers = { service = "http://duty.example/hook" } }
  expect_failures = [var.receivers]
}

run "refuses_a_share_over_one" {
  command = plan
  variables { thresholds = { database_capacity = 80 } }
  expect_failures = [var.thresholds]
}

run "refuses_an_api_without_a_stage" {
  command = plan
  variables { api = { name = "dev-riff", stage = "" } }
  expect_failures = [var.api]
}

run "refuses_a_database_without_capacity" {
  command = plan
  variables { database = { cluster_id = "dev-riff", max_units = 0 } }
  expect_failures = [var.database]
}

run "refuses_a_queue_by_arn" {
  command = plan
  variables { failures_queue = "arn:aws:sqs:eu-central-1:123456789012:dev-failures" }
  expect_failures = [var.failures_queue]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan
  variables { kms_key_arn = "alias/events" }
  expect_failures = [var.kms_key_arn]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}
