stack "environment" {
  source = "${dirname(find_in_parent_folders("root.hcl"))}/_stacks/environment"
  path   = "environment"

  values = {
    keys = { multi_region = false }
    network = {
      network = { zones = ["eu-central-1a", "eu-central-1b"], cidr = "10.41.0.0/20", egress = "one" }
    }
    database = {
      aurora              = { capacity = { min = 0.5, max = 16 }, readers = 1 }
      backup_days         = 14
      deletion_protection = true
    }
    identity  = { staff_mfa = "required", deletion_protection = true }
    record    = { archive = { retention_years = 3, lock = "governance" }, deletion_protection = true }
    artifacts = { deletion_protection = true }
    configuration = {
      payments        = { endpoint = "https://payments.staging.raffle.example" }
      secrets_version = 1
    }
    functions     = { log_days = 30, capacity = {} }
    api           = { throttle = { rate = 500, burst = 1000 } }
    observability = { receivers = {} }
    backup        = { lock = false }
  }
}
