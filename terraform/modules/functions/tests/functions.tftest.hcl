mock_provider "aws" {
  mock_resource "aws_lambda_function" {
    defaults = {
      arn         = "arn:aws:lambda:eu-west-1:123456789012:function:dev-sales-void-order"
      version     = "1"
      code_sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:x" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/x" }
  }
}

variables {
  environment     = "dev"
  artifact_bucket = "riff-dev-artifacts"
  configuration = {
    path  = "/riff/dev"
    arn   = "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev"
    roles = { arns = { critical = "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev-critical", reader = "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev-reader" } }
  }
  functions = {
    void_order = {
      name        = "sales-void-order"
      handler     = "riff.handlers.sales.void_order.handler"
      memory_mb   = 512
      timeout_s   = 15
      database    = "critical"
      grants      = ["events:put"]
      key         = "functions/e3.zip"
      code_sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    }
    list_orders = {
      name        = "sales-list-orders"
      handler     = "riff.handlers.sales.list_orders.handler"
      memory_mb   = 256
      timeout_s   = 10
      database    = "reader"
      key         = "functions/e3.zip"
      code_sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    }
  }
  targets = { event_bus = "arn:aws:events:eu-west-1:123456789012:event-bus/dev" }
}

run "makes_a_function_per_operation" {
  assert {
    condition     = output.names == { void_order = "dev-sales-void-order", list_orders = "dev-sales-list-orders" }
    error_message = "Names are <environment>-<context>-<operation>."
  }
}

run "lets_each_function_open_its_own_database_role_only" {
  command = plan
  variables { database = { users_arn = "arn:aws:rds-db:eu-west-1:123456789012:dbuser:cluster-A" } }

  assert {
    condition     = local.own.void_order[1].resources == ["arn:aws:rds-db:eu-west-1:123456789012:dbuser:cluster-A/riff_critical"]
    error_message = "void_order is critical."
  }

  assert {
    condition     = local.own.list_orders[1].resources == ["arn:aws:rds-db:eu-west-1:123456789012:dbuser:cluster-A/riff_reader"]
    error_message = "list_orders only reads."
  }
}

run "lets_a_function_without_a_database_open_none" {
  command = plan
  variables {
    database = { users_arn = "arn:aws:rds-db:eu-west-1:123456789012:dbuser:cluster-A" }
    functions = {
      select_winners = {
        name        = "critical-select-winners"
        handler     = "riff_critical.handlers.select_winners.handler"
        memory_mb   = 512
        timeout_s   = 15
        database    = "none"
        key         = "functions/e3.zip"
        code_sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
      }
    }
  }

  assert {
    condition     = length(local.own.select_winners) == 0
    error_message = "No session of any role, and no parameter."
  }
}

run "reads_its_own_role_s_password_only" {
  command = plan
  variables {
    configuration = {
      path  = "/riff/dev"
      arn   = "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev"
      roles = { arns = { critical = "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev-critical", reader = "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev-reader" }, kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/configuration" }
    }
  }

  assert {
    condition     = [for arn in local.own.void_order[0].resources : split("parameter", arn)[1]] == ["/riff/dev", "/riff/dev/*", "/riff/dev-critical", "/riff/dev-critical/*"]
    error_message = "What everybody reads, and what its role reads."
  }

  assert {
    condition     = local.own.void_order[1].conditions[0].values == ["arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev-critical/*"]
    error_message = "The key decrypts its role's parameters and nothing else."
  }

  assert {
    condition     = local.own.list_orders[1].conditions[0].values == ["arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev-reader/*"]
    error_message = "The key decrypts its role's parameters and nothing else."
  }
}

run "takes_capacity_from_the_environment" {
  command = plan
  variables { capacity = { void_order = { memory_mb = 1024, provisioned = 2 } } }

  assert {
    condition     = local.sizes.void_order == { memory_mb = 1024, timeout_s = 15, reserved = -1, provisioned = 2 }
    error_message = "What the environment says wins; the rest is the description's."
  }

  assert {
    condition     = local.sizes.list_orders == { memory_mb = 256, timeout_s = 10, reserved = -1, provisioned = 0 }
    error_message = "A function that the environment does not name keeps its description."
  }
}

run "refuses_a_function_named_otherwise_than_its_operation" {
  command = plan
  variables {
    functions = {
      void_order = {
        name        = "sales-cancel-order"
        handler     = "riff.handlers.sales.void_order.handler"
        memory_mb   = 512
        timeout_s   = 15
        database    = "none"
        key         = "functions/e3.zip"
        code_sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
      }
    }
  }
  expect_failures = [var.functions]
}

run "refuses_a_database_role_nobody_knows" {
  command = plan
  variables {
    functions = {
      void_order = {
        name        = "sales-void-order"
        handler     = "riff.handlers.sales.void_order.handler"
        memory_mb   = 512
        timeout_s   = 15
        database    = "postgres"
        key         = "functions/e3.zip"
        code_sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
      }
    }
  }
  expect_failures = [var.functions]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}

run "refuses_a_configuration_whose_arn_is_of_another_path" {
  command = plan
  variables { configuration = { path = "/riff/dev", arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/prod", roles = { arns = {} } } }
  expect_failures = [var.configuration]
}

run "refuses_a_role_s_path_that_everybody_could_read" {
  command = plan
  variables {
    configuration = {
      path  = "/riff/dev"
      arn   = "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev"
      roles = { arns = { critical = "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev/critical", reader = "arn:aws:ssm:eu-west-1:123456789012:parameter/riff/dev-reader" } }
    }
  }
  expect_failures = [var.configuration]
}

run "refuses_capacity_of_an_operation_elsewhere" {
  command = plan
  variables { capacity = { start_draw = { memory_mb = 1024 } } }
  expect_failures = [var.capacity]
}

run "refuses_a_release_of_an_operation_elsewhere" {
  command = plan
  variables { releases = { start_draw = { live_version = "1" } } }
  expect_failures = [var.releases]
}
