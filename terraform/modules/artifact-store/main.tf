locals {
  # Equal zips are one object.
  files = { for zip in values(var.zips) : zip.sha256 => zip.file... }
}

module "bucket" {
  source = "../bucket"

  name                 = var.name
  kms_key_arn          = var.kms_key_arn
  destroy_with_content = var.destroy_with_content
}

resource "aws_s3_object" "zip" {
  for_each = local.files

  bucket       = module.bucket.id
  key          = "functions/${each.key}.zip"
  source       = each.value[0]
  source_hash  = each.key
  content_type = "application/zip"

  # An object is found by its digest and tells nothing by tags; S3 charges for them one by one.
  override_provider {
    default_tags {
      tags = {}
    }
  }

  lifecycle {
    precondition {
      condition     = filesha256(each.value[0]) == each.key
      error_message = "${each.value[0]} is not the zip that was built (${each.key})."
    }
  }
}
