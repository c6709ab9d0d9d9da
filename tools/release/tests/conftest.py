"""A local AWS of its own for each test module."""

from tools.local_aws.tests.conftest import aws

__all__ = ["aws"]
