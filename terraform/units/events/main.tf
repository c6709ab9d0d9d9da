module "events" {
  source = "../../modules/events"

  environment = var.environment
  kms_key_arn = var.keys.arns["events"]
  replay_days = var.replay_days
}
