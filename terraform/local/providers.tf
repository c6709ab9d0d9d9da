provider "aws" {
  region = var.region

  # The account of the local AWS exists nowhere else and the keys are good nowhere else, so a wrong address cannot
  # touch a real account.
  allowed_account_ids = [local.account_id]
  access_key          = "riff-local"
  secret_key          = "riff-local"

  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  s3_use_path_style           = true

  endpoints {
    apigateway     = var.aws_endpoint
    cloudwatchlogs = var.aws_endpoint
    cognitoidp     = var.aws_endpoint
    iam            = var.aws_endpoint
    kms            = var.aws_endpoint
    lambda         = var.aws_endpoint
    s3             = var.aws_endpoint
    ssm            = var.aws_endpoint
    sts            = var.aws_endpoint
  }
}
