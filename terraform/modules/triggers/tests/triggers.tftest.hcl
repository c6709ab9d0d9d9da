mock_provider "aws" {
  mock_resource "aws_scheduler_schedule_group" {
    defaults = { arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule-group/dev-riff" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/dev-scheduler" }
  }
}

variables {
  environment  = "dev"
  failures_arn = "arn:aws:sqs:eu-west-1:123456789012:dev-failures"
  functions = {
    relay_events   = "arn:aws:lambda:eu-west-1:123456789012:function:dev-audit-relay-events:live"
    record_event   = "arn:aws:lambda:eu-west-1:123456789012:function:dev-audit-record-event:live"
    archive_events = "arn:aws:lambda:eu-west-1:123456789012:function:dev-audit-archive-events:live"
  }
  schedules = { relay_events = { every = "rate(1 minute)" } }
  queues    = { record_event = { queue_arn = "arn:aws:sqs:eu-west-1:123456789012:dev-record" } }
  streams   = { archive_events = { stream_arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/dev-event-log/stream/1" } }
}

run "starts_by_the_clock_exactly_what_has_a_schedule" {
  assert {
    condition     = jsondecode(aws_iam_role_policy.scheduler["schedules"].policy).Statement[0].Resource == ["arn:aws:lambda:eu-west-1:123456789012:function:dev-audit-relay-events:live"]
    error_message = "One schedule, one function."
  }

  assert {
    condition     = jsondecode(aws_iam_role.scheduler["schedules"].assume_role_policy).Statement[0].Condition.ArnEquals["aws:SourceArn"] == "arn:aws:scheduler:eu-west-1:123456789012:schedule-group/dev-riff"
    error_message = "Only this environment's schedules take the role."
  }

  assert {
    condition     = one(aws_scheduler_schedule.this["relay_events"].flexible_time_window).mode == "OFF"
    error_message = "On the minute."
  }
}

run "sends_only_bad_messages_round_again" {
  command = plan

  assert {
    condition     = aws_lambda_event_source_mapping.queue["record_event"].function_response_types == toset(["ReportBatchItemFailures"])
    error_message = "The function says which messages failed."
  }
}

run "follows_a_stream_from_its_beginning" {
  command = plan

  assert {
    condition     = aws_lambda_event_source_mapping.stream["archive_events"].starting_position == "TRIM_HORIZON"
    error_message = "Nothing is left out."
  }
}

run "makes_no_role_without_schedules" {
  command = plan
  variables { schedules = {} }

  assert {
    condition     = length(aws_iam_role.scheduler) == 0
    error_message = "Nothing to start, nobody to start it."
  }
}

run "refuses_a_clock_nobody_reads" {
  command = plan
  variables { schedules = { relay_events = { every = "1 minute" } } }
  expect_failures = [var.schedules]
}

run "refuses_a_schedule_without_a_function" {
  command = plan
  variables { schedules = { expire_leases = { every = "rate(1 minute)" } } }
  expect_failures = [var.schedules]
}

run "refuses_a_large_batch_without_a_wait" {
  command = plan
  variables { queues = { record_event = { queue_arn = "arn:aws:sqs:eu-west-1:123456789012:dev-record", batch = 100 } } }
  expect_failures = [var.queues]
}

run "refuses_a_consumer_alone" {
  command = plan
  variables { queues = { record_event = { queue_arn = "arn:aws:sqs:eu-west-1:123456789012:dev-record", at_once_max = 1 } } }
  expect_failures = [var.queues]
}

run "refuses_a_queue_without_a_function" {
  command = plan
  variables { queues = { send_ticket = { queue_arn = "arn:aws:sqs:eu-west-1:123456789012:dev-mail" } } }
  expect_failures = [var.queues]
}

run "refuses_a_stream_without_a_function" {
  command = plan
  variables { streams = { index_events = { stream_arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/dev-event-log/stream/1" } } }
  expect_failures = [var.streams]
}

run "refuses_a_stream_gathered_for_an_hour" {
  command = plan
  variables { streams = { archive_events = { stream_arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/dev-event-log/stream/1", wait_s = 3600 } } }
  expect_failures = [var.streams]
}

run "refuses_a_function_that_is_not_live" {
  command = plan
  variables { functions = { relay_events = "arn:aws:lambda:eu-west-1:123456789012:function:dev-audit-relay-events", record_event = "x:live", archive_events = "x:live" } }
  expect_failures = [var.functions]
}

run "refuses_failures_that_go_nowhere" {
  command = plan
  variables { failures_arn = "dev-failures" }
  expect_failures = [var.failures_arn]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}
