# The account of the AWS on this machine; it exists nowhere else.
locals {
  account_id = "000000000000"
}
