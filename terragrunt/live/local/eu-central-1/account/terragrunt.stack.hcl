stack "account" {
  source = "${dirname(find_in_parent_folders("root.hcl"))}/_stacks/account"
  path   = "account"

  values = {
    pipeline = { environments = ["local"], repository = "raffle-operator/riff" }
  }
}
