# The searchable copy of significant events: by stream (in order), by event id and by component, each within a time range
# (GLI-31 5.6). Rows leave by their time to live once they are in the archive; the truth stays in the database and there.
resource "aws_dynamodb_table" "this" {
  name                        = "${var.environment}-event-log"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "stream"
  range_key                   = "sequence"
  deletion_protection_enabled = var.deletion_protection

  # What the archive is written from; an item that expires appears there too, as a removal by the service.
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  attribute {
    name = "stream"
    type = "S"
  }

  attribute {
    name = "sequence"
    type = "N"
  }

  attribute {
    name = "event_id"
    type = "S"
  }

  attribute {
    name = "component_id"
    type = "S"
  }

  attribute {
    name = "occurred_at"
    type = "S"
  }

  global_secondary_index {
    name            = "by_component"
    hash_key        = "component_id"
    range_key       = "occurred_at"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "by_event"
    hash_key        = "event_id"
    range_key       = "occurred_at"
    projection_type = "ALL"
  }

  ttl {
    enabled        = true
    attribute_name = "expires_at"
  }

  point_in_time_recovery {
    enabled                 = var.recovery_days > 0
    recovery_period_in_days = var.recovery_days > 0 ? var.recovery_days : null
  }

  server_side_encryption {
    enabled     = var.kms_key_arn != null
    kms_key_arn = var.kms_key_arn
  }

  dynamic "on_demand_throughput" {
    for_each = var.capacity == null ? [] : [var.capacity]
    content {
      max_read_request_units  = on_demand_throughput.value.read
      max_write_request_units = on_demand_throughput.value.write
    }
  }
}
