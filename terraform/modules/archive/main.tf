module "bucket" {
  source = "../bucket"

  name                 = var.name
  lockable             = true
  kms_key_arn          = var.kms_key_arn
  destroy_with_content = var.destroy_with_content

  # The lock holds each object for the years that it was given; this keeps anybody from giving fewer.
  statements = [{
    sid      = "NoShorterRetention"
    effect   = "Deny"
    action   = "s3:PutObjectRetention"
    test     = "NumericLessThan"
    variable = "s3:object-lock-remaining-retention-days"
    value    = tostring(var.retention_years * 365)
  }]
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  bucket = module.bucket.id

  rule {
    default_retention {
      mode  = upper(var.lock)
      years = var.retention_years
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count = var.tiering ? 1 : 0

  bucket = module.bucket.id

  rule {
    id     = "to-deep-archive"
    status = "Enabled"

    filter {
      prefix = "events/"
    }

    transition {
      days          = var.deep_after_days
      storage_class = "DEEP_ARCHIVE"
    }
  }

  rule {
    id     = "give-up-unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

# ---- the copy elsewhere

locals {
  replicas = var.replica == null ? {} : { replica = var.replica }
}

resource "aws_iam_role" "replication" {
  for_each = local.replicas

  name        = "${var.name}-copy"
  description = "Copies the archive to its replica."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyThisBucket"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "s3.amazonaws.com" }
      Condition = { ArnEquals = { "aws:SourceArn" = module.bucket.arn } }
    }]
  })

  lifecycle {
    precondition {
      condition     = length("${var.name}-copy") <= 64
      error_message = "A role's name has at most 64 characters: with a replica, the archive's name has at most 59."
    }
  }
}

resource "aws_iam_role_policy" "replication" {
  for_each = local.replicas

  name = "copy"
  role = aws_iam_role.replication[each.key].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "ReadBucket"
          Effect   = "Allow"
          Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
          Resource = [module.bucket.arn]
        },
        {
          Sid    = "ReadObjects"
          Effect = "Allow"
          Action = [
            "s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication",
            "s3:GetObjectVersionTagging",
          ]
          Resource = ["${module.bucket.arn}/*"] # every object of the archive is copied
        },
        {
          Sid      = "WriteCopies"
          Effect   = "Allow"
          Action   = ["s3:ReplicateObject", "s3:ReplicateTags"]
          Resource = ["${each.value.bucket_arn}/*"]
        },
      ],
      [for key_arn in compact([var.kms_key_arn]) : {
        Sid      = "ReadKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [key_arn]
      }],
      [for key_arn in compact([each.value.kms_key_arn]) : {
        Sid      = "WriteKey"
        Effect   = "Allow"
        Action   = ["kms:Encrypt"]
        Resource = [key_arn]
      }],
    )
  })
}

resource "aws_s3_bucket_replication_configuration" "this" {
  for_each = local.replicas

  bucket = module.bucket.id
  role   = aws_iam_role.replication[each.key].arn

  rule {
    id     = "everything"
    status = "Enabled"

    filter {}

    # The archive has no deletions; if one appears, the copy must not follow it.
    delete_marker_replication {
      status = "Disabled"
    }

    dynamic "source_selection_criteria" {
      for_each = compact([each.value.kms_key_arn])
      content {
        sse_kms_encrypted_objects {
          status = "Enabled"
        }
      }
    }

    destination {
      bucket        = each.value.bucket_arn
      storage_class = "STANDARD_IA"

      dynamic "encryption_configuration" {
        for_each = compact([each.value.kms_key_arn])
        content {
          replica_kms_key_id = encryption_configuration.value
        }
      }
    }
  }

  depends_on = [aws_iam_role_policy.replication]
}
