locals {
  environment = "local"
  account_id  = "000000000000"
  path        = "/riff/${local.environment}"

  artifacts = jsondecode(file(var.artifacts_file))
  contexts  = distinct([for function in local.artifacts.functions : function.context])
  zips      = { for operation, function in local.artifacts.functions : operation => function.zips[var.architecture] }

  database_kinds = ["reader", "business", "critical"]

  # ARNs of what stands on its own are written, not looked up: a function of one context may then name one of another.
  function_arn = "arn:aws:lambda:${var.region}:${local.account_id}:function:${local.environment}"
}

module "artifact_store" {
  source = "../modules/artifact-store"

  name                 = "riff-${local.environment}-artifacts-${local.account_id}"
  destroy_with_content = !var.deletion_protection
  zips = {
    for operation, zip in local.zips : operation => { file = "${var.dist_dir}/${zip.file}", sha256 = zip.sha256 }
  }
}

module "identity" {
  source = "../modules/identity"

  environment         = local.environment
  staff_mfa           = var.staff_mfa
  password_sign_in    = var.password_sign_in
  deletion_protection = var.deletion_protection
}

module "configuration" {
  source = "../modules/configuration"

  path = local.path
  parameters = merge(
    {
      "api/problem_base"           = { value = var.problem_base, meaning = "Prefix of problem types." }
      "critical/certified_digest"  = { value = local.artifacts.critical_digest, meaning = "Digest of the certified files; functions that embed others do not start." }
      "database/host"              = { value = var.database.host, meaning = "Host of the database." }
      "database/name"              = { value = var.database.name, meaning = "Name of the database." }
      "database/port"              = { value = tostring(var.database.port), meaning = "Port of the database." }
      "draws/beacon/chain"         = { value = var.beacon.chain, meaning = "The randomness beacon of new raffles: chain, public key, scheme, genesis, period." }
      "draws/beacon/relays"        = { value = join(",", var.beacon.relays), meaning = "Addresses of the beacon's relays." }
      "payments/endpoint"          = { value = var.payments.endpoint, meaning = "Address of the payment processor." }
      "payments/plugin"            = { value = var.payments.plugin, meaning = "Entry point of the payment plugin." }
      "public/answer_age_s"        = { value = "2", meaning = "Seconds for which anyone may keep a jackpot or a display feed." }
      "selling/online_block_slots" = { value = "1000", meaning = "Slots that an online seller leases at a time." }
      "selling/online_lease_s"     = { value = "900", meaning = "Seconds after which an online seller's lease may be taken over." }
      "selling/order_expiry_s"     = { value = "900", meaning = "Seconds that an unpaid order keeps." }
      "selling/unit_block_slots"   = { value = "1000", meaning = "Slots that a sales unit leases at a time." }
    },
    {
      for kind in local.database_kinds : "database/users/${kind}" => {
        value = "riff_${kind}", meaning = "Database role of ${kind} functions."
      }
    },
  )
  secrets = merge(
    {
      "payments/api_key"       = { meaning = "Key for the payment processor.", version = var.secrets_version }
      "payments/notice_secret" = { meaning = "Secret that signs the processor's notices.", version = var.secrets_version }
    },
    {
      for kind in local.database_kinds : "database/passwords/${kind}" => {
        meaning = "Password of the database role of ${kind} functions.", version = var.secrets_version
      }
    },
  )
  secret_values = merge(
    {
      "payments/api_key"       = var.secrets.payments_api_key
      "payments/notice_secret" = var.secrets.payments_notice_secret
    },
    { for kind in local.database_kinds : "database/passwords/${kind}" => var.secrets.database_passwords[kind] },
  )
}

# Beside the tree that every function reads, not below it: who may read that one reaches nothing here.
module "owner_configuration" {
  source = "../modules/configuration"

  path = "${local.path}-owner"
  parameters = {
    "database/user" = { value = "riff_owner", meaning = "Database role that owns the schema." }
  }
  secrets = {
    "database/password" = { meaning = "Password of the owner of the schema.", version = var.secrets_version }
  }
  secret_values = { "database/password" = var.secrets.database_owner_password }
}

module "functions" {
  source   = "../modules/functions"
  for_each = toset(local.contexts)

  environment     = local.environment
  artifact_bucket = module.artifact_store.bucket
  architecture    = var.architecture
  configuration   = module.configuration.tree
  functions = {
    for operation, function in local.artifacts.functions : operation => {
      name        = function.name
      handler     = function.handler
      memory_mb   = function.memory_mb
      timeout_s   = function.timeout_s
      database    = function.database
      grants      = function.grants
      key         = module.artifact_store.keys[operation]
      code_sha256 = local.zips[operation].code_sha256
    } if function.context == each.key
  }
  targets = {
    devices_pool     = module.identity.pool_arns["devices"]
    owner_parameters = module.owner_configuration.tree.arn
    select_winners   = "${local.function_arn}-critical-select-winners"
    staff_pool       = module.identity.pool_arns["staff"]
    validate_ticket  = "${local.function_arn}-critical-validate-ticket"
  }

  # Without the address a function would look for AWS itself.
  variables = { AWS_ENDPOINT_URL = var.aws_endpoint, LOG_LEVEL = var.log_level }
}

# The failures queue takes what the clock started in vain. The local bus has no subscribers.
module "events" {
  source = "../modules/events"

  environment   = local.environment
  subscriptions = {}
  queues        = {}
  replay_days   = 0
}

module "triggers" {
  source = "../modules/triggers"

  environment = local.environment
  functions = {
    for operation, live in merge([for context in values(module.functions) : context.live]...) : operation => live.arn
    if local.artifacts.functions[operation].trigger != "http"
  }
  failures_arn = module.events.failures_arn
  schedules = {
    for operation, function in local.artifacts.functions : operation => { every = function.every, enabled = var.schedules }
    if function.trigger == "schedule"
  }
}

module "api" {
  source = "../modules/api"

  environment          = local.environment
  openapi_file         = var.openapi_file
  functions            = merge([for context in values(module.functions) : context.live]...)
  authorizers          = { for pool, arn in module.identity.pool_arns : pool => [arn] }
  schemes_of_functions = ["payment_notice"]
  problem_base         = var.problem_base
  access_logs          = var.api_access_logs ? {} : null

  # The local AWS serves the newest API of a stage under the stage's name alone.
  url_format = "${var.aws_endpoint}/%[2]s"
}
