mock_provider "aws" {}

variables {
  environment = "dev"
}

run "has_three_pools_that_refuse_to_be_destroyed" {
  command = plan

  assert {
    condition     = toset(values(aws_cognito_user_pool.this)[*].name) == toset(["dev-public", "dev-staff", "dev-devices"])
    error_message = "public, staff and devices."
  }

  assert {
    condition     = alltrue([for pool in aws_cognito_user_pool.this : pool.deletion_protection == "ACTIVE"])
    error_message = "Pools are protected by default."
  }
}

run "requires_a_second_factor_of_staff" {
  command = plan

  assert {
    condition     = aws_cognito_user_pool.this["staff"].mfa_configuration == "ON" && one(aws_cognito_user_pool.this["staff"].software_token_mfa_configuration).enabled
    error_message = "Staff prove a second factor by default."
  }
}

run "lets_nobody_but_customers_sign_up" {
  command = plan

  assert {
    condition     = [for pool, this in aws_cognito_user_pool.this : pool if !one(this.admin_create_user_config).allow_admin_create_user_only] == ["public"]
    error_message = "Staff are invited, devices are registered."
  }
}

run "has_the_roles_of_staff_as_groups" {
  command = plan

  assert {
    condition = toset([for group in aws_cognito_user_group.this : group.name]) == toset([
      "admin", "customer", "operator", "raffle_manager", "regulator", "sales_unit", "super_admin", "viewer",
    ])
    error_message = "Groups are the roles."
  }
}

run "never_takes_a_password_as_it_is_by_default" {
  command = plan

  assert {
    condition     = alltrue([for client in aws_cognito_user_pool_client.this : !contains(client.explicit_auth_flows, "ALLOW_USER_PASSWORD_AUTH")])
    error_message = "Passwords go by the remote-password protocol."
  }

  assert {
    condition     = alltrue([for client in aws_cognito_user_pool_client.this : client.prevent_user_existence_errors == "ENABLED" && !client.generate_secret])
    error_message = "Clients keep no secret and do not tell who exists."
  }
}

run "gives_staff_short_tokens" {
  command = plan

  assert {
    condition     = aws_cognito_user_pool_client.this["staff"].id_token_validity == 15 && one(aws_cognito_user_pool_client.this["staff"].token_validity_units).id_token == "minutes"
    error_message = "15 minutes."
  }
}

run "has_a_resource_server_for_devices_only" {
  command = plan

  assert {
    condition     = keys(aws_cognito_resource_server.this) == ["devices"]
    error_message = "Only devices have scopes by default."
  }
}

run "can_leave_the_second_factor_out" {
  command = plan
  variables { staff_mfa = "off" }

  assert {
    condition     = aws_cognito_user_pool.this["staff"].mfa_configuration == "OFF"
    error_message = "off is OFF."
  }
}

run "refuses_an_unknown_second_factor_policy" {
  command = plan
  variables { staff_mfa = "maybe" }
  expect_failures = [var.staff_mfa]
}

run "refuses_more_scopes_than_a_server_takes" {
  command = plan
  variables { scopes = { devices = { for number in range(101) : "scope${number}" => "One of too many." } } }
  expect_failures = [var.scopes]
}

run "refuses_tokens_under_five_minutes" {
  command = plan
  variables { token_minutes = { staff = 1 } }
  expect_failures = [var.token_minutes]
}

run "refuses_a_session_of_no_hours" {
  command = plan
  variables { session_hours = { staff = 0 } }
  expect_failures = [var.session_hours]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}

run "refuses_a_sender_that_is_no_address" {
  command = plan
  variables { mail = { identity_arn = "arn:aws:ses:eu-west-1:123456789012:identity/x", from = "riff" } }
  expect_failures = [var.mail]
}
