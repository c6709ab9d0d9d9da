mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/dev-scheduler" }
  }
  mock_resource "aws_scheduler_schedule_group" {
    defaults = { arn = "arn:aws:scheduler:eu-central-1:123456789012:schedule-group/dev-riff" }
  }
}

variables {
  environment    = "dev"
  artifacts_file = "tests/artifacts.json"
  events = {
    failures_arn = "arn:aws:sqs:eu-central-1:123456789012:dev-failures"
    queue_arns   = { mail = "arn:aws:sqs:eu-central-1:123456789012:dev-mail", record = "arn:aws:sqs:eu-central-1:123456789012:dev-record" }
  }
  record = { stream_arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/dev-event-log/stream/1" }
}

run "starts_every_job_by_the_clock_and_nothing_else" {
  command = plan

  assert {
    condition     = output.schedules == tolist(["checkpoint_ledger", "expire_pending_orders"])
    error_message = "What functions.yaml calls a schedule has one."
  }

  assert {
    condition = { for operation, schedule in output.clock : operation => [schedule.every, schedule.state, schedule.target] } == {
      checkpoint_ledger     = ["cron(0 6 * * ? *)", "ENABLED", "arn:aws:lambda:eu-central-1:123456789012:function:dev-audit-checkpoint-ledger:live"]
      expire_pending_orders = ["rate(1 minute)", "ENABLED", "arn:aws:lambda:eu-central-1:123456789012:function:dev-checkout-expire-pending-orders:live"]
    }
    error_message = "At the rate that functions.yaml states, the live version."
  }
}

run "puts_aside_what_could_not_be_started" {
  command = plan

  assert {
    condition     = alltrue([for schedule in values(output.clock) : schedule.failures_arn == "arn:aws:sqs:eu-central-1:123456789012:dev-failures" && schedule.attempts == 1])
    error_message = "Tried once more, then put aside."
  }
}

run "stops_the_clock_where_an_environment_says_so" {
  command = plan
  variables { schedules_enabled = false }

  assert {
    condition     = alltrue([for schedule in values(output.clock) : schedule.state == "DISABLED"])
    error_message = "No job runs."
  }
}

run "wires_consumers_to_what_their_words_name" {
  command = plan

  assert {
    condition     = output.consumed == { archive_events = "arn:aws:dynamodb:eu-central-1:123456789012:table/dev-event-log/stream/1", send_ticket = "arn:aws:sqs:eu-central-1:123456789012:dev-mail" }
    error_message = "mail:consume is the queue of mail; a stream is the event log's."
  }
}
