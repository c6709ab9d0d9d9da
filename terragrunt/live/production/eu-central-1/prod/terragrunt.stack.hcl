stack "environment" {
  source = "${dirname(find_in_parent_folders("root.hcl"))}/_stacks/environment"
  path   = "environment"

  values = {
    keys = { multi_region = true }
    network = {
      network = { zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"], cidr = "10.42.0.0/20", egress = "per_zone" }
    }
    database = {
      aurora              = { capacity = { min = 4, max = 64 }, readers = 2 }
      backup_days         = 35
      deletion_protection = true
    }
    identity  = { staff_mfa = "required", deletion_protection = true }
    record    = { archive = { retention_years = 7, lock = "compliance" }, deletion_protection = true }
    artifacts = { deletion_protection = true }
    configuration = {
      payments        = { endpoint = "https://payments.raffle.example" }
      secrets_version = 1
    }
    functions     = { log_days = 90, capacity = { create_online_order = { provisioned = 20 } } }
    api           = { throttle = { rate = 2000, burst = 4000 } }
    observability = { receivers = {} }
    backup        = { lock = true }
  }
}
