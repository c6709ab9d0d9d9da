data "aws_caller_identity" "this" {}

locals {
  zips = {
    for operation, function in jsondecode(file(var.artifacts_file)).functions : operation => {
      file = "${var.dist_dir}/${function.zips[var.architecture].file}", sha256 = function.zips[var.architecture].sha256
    } if var.upload
  }
}

module "artifact_store" {
  source = "../../modules/artifact-store"

  name                 = "riff-${var.environment}-artifacts-${data.aws_caller_identity.this.account_id}"
  zips                 = local.zips
  kms_key_arn          = var.keys.arns["artifacts"]
  destroy_with_content = !var.deletion_protection
}
