"""The printed form of a validation number: twelve characters, of which the last checks the others.

Method: 'TTT-BBBBBBBB-C' in Crockford's base 32 (0-9 and A-Z without I, L, O, U), most significant character
first: block tag (15 bits), body (40 bits), check character.  With c1 .. c11 as the characters before it, the
check character is c1 x^11 + c2 x^10 + ... + c11 x over GF(32) = GF(2)[x] / (x^5 + x^2 + 1), where bit i of a
character's value is the coefficient of x^i.
A reader accepts lower case, O for 0, I and L for 1, and skips space, tab, line ends, U+00A0, and the dashes
U+002D, U+2010 to U+2014 and U+2212 wherever they stand.

Why no misprint passes: x has order 31, so that the twelve weights x^11, ..., x, 1 differ from each other and
from 0.  One wrong character changes the sum by its weight times the difference; an exchange of two characters
changes it by the difference of their weights times the difference of the characters.  Neither is ever 0.

Vectors: tests/vectors/validation.json.  Requirement: GLI-31 2.3.1, 2.7.1.
"""

from riff_critical.declarations import Final
from riff_critical.errors import InvalidInputError
from riff_critical.values import Value

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 12
BODY_BITS: Final = 40
REDUCTION: Final = 0b100101  # x^5 + x^2 + 1

_LOOK_ALIKES: Final = {"O": "0", "I": "1", "L": "1"}
_VALUES: Final = {
    form: ALPHABET.index(_LOOK_ALIKES.get(character, character))
    for character in (*ALPHABET, *_LOOK_ALIKES)
    for form in (character, character.lower())
}
_IGNORED: Final = str.maketrans("", "", " \t\r\n\u00a0-\u2010\u2011\u2012\u2013\u2014\u2212")


class FormError(InvalidInputError):
    """The text does not have twelve characters of the alphabet."""

    code = "validation-form"


class CheckCharacterError(InvalidInputError):
    """The check character does not fit the others: the number was misread or mistyped."""

    code = "validation-check-character"


class ValidationNumber(Value):
    """A validation number that is well formed, whether or not it was ever issued."""

    tag: int
    body: int

    def __str__(self) -> str:
        joined = self.tag << BODY_BITS | self.body
        values = [joined >> shift & 31 for shift in range(50, -1, -5)]
        text = "".join(ALPHABET[value] for value in (*values, _check_value(values)))
        return f"{text[:3]}-{text[3:11]}-{text[11:]}"


def parse(text: str) -> ValidationNumber:
    """Read a validation number as people type it.

    Raises:
        FormError: the text does not have twelve characters of the alphabet.
        CheckCharacterError: the check character does not fit.
    """
    characters = text.translate(_IGNORED)
    if len(characters) != LENGTH or not _VALUES.keys() >= set(characters):
        raise FormError(f"a validation number has {LENGTH} letters and digits")
    *values, check = (_VALUES[character] for character in characters)
    if check != _check_value(values):
        raise CheckCharacterError("the check character does not fit")
    joined = 0
    for value in values:
        joined = joined << 5 | value
    return ValidationNumber(joined >> BODY_BITS, joined & (1 << BODY_BITS) - 1)


def _check_value(values: list[int]) -> int:
    total = 0
    for value in values:
        total = (total ^ value) << 1  # Horner's rule: add the character, multiply by x
        if total & 32:
            total ^= REDUCTION
    return total
