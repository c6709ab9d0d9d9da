# Put the id of your own account here; bootstrap and docs/deploy.md go on from it.
locals {
  account_id = "222222222222"
}
