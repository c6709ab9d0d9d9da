mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::riff-dev-archive-123456789012" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/riff-dev-archive-123456789012-copy" }
  }
}

variables {
  name = "riff-dev-archive-123456789012"
}

run "locks_everything_for_seven_years" {
  assert {
    condition     = one(one(aws_s3_bucket_object_lock_configuration.this.rule).default_retention).mode == "COMPLIANCE" && one(one(aws_s3_bucket_object_lock_configuration.this.rule).default_retention).years == 7
    error_message = "Seven years, binding everybody."
  }
}

run "moves_events_to_the_deep_archive" {
  command = plan

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.this[0].rule : one(rule.transition).storage_class if rule.id == "to-deep-archive"] == ["DEEP_ARCHIVE"]
    error_message = "Old events are kept where they cost least."
  }
}

run "refuses_shorter_retention_of_an_object" {
  assert {
    condition     = module.bucket.policy.Statement[1].Condition.NumericLessThan["s3:object-lock-remaining-retention-days"] == "2555"
    error_message = "Nobody gives an object fewer years."
  }
}

run "copies_elsewhere_under_keys_of_both_sides" {
  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/archive"
    replica     = { bucket_arn = "arn:aws:s3:::riff-dev-copy", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/archive" }
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.replication["replica"].policy).Statement : statement.Sid] == ["ReadBucket", "ReadObjects", "WriteCopies", "ReadKey", "WriteKey"]
    error_message = "Reads here, writes there."
  }
}

run "makes_no_role_without_a_replica" {
  command = plan

  assert {
    condition     = length(aws_iam_role.replication) == 0
    error_message = "No copy, no role."
  }
}

run "can_leave_events_where_they_are" {
  command = plan
  variables { tiering = false }

  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this) == 0
    error_message = "No tiering, no rules."
  }
}

run "refuses_retention_under_three_years" {
  command = plan
  variables { retention_years = 2 }
  expect_failures = [var.retention_years]
}

run "refuses_a_lock_nobody_knows" {
  command = plan
  variables { lock = "none" }
  expect_failures = [var.lock]
}

run "refuses_to_move_events_at_once" {
  command = plan
  variables { deep_after_days = 0 }
  expect_failures = [var.deep_after_days]
}

run "refuses_a_replica_that_is_no_bucket" {
  command = plan
  variables { replica = { bucket_arn = "riff-dev-copy" } }
  expect_failures = [var.replica]
}

run "refuses_a_copy_in_the_clear" {
  command = plan
  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/archive"
    replica     = { bucket_arn = "arn:aws:s3:::riff-dev-copy" }
  }
  expect_failures = [var.replica]
}

run "refuses_to_promise_destroying_what_is_locked" {
  command = plan
  variables { destroy_with_content = true }
  expect_failures = [var.destroy_with_content]
}

run "refuses_a_bucket_name_over_63_characters" {
  command = plan
  variables { name = "riff-dev-archive-with-a-name-that-goes-on-and-on-past-the-limit-x" }
  expect_failures = [var.name]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan
  variables { kms_key_arn = "alias/archive" }
  expect_failures = [var.kms_key_arn]
}
