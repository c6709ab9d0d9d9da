"""Configuration names an adapter, and can name nothing else."""

import pytest

from riff.adapters.plugins import adapter

PARENT = "riff.adapters.payments"


def test_finds_what_lies_directly_below() -> None:
    assert adapter("riff.adapters.payments.sandbox", PARENT).__name__ == "riff.adapters.payments.sandbox"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "os",
        PARENT,
        f"{PARENT}.",
        f"{PARENT}.a.b",
        f"{PARENT}.Sandbox",
        f"{PARENT}.sandbox\n",
        f"{PARENT}x.sandbox",
        "riff.adapters.paymentsXsandbox",
        "riff.adapters.signing.ed25519",
    ],
)
def test_refuses_what_lies_elsewhere(name: str) -> None:
    with pytest.raises(ValueError, match=r"is not a module below riff\.adapters\.payments"):
        adapter(name, PARENT)


def test_says_that_an_artifact_lacks_it() -> None:
    with pytest.raises(ModuleNotFoundError):
        adapter(f"{PARENT}.absent", PARENT)
