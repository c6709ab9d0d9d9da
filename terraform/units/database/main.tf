module "database" {
  source   = "../../modules/database"
  for_each = { for name, aurora in { this = var.aurora } : name => aurora if aurora != null }

  environment         = var.environment
  network             = var.network.database
  engine_version      = each.value.engine_version
  capacity            = each.value.capacity
  readers             = each.value.readers
  backup_days         = var.backup_days
  kms_key_arn         = var.keys.arns["database"]
  deletion_protection = var.deletion_protection
}
