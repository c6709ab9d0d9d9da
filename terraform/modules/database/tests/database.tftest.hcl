mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_rds_cluster" {
    defaults = {
      id                  = "dev-riff" # what Terraform makes up may begin with a digit, which an instance refuses
      cluster_resource_id = "cluster-ABC"
      endpoint            = "writer.example"
      port                = 5432
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/dev-riff-proxy" }
  }
  mock_resource "aws_db_proxy_default_target_group" {
    defaults = { name = "default" }
  }
  mock_resource "aws_db_proxy" {
    defaults = { arn = "arn:aws:rds:eu-central-1:123456789012:db-proxy:prx-1", endpoint = "proxy.example" }
  }
}

variables {
  environment = "dev"
  network     = { subnet_ids = ["subnet-1", "subnet-2"], security_group_ids = ["sg-1"] }
}

run "is_encrypted_protected_and_restorable" {
  assert {
    condition     = aws_rds_cluster.this.storage_encrypted && aws_rds_cluster.this.deletion_protection && aws_rds_cluster.this.backup_retention_period == 35
    error_message = "Encrypted, protected, 35 days back."
  }

  assert {
    condition     = aws_rds_cluster.this.iam_database_authentication_enabled && aws_rds_cluster.this.manage_master_user_password
    error_message = "No password is typed."
  }

  assert {
    condition     = output.users_arn == "arn:aws:rds-db:eu-central-1:123456789012:dbuser:cluster-ABC" && output.writer.host == "writer.example"
    error_message = "Functions connect to the cluster, by IAM."
  }
}

run "has_a_reader_that_takes_over" {
  command = plan

  assert {
    condition     = length(aws_rds_cluster_instance.this) == 2 && aws_rds_cluster_instance.this["dev-riff-1"].promotion_tier == 1
    error_message = "Writer and reader."
  }
}

run "takes_only_tls" {
  command = plan

  assert {
    condition     = one([for parameter in aws_rds_cluster_parameter_group.this.parameter : parameter.value if parameter.name == "rds.force_ssl"]) == "1"
    error_message = "TLS is forced."
  }
}

run "stands_behind_a_proxy_when_told" {
  variables {
    proxy       = { secret_arns = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:riff-critical-AbCdEf"] }
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/database"
  }

  assert {
    condition     = output.writer.host == "proxy.example" && output.users_arn == "arn:aws:rds-db:eu-central-1:123456789012:dbuser:prx-1"
    error_message = "Functions connect to the proxy, by IAM."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.proxy["proxy"].policy).Statement[0].Resource == ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:riff-critical-AbCdEf"]
    error_message = "The proxy reads its own secrets."
  }
}

run "leaves_no_snapshot_where_nothing_counts" {
  command = plan
  variables { deletion_protection = false }

  assert {
    condition     = aws_rds_cluster.this.skip_final_snapshot
    error_message = "Nothing is left."
  }
}

run "refuses_an_old_engine" {
  command = plan
  variables { engine_version = "15.4" }
  expect_failures = [var.engine_version]
}

run "refuses_capacity_upside_down" {
  command = plan
  variables { capacity = { min = 8, max = 4 } }
  expect_failures = [var.capacity]
}

run "refuses_a_third_of_a_unit" {
  command = plan
  variables { capacity = { min = 0.3, max = 4 } }
  expect_failures = [var.capacity]
}

run "refuses_sixteen_readers" {
  command = plan
  variables { readers = 16 }
  expect_failures = [var.readers]
}

run "refuses_no_backup" {
  command = plan
  variables { backup_days = 0 }
  expect_failures = [var.backup_days]
}

run "refuses_a_proxy_without_passwords" {
  command = plan
  variables { proxy = { secret_arns = [] } }
  expect_failures = [var.proxy]
}

run "refuses_maintenance_at_any_time" {
  command = plan
  variables { maintenance = "any" }
  expect_failures = [var.maintenance]
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
