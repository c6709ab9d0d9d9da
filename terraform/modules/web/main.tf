locals {
  name = "${var.environment}-${var.site}"

  # AWS's own policies, by their well-known ids.
  caching_optimized     = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  caching_disabled      = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  all_viewer_but_host   = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
  connect_sources       = join(" ", concat(["'self'"], sort(var.content_sources)))
  content_security_text = "default-src 'self'; connect-src ${local.connect_sources}; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}

# Visitors come through the distribution; nobody comes to the bucket.
module "bucket" {
  source = "../bucket"

  name                 = var.bucket
  kms_key_arn          = var.kms_key_arn
  destroy_with_content = var.destroy_with_content

  statements = [{
    sid      = "OnlyItsDistribution"
    effect   = "Allow"
    action   = "s3:GetObject"
    service  = "cloudfront.amazonaws.com"
    test     = "StringEquals"
    variable = "aws:SourceArn"
    value    = aws_cloudfront_distribution.this.arn
  }]
}

resource "aws_cloudfront_origin_access_control" "this" {
  name                              = local.name
  description                       = "The distribution signs its requests to the bucket."
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_response_headers_policy" "this" {
  count = var.security_headers ? 1 : 0

  name    = local.name
  comment = "What keeps a browser strict."

  security_headers_config {
    content_security_policy {
      content_security_policy = local.content_security_text
      override                = true
    }

    content_type_options {
      override = true
    }

    frame_options {
      frame_option = "DENY"
      override     = true
    }

    referrer_policy {
      referrer_policy = "same-origin"
      override        = true
    }

    strict_transport_security {
      access_control_max_age_sec = 63072000
      include_subdomains         = true
      preload                    = true
      override                   = true
    }
  }
}

# An address of the site's own pages is the site's one page; paths of files and of the API are left alone.
resource "aws_cloudfront_function" "pages" {
  name    = "${local.name}-pages"
  comment = "Leads addresses of pages to index.html."
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = file("${path.module}/pages.js")
}

resource "aws_cloudfront_distribution" "this" {
  enabled             = true
  comment             = local.name
  aliases             = var.domain == null ? [] : var.domain.names
  default_root_object = "index.html"
  http_version        = "http2and3"
  is_ipv6_enabled     = true
  price_class         = var.price_class
  web_acl_id          = var.firewall_arn

  origin {
    origin_id                = "files"
    domain_name              = module.bucket.host
    origin_access_control_id = aws_cloudfront_origin_access_control.this.id
  }

  origin {
    origin_id   = "api"
    domain_name = var.api.host
    origin_path = var.api.origin_path

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id           = "files"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = local.caching_optimized
    compress                   = true
    viewer_protocol_policy     = "redirect-to-https"
    response_headers_policy_id = one(aws_cloudfront_response_headers_policy.this[*].id)

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.pages.arn
    }
  }

  # Under the site's own host, so that browsers need no permission to call it.
  ordered_cache_behavior {
    path_pattern             = "/v1/*"
    target_origin_id         = "api"
    allowed_methods          = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    cached_methods           = ["GET", "HEAD"]
    cache_policy_id          = local.caching_disabled
    origin_request_policy_id = local.all_viewer_but_host
    compress                 = true
    viewer_protocol_policy   = "https-only"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none" # where a buyer may be is decided by the rule profile, at the sale
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = var.domain == null
    acm_certificate_arn            = try(var.domain.certificate_arn, null)
    ssl_support_method             = var.domain == null ? null : "sni-only"
    minimum_protocol_version       = var.domain == null ? "TLSv1" : "TLSv1.2_2021"
  }

  dynamic "logging_config" {
    for_each = compact([var.log_bucket])
    content {
      bucket          = logging_config.value
      prefix          = "${local.name}/"
      include_cookies = false
    }
  }
}

resource "aws_route53_record" "this" {
  for_each = toset([for name in try(var.domain.names, []) : name if try(var.domain.zone_id, null) != null])

  zone_id = var.domain.zone_id
  name    = each.value
  type    = "A"

  alias {
    name                   = aws_cloudfront_distribution.this.domain_name
    zone_id                = aws_cloudfront_distribution.this.hosted_zone_id
    evaluate_target_health = false
  }
}
