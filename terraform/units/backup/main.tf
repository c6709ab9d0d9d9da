module "backup" {
  source = "../../modules/backup"

  environment    = var.environment
  resources      = toset(compact([try(var.database.cluster.arn, null), var.record.table_arn]))
  kms_key_arn    = var.keys.arns["database"]
  lock           = var.lock
  copy_vault_arn = var.copy_vault_arn
  alerts         = var.notices ? { topic_arn = var.observability.alerts_arn } : null
}
