data "aws_partition" "this" {}

locals {
  provider_arn = var.provider_arn == null ? aws_iam_openid_connect_provider.this[0].arn : var.provider_arn

  # Who may take which role, by the exact subject of the token.
  subjects = merge(
    { plan = ["repo:${var.repository}:pull_request", "repo:${var.repository}:ref:refs/heads/main"] },
    { for environment in var.environments : "deploy-${environment}" => ["repo:${var.repository}:environment:${environment}"] },
  )

  deployments = merge([
    for environment, policies in var.deploy_policies : {
      for name, arn in policies : "${environment}/${name}" => { environment = environment, policy_arn = arn }
    }
  ]...)
}

resource "aws_iam_openid_connect_provider" "this" {
  count = var.provider_arn == null ? 1 : 0

  url            = "https://${var.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "this" {
  for_each = local.subjects

  name                 = "riff-${each.key}"
  description          = each.key == "plan" ? "The pipeline reads what is there, to say what would change." : "The pipeline deploys, after a person approved."
  max_session_duration = 3600
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyThisPipeline"
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider_arn }
      Condition = {
        StringEquals = {
          "${var.issuer}:aud" = "sts.amazonaws.com"
          "${var.issuer}:sub" = each.value
        }
      }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "plan" {
  role       = aws_iam_role.this["plan"].name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/ReadOnlyAccess"
}

# Reading everything does not mean reading secrets or anybody's sales: whoever opens a pull request could print them.
resource "aws_iam_role_policy" "no_content" {
  name = "no-content"
  role = aws_iam_role.this["plan"].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "NoSecretsNoContent"
        Effect = "Deny"
        Action = [
          "cognito-idp:ListUsers", "dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:GetRecords", "dynamodb:PartiQLSelect",
          "dynamodb:Query", "dynamodb:Scan", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery",
          "secretsmanager:GetSecretValue", "sqs:ReceiveMessage",
        ]
        Resource = ["*"] # a denial is meant to be wide
      },
      {
        # Secret parameters are refused by their keys: Terraform reads the names of all and the values of plain ones.
        Sid         = "NoKeyButOfState"
        Effect      = "Deny"
        Action      = ["kms:Decrypt"]
        NotResource = [coalesce(var.state.kms_key_arn, "arn:${data.aws_partition.this.partition}:kms:::key/none")]
      },
      {
        Sid         = "NoObjectsButState"
        Effect      = "Deny"
        Action      = ["s3:GetObject", "s3:GetObjectVersion"]
        NotResource = ["${var.state.bucket_arn}/*"]
      },
    ]
  })
}

resource "aws_iam_role_policy" "state" {
  for_each = local.subjects

  name = "state"
  role = aws_iam_role.this[each.key].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        { Sid = "FindState", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [var.state.bucket_arn] },
        {
          # The lock is an object beside the state, so a plan writes as well; it may write nothing but locks.
          Sid      = "UseState"
          Effect   = "Allow"
          Action   = ["s3:DeleteObject", "s3:PutObject"]
          Resource = ["${var.state.bucket_arn}/${each.key == "plan" ? "*.tflock" : "${trimprefix(each.key, "deploy-")}/*"}"]
        },
        {
          Sid      = "ReadState"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["${var.state.bucket_arn}/${each.key == "plan" ? "*" : "${trimprefix(each.key, "deploy-")}/*"}"]
        },
      ],
      [for key_arn in compact([var.state.kms_key_arn]) : {
        Sid      = "DecryptState"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [key_arn]
      }],
    )
  })
}

resource "aws_iam_role_policy_attachment" "deploy" {
  for_each = local.deployments

  role       = aws_iam_role.this["deploy-${each.value.environment}"].name
  policy_arn = each.value.policy_arn
}
