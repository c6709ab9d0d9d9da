mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/dev-backup" }
  }
}

variables {
  environment = "dev"
  resources   = ["arn:aws:rds:eu-central-1:123456789012:cluster:dev-riff"]
}

run "loses_four_hours_at_most" {
  command = plan

  assert {
    condition     = one([for rule in aws_backup_plan.this.rule : rule.schedule if rule.rule_name == "frequent"]) == "cron(0 0/4 * * ? *)"
    error_message = "Every four hours."
  }
}

run "keeps_a_month_s_backup_for_seven_years" {
  command = plan

  assert {
    condition     = one(one([for rule in aws_backup_plan.this.rule : rule.lifecycle if rule.rule_name == "monthly"])).delete_after == 2555
    error_message = "Seven years."
  }
}

run "is_locked" {
  command = plan

  assert {
    condition     = aws_backup_vault_lock_configuration.this[0].max_retention_days == 2555 && aws_backup_vault_lock_configuration.this[0].min_retention_days == 3
    error_message = "What is kept is kept."
  }
}

run "copies_daily_and_monthly_backups_elsewhere" {
  command = plan
  variables { copy_vault_arn = "arn:aws:backup:eu-west-1:123456789012:backup-vault:dev-riff" }

  assert {
    condition     = toset([for rule in aws_backup_plan.this.rule : rule.rule_name if length(rule.copy_action) == 1]) == toset(["daily", "monthly"])
    error_message = "Not the frequent ones."
  }
}

run "tells_of_failed_backups" {
  command = plan
  variables { alerts = { topic_arn = "arn:aws:sns:eu-central-1:123456789012:dev-alerts" } }

  assert {
    condition     = length(aws_backup_vault_notifications.this) == 1
    error_message = "Somebody is told."
  }
}

run "can_be_left_open" {
  command = plan
  variables { lock = false }

  assert {
    condition     = length(aws_backup_vault_lock_configuration.this) == 0
    error_message = "No lock."
  }
}

run "refuses_to_lose_six_hours" {
  command = plan
  variables { every_hours = 6 }
  expect_failures = [var.every_hours]
}

run "refuses_to_keep_for_two_years" {
  command = plan
  variables { keep_years = 2 }
  expect_failures = [var.keep_years]
}

run "refuses_to_keep_daily_backups_for_a_day" {
  command = plan
  variables { keep_days = { daily = 1 } }
  expect_failures = [var.keep_days]
}

run "refuses_a_pattern_of_resources" {
  command = plan
  variables { resources = ["arn:aws:rds:*"] }
  expect_failures = [var.resources]
}

run "refuses_a_vault_by_name" {
  command = plan
  variables { copy_vault_arn = "dev-riff" }
  expect_failures = [var.copy_vault_arn]
}

run "refuses_alerts_that_go_nowhere" {
  command = plan
  variables { alerts = { topic_arn = "dev-alerts" } }
  expect_failures = [var.alerts]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan
  variables { kms_key_arn = "alias/database" }
  expect_failures = [var.kms_key_arn]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}
