mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::riff-dev-files-123456789012", bucket_regional_domain_name = "riff-dev-files-123456789012.s3.eu-central-1.amazonaws.com" }
  }
}

variables {
  name = "riff-dev-files-123456789012"
}

run "is_private_encrypted_and_versioned" {
  assert {
    condition     = one(aws_s3_bucket_versioning.this.versioning_configuration).status == "Enabled"
    error_message = "Versions are kept."
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.this.block_public_policy && aws_s3_bucket_public_access_block.this.restrict_public_buckets
    error_message = "Nothing is public."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "Encrypted by S3's own key unless another is given."
  }

  assert {
    condition     = !aws_s3_bucket.this.force_destroy && !aws_s3_bucket.this.object_lock_enabled
    error_message = "A bucket with content stays by default."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[*].Sid == ["OnlyOverTls"]
    error_message = "Whoever comes without TLS is refused."
  }
}

run "lets_one_service_in_under_its_condition" {
  variables {
    statements = [{
      sid  = "OnlyItsDistribution", effect = "Allow", action = "s3:GetObject", service = "cloudfront.amazonaws.com"
      test = "StringEquals", variable = "aws:SourceArn", value = "arn:aws:cloudfront::123456789012:distribution/E1"
    }]
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[1].Principal == { Service = "cloudfront.amazonaws.com" } && jsondecode(aws_s3_bucket_policy.this.policy).Statement[1].Condition.StringEquals["aws:SourceArn"] == "arn:aws:cloudfront::123456789012:distribution/E1"
    error_message = "One service, one condition."
  }
}

run "encrypts_with_the_given_key" {
  command = plan
  variables { kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/files" }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "With a key of ours, KMS encrypts."
  }
}

run "refuses_to_allow_everybody_something" {
  command = plan
  variables {
    statements = [{ sid = "Open", effect = "Allow", action = "s3:GetObject", test = "Bool", variable = "aws:SecureTransport", value = "true" }]
  }
  expect_failures = [var.statements]
}

run "refuses_a_bucket_name_over_63_characters" {
  command = plan
  variables { name = "riff-dev-files-with-a-name-that-goes-on-and-on-past-the-limit-xxxx" }
  expect_failures = [var.name]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan
  variables { kms_key_arn = "alias/files" }
  expect_failures = [var.kms_key_arn]
}
