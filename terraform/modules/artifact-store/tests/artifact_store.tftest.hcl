mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::riff-dev-artifacts-123456789012" }
  }
}

variables {
  name = "riff-dev-artifacts-123456789012"
}

run "keeps_equal_zips_once_and_says_where" {
  variables {
    zips = {
      one = { file = "tests/hello.txt", sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03" }
      two = { file = "tests/hello.txt", sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03" }
    }
  }

  assert {
    condition     = length(aws_s3_object.zip) == 1
    error_message = "Equal zips are one object."
  }

  assert {
    condition     = output.keys.two == "functions/5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03.zip"
    error_message = "A zip lies under its digest."
  }
}

run "refuses_a_file_that_is_not_what_was_built" {
  command = plan
  variables {
    zips = { one = { file = "tests/hello.txt", sha256 = "0000000000000000000000000000000000000000000000000000000000000000" } }
  }
  expect_failures = [aws_s3_object.zip]
}

run "refuses_a_digest_that_is_none" {
  command = plan
  variables { zips = { one = { file = "tests/hello.txt", sha256 = "abc" } } }
  expect_failures = [var.zips]
}

run "refuses_a_bucket_name_over_63_characters" {
  command = plan
  variables { name = "riff-dev-artifacts-with-a-name-that-goes-on-and-on-past-the-limit" }
  expect_failures = [var.name]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan
  variables { kms_key_arn = "alias/artifacts" }
  expect_failures = [var.kms_key_arn]
}
