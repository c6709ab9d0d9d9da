"""Write tests/vectors/validation.json: `python -m tools.vectors.validation`.

The slow reference gives the values.
"""

from hashlib import sha256

from tests.support.reference.validation import (
    ALPHABET,
    reference_block_key,
    reference_body,
    reference_issue,
    reference_text,
)
from tools.vectors.cases import Cases

FLAGS = {
    "Normal": "a number as a ticket carries it",
    "Edge": "the first and the last tag, ordinal and body",
    "Typed": "a number as a person types it",
    "Length": "too few or too many characters, or key bytes",
    "Character": "characters outside the alphabet",
    "OneWrong": "one character is wrong",
    "Swapped": "two neighbours are exchanged",
    "Foreign": "a good number of another block",
    "MadeUp": "a good check character on a number that the block never issues",
    "Limit": "a tag or an ordinal outside its limits",
}
RAFFLE_KEY = sha256(b"validation").digest()
ORDINALS = (0, 1, 2, 999, 2**20 - 1, 2**20, 10**9 - 1)
TAGS = (0, 1, 31, 32, 4095, 32767)


def cases() -> Cases:
    """All cases."""
    found = Cases("Validation numbers", "tools/vectors/validation.py", FLAGS)
    _issuing(found)
    _reading(found)
    _misprints(found)
    _forgeries(found)
    return found


def _issuing(found: Cases) -> None:
    raffle_key = RAFFLE_KEY.hex()
    for tag in TAGS:
        given = {"raffle_key": raffle_key, "tag": tag}
        found.valid("block_key", f"tag {tag}", ["Normal"], given, reference_block_key(RAFFLE_KEY, tag).hex())
    for tag in (-1, 32768, 65536, 2**40):
        given = {"raffle_key": raffle_key, "tag": tag}
        found.invalid("block_key", f"tag {tag}", ["Limit"], given, "validation-tag")
    for key in ("", raffle_key[2:], raffle_key + "00"):
        given = {"raffle_key": key, "tag": 0}
        found.invalid("block_key", f"key of {len(key) // 2}", ["Length"], given, "validation-key")
    for ordinal in ORDINALS:
        given = _block(4095) | {"ordinal": ordinal}
        text = reference_issue(reference_block_key(RAFFLE_KEY, 4095), 4095, ordinal)
        found.valid("issue", f"ordinal {ordinal}", ["Normal"], given, text)
        found.valid("verify", f"ordinal {ordinal}", ["Normal"], _block(4095) | {"text": text}, ordinal)
    for ordinal in (-1, 10**9, 2**40):
        given = _block(4095) | {"ordinal": ordinal}
        found.invalid("issue", f"ordinal {ordinal}", ["Limit"], given, "validation-ordinal")


def _reading(found: Cases) -> None:
    for tag, body in ((0, 0), (32767, 2**40 - 1), (1, 2**39), (1000, 123_456_789_012)):
        given = {"text": reference_text(tag, body)}
        found.valid("parse", f"tag {tag}, body {body}", ["Edge"], given, [tag, body])
    number = reference_text(33, 2**35 + 1)  # 011-10000001-check: ones and zeros to be mistaken for letters
    typed = (
        number.lower(),
        number.replace("-", ""),
        number.replace("-", " "),
        f"  {number}\r\n",
        number.replace("0", "O").replace("1", "I"),
        number.replace("0", "o").replace("1", "l"),
        number.replace("1", "L").replace("0", "o"),
        " ".join(number),
        number.replace("-", "\u2013"),
        number.replace("-", "\u00a0\u2010\u2011\u2012\u2014\u2212\t"),
    )
    for text in typed:
        found.valid("parse", f"{text!a}", ["Typed"], {"text": text}, [33, 2**35 + 1])
    for text in ("", "-", number[:-1], number + "0", number * 2, number[1:], " " * 12):
        found.invalid("parse", f"{text!a}", ["Length"], {"text": text}, "validation-form")
    for character in "Uu*~$=_./é\u0130\u0131\u017f\u0660\uff11\x00😀":
        text = character + number[1:]
        found.invalid("parse", f"{character!a}", ["Character"], {"text": text}, "validation-form")


def _misprints(found: Cases) -> None:
    number = reference_issue(reference_block_key(RAFFLE_KEY, 4095), 4095, 1234).replace("-", "")
    for position, character in enumerate(number):
        other = ALPHABET[(ALPHABET.index(character) + 1 + position) % 32]
        text = number[:position] + other + number[position + 1 :]
        found.invalid(
            "parse", f"position {position}", ["OneWrong"], {"text": text}, "validation-check-character"
        )
    for position in range(len(number) - 1):
        first, second = number[position], number[position + 1]
        if first != second:
            text = number[:position] + second + first + number[position + 2 :]
            comment = f"positions {position} and {position + 1}"
            found.invalid("parse", comment, ["Swapped"], {"text": text}, "validation-check-character")


def _forgeries(found: Cases) -> None:
    foreign = reference_issue(reference_block_key(RAFFLE_KEY, 4094), 4094, 5)
    relabelled = reference_text(4095, reference_body(reference_block_key(RAFFLE_KEY, 4094), 5))
    too_high = reference_issue(reference_block_key(RAFFLE_KEY, 4095), 4095, 10**9)
    last = reference_issue(reference_block_key(RAFFLE_KEY, 4095), 4095, 2**40 - 1)
    guesses = [reference_text(4095, body) for body in (0, 1, 2**40 - 1)]
    code = "validation-foreign-block"
    found.invalid("verify", "block 4094's number", ["Foreign"], _block(4095) | {"text": foreign}, code)
    for text in (relabelled, too_high, last, *guesses):
        given = _block(4095) | {"text": text}
        found.invalid("verify", text, ["MadeUp"], given, "validation-never-issued")
    wrong_check = _block(4095) | {"text": foreign[:-1] + ("0" if foreign[-1] != "0" else "1")}
    found.invalid("verify", "check before tag", ["OneWrong"], wrong_check, "validation-check-character")
    found.invalid("verify", "nothing", ["Length"], _block(4095) | {"text": ""}, "validation-form")


def _block(tag: int) -> dict[str, object]:
    return {"tag": tag, "secret": reference_block_key(RAFFLE_KEY, tag).hex()}


if __name__ == "__main__":
    cases().write("validation.json")
