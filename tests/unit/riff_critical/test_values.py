"""Values hold their fields, compare by them, are made again from them, and never change."""

import copy
import pickle

import pytest

from riff_critical.declarations import ClassVar
from riff_critical.errors import InvalidInputError, RefusedError
from riff_critical.values import FieldsError, FrozenValueError, Value


class Point(Value):
    x: int
    y: int = 0

    ORIGIN: ClassVar[str] = "corner"

    def __post_init__(self) -> None:
        if self.x < 0:
            raise InvalidInputError("left of the corner")


class Spot(Point):
    KIND = "spot"

    name: str = "spot"
    size: tuple[int, ...] = ()


class Pair[T](Value):
    one: T
    other: T


class Nothing(Value):
    """A value without a field."""


class Outer:
    class Inner(Value):
        """A value within."""

        part: bytes


def test_holds_its_fields_given_by_position_by_name_or_by_default() -> None:
    assert (Point(1, 2).x, Point(1, 2).y) == (1, 2)
    assert Point(1, 2) == Point(1, y=2) == Point(y=2, x=1)
    assert Point(1) == Point(1, 0) == Point(x=1)


def test_neither_the_smaller_nor_the_larger_is_equal() -> None:
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 3) != Point(1, 2)


def test_inherited_fields_come_first() -> None:
    assert Spot.__match_args__ == ("x", "y", "name", "size")
    assert Spot(1, 2, "a", (3,)) == Spot(size=(3,), name="a", x=1, y=2)
    assert Spot(1) == Spot(1, 0, "spot", ())
    assert Point.__match_args__ == ("x", "y")


def test_what_is_of_the_class_is_no_field() -> None:
    assert (Point.ORIGIN, Point(1).ORIGIN, Spot.KIND) == ("corner", "corner", "spot")
    assert "ORIGIN" not in Point.__match_args__


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        ((), {"y": 1}),
        ((1, 2, 3), {}),
        ((1, 2, 3), {"z": 1}),
        ((1,), {"z": 1}),
        ((1,), {"x": 1}),
        ((1, 2), {"y": 2}),
        ((1, 2), {"z": 2}),
        ((1,), {"ORIGIN": "x"}),
        ((), {"x": 1, "y": 2, "z": 3}),
    ],
)
def test_refuses_fields_that_are_missing_unknown_or_given_twice(
    values: tuple[int, ...], named: dict[str, object]
) -> None:
    with pytest.raises(FieldsError, match="Point has the fields x, y") as refusal:
        Point(*values, **named)  # type: ignore[arg-type]  # the attempt is the test
    assert isinstance(refusal.value, InvalidInputError | TypeError)


def test_refuses_what_its_own_check_refuses() -> None:
    with pytest.raises(InvalidInputError, match="left"):
        Point(-1)
    with pytest.raises(InvalidInputError, match="left"):
        Spot(-1)


def test_cannot_be_changed() -> None:
    point = Spot(1, 2)
    with pytest.raises(FrozenValueError, match=r"Spot\.x cannot be set") as refusal:
        point.x = 5  # type: ignore[misc]  # the attempt is the test
    assert isinstance(refusal.value, RefusedError)
    with pytest.raises(AttributeError, match=r"Spot\.size cannot be set"):
        point.size = ()  # type: ignore[misc]  # as above
    with pytest.raises(FrozenValueError, match=r"Spot\.name cannot be deleted"):
        del point.name
    assert point == Spot(1, 2)


def test_has_no_room_for_anything_else() -> None:
    for value in (Point(1), Spot(1), Pair(1, 2), Nothing()):
        assert not hasattr(value, "__dict__")
        with pytest.raises(FrozenValueError):
            value.more = 1


def test_equals_a_value_of_its_class_with_equal_fields_only() -> None:
    assert Point(1, 2) == Point(1, 2)
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != Point(2, 2)
    assert Spot(1, 2) != Point(1, 2)
    assert Point(1, 2) != (1, 2)
    assert Nothing() == Nothing()


def test_is_found_in_a_set_by_what_it_holds() -> None:
    assert {Point(1, 2), Point(1, 2), Point(2, 1)} == {Point(2, 1), Point(1, 2)}
    assert hash(Point(1, 2)) == hash(Point(1, 2))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Pair([1], [2]))


def test_shows_itself_as_the_call_that_makes_it() -> None:
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"
    assert repr(Spot(1)) == "Spot(x=1, y=0, name='spot', size=())"
    assert repr(Pair(Point(1), Nothing())) == "Pair(one=Point(x=1, y=0), other=Nothing())"
    assert repr(Outer.Inner(b"a")) == "Outer.Inner(part=b'a')"


def test_can_be_matched_by_position() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


@pytest.mark.parametrize("value", [Point(1, 2), Spot(1, 2, "a", (3,)), Nothing(), Outer.Inner(b"a")])
def test_comes_back_from_pickle_and_copy(value: Value) -> None:
    assert copy.copy(value) == value
    assert copy.deepcopy(value) == value
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value  # noqa: S301  # our own bytes


def test_a_copy_is_checked_as_any_other() -> None:
    forged = pickle.dumps(Point(7, 2)).replace(b"K\x07", b"J\xff\xff\xff\xff")
    with pytest.raises(InvalidInputError, match="left"):
        pickle.loads(forged)  # noqa: S301  # the attempt is the test


def test_is_replaced_by_another_with_other_fields() -> None:
    spot = Spot(1, 2, "a", (3,))
    assert copy.replace(spot, name="b", x=4) == Spot(4, 2, "b", (3,))
    assert spot == Spot(1, 2, "a", (3,))
    with pytest.raises(InvalidInputError, match="left"):
        copy.replace(spot, x=-1)
    with pytest.raises(FieldsError):
        copy.replace(spot, z=1)  # type: ignore[call-arg]  # the attempt is the test
