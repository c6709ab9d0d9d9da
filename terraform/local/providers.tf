provider "aws" {
  region = var.region

  # The account of the local AWS exists nowhere else and the keys are good nowhere else, so a wrong address cannot
  # touch a real account.
  allowed_account_ids = [local.account_id]
  access_key          = local.account_id
  secret_key          = "riff-local"

  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  s3_use_path_style           = true

  endpoints {
    acm            = var.aws_endpoint
    apigateway     = var.aws_endpoint
    backup         = var.aws_endpoint
    cloudfront     = var.aws_endpoint
    cloudwatch     = var.aws_endpoint
    cloudwatchlogs = var.aws_endpoint
    cognitoidp     = var.aws_endpoint
    dynamodb       = var.aws_endpoint
    ec2            = var.aws_endpoint
    events         = var.aws_endpoint
    iam            = var.aws_endpoint
    kms            = var.aws_endpoint
    lambda         = var.aws_endpoint
    rds            = var.aws_endpoint
    route53        = var.aws_endpoint
    s3             = var.aws_endpoint
    scheduler      = var.aws_endpoint
    secretsmanager = var.aws_endpoint
    ses            = var.aws_endpoint
    sns            = var.aws_endpoint
    sqs            = var.aws_endpoint
    ssm            = var.aws_endpoint
    sts            = var.aws_endpoint
    wafv2          = var.aws_endpoint
  }
}

provider "aws" {
  alias  = "global"
  region = "us-east-1"

  # The account of the local AWS exists nowhere else and the keys are good nowhere else, so a wrong address cannot
  # touch a real account.
  allowed_account_ids = [local.account_id]
  access_key          = local.account_id
  secret_key          = "riff-local"

  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  s3_use_path_style           = true

  endpoints {
    acm            = var.aws_endpoint
    apigateway     = var.aws_endpoint
    backup         = var.aws_endpoint
    cloudfront     = var.aws_endpoint
    cloudwatch     = var.aws_endpoint
    cloudwatchlogs = var.aws_endpoint
    cognitoidp     = var.aws_endpoint
    dynamodb       = var.aws_endpoint
    ec2            = var.aws_endpoint
    events         = var.aws_endpoint
    iam            = var.aws_endpoint
    kms            = var.aws_endpoint
    lambda         = var.aws_endpoint
    rds            = var.aws_endpoint
    route53        = var.aws_endpoint
    s3             = var.aws_endpoint
    scheduler      = var.aws_endpoint
    secretsmanager = var.aws_endpoint
    ses            = var.aws_endpoint
    sns            = var.aws_endpoint
    sqs            = var.aws_endpoint
    ssm            = var.aws_endpoint
    sts            = var.aws_endpoint
    wafv2          = var.aws_endpoint
  }
}
