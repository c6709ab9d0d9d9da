from enum import StrEnum

import pytest

from riff_critical.declarations import Annotated
from riff_critical.documents import Between, Document, DocumentError, Matching, parse


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Leaf(Document):
    size: Annotated[int, Between(2, 3)]


class Tree(Document):
    leaves: Annotated[tuple[Leaf, ...], Between(1, 2)]
    colour: Colour
    key: Annotated[bytes, Between(1, 2)]
    name: Annotated[str, Matching("[a-z]+")]
    line: Annotated[str, Between(0, 3)]
    tall: bool
    other: Leaf | None

    def require(self) -> None:
        if self.tall and self.other is None:
            raise DocumentError("a tall tree has another leaf")


TREE = Tree((Leaf(2),), Colour.RED, b"\x0a", "oak", "x y", tall=False, other=None)
JSON = (
    b'{"colour":"red","key":"0a","leaves":[{"size":2}],"line":"x y","name":"oak","other":null,"tall":false}'
)


def test_is_written_as_canonical_json_and_read_back() -> None:
    assert TREE.to_bytes() == JSON
    assert Tree.from_bytes(JSON) == TREE
    whole = Tree.from_bytes(JSON.replace(b'"other":null,"tall":false', b'"other":{"size":3},"tall":true'))
    assert (Leaf(3), True) == (whole.other, whole.tall)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (b'"red"', b'"green"', "colour"),
        (b'"red"', b"1", "colour"),
        (b'"0a"', b'"0A"', "key"),
        (b'"0a"', b'"0"', "key"),
        (b'"0a"', b'""', "key"),
        (b'"0a"', b'"0a0a0a"', "key"),
        (b'"0a"', b"10", "key"),
        (b"2", b"1", "size"),
        (b"2", b"4", "size"),
        (b"2", b"true", "size"),
        (b"2", b'"2"', "size"),
        (b'{"size":2}', b"", "leaves"),
        (b'{"size":2}', b'{"size":2},{"size":2},{"size":2}', "leaves"),
        (b'{"size":2}', b"2", "leaves"),
        (b'[{"size":2}]', b'{"size":2}', "leaves"),
        (b'{"size":2}', b'{"more":1,"size":2}', "leaves"),
        (b'{"size":2}', b"{}", "leaves"),
        (b'"x y"', b'"four"', "line"),
        (b'"x y"', b'"\\t"', "line"),
        (b'"x y"', b"3", "line"),
        (b'"oak"', b'"oak!"', "name"),
        (b'"oak"', b'""', "name"),
        (b"null", b"0", "other"),
        (b"null", b'{"size":9}', "size"),
        (b"false", b"0", "tall"),
        (b"false", b"true", "tall tree"),
    ],
)
def test_refuses_another_form_and_names_the_member(old: bytes, new: bytes, named: str) -> None:
    with pytest.raises(DocumentError, match=named):
        Tree.from_bytes(JSON.replace(old, new))


@pytest.mark.parametrize("value", [None, [], "x", 1])
def test_refuses_a_document_that_is_no_object(value: object) -> None:
    with pytest.raises(DocumentError, match="Tree"):
        Tree.from_json(value)


def test_refuses_to_exist_in_another_form() -> None:
    with pytest.raises(DocumentError, match="size"):
        Leaf(4)
    with pytest.raises(DocumentError, match="key"):
        Tree((Leaf(2),), Colour.RED, bytearray(b"x"), "oak", "", tall=False, other=None)  # type: ignore[arg-type] # meant


@pytest.mark.parametrize(
    "data",
    [b"", b" 1", b"1.0", b"01", b'{"b":1,"a":2}', b'{"a":1,"a":1}', b"\xff", b'"\\ud800"', b"[" * 9999],
)
def test_parses_canonical_json_only(data: bytes) -> None:
    with pytest.raises(DocumentError):
        parse(data)


def test_parses_every_kind_of_value() -> None:
    assert parse('{"a":[null,true,1,"é"]}'.encode()) == {"a": [None, True, 1, "é"]}
