locals {
  name  = "${var.environment}-${var.protects}"
  scope = var.protects == "api" ? "REGIONAL" : "CLOUDFRONT"

  # In the order in which they look at a request.
  managed = [
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
    "AWSManagedRulesCommonRuleSet",
  ]

  # Rates look first: what is refused by them costs nothing more.
  rates = merge(
    { "every-address" = { path = "/", method = null, rate = var.rate_per_address } },
    var.rates,
  )
  rate_priority = { for number, name in sort(keys(local.rates)) : name => number }
}

resource "aws_wafv2_ip_set" "trusted" {
  name               = "${local.name}-trusted"
  description        = "Addresses that no rate applies to."
  scope              = local.scope
  ip_address_version = "IPV4"
  addresses          = var.trusted_addresses
}

resource "aws_wafv2_web_acl" "this" {
  name        = local.name
  description = "What may reach the ${var.protects} of ${var.environment}."
  scope       = local.scope

  default_action {
    allow {}
  }

  custom_response_body {
    key          = "limit-reached"
    content_type = "APPLICATION_JSON"
    content = jsonencode({
      type   = "${var.problem_base}limit-reached"
      code   = "limit-reached"
      title  = "A limit refuses the request"
      status = 429
      detail = "Too many requests from this address; wait some minutes."
    })
  }

  dynamic "rule" {
    for_each = local.rates
    content {
      name     = "rate-${rule.key}"
      priority = local.rate_priority[rule.key]

      action {
        block {
          custom_response {
            response_code            = 429
            custom_response_body_key = "limit-reached"
            response_header {
              name  = "Retry-After"
              value = "300"
            }
          }
        }
      }

      statement {
        rate_based_statement {
          aggregate_key_type    = "IP"
          limit                 = rule.value.rate
          evaluation_window_sec = 300

          scope_down_statement {
            and_statement {
              statement {
                byte_match_statement {
                  positional_constraint = "STARTS_WITH"
                  search_string         = rule.value.path

                  field_to_match {
                    uri_path {}
                  }

                  text_transformation {
                    priority = 0
                    type     = "NORMALIZE_PATH"
                  }
                }
              }

              dynamic "statement" {
                for_each = compact([rule.value.method])
                content {
                  byte_match_statement {
                    positional_constraint = "EXACTLY"
                    search_string         = statement.value

                    field_to_match {
                      method {}
                    }

                    text_transformation {
                      priority = 0
                      type     = "NONE"
                    }
                  }
                }
              }

              statement {
                not_statement {
                  statement {
                    ip_set_reference_statement {
                      arn = aws_wafv2_ip_set.trusted.arn
                    }
                  }
                }
              }
            }
          }
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = "${local.name}-rate-${rule.key}"
        sampled_requests_enabled   = true
      }
    }
  }

  dynamic "rule" {
    for_each = local.managed
    content {
      name     = rule.value
      priority = 100 + rule.key

      override_action {
        dynamic "none" {
          for_each = contains(var.only_count, rule.value) ? [] : [true]
          content {}
        }

        dynamic "count" {
          for_each = contains(var.only_count, rule.value) ? [true] : []
          content {}
        }
      }

      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.value

          # It refuses bodies over 8 kB. Functions hold bodies to their own sizes, and a sales unit that was offline uploads
          # more.
          dynamic "rule_action_override" {
            for_each = rule.value == "AWSManagedRulesCommonRuleSet" ? ["SizeRestrictions_BODY"] : []
            content {
              name = rule_action_override.value

              action_to_use {
                count {}
              }
            }
          }
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = "${local.name}-${rule.value}"
        sampled_requests_enabled   = true
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = local.name
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  for_each = var.stages

  resource_arn = each.value
  web_acl_arn  = aws_wafv2_web_acl.this.arn
}

# AWS wants this prefix, and no other group would do; therefore not through the module `logs`.
resource "aws_cloudwatch_log_group" "this" {
  count = var.logs == null ? 0 : 1

  name              = "aws-waf-logs-${local.name}"
  retention_in_days = var.logs.retention_days
  kms_key_id        = var.logs.kms_key_arn
}

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  count = var.logs == null ? 0 : 1

  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [aws_cloudwatch_log_group.this[0].arn]

  # Who somebody is stays out of the log; that somebody came is in it.
  redacted_fields {
    single_header {
      name = "authorization"
    }
  }

  redacted_fields {
    single_header {
      name = "cookie"
    }
  }
}
