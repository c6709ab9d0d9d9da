data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  name     = "${var.environment}-riff"
  database = "riff"
  owner    = "riff_owner"
  family   = "aurora-postgresql${split(".", var.engine_version)[0]}"

  # The first instance is the writer until it fails.
  instances = { for number in range(var.readers + 1) : "${local.name}-${number}" => number }

  arn_prefix = join(":", ["arn", data.aws_partition.this.partition, "rds-db", data.aws_region.this.name, data.aws_caller_identity.this.account_id, "dbuser"])
}

resource "aws_db_subnet_group" "this" {
  name        = local.name
  description = "Private subnets of the database."
  subnet_ids  = var.network.subnet_ids
}

resource "aws_rds_cluster_parameter_group" "this" {
  name        = "${local.name}-${local.family}"
  description = "Settings of the database."
  family      = local.family

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  # Every statement that changes the schema or a right (GLI-31 5.2.3); data changes write their own events.
  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  parameter {
    name  = "log_connections"
    value = "1"
  }

  parameter {
    name  = "log_disconnections"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_rds_cluster" "this" {
  cluster_identifier = local.name
  engine             = "aurora-postgresql"
  engine_mode        = "provisioned" # what serverless v2 is called
  engine_version     = var.engine_version
  database_name      = local.database

  master_username                     = local.owner
  manage_master_user_password         = true # kept and rotated by Secrets Manager; nobody types it
  master_user_secret_kms_key_id       = var.kms_key_arn
  iam_database_authentication_enabled = true

  db_subnet_group_name            = aws_db_subnet_group.this.name
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.this.name
  vpc_security_group_ids          = var.network.security_group_ids

  storage_encrypted            = true
  kms_key_id                   = var.kms_key_arn
  backup_retention_period      = var.backup_days
  preferred_backup_window      = "01:30-02:30"
  preferred_maintenance_window = var.maintenance
  copy_tags_to_snapshot        = true
  deletion_protection          = var.deletion_protection
  skip_final_snapshot          = !var.deletion_protection
  final_snapshot_identifier    = "${local.name}-last"

  enabled_cloudwatch_logs_exports = ["postgresql"]
  performance_insights_enabled    = var.insights
  performance_insights_kms_key_id = var.insights ? var.kms_key_arn : null

  serverlessv2_scaling_configuration {
    min_capacity = var.capacity.min
    max_capacity = var.capacity.max
  }
}

resource "aws_rds_cluster_instance" "this" {
  for_each = local.instances

  identifier         = each.key
  cluster_identifier = aws_rds_cluster.this.id
  engine             = aws_rds_cluster.this.engine
  engine_version     = aws_rds_cluster.this.engine_version
  instance_class     = "db.serverless"

  # The writer and the first reader scale together, so that the reader can take over at once.
  promotion_tier = min(each.value, 15)

  publicly_accessible             = false
  auto_minor_version_upgrade      = true
  performance_insights_enabled    = var.insights
  performance_insights_kms_key_id = var.insights ? var.kms_key_arn : null
  preferred_maintenance_window    = var.maintenance
}

# ---- the proxy, where there is one

locals {
  proxies = var.proxy == null ? {} : { proxy = var.proxy }
}

resource "aws_iam_role" "proxy" {
  for_each = local.proxies

  name        = "${local.name}-proxy"
  description = "Reads the passwords that the proxy logs in with."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyProxiesHere"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "rds.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "proxy" {
  for_each = local.proxies

  name = "read-passwords"
  role = aws_iam_role.proxy[each.key].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid      = "ReadPasswords"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = sort(each.value.secret_arns)
      }],
      [for key_arn in compact([var.kms_key_arn]) : {
        Sid       = "DecryptPasswords"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = [key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.this.name}.amazonaws.com" } }
      }],
    )
  })
}

resource "aws_db_proxy" "this" {
  for_each = local.proxies

  name                   = local.name
  engine_family          = "POSTGRESQL"
  role_arn               = aws_iam_role.proxy[each.key].arn
  vpc_subnet_ids         = var.network.subnet_ids
  vpc_security_group_ids = var.network.security_group_ids
  require_tls            = true
  idle_client_timeout    = 900

  dynamic "auth" {
    for_each = each.value.secret_arns
    content {
      auth_scheme = "SECRETS"
      iam_auth    = "REQUIRED"
      secret_arn  = auth.value
    }
  }
}

resource "aws_db_proxy_default_target_group" "this" {
  for_each = local.proxies

  db_proxy_name = aws_db_proxy.this[each.key].name

  connection_pool_config {
    max_connections_percent      = 90
    max_idle_connections_percent = 50
    connection_borrow_timeout    = 5
  }
}

resource "aws_db_proxy_target" "this" {
  for_each = local.proxies

  db_proxy_name         = aws_db_proxy.this[each.key].name
  target_group_name     = aws_db_proxy_default_target_group.this[each.key].name
  db_cluster_identifier = aws_rds_cluster.this.id
}
