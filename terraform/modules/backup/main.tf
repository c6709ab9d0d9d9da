data "aws_partition" "this" {}

locals {
  name = "${var.environment}-riff"

  rules = {
    frequent = { schedule = "cron(0 0/${var.every_hours} * * ? *)", keep_days = var.keep_days.frequent, cold_after = null, copy = false }
    daily    = { schedule = "cron(30 4 * * ? *)", keep_days = var.keep_days.daily, cold_after = null, copy = true }
    # Cold storage is for 90 days or more, and not every service has it; where it has not, AWS keeps the backup warm.
    monthly = { schedule = "cron(0 5 1 * ? *)", keep_days = var.keep_years * 365, cold_after = 30, copy = true }
  }
}

resource "aws_backup_vault" "this" {
  name        = local.name
  kms_key_arn = var.kms_key_arn
}

resource "aws_backup_vault_lock_configuration" "this" {
  count = var.lock ? 1 : 0

  backup_vault_name   = aws_backup_vault.this.name
  min_retention_days  = min(var.keep_days.frequent, var.keep_days.daily)
  max_retention_days  = var.keep_years * 365
  changeable_for_days = 3
}

resource "aws_backup_plan" "this" {
  name = local.name

  dynamic "rule" {
    for_each = local.rules
    content {
      rule_name         = rule.key
      target_vault_name = aws_backup_vault.this.name
      schedule          = rule.value.schedule
      start_window      = 60
      completion_window = 240

      lifecycle {
        delete_after       = rule.value.keep_days
        cold_storage_after = rule.value.cold_after
      }

      dynamic "copy_action" {
        for_each = rule.value.copy ? compact([var.copy_vault_arn]) : []
        content {
          destination_vault_arn = copy_action.value

          lifecycle {
            delete_after       = rule.value.keep_days
            cold_storage_after = rule.value.cold_after
          }
        }
      }
    }
  }
}

resource "aws_iam_role" "this" {
  name        = "${var.environment}-backup"
  description = "Makes and restores backups."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyBackup"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "backup.amazonaws.com" }
    }]
  })
}

# AWS's own policies: what a backup needs changes with the services, and AWS keeps them up to date.
resource "aws_iam_role_policy_attachment" "this" {
  for_each = toset(["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"])

  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/service-role/${each.value}"
}

resource "aws_backup_selection" "this" {
  name         = local.name
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.this.arn
  resources    = var.resources
}

resource "aws_backup_vault_notifications" "this" {
  count = var.alerts == null ? 0 : 1

  backup_vault_name   = aws_backup_vault.this.name
  sns_topic_arn       = var.alerts.topic_arn
  backup_vault_events = ["BACKUP_JOB_FAILED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"]
}
