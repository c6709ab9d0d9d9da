mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:x" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/x" }
  }
}

variables {
  environment = "dev"
  zones       = ["eu-central-1a", "eu-central-1b"]
}

run "is_private_by_default" {
  assert {
    condition     = length(aws_nat_gateway.this) + length(aws_internet_gateway.this) + length(aws_subnet.public) == 0
    error_message = "There is no way out."
  }

  assert {
    condition     = length(aws_subnet.private) == 2 && alltrue([for subnet in aws_subnet.private : !subnet.map_public_ip_on_launch])
    error_message = "One private subnet per zone, no public address."
  }
}

run "keeps_subnets_apart" {
  command = plan
  variables {
    zones  = ["a", "b", "c", "d"]
    egress = "per_zone"
  }

  assert {
    condition     = length(distinct(concat(values(local.private_cidrs), values(local.public_cidrs)))) == 8
    error_message = "Eight subnets."
  }

  assert {
    condition     = local.private_cidrs["d"] == "10.40.6.0/23" && local.public_cidrs["a"] == "10.40.12.0/26"
    error_message = "Private ones end before public ones begin."
  }
}

run "lets_only_functions_reach_the_database" {
  command = plan

  assert {
    condition     = aws_vpc_security_group_ingress_rule.database_from_functions.from_port == 5432 && aws_vpc_security_group_ingress_rule.database_from_functions.cidr_ipv4 == null
    error_message = "By security group, not by address."
  }
}

run "reaches_services_inside" {
  command = plan

  assert {
    condition     = aws_vpc_endpoint.interface["ssm"].service_name == "com.amazonaws.eu-central-1.ssm" && aws_vpc_endpoint.interface["ssm"].private_dns_enabled
    error_message = "Parameters are read inside."
  }
}

run "goes_out_by_one_gateway" {
  command = plan
  variables { egress = "one" }

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.out) == 2
    error_message = "One gateway serves both zones."
  }
}

run "goes_out_by_a_gateway_per_zone" {
  command = plan
  variables { egress = "per_zone" }

  assert {
    condition     = length(aws_nat_gateway.this) == 2 && local.nat_of["eu-central-1b"] == "eu-central-1b"
    error_message = "Each zone by its own."
  }
}

run "logs_what_is_refused" {
  assert {
    condition     = one(values(aws_flow_log.this)).traffic_type == "REJECT"
    error_message = "Refused connections only."
  }
}

run "can_do_without_flow_logs" {
  command = plan
  variables { flow_logs = null }

  assert {
    condition     = length(aws_flow_log.this) + length(aws_iam_role.flow_logs) == 0
    error_message = "null is off."
  }
}

run "refuses_a_single_zone" {
  command = plan
  variables { zones = ["eu-central-1a"] }
  expect_failures = [var.zones]
}

run "refuses_a_network_too_small" {
  command = plan
  variables { cidr = "10.40.0.0/24" }
  expect_failures = [var.cidr]
}

run "refuses_an_unknown_way_out" {
  command = plan
  variables { egress = "two" }
  expect_failures = [var.egress]
}

run "refuses_an_endpoint_that_is_there_already" {
  command = plan
  variables { endpoints = ["s3"] }
  expect_failures = [var.endpoints]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}
