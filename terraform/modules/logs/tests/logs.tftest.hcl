mock_provider "aws" {}

variables {
  names = ["/aws/lambda/dev-sales-void-order"]
}

run "keeps_lines_for_ninety_days_by_default" {
  command = plan

  assert {
    condition     = aws_cloudwatch_log_group.this["/aws/lambda/dev-sales-void-order"].retention_in_days == 90
    error_message = "The default retention is 90 days."
  }
}

run "refuses_a_retention_that_cloudwatch_does_not_know" {
  command = plan
  variables { retention_days = 42 }
  expect_failures = [var.retention_days]
}

run "refuses_a_group_that_would_never_expire" {
  command = plan
  variables { retention_days = 0 }
  expect_failures = [var.retention_days]
}

run "refuses_a_name_without_its_leading_path" {
  command = plan
  variables { names = ["dev sales"] }
  expect_failures = [var.names]
}

run "refuses_a_name_over_512_characters" {
  command = plan
  variables { names = ["/${join("", [for i in range(512) : "a"])}"] }
  expect_failures = [var.names]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan
  variables { kms_key_arn = "alias/logs" }
  expect_failures = [var.kms_key_arn]
}
