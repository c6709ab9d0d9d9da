locals {
  # Artifacts are built, tested and certified for this runtime alone, therefore it is no variable.
  runtime = "python3.13"

  log_group = "/aws/lambda/${var.name}"

  statements = concat(
    [{
      Sid      = "WriteOwnLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${module.logs.arns[local.log_group]}:*"] # streams are named by Lambda
    }],
    [for statement in var.statements : merge(
      {
        Sid      = statement.sid
        Effect   = "Allow"
        Action   = statement.actions
        Resource = statement.resources
      },
      # A condition's operators are grouped: {"StringLike": {"variable": [values]}}.
      { for key, conditions in { Condition = statement.conditions } : key => {
        for test in distinct(conditions[*].test) : test => {
          for condition in conditions : condition.variable => condition.values if condition.test == test
        }
      } if length(conditions) > 0 },
    )],
    var.asynchronous == null ? [] : [{
      Sid      = "PutFailuresAside"
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = [var.asynchronous.failures_arn]
    }],
    var.tracing ? [{
      Sid      = "WriteTraces"
      Effect   = "Allow"
      Action   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
      Resource = ["*"] # AWS knows no narrower resource for these
    }] : [],
  )

  # Lambda's service makes and removes the interfaces with the function's own role; AWS offers no narrower resource, so
  # the function's code (which carries the condition's key) is denied what the service may do.
  interface_actions = [
    "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
  ]

  network_statements = [for statement in [
    {
      Sid      = "AttachToNetwork"
      Effect   = "Allow"
      Action   = local.interface_actions
      Resource = ["*"]
    },
    {
      Sid       = "NotFromOwnCode"
      Effect    = "Deny"
      Action    = local.interface_actions
      Resource  = ["*"]
      Condition = { ArnLike = { "lambda:SourceFunctionArn" = ["arn:*:lambda:*:*:function:${var.name}"] } }
    },
  ] : statement if var.network != null]
}

module "logs" {
  source = "../logs"

  names          = [local.log_group]
  retention_days = var.logs.retention_days
  kms_key_arn    = var.logs.kms_key_arn
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "What ${var.name} may do, and nothing else."
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyLambda"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "grants"
  role = aws_iam_role.this.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.statements, local.network_statements)
  })
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = aws_iam_role.this.arn
  handler       = var.handler
  runtime       = local.runtime
  architectures = [var.architecture]
  memory_size   = var.memory_mb
  timeout       = var.timeout_s

  # By digest from a bucket: the same bytes in every environment, and functions are created side by side. (With
  # `filename` the provider uploads one after the other.)
  s3_bucket        = var.artifact.bucket
  s3_key           = var.artifact.key
  source_code_hash = var.artifact.code_sha256
  publish          = true

  reserved_concurrent_executions = var.concurrency.reserved

  environment {
    variables = var.variables
  }

  logging_config {
    log_format = "Text" # the lines are JSON already; Lambda's own JSON format would wrap them once more
    log_group  = module.logs.names[local.log_group]
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  dynamic "vpc_config" {
    for_each = var.network == null ? [] : [var.network]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  # A function must not run for a moment without its permissions.
  depends_on = [aws_iam_role_policy.this]

  lifecycle {
    # While an update is planned the old digest is still there and the version is not known: naming the version leaves
    # the question open until Lambda has answered.
    postcondition {
      condition     = self.version == "" || self.code_sha256 == var.artifact.code_sha256
      error_message = "${var.name} runs ${self.code_sha256}, but ${var.artifact.code_sha256} was built: the object in the bucket is another."
    }
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "What callers reach."
  function_name    = aws_lambda_function.this.function_name
  function_version = coalesce(var.release.live_version, aws_lambda_function.this.version)

  dynamic "routing_config" {
    for_each = var.release.canary > 0 ? [var.release.canary] : []
    content {
      additional_version_weights = { (aws_lambda_function.this.version) = routing_config.value }
    }
  }
}

resource "aws_lambda_provisioned_concurrency_config" "this" {
  count = var.concurrency.provisioned > 0 ? 1 : 0

  function_name                     = aws_lambda_function.this.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = var.concurrency.provisioned
}

resource "aws_lambda_function_event_invoke_config" "this" {
  count = var.asynchronous == null ? 0 : 1

  function_name                = aws_lambda_function.this.function_name
  qualifier                    = aws_lambda_alias.live.name
  maximum_retry_attempts       = var.asynchronous.attempts
  maximum_event_age_in_seconds = var.asynchronous.max_age_s

  destination_config {
    on_failure {
      destination = var.asynchronous.failures_arn
    }
  }
}
