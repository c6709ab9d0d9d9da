data "aws_caller_identity" "this" {}

# Distributions are of no region, and their firewall is of this one.
module "firewall" {
  source   = "../../modules/firewall"
  for_each = toset(var.firewall && length(var.sites) > 0 ? ["sites"] : [])

  environment  = var.environment
  problem_base = var.problem_base
  protects     = "sites"

  providers = { aws = aws.global }
}

module "site" {
  source   = "../../modules/web"
  for_each = var.sites

  environment          = var.environment
  site                 = each.key
  bucket               = "riff-${var.environment}-${each.key}-${data.aws_caller_identity.this.account_id}"
  api                  = { host = var.api.host }
  domain               = each.value.domain
  firewall_arn         = one(values(module.firewall)[*].arn)
  content_sources      = var.content_sources
  security_headers     = var.security_headers
  destroy_with_content = true # a release puts the files back
}
