data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  functions = jsondecode(file(var.artifacts_file)).functions
  role      = "arn:${data.aws_partition.this.partition}:iam::${data.aws_caller_identity.this.account_id}:role/${var.environment}"

  # Who alone may use a key is who declared it, by the word beside its handler.
  words = { seeds = "seeds:decrypt", ledger = "ledger:sign" }
  users = {
    for purpose, word in local.words : purpose => toset([
      for function in values(local.functions) : "${local.role}-${function.name}" if contains(function.grants, word)
    ])
  }
}

module "keys" {
  source = "../../modules/keys"

  environment          = var.environment
  users                = { for purpose, roles in local.users : purpose => roles if length(roles) > 0 }
  deletion_window_days = var.deletion_window_days
  multi_region         = var.multi_region
}
