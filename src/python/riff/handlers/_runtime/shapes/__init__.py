"""Shapes that replies of several operations share, each under the name that OpenAPI gives it."""
