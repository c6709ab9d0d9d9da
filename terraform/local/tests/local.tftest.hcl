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
  mock_resource "aws_cognito_user_pool" {
    defaults = { id = "eu-central-1_AbCdEfGhI", arn = "arn:aws:cognito-idp:eu-central-1:000000000000:userpool/eu-central-1_AbCdEfGhI" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:000000000000:log-group:x" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/local-sales-void-order" }
  }
  mock_resource "aws_lambda_function" {
    defaults = {
      arn         = "arn:aws:lambda:eu-central-1:000000000000:function:local-sales-void-order"
      version     = "1"
      code_sha256 = "b7JH+l/W/reYf5l+6prGZhbzr0wRZ6ahvFxooIC9O4I="
    }
  }
}

variables {
  aws_endpoint   = "http://127.0.0.1:4566"
  artifacts_file = "tests/artifacts.json"
  dist_dir       = "tests/dist"
  openapi_file   = "tests/openapi.json"
  architecture   = "arm64"
  database       = { host = "127.0.0.1", port = 5432, name = "riff" }
  beacon         = { relays = ["http://127.0.0.1:9003", "http://127.0.0.1:9004"], chain = "{\"public_key\":\"00\"}" }
  payments       = { endpoint = "http://127.0.0.1:9000" }
  secrets = {
    database_passwords      = { reader = "one", business = "two", critical = "three" }
    database_owner_password = "six"
    payments_api_key        = "four"
    payments_notice_secret  = "five"
  }
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
    condition     = length(output.open_operations) == 0
    error_message = "void_order asks for staff."
  }
}

run "writes_the_parameters_that_functions_read" {
  command = plan

  assert {
    condition     = length(module.configuration.names) == 19
    error_message = "Fourteen plain parameters, five secret ones."
  }
}

run "keeps_the_owner_s_password_out_of_every_function_s_sight" {
  command = plan

  assert {
    condition     = join(" ", module.owner_configuration.names) == "/riff/local-owner/database/password /riff/local-owner/database/user"
    error_message = "The owner's parameters lie beside the tree that functions read."
  }

  assert {
    condition     = length([for name in module.configuration.names : name if strcontains(name, "owner")]) == 0
    error_message = "Every function reads this tree."
  }
}

run "starts_by_the_clock_what_says_every_when_it_runs" {
  command = plan

  assert {
    condition     = output.schedules == { settle_unknown_payments = "rate(1 minute)" }
    error_message = "A schedule is one entry in functions.yaml."
  }

  assert {
    condition     = module.triggers.schedule_names == { settle_unknown_payments = "local-settle-unknown-payments" }
    error_message = "Nothing else is started by the clock."
  }
}

run "takes_the_zips_of_this_machine_s_processor" {
  command = plan
  variables { architecture = "x86_64" }

  assert {
    condition     = local.zips.void_order.file == "sales-void-order-x86_64.zip"
    error_message = "Functions run on this machine as they are."
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

run "refuses_an_unknown_processor" {
  command = plan
  variables { architecture = "aarch64" }
  expect_failures = [var.architecture]
}

run "refuses_an_unknown_log_level" {
  command = plan
  variables { log_level = "LOUD" }
  expect_failures = [var.log_level]
}
