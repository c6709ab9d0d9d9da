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
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:x" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/dev-draws-start-draw" }
  }
  mock_resource "aws_lambda_function" {
    defaults = {
      arn         = "arn:aws:lambda:eu-central-1:123456789012:function:dev-draws-start-draw"
      version     = "1"
      code_sha256 = "b7JH+l/W/reYf5l+6prGZhbzr0wRZ6ahvFxooIC9O4I="
    }
  }
}

variables {
  environment    = "dev"
  artifacts_file = "tests/artifacts.json"
  contexts       = ["draws"]
  artifacts      = { bucket = "riff-dev-artifacts-123456789012" }
  configuration = {
    tree = { path = "/riff/dev", arn = "arn:aws:ssm:eu-central-1:123456789012:parameter/riff/dev" }
    parts = {
      arns        = { for part in ["reader", "business", "critical", "owner", "payments", "ledger"] : part => "arn:aws:ssm:eu-central-1:123456789012:parameter/riff/dev-${part}" }
      kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/configuration"
    }
  }
  database = { users_arn = "arn:aws:rds-db:eu-central-1:123456789012:dbuser:cluster-1" }
  events = {
    bus_arn      = "arn:aws:events:eu-central-1:123456789012:event-bus/dev-riff"
    failures_arn = "arn:aws:sqs:eu-central-1:123456789012:dev-failures"
    queue_arns   = { mail = "arn:aws:sqs:eu-central-1:123456789012:dev-mail", record = "arn:aws:sqs:eu-central-1:123456789012:dev-record" }
  }
  identity = { pool_arns = { public = "arn:p", staff = "arn:s", devices = "arn:d" } }
  keys = { arns = {
    archive = "arn:aws:kms:eu-central-1:123456789012:key/archive", configuration = "arn:aws:kms:eu-central-1:123456789012:key/configuration",
    events  = "arn:aws:kms:eu-central-1:123456789012:key/events", ledger = "arn:aws:kms:eu-central-1:123456789012:key/ledger",
    logs    = "arn:aws:kms:eu-central-1:123456789012:key/logs", seeds = "arn:aws:kms:eu-central-1:123456789012:key/seeds",
  } }
  network = {}
  record  = { archive_arn = "arn:aws:s3:::a", evidence_arn = "arn:aws:s3:::e", stream_arn = "arn:st", table_arn = "arn:t" }
}

run "lets_a_function_do_what_it_declared_and_nothing_else" {
  command = plan

  assert {
    condition     = toset(output.policies.start_draw[*].Sid) == toset(["WriteOwnLogs", "ReadParameters", "DecryptParameters", "OpenDatabaseSession", "DrawsInvoke0", "SeedsDecrypt0"])
    error_message = "Two words, two statements, beside what every function has."
  }

  assert {
    condition     = toset(output.policies.show_draw[*].Sid) == toset(["WriteOwnLogs", "ReadParameters", "DecryptParameters", "OpenDatabaseSession"])
    error_message = "Nothing declared, nothing more."
  }

  assert {
    condition     = [for statement in output.policies.start_draw : statement.Resource if statement.Sid == "SeedsDecrypt0"] == [["arn:aws:kms:eu-central-1:123456789012:key/seeds"]]
    error_message = "One key, by its ARN."
  }
}

run "opens_the_database_under_the_declared_role_only" {
  command = plan

  assert {
    condition     = flatten([for statement in output.policies.show_draw : statement.Resource if statement.Sid == "OpenDatabaseSession"]) == ["arn:aws:rds-db:eu-central-1:123456789012:dbuser:cluster-1/riff_reader"]
    error_message = "The reader reads."
  }
}

run "holds_functions_of_its_contexts_only" {
  command = plan

  assert {
    condition     = toset(keys(output.names)) == toset(["show_draw", "start_draw"])
    error_message = "A change of sales cannot touch draws."
  }
}

run "leaves_the_live_version_alone_until_it_is_told" {
  command = plan
  variables { releases = { show_draw = { live_version = "7" }, void_order = { live_version = "3" } } }

  assert {
    condition     = toset(keys(output.live)) == toset(["show_draw", "start_draw"])
    error_message = "What is held of other contexts is their business."
  }
}
