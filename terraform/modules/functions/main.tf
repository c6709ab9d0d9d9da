locals {
  # What a function may do without asking, by its role of the database: read the environment's plain parameters and its
  # role's name and password, and open its own kind of session. Without a database it needs none of that.
  own = {
    for operation, function in var.functions : operation => concat(
      [for role_arn in local.role_arns[operation] : {
        sid        = "ReadParameters"
        actions    = ["ssm:GetParametersByPath"]
        resources  = flatten([for arn in [var.configuration.arn, role_arn] : [arn, "${arn}/*"]])
        reason     = "A tree is read by path, in one call."
        conditions = []
      }],
      [for role_arn in local.role_arns[operation] : {
        sid       = "DecryptParameters"
        actions   = ["kms:Decrypt"]
        resources = [var.configuration.roles.kms_key_arn]
        reason    = null
        conditions = [{
          test     = "StringLike"
          variable = "kms:EncryptionContext:PARAMETER_ARN"
          values   = ["${role_arn}/*"]
        }]
      } if var.configuration.roles.kms_key_arn != null],
      [for users_arn in try([var.database.users_arn], []) : {
        sid        = "OpenDatabaseSession"
        actions    = ["rds-db:connect"]
        resources  = ["${users_arn}/riff_${function.database}"]
        reason     = null
        conditions = []
      } if function.database != "none"],
    )
  }

  role_arns = {
    for operation, function in var.functions : operation => function.database == "none" ? [] : [var.configuration.roles.arns[function.database]]
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
