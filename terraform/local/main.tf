# The units of an environment without Terragrunt, for a machine that has none: in one state, on the local AWS only. What
# is wired to what is said in terragrunt/_units; tests/contract/test_terragrunt.py holds the two to each other.

locals {
  environment = "local"
  account_id  = "000000000000"
  stack       = jsondecode(file(var.stack_file))
  groups      = jsondecode(file("${path.module}/../../terragrunt/groups.json"))
}

module "keys" {
  source = "../units/keys"

  environment          = local.environment
  artifacts_file       = var.artifacts_file
  deletion_window_days = 7
}

module "network" {
  source = "../units/network"

  environment = local.environment
  keys        = module.keys
}

module "database" {
  source = "../units/database"

  environment         = local.environment
  keys                = module.keys
  network             = module.network
  address             = local.stack.database
  deletion_protection = var.deletion_protection
}

module "identity" {
  source = "../units/identity"

  environment         = local.environment
  staff_mfa           = var.staff_mfa
  password_sign_in    = var.password_sign_in
  deletion_protection = var.deletion_protection
}

module "events" {
  source = "../units/events"

  environment = local.environment
  keys        = module.keys
  replay_days = 1
}

module "record" {
  source = "../units/record"

  environment         = local.environment
  keys                = module.keys
  archive             = { retention_years = 3, lock = "governance", tiering = var.archive_tiering }
  recovery_days       = var.recovery_days
  deletion_protection = var.deletion_protection
}

module "artifacts" {
  source = "../units/artifacts"

  environment         = local.environment
  artifacts_file      = var.artifacts_file
  keys                = module.keys
  architecture        = local.stack.architecture
  upload              = true
  dist_dir            = var.dist_dir
  deletion_protection = var.deletion_protection
}

module "configuration" {
  source = "../units/configuration"

  environment    = local.environment
  artifacts_file = var.artifacts_file
  keys           = module.keys
  database       = module.database
  events         = module.events
  identity       = module.identity
  record         = module.record
  payments       = { endpoint = local.stack.payments }
  settings       = local.stack.settings
  secret_values  = var.secret_values
}

module "functions" {
  source   = "../units/functions"
  for_each = local.groups

  environment    = local.environment
  artifacts_file = var.artifacts_file
  contexts       = each.value
  artifacts      = module.artifacts
  configuration  = module.configuration
  database       = module.database
  events         = module.events
  identity       = module.identity
  keys           = module.keys
  network        = module.network
  record         = module.record
  architecture   = local.stack.architecture
  variables      = { AWS_ENDPOINT_URL = var.aws_endpoint, LOG_LEVEL = "INFO" }
  log_days       = 7
}

module "triggers" {
  source = "../units/triggers"

  environment       = local.environment
  artifacts_file    = var.artifacts_file
  events            = module.events
  record            = module.record
  schedules_enabled = var.schedules

  depends_on = [module.functions]
}

module "api" {
  source = "../units/api"

  environment    = local.environment
  artifacts_file = var.artifacts_file
  openapi_file   = var.openapi_file
  identity       = module.identity
  keys           = module.keys
  access_logs    = var.api_access_logs
  firewall       = var.firewall

  # The local AWS serves the newest API of a stage under the stage's name alone.
  url_format = "${var.aws_endpoint}/%[2]s"

  depends_on = [module.functions]
}

module "sites" {
  source = "../units/sites"

  environment      = local.environment
  api              = module.api
  security_headers = var.security_headers
  firewall         = var.firewall

  providers = { aws = aws, aws.global = aws.global }
}

module "observability" {
  source = "../units/observability"

  environment    = local.environment
  artifacts_file = var.artifacts_file
  api            = module.api
  database       = module.database
  events         = module.events
  keys           = module.keys
  alarms         = var.alarms

  depends_on = [module.functions]
}

module "backup" {
  source = "../units/backup"

  environment   = local.environment
  database      = module.database
  keys          = module.keys
  observability = module.observability
  record        = module.record
  lock          = false
  notices       = var.backup_notices
}
