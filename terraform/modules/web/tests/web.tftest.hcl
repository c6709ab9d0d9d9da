mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::riff-dev-public-site", bucket_regional_domain_name = "riff-dev-public-site.s3.eu-central-1.amazonaws.com" }
  }
  mock_resource "aws_cloudfront_distribution" {
    defaults = { arn = "arn:aws:cloudfront::123456789012:distribution/E1", domain_name = "d1.cloudfront.net", hosted_zone_id = "Z1" }
  }
  mock_resource "aws_cloudfront_function" {
    defaults = { arn = "arn:aws:cloudfront::123456789012:function/dev-public-site-pages" }
  }
}

variables {
  environment = "dev"
  site        = "public-site"
  bucket      = "riff-dev-public-site-123456789012"
  api         = { host = "a1b2c3.execute-api.eu-central-1.amazonaws.com" }
}

run "keeps_the_bucket_to_its_distribution" {
  assert {
    condition     = module.bucket.policy.Statement[1].Condition.StringEquals["aws:SourceArn"] == "arn:aws:cloudfront::123456789012:distribution/E1"
    error_message = "Only this distribution reads."
  }
}

run "leads_calls_to_the_api_without_keeping_them" {
  command = plan

  assert {
    condition     = aws_cloudfront_distribution.this.ordered_cache_behavior[0].path_pattern == "/v1/*" && aws_cloudfront_distribution.this.ordered_cache_behavior[0].cache_policy_id == local.caching_disabled
    error_message = "Answers of the API are not kept."
  }

  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    error_message = "Only TLS."
  }
}

run "holds_browsers_to_its_own_content" {
  command = plan
  variables { content_sources = ["https://cognito-idp.eu-central-1.amazonaws.com"] }

  assert {
    condition     = strcontains(local.content_security_text, "connect-src 'self' https://cognito-idp.eu-central-1.amazonaws.com;")
    error_message = "Its own host, and what was named."
  }
}

run "answers_under_its_own_name" {
  command = plan
  variables { domain = { names = ["raffle.example"], certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1", zone_id = "Z2" } }

  assert {
    condition     = aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" && keys(aws_route53_record.this) == ["raffle.example"]
    error_message = "TLS 1.2 or newer, and a record."
  }
}

run "refuses_a_site_nobody_knows" {
  command = plan
  variables { site = "blog" }
  expect_failures = [var.site]
}

run "refuses_an_api_with_a_scheme" {
  command = plan
  variables { api = { host = "https://a1b2c3.example" } }
  expect_failures = [var.api]
}

run "refuses_a_certificate_of_another_region" {
  command = plan
  variables { domain = { names = ["raffle.example"], certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1" } }
  expect_failures = [var.domain]
}

run "refuses_a_firewall_of_the_api" {
  command = plan
  variables { firewall_arn = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/dev-api/1" }
  expect_failures = [var.firewall_arn]
}

run "refuses_every_host_as_a_source" {
  command = plan
  variables { content_sources = ["https://*"] }
  expect_failures = [var.content_sources]
}

run "refuses_a_log_bucket_by_name_alone" {
  command = plan
  variables { log_bucket = "logs" }
  expect_failures = [var.log_bucket]
}

run "refuses_an_unknown_price_class" {
  command = plan
  variables { price_class = "PriceClass_1" }
  expect_failures = [var.price_class]
}

run "refuses_a_bucket_name_over_63_characters" {
  command = plan
  variables { bucket = "riff-dev-public-site-with-a-name-that-goes-on-and-on-past-the-limit" }
  expect_failures = [var.bucket]
}

run "refuses_a_key_that_is_no_arn" {
  command = plan
  variables { kms_key_arn = "alias/web" }
  expect_failures = [var.kms_key_arn]
}

run "refuses_an_environment_with_a_hyphen" {
  command = plan
  variables { environment = "dev-2" }
  expect_failures = [var.environment]
}
