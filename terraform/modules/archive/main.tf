resource "aws_s3_bucket" "this" {
  bucket              = var.name
  object_lock_enabled = true
  force_destroy       = var.destroy_with_content
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    default_retention {
      mode  = upper(var.lock)
      years = var.retention_years
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Action    = "s3:*"
        Principal = "*"
        Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        # The lock holds each object for the years that it was given; this keeps anybody from giving fewer.
        Sid       = "NoShorterRetention"
        Effect    = "Deny"
        Action    = "s3:PutObjectRetention"
        Principal = "*"
        Resource  = ["${aws_s3_bucket.this.arn}/*"]
        Condition = { NumericLessThan = { "s3:object-lock-remaining-retention-days" = tostring(var.retention_years * 365) } }
      },
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count = var.tiering ? 1 : 0

  bucket = aws_s3_bucket.this.id

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

  depends_on = [aws_s3_bucket_versioning.this]
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
      Condition = { ArnEquals = { "aws:SourceArn" = aws_s3_bucket.this.arn } }
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
          Resource = [aws_s3_bucket.this.arn]
        },
        {
          Sid    = "ReadObjects"
          Effect = "Allow"
          Action = [
            "s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication",
            "s3:GetObjectVersionTagging",
          ]
          Resource = ["${aws_s3_bucket.this.arn}/*"] # every object of the archive is copied
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

  bucket = aws_s3_bucket.this.id
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

  depends_on = [aws_s3_bucket_versioning.this, aws_iam_role_policy.replication]
}
