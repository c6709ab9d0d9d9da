"""The OpenAPI document: written in parts, bundled into one."""
