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
}

variables {
  environment    = "dev"
  artifacts_file = "tests/artifacts.json"
}

run "keeps_seeds_to_the_functions_that_declared_to_open_them" {
  command = plan

  assert {
    condition     = local.users.seeds == toset(["arn:aws:iam::123456789012:role/dev-draws-start-draw"])
    error_message = "Its role, and no other."
  }

  assert {
    condition     = length(local.users.ledger) == 0
    error_message = "Where nobody declared it, the account's policies decide."
  }
}
