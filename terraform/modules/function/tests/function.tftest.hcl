mock_provider "aws" {
  mock_resource "aws_lambda_function" {
    defaults = {
      arn         = "arn:aws:lambda:eu-west-1:123456789012:function:dev-sales-void-order"
      version     = "7"
      code_sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/dev-sales-void-order" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/dev-sales-void-order" }
  }
}

variables {
  name    = "dev-sales-void-order"
  handler = "riff.handlers.sales.void_order.handler"
  artifact = {
    bucket      = "riff-dev-artifacts"
    key         = "functions/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.zip"
    code_sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
  }
}

run "may_only_write_its_own_log_by_default" {
  assert {
    condition = jsondecode(aws_iam_role_policy.this.policy).Statement == [{
      Sid      = "WriteOwnLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/dev-sales-void-order:*"]
    }]
    error_message = "Without statements there is exactly one permission."
  }
}

run "publishes_and_points_live_at_the_newest_version" {
  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.live.function_version == "7"
    error_message = "live follows the newest version."
  }

  assert {
    condition     = length(aws_lambda_alias.live.routing_config) == 0
    error_message = "Without a canary nothing is split."
  }
}

run "runs_on_arm64_with_defaults_of_the_catalogue" {
  command = plan

  assert {
    condition     = one(aws_lambda_function.this.architectures) == "arm64"
    error_message = "arm64 by default."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 512 && aws_lambda_function.this.timeout == 15
    error_message = "512 MB and 15 s by default."
  }

  assert {
    condition     = one(aws_lambda_function.this.tracing_config).mode == "PassThrough"
    error_message = "Tracing is off by default."
  }

  assert {
    condition     = length(aws_lambda_provisioned_concurrency_config.this) + length(aws_lambda_function_event_invoke_config.this) == 0
    error_message = "Nothing is kept warm and nothing is put aside unless asked."
  }
}

run "grants_what_is_asked_with_its_condition" {
  variables {
    statements = [{
      sid        = "DecryptParameters"
      actions    = ["kms:Decrypt"]
      resources  = ["arn:aws:kms:eu-west-1:123456789012:key/configuration"]
      conditions = [{ test = "StringEquals", variable = "kms:EncryptionContext:PARAMETER_ARN", values = ["arn:one"] }]
    }]
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.this.policy).Statement[1] == {
      Sid       = "DecryptParameters"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = ["arn:aws:kms:eu-west-1:123456789012:key/configuration"]
      Condition = { StringEquals = { "kms:EncryptionContext:PARAMETER_ARN" = ["arn:one"] } }
    }
    error_message = "The statement arrives as it was given."
  }
}

run "splits_calls_between_the_named_and_the_newest_version" {
  variables { release = { live_version = "6", canary = 0.1 } }

  assert {
    condition     = aws_lambda_alias.live.function_version == "6" && one(aws_lambda_alias.live.routing_config).additional_version_weights["7"] == 0.1
    error_message = "A tenth goes to the newest version."
  }
}

run "denies_its_own_code_the_network_interfaces" {
  variables { network = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] } }

  assert {
    condition     = jsondecode(aws_iam_role_policy.this.policy).Statement[2].Effect == "Deny"
    error_message = "What the service may do, the code may not."
  }
}

run "puts_failed_events_aside" {
  variables { asynchronous = { failures_arn = "arn:aws:sqs:eu-west-1:123456789012:dev-failures" } }

  assert {
    condition     = aws_lambda_function_event_invoke_config.this[0].qualifier == "live"
    error_message = "Failures of the live alias are put aside."
  }
}

run "keeps_functions_warm_behind_live" {
  variables { concurrency = { reserved = 10, provisioned = 2 } }

  assert {
    condition     = aws_lambda_provisioned_concurrency_config.this[0].qualifier == "live"
    error_message = "Warm environments serve the live alias."
  }
}

run "refuses_code_that_is_not_what_was_built" {
  state_key = "another" # a first apply, not an update of the runs above

  variables {
    artifact = {
      bucket      = "riff-dev-artifacts"
      key         = "functions/another.zip"
      code_sha256 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    }
  }
  expect_failures = [aws_lambda_function.this]
}

run "refuses_name_over_64_characters" {
  command = plan
  variables { name = "a-function-name-well-past-the-limit-that-would-otherwise-be-cut-off" }
  expect_failures = [var.name]
}

run "refuses_name_with_underscores" {
  command = plan
  variables { name = "dev-void_order" }
  expect_failures = [var.name]
}

run "refuses_handler_without_a_function" {
  command = plan
  variables { handler = "handler" }
  expect_failures = [var.handler]
}

run "refuses_digest_in_hex" {
  command = plan
  variables {
    artifact = { bucket = "b", key = "k", code_sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
  }
  expect_failures = [var.artifact]
}

run "refuses_action_that_is_a_pattern" {
  command = plan
  variables { statements = [{ sid = "Any", actions = ["s3:*"], resources = ["arn:aws:s3:::bucket"] }] }
  expect_failures = [var.statements]
}

run "refuses_resource_pattern_without_a_reason" {
  command = plan
  variables { statements = [{ sid = "Any", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::bucket/*"] }] }
  expect_failures = [var.statements]
}

run "refuses_everything_as_a_resource_even_with_a_reason" {
  command = plan
  variables { statements = [{ sid = "Any", actions = ["s3:GetObject"], resources = ["*"], reason = "because" }] }
  expect_failures = [var.statements]
}

run "refuses_two_statements_of_one_sid" {
  command = plan
  variables {
    statements = [
      { sid = "Same", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::a"] },
      { sid = "Same", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::b"] },
    ]
  }
  expect_failures = [var.statements]
}

run "refuses_a_variable_that_lambda_reserves" {
  command = plan
  variables { variables = { AWS_REGION = "eu-west-1" } }
  expect_failures = [var.variables]
}

run "refuses_more_environment_than_lambda_takes" {
  command = plan
  variables { variables = { LONG = format("%4096s", "a") } }
  expect_failures = [var.variables]
}

run "refuses_an_unknown_architecture" {
  command = plan
  variables { architecture = "aarch64" }
  expect_failures = [var.architecture]
}

run "refuses_too_little_memory" {
  command = plan
  variables { memory_mb = 64 }
  expect_failures = [var.memory_mb]
}

run "refuses_a_timeout_past_fifteen_minutes" {
  command = plan
  variables { timeout_s = 901 }
  expect_failures = [var.timeout_s]
}

run "refuses_a_network_without_subnets" {
  command = plan
  variables { network = { subnet_ids = [], security_group_ids = ["sg-1"] } }
  expect_failures = [var.network]
}

run "refuses_more_warm_than_may_run" {
  command = plan
  variables { concurrency = { reserved = 1, provisioned = 2 } }
  expect_failures = [var.concurrency]
}

run "refuses_a_canary_without_the_version_for_the_rest" {
  command = plan
  variables { release = { canary = 0.5 } }
  expect_failures = [var.release]
}

run "refuses_a_live_version_that_is_no_number" {
  command = plan
  variables { release = { live_version = "$LATEST" } }
  expect_failures = [var.release]
}

run "refuses_three_more_attempts" {
  command = plan
  variables { asynchronous = { failures_arn = "arn:aws:sqs:eu-west-1:123456789012:dev-failures", attempts = 3 } }
  expect_failures = [var.asynchronous]
}
