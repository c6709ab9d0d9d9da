locals {
  mfa = { required = "ON", optional = "OPTIONAL", off = "OFF" }

  # The three populations. They never share a pool: a customer's token is worth nothing to staff functions.
  pools = {
    public = {
      mfa              = "OFF" # a buyer signs in to see own tickets; money is protected by the payment processor
      password_length  = 10
      symbols          = false
      self_sign_up     = true
      username_is_mail = true
      groups           = { customer = "People who buy." }
    }
    staff = {
      mfa              = local.mfa[var.staff_mfa]
      password_length  = 14
      symbols          = true
      self_sign_up     = false
      username_is_mail = true
      # Words of the permission catalogue. What a role may do, and for which organization, is in the database.
      groups = {
        super_admin    = "Runs the deployment: all organizations."
        admin          = "Runs one organization."
        raffle_manager = "Sets up and conducts raffles."
        operator       = "Sells."
        regulator      = "Reads everything, changes nothing, may trigger verification."
        viewer         = "Reads what an organization shows."
      }
    }
    devices = {
      mfa              = "OFF" # a device has no second factor; it is enrolled by a person who has one
      password_length  = 32    # generated when the unit is registered, never typed
      symbols          = false
      self_sign_up     = false
      username_is_mail = false
      groups           = { sales_unit = "Registered sales units." }
    }
  }

  groups = merge([
    for pool, description in local.pools : {
      for group, meaning in description.groups : "${pool}/${group}" => { pool = pool, name = group, meaning = meaning }
    }
  ]...)
}

resource "aws_cognito_user_pool" "this" {
  for_each = local.pools

  name                     = "${var.environment}-${each.key}"
  deletion_protection      = var.deletion_protection ? "ACTIVE" : "INACTIVE"
  mfa_configuration        = each.value.mfa
  username_attributes      = each.value.username_is_mail ? ["email"] : null
  auto_verified_attributes = each.value.username_is_mail ? ["email"] : null

  username_configuration {
    case_sensitive = false
  }

  password_policy {
    minimum_length                   = each.value.password_length
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = each.value.symbols
    temporary_password_validity_days = 3
  }

  admin_create_user_config {
    allow_admin_create_user_only = !each.value.self_sign_up
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = each.value.username_is_mail ? "verified_email" : "admin_only"
      priority = 1
    }
  }

  dynamic "software_token_mfa_configuration" {
    for_each = each.value.mfa == "OFF" ? [] : [true]
    content {
      enabled = true
    }
  }

  dynamic "email_configuration" {
    for_each = var.mail == null ? [] : [var.mail]
    content {
      email_sending_account = "DEVELOPER"
      source_arn            = email_configuration.value.identity_arn
      from_email_address    = email_configuration.value.from
    }
  }
}

resource "aws_cognito_user_group" "this" {
  for_each = local.groups

  user_pool_id = aws_cognito_user_pool.this[each.value.pool].id
  name         = each.value.name
  description  = each.value.meaning
}

resource "aws_cognito_resource_server" "this" {
  for_each = { for pool, scopes in var.scopes : pool => scopes if length(scopes) > 0 }

  user_pool_id = aws_cognito_user_pool.this[each.key].id
  identifier   = "riff"
  name         = "riff"

  dynamic "scope" {
    for_each = each.value
    content {
      scope_name        = scope.key
      scope_description = scope.value
    }
  }
}

resource "aws_cognito_user_pool_client" "this" {
  for_each = local.pools

  user_pool_id = aws_cognito_user_pool.this[each.key].id
  name         = "${var.environment}-${each.key}"

  # Browsers and devices cannot keep a client's secret.
  generate_secret = false
  explicit_auth_flows = concat(
    ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
    var.password_sign_in ? ["ALLOW_USER_PASSWORD_AUTH"] : [],
  )

  id_token_validity      = var.token_minutes[each.key]
  access_token_validity  = var.token_minutes[each.key]
  refresh_token_validity = var.session_hours[each.key]

  token_validity_units {
    id_token      = "minutes"
    access_token  = "minutes"
    refresh_token = "hours"
  }

  enable_token_revocation       = true
  prevent_user_existence_errors = "ENABLED"
}
