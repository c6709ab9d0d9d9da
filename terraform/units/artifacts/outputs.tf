output "bucket" {
  description = "Name of the bucket; known once what is uploaded from here is there."
  value       = module.artifact_store.bucket

  depends_on = [module.artifact_store]
}
