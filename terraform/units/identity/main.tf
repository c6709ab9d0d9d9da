module "identity" {
  source = "../../modules/identity"

  environment         = var.environment
  staff_mfa           = var.staff_mfa
  password_sign_in    = var.password_sign_in
  mail                = var.mail
  deletion_protection = var.deletion_protection
}
