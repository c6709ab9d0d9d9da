# Nothing is applied, since what was written with ephemeral secrets could not be taken down again by the test.
mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "000000000000" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { id = "a1b2c3", execution_arn = "arn:aws:execute-api:eu-central-1:000000000000:a1b2c3" }
  }
  mock_resource "aws_api_gateway_stage" {
    defaults = { invoke_url = "https://a1b2c3.execute-api.eu-central-1.amazonaws.com/v1", arn = "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3/stages/v1" }
  }
  mock_resource "aws_cloudfront_distribution" {
    defaults = { arn = "arn:aws:cloudfront::000000000000:distribution/E1", domain_name = "d1.cloudfront.net" }
  }
  mock_resource "aws_cloudfront_function" {
    defaults = { arn = "arn:aws:cloudfront::000000000000:function/local-pages" }
  }
  mock_resource "aws_cloudwatch_event_bus" {
    defaults = { arn = "arn:aws:events:eu-central-1:000000000000:event-bus/local-riff" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:000000000000:log-group:x" }
  }
  mock_resource "aws_cognito_user_pool" {
    defaults = { id = "eu-central-1_AbCdEfGhI", arn = "arn:aws:cognito-idp:eu-central-1:000000000000:userpool/eu-central-1_AbCdEfGhI" }
  }
  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/local-event-log", stream_arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/local-event-log/stream/1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/local-sales-void-order" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:000000000000:key/k1" }
  }
  mock_resource "aws_lambda_function" {
    defaults = {
      arn         = "arn:aws:lambda:eu-central-1:000000000000:function:local-sales-void-order"
      version     = "1"
      code_sha256 = "b7JH+l/W/reYf5l+6prGZhbzr0wRZ6ahvFxooIC9O4I="
    }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::riff-local-x", bucket_regional_domain_name = "riff-local-x.s3.eu-central-1.amazonaws.com" }
  }
  mock_resource "aws_scheduler_schedule_group" {
    defaults = { arn = "arn:aws:scheduler:eu-central-1:000000000000:schedule-group/local-riff" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:000000000000:local-alerts" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:000000000000:local-queue", url = "https://sqs.eu-central-1.amazonaws.com/000000000000/local-queue" }
  }
}

mock_provider "aws" {
  alias           = "global"
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "000000000000" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { id = "a1b2c3", execution_arn = "arn:aws:execute-api:eu-central-1:000000000000:a1b2c3" }
  }
  mock_resource "aws_api_gateway_stage" {
    defaults = { invoke_url = "https://a1b2c3.execute-api.eu-central-1.amazonaws.com/v1", arn = "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3/stages/v1" }
  }
  mock_resource "aws_cloudfront_distribution" {
    defaults = { arn = "arn:aws:cloudfront::000000000000:distribution/E1", domain_name = "d1.cloudfront.net" }
  }
  mock_resource "aws_cloudfront_function" {
    defaults = { arn = "arn:aws:cloudfront::000000000000:function/local-pages" }
  }
  mock_resource "aws_cloudwatch_event_bus" {
    defaults = { arn = "arn:aws:events:eu-central-1:000000000000:event-bus/local-riff" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:000000000000:log-group:x" }
  }
  mock_resource "aws_cognito_user_pool" {
    defaults = { id = "eu-central-1_AbCdEfGhI", arn = "arn:aws:cognito-idp:eu-central-1:000000000000:userpool/eu-central-1_AbCdEfGhI" }
  }
  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/local-event-log", stream_arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/local-event-log/stream/1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/local-sales-void-order" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:000000000000:key/k1" }
  }
  mock_resource "aws_lambda_function" {
    defaults = {
      arn         = "arn:aws:lambda:eu-central-1:000000000000:function:local-sales-void-order"
      version     = "1"
      code_sha256 = "b7JH+l/W/reYf5l+6prGZhbzr0wRZ6ahvFxooIC9O4I="
    }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::riff-local-x", bucket_regional_domain_name = "riff-local-x.s3.eu-central-1.amazonaws.com" }
  }
  mock_resource "aws_scheduler_schedule_group" {
    defaults = { arn = "arn:aws:scheduler:eu-central-1:000000000000:schedule-group/local-riff" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:000000000000:local-alerts" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:000000000000:local-queue", url = "https://sqs.eu-central-1.amazonaws.com/000000000000/local-queue" }
  }
}

variables {
  aws_endpoint   = "http://127.0.0.1:4566"
  artifacts_file = "tests/artifacts.json"
  dist_dir       = "tests/dist"
  openapi_file   = "tests/openapi.json"
  stack_file     = "tests/stack.json"
  secret_values  = { "payments/api_key" = "four" }
}

run "puts_everything_that_was_built_on_the_local_aws" {
  command = plan

  assert {
    condition = output.function_names == {
      settle_unknown_payments = "local-checkout-settle-unknown-payments"
      void_order              = "local-sales-void-order"
    }
    error_message = "One function per artifact."
  }

  assert {
    condition     = output.api_url == "http://127.0.0.1:4566/v1"
    error_message = "The address is on this machine."
  }

  assert {
    condition     = length(module.api.open_operations) == 0
    error_message = "void_order asks for staff."
  }
}

run "keeps_secrets_out_of_the_sight_of_functions_that_do_not_need_them" {
  command = plan

  assert {
    condition     = length([for name in module.configuration.names : name if can(regex("password|key$|secret", name)) && startswith(name, "/riff/local/")]) == 0
    error_message = "Secrets lie beside the tree that every function reads."
  }

  assert {
    condition = length(setsubtract([
      "/riff/local-reader/database/password", "/riff/local-business/database/password", "/riff/local-critical/database/password",
      "/riff/local-owner/database/password", "/riff/local-payments/api_key", "/riff/local-ledger/signer/key",
    ], module.configuration.names)) == 0
    error_message = "Every role of the database and every service has its own."
  }
}

run "gives_functions_what_the_stack_says_of_itself" {
  command = plan

  assert {
    condition     = contains(module.configuration.names, "/riff/local/draws/beacon/chain")
    error_message = "Settings of this machine are parameters."
  }
}

run "starts_by_the_clock_what_says_every_when_it_runs" {
  command = plan

  assert {
    condition     = module.triggers.schedules == tolist(["settle_unknown_payments"])
    error_message = "A schedule is one entry in functions.yaml."
  }
}

run "makes_no_network_and_no_cluster" {
  command = plan

  assert {
    condition     = module.network.functions == null && module.database.cluster == null && module.database.writer.host == "127.0.0.1"
    error_message = "The database is this machine's."
  }
}

run "refuses_an_address_elsewhere" {
  command = plan
  variables { aws_endpoint = "https://eu-central-1.amazonaws.com" }
  expect_failures = [var.aws_endpoint]
}

run "refuses_artifacts_of_another_format" {
  command = plan
  variables { artifacts_file = "tests/artifacts_of_another_format.json" }
  expect_failures = [var.artifacts_file]
}

run "refuses_to_start_before_a_build" {
  command = plan
  variables { artifacts_file = "tests/nothing.json" }
  expect_failures = [var.artifacts_file]
}

run "refuses_a_stack_that_describes_nothing" {
  command = plan
  variables { stack_file = "tests/artifacts.json" }
  expect_failures = [var.stack_file]
}
