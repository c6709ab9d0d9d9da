data "aws_caller_identity" "this" {}

module "event_log" {
  source = "../../modules/event-log"

  environment         = var.environment
  kms_key_arn         = var.keys.arns["events"]
  recovery_days       = var.recovery_days
  deletion_protection = var.deletion_protection
}

module "archive" {
  source = "../../modules/archive"

  name                 = "riff-${var.environment}-archive-${data.aws_caller_identity.this.account_id}"
  kms_key_arn          = var.keys.arns["archive"]
  retention_years      = var.archive.retention_years
  lock                 = var.archive.lock
  tiering              = var.archive.tiering
  replica              = var.archive.replica
  destroy_with_content = !var.deletion_protection
}

# Exports and evidence packs, for download; whoever lost one asks for it again.
module "evidence" {
  source = "../../modules/bucket"

  name                 = "riff-${var.environment}-evidence-${data.aws_caller_identity.this.account_id}"
  kms_key_arn          = var.keys.arns["archive"]
  destroy_with_content = !var.deletion_protection
}
