locals {
  # What every function may do without asking: read its environment's parameters, and open its own kind of session.
  own = {
    for operation, function in var.functions : operation => concat(
      [{
        sid        = "ReadParameters"
        actions    = ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"]
        resources  = [var.configuration.arn, "${var.configuration.arn}/*"]
        reason     = "The tree is read by path, in one call."
        conditions = []
      }],
      [for key_arn in compact([var.configuration.kms_key_arn]) : {
        sid       = "DecryptParameters"
        actions   = ["kms:Decrypt"]
        resources = [key_arn]
        reason    = null
        conditions = [{
          test     = "StringLike"
          variable = "kms:EncryptionContext:PARAMETER_ARN"
          values   = ["${var.configuration.arn}/*"]
        }]
      }],
      [for users_arn in try([var.database.users_arn], []) : {
        sid        = "OpenDatabaseSession"
        actions    = ["rds-db:connect"]
        resources  = ["${users_arn}/riff_${function.database}"]
        reason     = null
        conditions = []
      } if function.database != "none"],
    )
  }

  sizes = {
    for operation, function in var.functions : operation => {
      memory_mb   = try(coalesce(var.capacity[operation].memory_mb), function.memory_mb)
      timeout_s   = try(coalesce(var.capacity[operation].timeout_s), function.timeout_s)
      reserved    = try(coalesce(var.capacity[operation].reserved), -1)
      provisioned = try(coalesce(var.capacity[operation].provisioned), 0)
    }
  }
}

module "grants" {
  source = "../grants"

  grants  = { for operation, function in var.functions : operation => function.grants }
  targets = var.targets
}

module "function" {
  source   = "../function"
  for_each = var.functions

  name    = "${var.environment}-${each.value.name}"
  handler = each.value.handler
  artifact = {
    bucket      = var.artifact_bucket
    key         = each.value.key
    code_sha256 = each.value.code_sha256
  }

  statements = concat(local.own[each.key], module.grants.statements[each.key])

  variables = merge(
    var.variables,
    {
      RIFF_CONFIG_PATH = var.configuration.path
      RIFF_ENVIRONMENT = var.environment
      RIFF_FUNCTION    = each.key
    },
    each.value.database == "none" ? {} : { RIFF_DATABASE_ROLE = each.value.database },
  )

  architecture = var.architecture
  memory_mb    = local.sizes[each.key].memory_mb
  timeout_s    = local.sizes[each.key].timeout_s
  concurrency = {
    reserved    = local.sizes[each.key].reserved
    provisioned = local.sizes[each.key].provisioned
  }
  release = try(var.releases[each.key], {})

  asynchronous = try(contains(var.failures.operations, each.key), false) ? { failures_arn = var.failures.queue_arn } : null

  logs                     = var.logs
  network                  = var.network
  tracing                  = var.tracing
  permissions_boundary_arn = var.permissions_boundary_arn
}
