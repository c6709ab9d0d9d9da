locals {
  name  = "${var.environment}-riff"
  stage = "v1"

  document = jsondecode(file(var.openapi_file))
  methods  = ["get", "put", "post", "delete", "patch", "head", "options"]

  # Every operation once, by its id, with what the gateway has to know.
  operations = merge([
    for path, item in local.document.paths : {
      for method, operation in item : operation.operationId => {
        path   = path
        method = upper(method)

        # Alternatives, each a set of schemes: [{staff = []}, {devices = []}]; an operation without its own has the document's.
        alternatives = [for requirement in try(operation.security, local.document.security, []) : keys(requirement)]
      } if contains(local.methods, method)
    }
  ]...)

  schemes = {
    for id, operation in local.operations : id => sort(distinct(flatten(operation.alternatives)))
  }

  # One authorizer per method is all that the gateway has, so alternatives become one authorizer over the pools of all of
  # them. Where one alternative is nobody at all (guests), or something that only the function can check, the method is
  # open at the gateway and the function decides.
  open = toset([
    for id, operation in local.operations : id
    if length(operation.alternatives) == 0 || anytrue([
      for schemes in operation.alternatives : length(setsubtract(schemes, var.schemes_of_functions)) == 0
    ])
  ])

  authorizer = { for id, schemes in local.schemes : id => join("-or-", schemes) if !contains(local.open, id) }

  # Keys of usage plans: the gateway checks them by itself.
  key_schemes = {
    for name, scheme in try(local.document.components.securitySchemes, {}) : name => scheme
    if lower(try(scheme.name, "")) == "x-api-key"
  }

  security_schemes = merge(local.key_schemes, {
    for name in distinct(values(local.authorizer)) : name => {
      type                           = "apiKey"
      name                           = "Authorization"
      in                             = "header"
      "x-amazon-apigateway-authtype" = "cognito_user_pools"
      "x-amazon-apigateway-authorizer" = {
        type         = "cognito_user_pools"
        providerARNs = distinct(flatten([for scheme in split("-or-", name) : lookup(var.authorizers, scheme, [])]))
      }
    } if !contains(keys(local.key_schemes), name)
  })

  checked = concat(keys(var.authorizers), keys(local.key_schemes), tolist(var.schemes_of_functions))

  paths = {
    for path, item in local.document.paths : path => merge(
      # What concerns all methods of a path (parameters, a summary) stays as it is.
      { for name, value in item : name => value if !contains(local.methods, name) },
      {
        for method, operation in item : method => merge(operation, {
          security = [for scheme in compact([lookup(local.authorizer, operation.operationId, null)]) : { (scheme) = [] }]

          "x-amazon-apigateway-integration" = {
            type                = "aws_proxy"
            httpMethod          = "POST" # how the gateway invokes, whatever the caller's method
            uri                 = try(var.functions[operation.operationId].invoke_arn, "")
            passthroughBehavior = "when_no_match"
            timeoutInMillis     = 29000 # the gateway's own limit
          }
        }) if contains(local.methods, method)
      },
    )
  }

  gateway_responses = {
    for kind, response in yamldecode(file("${path.module}/gateway_responses.yaml")) : kind => {
      statusCode = tostring(response.status)
      responseParameters = merge(
        { "gatewayresponse.header.Content-Type" = "'application/problem+json'" },
        response.status == 401 ? { "gatewayresponse.header.WWW-Authenticate" = "'Bearer'" } : {},
        contains([429, 503], response.status) ? { "gatewayresponse.header.Retry-After" = "'1'" } : {},
      )
      responseTemplates = {
        "application/json" = jsonencode({
          type     = "${var.problem_base}${response.code}"
          code     = response.code
          title    = response.title
          status   = response.status
          detail   = response.detail
          instance = "$context.requestId"
        })
      }
    }
  }

  validators = {
    parameters = { validateRequestParameters = true, validateRequestBody = false }
    body       = { validateRequestParameters = false, validateRequestBody = true }
    all        = { validateRequestParameters = true, validateRequestBody = true }
  }

  body = merge(
    # The address is the deployment's matter, and security is said by each operation.
    { for name, value in local.document : name => value if !contains(["servers", "security"], name) },
    {
      info       = merge(local.document.info, { title = local.name })
      paths      = local.paths
      components = merge(try(local.document.components, {}), { securitySchemes = local.security_schemes })

      "x-amazon-apigateway-gateway-responses"  = local.gateway_responses
      "x-amazon-apigateway-request-validators" = local.validators
    },
    var.request_validation == "none" ? {} : { "x-amazon-apigateway-request-validator" = var.request_validation },
  )
}

resource "aws_api_gateway_rest_api" "this" {
  name              = local.name
  body              = jsonencode(local.body)
  put_rest_api_mode = "overwrite"

  # Where the API has a name of its own, nobody comes in beside it.
  disable_execute_api_endpoint = var.domain != null

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = length(setsubtract(keys(local.operations), keys(var.functions))) == 0
      error_message = "Operations without a function: ${join(", ", setsubtract(keys(local.operations), keys(var.functions)))}."
    }

    precondition {
      condition     = length(setsubtract(flatten(values(local.schemes)), local.checked)) == 0
      error_message = "Security schemes that nobody checks: ${join(", ", setsubtract(flatten(values(local.schemes)), local.checked))}."
    }

    precondition {
      condition = alltrue(flatten([
        for operation in values(local.operations) : [for schemes in operation.alternatives : length(schemes) <= 1]
      ]))
      error_message = "The gateway checks one scheme per request: no alternative may ask for two together."
    }

    precondition {
      condition = alltrue([
        for schemes in values(local.schemes) : length(schemes) == 1 || length(setintersection(schemes, keys(local.key_schemes))) == 0
      ])
      error_message = "A key is no alternative to a token: an operation asks for one or the other."
    }
  }
}

# Exactly one method of one path may call a function, and only its live alias.
resource "aws_lambda_permission" "this" {
  for_each = local.operations

  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  function_name = try(var.functions[each.key].name, each.key)
  qualifier     = "live"
  source_arn = join("/", [
    aws_api_gateway_rest_api.this.execution_arn, local.stage,
    "${each.value.method}${replace(each.value.path, "/\\{[^}]+\\}/", "*")}",
  ])
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  # A deployment is a picture of the API: any change of the document needs a new one.
  triggers = { body = sha256(aws_api_gateway_rest_api.this.body) }

  lifecycle {
    create_before_destroy = true
  }
}

module "access_logs" {
  source = "../logs"

  names          = var.access_logs == null ? [] : ["/riff/${var.environment}/api-access"]
  retention_days = try(coalesce(var.access_logs.retention_days), 90)
  kms_key_arn    = try(var.access_logs.kms_key_arn, null)
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = local.stage

  dynamic "access_log_settings" {
    for_each = module.access_logs.arns
    content {
      destination_arn = access_log_settings.value
      format = jsonencode({
        at           = "$context.requestTimeEpoch"
        caller       = "$context.authorizer.claims.sub"
        error        = "$context.error.responseType"
        integration  = "$context.integrationStatus"
        latency_ms   = "$context.responseLatency"
        method       = "$context.httpMethod"
        operation    = "$context.operationName"
        path         = "$context.resourcePath"
        request_id   = "$context.requestId"
        size         = "$context.responseLength"
        source_ip    = "$context.identity.sourceIp"
        status       = "$context.status"
        waf_response = "$context.wafResponseCode"
      })
    }
  }
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    throttling_rate_limit  = var.throttle.rate
    throttling_burst_limit = var.throttle.burst
  }
}

resource "aws_api_gateway_method_settings" "operation" {
  for_each = { for id, throttle in var.throttles : id => throttle if contains(keys(local.operations), id) }

  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "${trimprefix(local.operations[each.key].path, "/")}/${local.operations[each.key].method}"

  settings {
    metrics_enabled        = true
    throttling_rate_limit  = each.value.rate
    throttling_burst_limit = each.value.burst
  }

  # The stage keeps one settings map; two writers at once would lose one.
  depends_on = [aws_api_gateway_method_settings.all]
}

# ---- a name of its own

locals {
  domains = var.domain == null ? {} : { domain = var.domain }
}

resource "aws_api_gateway_domain_name" "this" {
  for_each = local.domains

  domain_name              = each.value.name
  regional_certificate_arn = each.value.certificate_arn
  security_policy          = "TLS_1_2"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_base_path_mapping" "this" {
  for_each = local.domains

  domain_name = aws_api_gateway_domain_name.this[each.key].domain_name
  api_id      = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  base_path   = local.stage
}

resource "aws_route53_record" "this" {
  for_each = { for key, domain in local.domains : key => domain if domain.zone_id != null }

  zone_id = each.value.zone_id
  name    = each.value.name
  type    = "A"

  alias {
    name                   = aws_api_gateway_domain_name.this[each.key].regional_domain_name
    zone_id                = aws_api_gateway_domain_name.this[each.key].regional_zone_id
    evaluate_target_health = false
  }
}

# ---- those who come with a key (a stadium's display)

resource "aws_api_gateway_usage_plan" "this" {
  for_each = var.usage_plans

  name        = "${local.name}-${each.key}"
  description = "What ${each.key} may ask."

  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = aws_api_gateway_stage.this.stage_name
  }

  throttle_settings {
    rate_limit  = each.value.rate
    burst_limit = each.value.burst
  }

  dynamic "quota_settings" {
    for_each = each.value.per_day == null ? [] : [each.value.per_day]
    content {
      limit  = quota_settings.value
      period = "DAY"
    }
  }
}

resource "aws_api_gateway_api_key" "this" {
  for_each = var.usage_plans

  name        = "${local.name}-${each.key}"
  description = "Key of ${each.key}."
}

resource "aws_api_gateway_usage_plan_key" "this" {
  for_each = var.usage_plans

  usage_plan_id = aws_api_gateway_usage_plan.this[each.key].id
  key_id        = aws_api_gateway_api_key.this[each.key].id
  key_type      = "API_KEY"
}
