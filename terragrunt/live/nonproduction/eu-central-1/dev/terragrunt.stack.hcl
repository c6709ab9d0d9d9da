stack "environment" {
  source = "${dirname(find_in_parent_folders("root.hcl"))}/_stacks/environment"
  path   = "environment"

  values = {
    keys = { multi_region = false }
    network = {
      network = { zones = ["eu-central-1a", "eu-central-1b"], cidr = "10.40.0.0/20", egress = "one" }
    }
    database = {
      aurora              = { capacity = { min = 0, max = 4 }, readers = 0 }
      backup_days         = 7
      deletion_protection = false
    }
    identity  = { staff_mfa = "required", deletion_protection = false }
    record    = { archive = { retention_years = 3, lock = "governance" }, deletion_protection = false }
    artifacts = { deletion_protection = false }
    configuration = {
      payments        = { endpoint = "https://payments.dev.raffle.example" }
      secrets_version = 1
    }
    functions     = { log_days = 14, capacity = {} }
    api           = { throttle = { rate = 100, burst = 200 } }
    observability = { receivers = {} }
    backup        = { lock = false }
  }
}
