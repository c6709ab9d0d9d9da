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
  environment = "dev"
}

run "has_one_key_per_purpose" {
  command = plan

  assert {
    condition = toset(keys(aws_kms_alias.this)) == toset([
      "archive", "artifacts", "configuration", "database", "events", "ledger", "logs", "seeds",
    ])
    error_message = "Eight purposes, eight keys."
  }

  assert {
    condition     = aws_kms_alias.this["seeds"].name == "alias/riff-dev-seeds"
    error_message = "Aliases say environment and purpose."
  }
}

run "rotates_what_encrypts_and_waits_before_it_deletes" {
  command = plan

  assert {
    condition     = alltrue([for key in aws_kms_key.encryption : key.enable_key_rotation && key.deletion_window_in_days == 30])
    error_message = "Every key is rotated and deleted after 30 days at the earliest."
  }
}

run "signs_on_the_p256_curve" {
  command = plan

  assert {
    condition     = aws_kms_key.signing["ledger"].key_usage == "SIGN_VERIFY" && aws_kms_key.signing["ledger"].customer_master_key_spec == "ECC_NIST_P256"
    error_message = "The ledger's key signs."
  }
}

run "lets_services_use_a_key_for_this_account_only" {
  command = plan

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_kms_key.encryption["events"].policy).Statement : try(statement.Condition.StringEquals["aws:SourceAccount"] == "123456789012", false)
      if statement.Sid != "AccountDecides"
    ])
    error_message = "Every service is held to this account."
  }
}

run "keeps_seeds_to_the_role_that_draws" {
  command = plan
  variables { users = { seeds = ["arn:aws:iam::123456789012:role/dev-draws-start-draw"] } }

  assert {
    condition = [for statement in jsondecode(aws_kms_key.encryption["seeds"].policy).Statement : statement.Condition.ArnNotEquals["aws:PrincipalArn"] if statement.Effect == "Deny"] == [
      ["arn:aws:iam::123456789012:role/dev-draws-start-draw"],
    ]
    error_message = "Everybody else is denied."
  }

  assert {
    condition     = length(jsondecode(aws_kms_key.signing["ledger"].policy).Statement) == 1
    error_message = "Other keys are as before."
  }
}

run "refuses_users_of_a_key_that_services_use" {
  command = plan
  variables { users = { logs = ["arn:aws:iam::123456789012:role/dev-x"] } }
  expect_failures = [var.users]
}

run "refuses_a_pattern_of_roles" {
  command = plan
  variables { users = { seeds = ["arn:aws:iam::123456789012:role/dev-*"] } }
  expect_failures = [var.users]
}

run "refuses_a_key_that_does_not_sign" {
  command = plan
  variables { ledger_key_spec = "SYMMETRIC_DEFAULT" }
  expect_failures = [var.ledger_key_spec]
}

run "refuses_to_delete_within_a_week" {
  command = plan
  variables { deletion_window_days = 6 }
  expect_failures = [var.deletion_window_days]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}
