module "observability" {
  source = "../../modules/observability"

  environment = var.environment
  functions = {
    for operation, function in jsondecode(file(var.artifacts_file)).functions : operation => {
      name      = "${var.environment}-${function.name}"
      log_group = "/aws/lambda/${var.environment}-${function.name}"
    }
  }
  api            = { name = var.api.name, stage = var.api.stage_name }
  database       = try({ cluster_id = var.database.cluster.id, max_units = var.database.cluster.max_units }, null)
  failures_queue = var.events.failures_name
  receivers      = var.receivers
  thresholds     = var.thresholds
  kms_key_arn    = var.keys.arns["events"]
  alarms         = var.alarms
}
