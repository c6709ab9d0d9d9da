mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
}

variables {
  path          = "/riff/dev"
  parameters    = { "database/port" = { value = "5432", meaning = "Port of the database." } }
  secrets       = { "payments/api_key" = { meaning = "Key for the payment processor." } }
  secret_values = { "payments/api_key" = "not-a-key" }
}

run "puts_everything_under_the_path" {
  assert {
    condition     = output.names == tolist(["/riff/dev/database/port", "/riff/dev/payments/api_key"])
    error_message = "Names are <path>/<name>."
  }

  assert {
    condition     = output.tree.arn == "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev"
    error_message = "The tree has the ARN of its path."
  }
}

run "keeps_secrets_out_of_the_state" {
  command = plan

  assert {
    condition     = aws_ssm_parameter.secret["payments/api_key"].type == "SecureString" && aws_ssm_parameter.secret["payments/api_key"].value_wo_version == 1
    error_message = "A secret is encrypted and written once per version."
  }
}

run "needs_no_secret" {
  command = plan
  variables {
    secrets       = {}
    secret_values = {}
  }
}

run "refuses_a_path_that_ends_with_a_slash" {
  command = plan
  variables { path = "/riff/dev/" }
  expect_failures = [var.path]
}

run "refuses_a_reserved_path" {
  command = plan
  variables { path = "/aws/riff" }
  expect_failures = [var.path]
}

run "refuses_a_name_in_capitals" {
  command = plan
  variables { parameters = { "Database/Port" = { value = "5432", meaning = "Port." } } }
  expect_failures = [var.parameters]
}

run "refuses_an_empty_value" {
  command = plan
  variables { parameters = { "database/port" = { value = "", meaning = "Port." } } }
  expect_failures = [var.parameters]
}

run "refuses_a_parameter_without_a_meaning" {
  command = plan
  variables { parameters = { "database/port" = { value = "5432", meaning = "" } } }
  expect_failures = [var.parameters]
}

run "refuses_a_name_that_is_plain_and_secret" {
  command = plan
  variables { secrets = { "database/port" = { meaning = "Port." } } }
  expect_failures = [var.secrets]
}

run "refuses_a_version_below_one" {
  command = plan
  variables { secrets = { "payments/api_key" = { meaning = "Key.", version = 0 } } }
  expect_failures = [var.secrets]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan
  variables { kms_key_arn = "alias/configuration" }
  expect_failures = [var.kms_key_arn]
}
