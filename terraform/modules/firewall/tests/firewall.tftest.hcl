mock_provider "aws" {
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/dev-api/1" }
  }
  mock_resource "aws_wafv2_ip_set" {
    defaults = { arn = "arn:aws:wafv2:eu-central-1:123456789012:regional/ipset/dev-api-trusted/1" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:aws-waf-logs-dev-api" }
  }
}

variables {
  environment  = "dev"
  problem_base = "https://riff.example/problems/"
}

run "looks_at_rates_first_and_at_managed_rules_then" {
  command = plan

  assert {
    condition = { for rule in aws_wafv2_web_acl.this.rule : tostring(rule.priority) => rule.name if rule.priority >= 100 } == {
      "100" = "AWSManagedRulesAmazonIpReputationList"
      "101" = "AWSManagedRulesKnownBadInputsRuleSet"
      "102" = "AWSManagedRulesSQLiRuleSet"
      "103" = "AWSManagedRulesCommonRuleSet"
    }
    error_message = "Four managed groups, in order."
  }

  assert {
    condition     = toset([for rule in aws_wafv2_web_acl.this.rule : rule.name if rule.priority < 100]) == toset(["rate-every-address", "rate-notices", "rate-orders"])
    error_message = "A rate for every address and two for parts."
  }

  assert {
    condition     = aws_wafv2_web_acl.this.scope == "REGIONAL"
    error_message = "The gateway is of this region."
  }
}

run "logs_every_request_without_identities" {
  assert {
    condition     = aws_cloudwatch_log_group.this[0].name == "aws-waf-logs-dev-api" && aws_cloudwatch_log_group.this[0].retention_in_days == 365
    error_message = "A year of requests."
  }

  assert {
    condition     = toset(flatten(aws_wafv2_web_acl_logging_configuration.this[0].redacted_fields[*].single_header[*].name)) == toset(["authorization", "cookie"])
    error_message = "Tokens are not logged."
  }
}

run "can_do_without_logs" {
  command = plan
  variables { logs = null }

  assert {
    condition     = length(aws_cloudwatch_log_group.this) + length(aws_wafv2_web_acl_logging_configuration.this) == 0
    error_message = "null is off."
  }
}

run "stands_before_the_stage" {
  command = plan
  variables { stages = { api = "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3/stages/v1" } }

  assert {
    condition     = aws_wafv2_web_acl_association.this["api"].resource_arn == "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3/stages/v1"
    error_message = "The stage is protected."
  }
}

run "stands_before_sites_everywhere" {
  command = plan
  variables { protects = "sites" }

  assert {
    condition     = aws_wafv2_web_acl.this.scope == "CLOUDFRONT"
    error_message = "Distributions are everywhere."
  }
}

run "counts_while_a_group_is_tried" {
  command = plan
  variables { only_count = ["AWSManagedRulesCommonRuleSet"] }

  assert {
    condition     = toset([for rule in aws_wafv2_web_acl.this.rule : rule.name if length(flatten(rule.override_action[*].count)) > 0]) == toset(["AWSManagedRulesCommonRuleSet"])
    error_message = "Only that group counts."
  }
}

run "lets_large_bodies_through_to_the_functions" {
  command = plan

  assert {
    condition = one([
      for rule in aws_wafv2_web_acl.this.rule : rule.statement[0].managed_rule_group_statement[0].rule_action_override[0].name
      if rule.name == "AWSManagedRulesCommonRuleSet"
    ]) == "SizeRestrictions_BODY"
    error_message = "Size is the functions' matter."
  }
}

run "refuses_a_problem_base_that_runs_into_the_code" {
  command = plan
  variables { problem_base = "https://riff.example/problems" }
  expect_failures = [var.problem_base]
}

run "refuses_to_protect_something_else" {
  command = plan
  variables { protects = "database" }
  expect_failures = [var.protects]
}

run "refuses_a_site_as_a_stage" {
  command = plan
  variables {
    protects = "sites"
    stages   = { api = "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3/stages/v1" }
  }
  expect_failures = [var.stages]
}

run "refuses_a_rate_that_aws_does_not_count" {
  command = plan
  variables { rate_per_address = 5 }
  expect_failures = [var.rate_per_address]
}

run "refuses_a_rate_without_a_path" {
  command = plan
  variables { rates = { orders = { path = "raffles", rate = 100 } } }
  expect_failures = [var.rates]
}

run "refuses_to_trust_half_the_world" {
  command = plan
  variables { trusted_addresses = ["10.0.0.0/8"] }
  expect_failures = [var.trusted_addresses]
}

run "refuses_to_count_a_group_that_is_not_used" {
  command = plan
  variables { only_count = ["AWSManagedRulesLinuxRuleSet"] }
  expect_failures = [var.only_count]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}
