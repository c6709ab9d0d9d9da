data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  account = data.aws_caller_identity.this.account_id
  arn     = "arn:${data.aws_partition.this.partition}"

  # What the units of an environment are made of. Roles, queues, tables, buckets and functions carry the environment's name,
  # which is what a deployment is held to; the rest AWS offers no narrower resource for, or names by itself.
  named = {
    for environment in var.environments : environment => [
      { actions = ["iam:*"], resources = ["${local.arn}:iam::${local.account}:role/${environment}-*", "${local.arn}:iam::${local.account}:role/riff-${environment}-*"] },
      { actions = ["lambda:*"], resources = ["${local.arn}:lambda:*:${local.account}:function:${environment}-*"] },
      { actions = ["s3:*"], resources = ["${local.arn}:s3:::riff-${environment}-*"] },
      { actions = ["dynamodb:*"], resources = ["${local.arn}:dynamodb:*:${local.account}:table/${environment}-*"] },
      { actions = ["events:*"], resources = ["${local.arn}:events:*:${local.account}:*/${environment}-*"] },
      { actions = ["sqs:*"], resources = ["${local.arn}:sqs:*:${local.account}:${environment}-*"] },
      { actions = ["sns:*"], resources = ["${local.arn}:sns:*:${local.account}:${environment}-*"] },
      { actions = ["scheduler:*"], resources = ["${local.arn}:scheduler:*:${local.account}:*/${environment}-*"] },
      { actions = ["ssm:*"], resources = [for below in ["", "/*", "-*"] : "${local.arn}:ssm:*:${local.account}:parameter/riff/${environment}${below}"] },
      { actions = ["logs:*"], resources = ["${local.arn}:logs:*:${local.account}:log-group:*${environment}-*"] },
      { actions = ["cloudwatch:*"], resources = ["${local.arn}:cloudwatch:*:${local.account}:alarm:${environment}-*", "${local.arn}:cloudwatch::${local.account}:dashboard/${environment}-*"] },
      { actions = ["rds:*"], resources = ["${local.arn}:rds:*:${local.account}:*:${environment}-riff*"] },
    ]
  }

  # Managed by id, not by name: the account is the border here.
  services = [
    "apigateway:*", "backup:*", "backup-storage:*", "cloudfront:*", "cognito-idp:*", "ec2:*", "kms:*", "lambda:*EventSourceMapping*",
    "route53:*", "wafv2:*", "ssm:DescribeParameters", "logs:DescribeLogGroups", "cloudwatch:DescribeAlarms", "secretsmanager:*",
    "acm:Describe*", "acm:List*", "tag:*",
  ]
}

resource "aws_iam_policy" "deploy" {
  for_each = var.repository == null ? {} : local.named

  name        = "riff-deploy-${each.key}"
  description = "What a deployment of ${each.key} may do."

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [for number, statement in each.value : {
        Sid = "Named${number}", Effect = "Allow", Action = statement.actions, Resource = statement.resources
      }],
      [
        { Sid = "ByAccount", Effect = "Allow", Action = local.services, Resource = ["*"] },
        {
          # Whoever could change the pipeline's own roles, or hand a function another role, would own the account.
          Sid      = "NotItself"
          Effect   = "Deny"
          Action   = ["iam:*"]
          Resource = ["${local.arn}:iam::${local.account}:role/riff-deploy-*", "${local.arn}:iam::${local.account}:role/riff-plan", "${local.arn}:iam::${local.account}:policy/riff-deploy-*"]
        },
      ],
    )
  })
}

module "access" {
  source   = "../../modules/pipeline-access"
  for_each = { for name, repository in { this = var.repository } : name => repository if repository != null }

  repository      = each.value
  environments    = var.environments
  deploy_policies = { for environment, policy in aws_iam_policy.deploy : environment => { own = policy.arn } }
  state           = { bucket_arn = "${local.arn}:s3:::riff-state-${local.account}" }
}
