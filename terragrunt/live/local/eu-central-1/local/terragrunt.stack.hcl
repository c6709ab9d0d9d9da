stack "environment" {
  source = "${dirname(find_in_parent_folders("root.hcl"))}/_stacks/environment"
  path   = "environment"

  values = {
    # RIFF_STACK names what `./riff up` writes: the addresses of this machine's database and payment processor. What is off
    # here, and why, is listed in docs/divergences.md.
    keys     = { deletion_window_days = 7 }
    network  = { network = null }
    database = { address = jsondecode(file(get_env("RIFF_STACK"))).database, deletion_protection = false }
    identity = { staff_mfa = "off", password_sign_in = true, deletion_protection = false }
    events   = { replay_days = 1 }
    record = {
      archive             = { retention_years = 3, lock = "governance", tiering = false }
      recovery_days       = 0
      deletion_protection = false
    }
    artifacts = {
      architecture        = jsondecode(file(get_env("RIFF_STACK"))).architecture
      upload              = true
      deletion_protection = false
    }
    configuration = {
      payments        = { endpoint = jsondecode(file(get_env("RIFF_STACK"))).payments }
      settings        = jsondecode(file(get_env("RIFF_STACK"))).settings
      secrets_version = 1
    }
    functions = {
      architecture = jsondecode(file(get_env("RIFF_STACK"))).architecture
      variables    = { AWS_ENDPOINT_URL = get_env("RIFF_AWS_ENDPOINT"), LOG_LEVEL = "INFO" }
      log_days     = 7
    }
    api = {
      url_format  = "${get_env("RIFF_AWS_ENDPOINT")}/%[2]s"
      access_logs = false
      firewall    = false
    }
    sites         = { security_headers = false, firewall = false }
    observability = { alarms = false }
    backup        = { lock = false, notices = false }
  }
}
