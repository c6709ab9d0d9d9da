resource "aws_s3_bucket" "this" {
  bucket              = var.name
  object_lock_enabled = var.lockable
  force_destroy       = var.destroy_with_content
}

# For the day that somebody overwrites or removes an object by hand.
resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
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
    Statement = concat(
      [{
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Action    = "s3:*"
        Principal = "*"
        Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      [for statement in var.statements : {
        Sid       = statement.sid
        Effect    = statement.effect
        Action    = statement.action
        Principal = try({ Service = coalesce(statement.service) }, "*")
        Resource  = ["${aws_s3_bucket.this.arn}/*"] # every object, whatever it is called
        Condition = { (statement.test) = { (statement.variable) = statement.value } }
      }],
    )
  })

  # A policy that comes before the block is refused by accounts that block public policies.
  depends_on = [aws_s3_bucket_public_access_block.this]
}
