variable "environment" {
  description = "Name of the environment."
  type        = string
  nullable    = false
}

variable "artifacts_file" {
  description = "What was built: artifacts.json."
  type        = string
  nullable    = false

  validation {
    condition     = try(jsondecode(file(var.artifacts_file)).format == 1, false)
    error_message = "No artifacts.json of format 1 at ${var.artifacts_file}: build first."
  }
}

variable "keys" {
  description = "The unit keys."
  type        = object({ arns = map(string) })
  nullable    = false
}

variable "architecture" {
  description = "Processor whose zips are taken: arm64 or x86_64."
  type        = string
  default     = "arm64"
  nullable    = false
}

variable "upload" {
  description = "Whether zips are uploaded from here. Otherwise a release has put them there."
  type        = bool
  default     = false
  nullable    = false
}

variable "dist_dir" {
  description = "Folder of the zips that are uploaded."
  type        = string
  default     = ""
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether what holds data refuses to be destroyed."
  type        = bool
  default     = true
  nullable    = false
}
