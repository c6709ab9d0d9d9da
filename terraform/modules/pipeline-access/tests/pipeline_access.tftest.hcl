mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }
}

variables {
  repository      = "raffle-foundation/riff"
  environments    = ["staging", "prod"]
  deploy_policies = { staging = { deploy = "arn:aws:iam::123456789012:policy/riff-deploy-staging" }, prod = { deploy = "arn:aws:iam::123456789012:policy/riff-deploy-prod" } }
  state           = { bucket_arn = "arn:aws:s3:::riff-state-123456789012" }
}

run "lets_exactly_one_environment_s_jobs_deploy_it" {
  assert {
    condition = jsondecode(aws_iam_role.this["deploy-prod"].assume_role_policy).Statement[0].Condition.StringEquals == {
      "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
      "token.actions.githubusercontent.com:sub" = ["repo:raffle-foundation/riff:environment:prod"]
    }
    error_message = "By the exact subject."
  }

  assert {
    condition     = toset(keys(aws_iam_role.this)) == toset(["deploy-prod", "deploy-staging", "plan"])
    error_message = "One role to plan, one per environment."
  }
}

run "keeps_a_deployment_to_its_own_state" {
  assert {
    condition     = jsondecode(aws_iam_role_policy.state["deploy-prod"].policy).Statement[1].Resource == ["arn:aws:s3:::riff-state-123456789012/prod/*"]
    error_message = "Below the environment's name."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.state["plan"].policy).Statement[1].Resource == ["arn:aws:s3:::riff-state-123456789012/*.tflock"]
    error_message = "A plan writes locks only."
  }
}

run "shows_a_pull_request_no_secret" {
  assert {
    condition     = contains(jsondecode(aws_iam_role_policy.no_content.policy).Statement[0].Action, "secretsmanager:GetSecretValue")
    error_message = "Whoever plans reads no secret."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.no_content.policy).Statement[1].NotResource == ["arn:aws:kms:::key/none"]
    error_message = "Without a key of its own, the state needs none, and no other is used."
  }
}

run "uses_the_provider_that_is_there" {
  command = plan
  variables { provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }

  assert {
    condition     = length(aws_iam_openid_connect_provider.this) == 0
    error_message = "An account has one per issuer."
  }
}

run "refuses_any_repository_of_an_owner" {
  command = plan
  variables { repository = "raffle-foundation/*" }
  expect_failures = [var.repository]
}

run "refuses_to_deploy_nothing" {
  command = plan
  variables { environments = [] }
  expect_failures = [var.environments]
}

run "refuses_to_give_everything" {
  command = plan
  variables { deploy_policies = { staging = { deploy = "arn:aws:iam::aws:policy/AdministratorAccess" }, prod = { deploy = "arn:aws:iam::aws:policy/AdministratorAccess" } } }
  expect_failures = [var.deploy_policies]
}

run "refuses_a_state_by_name" {
  command = plan
  variables { state = { bucket_arn = "riff-state" } }
  expect_failures = [var.state]
}

run "refuses_an_issuer_with_a_scheme" {
  command = plan
  variables { issuer = "https://token.actions.githubusercontent.com" }
  expect_failures = [var.issuer]
}

run "refuses_a_provider_by_name" {
  command = plan
  variables { provider_arn = "token.actions.githubusercontent.com" }
  expect_failures = [var.provider_arn]
}

run "refuses_an_environment_without_a_policy" {
  command = plan
  variables { deploy_policies = {} }
  expect_failures = [var.deploy_policies]
}
