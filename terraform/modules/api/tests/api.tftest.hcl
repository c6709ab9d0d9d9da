mock_provider "aws" {
  mock_resource "aws_api_gateway_rest_api" {
    defaults = {
      id            = "a1b2c3"
      execution_arn = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3"
    }
  }
}

variables {
  environment          = "dev"
  openapi_file         = "tests/openapi.json"
  problem_base         = "https://riff.example/problems/"
  schemes_of_functions = ["signature"]
  authorizers = {
    staff   = ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/staff"]
    public  = ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/public"]
    devices = ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/devices"]
  }
  functions = {
    list_open_raffles      = { name = "dev-public-list-open-raffles", invoke_arn = "arn:invoke:list_open_raffles" }
    create_raffle          = { name = "dev-raffles-create-raffle", invoke_arn = "arn:invoke:create_raffle" }
    list_orders            = { name = "dev-sales-list-orders", invoke_arn = "arn:invoke:list_orders" }
    create_online_order    = { name = "dev-checkout-create-online-order", invoke_arn = "arn:invoke:create_online_order" }
    show_display_feed      = { name = "dev-public-show-display-feed", invoke_arn = "arn:invoke:show_display_feed" }
    receive_payment_notice = { name = "dev-checkout-receive-payment-notice", invoke_arn = "arn:invoke:receive_payment_notice" }
  }
}

run "calls_the_function_of_each_operation" {
  command = plan

  assert {
    condition     = local.body.paths["/raffles"].post["x-amazon-apigateway-integration"].uri == "arn:invoke:create_raffle"
    error_message = "create_raffle answers POST /raffles."
  }

  assert {
    condition     = local.body.paths["/raffles"].get["x-amazon-apigateway-integration"].httpMethod == "POST"
    error_message = "Functions are invoked by POST."
  }

  assert {
    condition     = local.body.paths["/raffles/{raffle_id}/orders"].parameters == jsondecode(file("tests/openapi.json")).paths["/raffles/{raffle_id}/orders"].parameters
    error_message = "What is not an operation stays as it is."
  }
}

run "asks_for_the_document_s_identity_where_an_operation_says_nothing" {
  command = plan

  assert {
    condition     = jsonencode(local.body.paths["/raffles"].post.security) == "[{\"staff\":[]}]"
    error_message = "The document's security holds."
  }
}

run "takes_either_pool_where_the_document_has_alternatives" {
  command = plan

  assert {
    condition     = jsonencode(local.body.paths["/raffles/{raffle_id}/orders"].get.security) == "[{\"devices-or-staff\":[]}]"
    error_message = "One authorizer stands for both."
  }

  assert {
    condition = local.body.components.securitySchemes["devices-or-staff"]["x-amazon-apigateway-authorizer"].providerARNs == tolist([
      "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/devices", "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/staff",
    ])
    error_message = "It has both pools."
  }
}

run "takes_a_key_where_the_document_asks_for_one" {
  command = plan
  variables { usage_plans = { stadium = { rate = 5, burst = 10, per_day = 100000 } } }

  assert {
    condition     = jsonencode(local.body.paths["/raffles/{raffle_id}/display"].get.security) == "[{\"display\":[]}]" && local.body.components.securitySchemes.display.name == "X-Api-Key"
    error_message = "The gateway checks the key."
  }

  assert {
    condition     = one(aws_api_gateway_usage_plan.this["stadium"].quota_settings).limit == 100000
    error_message = "The key has its plan."
  }
}

run "answers_under_its_own_name_only" {
  variables { domain = { name = "api.raffle.example", certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/1" } }

  assert {
    condition     = output.url == "https://api.raffle.example/v1" && aws_api_gateway_rest_api.this.disable_execute_api_endpoint
    error_message = "The other name is switched off."
  }

  assert {
    condition     = aws_api_gateway_domain_name.this["domain"].security_policy == "TLS_1_2"
    error_message = "TLS 1.2 or newer."
  }
}

run "is_open_only_where_nobody_or_the_function_is_asked" {
  command = plan

  assert {
    condition     = output.open_operations == tolist(["create_online_order", "list_open_raffles", "receive_payment_notice"])
    error_message = "Guests, the public list and the signed notice."
  }
}

run "answers_in_problems_with_permanent_codes" {
  command = plan

  assert {
    condition     = jsondecode(local.gateway_responses["UNAUTHORIZED"].responseTemplates["application/json"]).type == "https://riff.example/problems/not-authenticated"
    error_message = "A missing token is not-authenticated."
  }

  assert {
    condition     = toset(keys(jsondecode(local.gateway_responses["UNAUTHORIZED"].responseTemplates["application/json"]))) == toset(["code", "detail", "instance", "status", "title", "type"])
    error_message = "The same members as a function's problem."
  }

  assert {
    condition     = local.gateway_responses["MISSING_AUTHENTICATION_TOKEN"].statusCode == "404"
    error_message = "An unknown path is not found."
  }

  assert {
    condition     = alltrue([for response in local.gateway_responses : response.responseParameters["gatewayresponse.header.Content-Type"] == "'application/problem+json'"])
    error_message = "Every refusal says that it is a problem."
  }
}

run "lets_exactly_one_method_of_one_path_call_a_function" {
  assert {
    condition     = aws_lambda_permission.this["list_orders"].source_arn == "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/v1/GET/raffles/*/orders"
    error_message = "Only GET of that path."
  }

  assert {
    condition     = aws_lambda_permission.this["list_orders"].qualifier == "live"
    error_message = "Only the live alias."
  }
}

run "writes_the_address_as_told" {
  variables { url_format = "http://127.0.0.1:4566/restapis/%s/%s/_user_request_" }

  assert {
    condition     = output.url == "http://127.0.0.1:4566/restapis/a1b2c3/v1/_user_request_"
    error_message = "Id and stage are filled in."
  }
}

run "has_no_validator_and_no_access_log_by_default" {
  command = plan

  assert {
    condition     = !contains(keys(local.body), "x-amazon-apigateway-request-validator") && length(aws_api_gateway_stage.this.access_log_settings) == 0
    error_message = "Both are asked for."
  }
}

run "validates_and_logs_when_asked" {
  command = plan
  variables {
    request_validation = "all"
    access_logs        = {}
    throttles          = { list_orders = { rate = 5, burst = 10 } }
  }

  assert {
    condition     = local.body["x-amazon-apigateway-request-validator"] == "all"
    error_message = "The whole document is validated."
  }

  assert {
    condition     = aws_api_gateway_method_settings.operation["list_orders"].method_path == "raffles/{raffle_id}/orders/GET"
    error_message = "An operation's own throttle."
  }
}

run "refuses_an_operation_without_a_function" {
  command = plan
  variables { functions = {} }
  expect_failures = [aws_api_gateway_rest_api.this]
}

run "refuses_a_scheme_that_nobody_checks" {
  command = plan
  variables { schemes_of_functions = [] }
  expect_failures = [aws_api_gateway_rest_api.this]
}

run "refuses_two_schemes_at_once" {
  command = plan
  variables { openapi_file = "tests/two_at_once.json" }
  expect_failures = [aws_api_gateway_rest_api.this]
}

run "refuses_a_key_instead_of_a_token" {
  command = plan
  variables { openapi_file = "tests/key_or_token.json" }
  expect_failures = [aws_api_gateway_rest_api.this]
}

run "refuses_a_document_that_is_not_there" {
  command = plan
  variables { openapi_file = "tests/nothing.json" }
  expect_failures = [var.openapi_file]
}

run "refuses_a_scheme_without_a_pool" {
  command = plan
  variables { authorizers = { staff = [], public = [], devices = [] } }
  expect_failures = [var.authorizers]
}

run "refuses_a_scheme_checked_twice" {
  command = plan
  variables { schemes_of_functions = ["signature", "staff"] }
  expect_failures = [var.schemes_of_functions]
}

run "refuses_a_problem_base_that_runs_into_the_code" {
  command = plan
  variables { problem_base = "https://riff.example/problems" }
  expect_failures = [var.problem_base]
}

run "refuses_an_unknown_validation" {
  command = plan
  variables { request_validation = "some" }
  expect_failures = [var.request_validation]
}

run "refuses_a_throttle_of_nothing" {
  command = plan
  variables { throttle = { rate = 0 } }
  expect_failures = [var.throttle]
}

run "refuses_a_throttle_of_an_unknown_operation" {
  command = plan
  variables { throttles = { nothing = { rate = 1, burst = 1 } } }
  expect_failures = [var.throttles]
}

run "refuses_a_domain_without_a_certificate" {
  command = plan
  variables { domain = { name = "api.raffle.example", certificate_arn = "mine" } }
  expect_failures = [var.domain]
}

run "refuses_a_plan_of_nothing" {
  command = plan
  variables { usage_plans = { stadium = { rate = 0, burst = 1 } } }
  expect_failures = [var.usage_plans]
}

run "refuses_an_address_without_places_to_fill" {
  command = plan
  variables { url_format = "http://127.0.0.1:4566/%s/%s/%s" }
  expect_failures = [var.url_format]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}
