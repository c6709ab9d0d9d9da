mock_provider "aws" {
  mock_resource "aws_cloudwatch_event_bus" {
    defaults = { arn = "arn:aws:events:eu-west-1:123456789012:event-bus/dev-riff" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-west-1:123456789012:queue" }
  }
  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-west-1:123456789012:rule/dev-riff/dev-record" }
  }
}

variables {
  environment = "dev"
}

run "records_every_event_by_default" {
  command = plan

  assert {
    condition     = aws_cloudwatch_event_rule.this["record"].event_pattern == jsonencode({ source = ["riff.dev"] })
    error_message = "The queue `record` takes every event of this environment."
  }
}

run "puts_aside_after_five_attempts" {
  assert {
    condition     = jsondecode(aws_sqs_queue.this["mail"].redrive_policy).maxReceiveCount == 5
    error_message = "Five attempts, then the queue of failures."
  }

  assert {
    condition     = aws_sqs_queue.failures.message_retention_seconds == 1209600
    error_message = "Failures are kept for two weeks."
  }
}

run "lets_only_its_own_rule_fill_a_queue" {
  assert {
    condition     = jsondecode(aws_sqs_queue_policy.this["record"].policy).Statement[0].Condition.ArnEquals["aws:SourceArn"] == aws_cloudwatch_event_rule.this["record"].arn
    error_message = "Only the rule may send."
  }
}

run "takes_only_the_kinds_asked_for" {
  command = plan
  variables { subscriptions = { alert = { kinds = ["RAF-0002", "RAF-0001"] } } }

  assert {
    condition     = aws_cloudwatch_event_rule.this["alert"].event_pattern == jsonencode({ source = ["riff.dev"], "detail-type" = ["RAF-0001", "RAF-0002"] })
    error_message = "Kinds, in order."
  }
}

run "encrypts_with_the_given_key" {
  command = plan
  variables { kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/events" }

  assert {
    condition     = alltrue([for queue in aws_sqs_queue.this : queue.kms_master_key_id == "arn:aws:kms:eu-west-1:123456789012:key/events"])
    error_message = "Every queue."
  }
}

run "keeps_nothing_to_replay_when_told" {
  command = plan
  variables { replay_days = 0 }

  assert {
    condition     = length(aws_cloudwatch_event_archive.this) == 0
    error_message = "No archive."
  }
}

run "refuses_a_subscription_with_a_bad_name" {
  command = plan
  variables { subscriptions = { "Record_all" = {} } }
  expect_failures = [var.subscriptions]
}

run "refuses_a_message_invisible_for_a_day" {
  command = plan
  variables { subscriptions = { record = { visibility_s = 86400 } } }
  expect_failures = [var.subscriptions]
}

run "refuses_two_queues_of_one_name" {
  command = plan
  variables { queues = { record = {} } }
  expect_failures = [var.queues]
}

run "refuses_a_queue_named_failures" {
  command = plan
  variables { queues = { failures = {} } }
  expect_failures = [var.queues]
}

run "refuses_no_attempt" {
  command = plan
  variables { attempts = 0 }
  expect_failures = [var.attempts]
}

run "refuses_half_a_day_of_replay" {
  command = plan
  variables { replay_days = 0.5 }
  expect_failures = [var.replay_days]
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
