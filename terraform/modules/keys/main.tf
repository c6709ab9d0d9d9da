data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  account = data.aws_caller_identity.this.account_id
  arn     = "arn:${data.aws_partition.this.partition}"

  # One key per purpose: whoever may read a log cannot read a seed, and losing one key loses one kind of thing.
  purposes = {
    archive       = { meaning = "The immutable archive of significant events.", services = [] }
    artifacts     = { meaning = "Zips of functions.", services = [] }
    configuration = { meaning = "Secret parameters.", services = [] }
    database      = { meaning = "The database, its backups and its passwords.", services = [] }
    events        = { meaning = "The event log, the bus and its queues, alerts.", services = ["cloudwatch", "events", "sns"] }
    logs          = { meaning = "Logs of functions and of the gateway.", services = ["logs.${data.aws_region.this.name}"] }
    seeds         = { meaning = "Committed seeds, until their draw opens them.", services = [] }
  }

  signing = {
    ledger = { meaning = "Signs checkpoints of the ledger." }
  }

  # The account's administrators keep the key alive, and policies of roles may grant its use.
  administration = {
    Sid       = "AccountDecides"
    Effect    = "Allow"
    Action    = "kms:*"
    Principal = { AWS = "${local.arn}:iam::${local.account}:root" }
    Resource  = "*" # in a key's policy: this key
  }

  services = {
    for purpose, key in local.purposes : purpose => [for service in key.services : {
      Sid       = "For${title(split(".", service)[0])}"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
      Principal = { Service = "${service}.amazonaws.com" }
      Resource  = "*"
      # A service may use the key for this account only, never for another customer of AWS.
      Condition = startswith(service, "logs.") ? {
        ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "${local.arn}:logs:${data.aws_region.this.name}:${local.account}:log-group:*" }
        } : {
        StringEquals = { "aws:SourceAccount" = local.account }
      }
    }]
  }

  # A denial holds against administrators too: the key's policy has to be changed first, which is seen.
  restriction = {
    for purpose in ["seeds", "ledger"] : purpose => [for roles in compact([join(",", sort(lookup(var.users, purpose, [])))]) : {
      Sid       = "OnlyNamedRoles"
      Effect    = "Deny"
      Action    = ["kms:Decrypt", "kms:ReEncryptFrom", "kms:Sign"]
      Principal = "*"
      Resource  = "*"
      Condition = { ArnNotEquals = { "aws:PrincipalArn" = split(",", roles) } }
    }]
  }
}

resource "aws_kms_key" "encryption" {
  for_each = local.purposes

  description             = "riff ${var.environment}: ${each.value.meaning}"
  deletion_window_in_days = var.deletion_window_days
  enable_key_rotation     = true
  multi_region            = var.multi_region

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.administration], local.services[each.key], lookup(local.restriction, each.key, []))
  })
}

resource "aws_kms_key" "signing" {
  for_each = local.signing

  description              = "riff ${var.environment}: ${each.value.meaning}"
  deletion_window_in_days  = var.deletion_window_days
  customer_master_key_spec = var.ledger_key_spec
  key_usage                = "SIGN_VERIFY"
  multi_region             = var.multi_region

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.administration], lookup(local.restriction, each.key, []))
  })
}

resource "aws_kms_alias" "this" {
  for_each = merge(aws_kms_key.encryption, aws_kms_key.signing)

  name          = "alias/riff-${var.environment}-${each.key}"
  target_key_id = each.value.key_id
}
