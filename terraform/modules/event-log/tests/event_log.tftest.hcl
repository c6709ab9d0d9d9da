mock_provider "aws" {}

variables {
  environment = "dev"
}

run "is_searchable_by_stream_event_and_component" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.this.hash_key == "stream" && aws_dynamodb_table.this.range_key == "sequence"
    error_message = "A stream is read in order."
  }

  assert {
    condition     = toset([for index in aws_dynamodb_table.this.global_secondary_index : "${index.name}:${index.hash_key}:${index.range_key}"]) == toset(["by_event:event_id:occurred_at", "by_component:component_id:occurred_at"])
    error_message = "By event and by component, each by time."
  }
}

run "expires_streams_and_recovers" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.this.stream_enabled && one(aws_dynamodb_table.this.ttl).attribute_name == "expires_at"
    error_message = "Rows expire, and the stream feeds the archive."
  }

  assert {
    condition     = one(aws_dynamodb_table.this.point_in_time_recovery).recovery_period_in_days == 35 && aws_dynamodb_table.this.deletion_protection_enabled
    error_message = "35 days back, and no destroying."
  }
}

run "can_do_without_recovery" {
  command = plan
  variables { recovery_days = 0 }

  assert {
    condition     = !one(aws_dynamodb_table.this.point_in_time_recovery).enabled
    error_message = "0 is off."
  }
}

run "holds_capacity_to_a_limit" {
  command = plan
  variables { capacity = { read = 100, write = 500 } }

  assert {
    condition     = one(aws_dynamodb_table.this.on_demand_throughput).max_write_request_units == 500
    error_message = "At most what is paid for."
  }
}

run "refuses_recovery_past_35_days" {
  command = plan
  variables { recovery_days = 36 }
  expect_failures = [var.recovery_days]
}

run "refuses_no_capacity" {
  command = plan
  variables { capacity = { read = 0, write = 1 } }
  expect_failures = [var.capacity]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan
  variables { kms_key_arn = "alias/events" }
  expect_failures = [var.kms_key_arn]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}
