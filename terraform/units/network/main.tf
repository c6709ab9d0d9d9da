module "network" {
  source   = "../../modules/network"
  for_each = { for name, network in { this = var.network } : name => network if network != null }

  environment = var.environment
  zones       = each.value.zones
  cidr        = each.value.cidr
  egress      = each.value.egress
  endpoints   = each.value.endpoints
  flow_logs   = { kms_key_arn = var.keys.arns["logs"] }
}
