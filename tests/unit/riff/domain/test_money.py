import pytest

from riff.domain.money import MOST_MINOR, Money


@pytest.mark.parametrize("minor", [0, 1, MOST_MINOR])
def test_accepts_amounts_in_the_domain(minor: int) -> None:
    assert minor == Money(minor, "CAD").minor


@pytest.mark.parametrize("minor", [-1, MOST_MINOR + 1])
def test_refuses_amounts_outside(minor: int) -> None:
    with pytest.raises(ValueError, match="minor"):
        Money(minor, "CAD")


@pytest.mark.parametrize("currency", ["cad", "CA", "CADX", "", "C4D", "CAD "])
def test_refuses_what_is_no_currency_code(currency: str) -> None:
    with pytest.raises(ValueError, match="currency"):
        Money(1, currency)
