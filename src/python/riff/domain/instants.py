"""Instants: aware datetimes in UTC, and nothing else."""

from datetime import UTC, datetime, timedelta

import attrs


def aware_utc(_instance: object, attribute: "attrs.Attribute[datetime]", value: datetime | None) -> None:
    """Validate an attrs field that holds an instant, or nothing.

    Raises:
        ValueError: the value has no offset, or one other than zero.
    """
    if value is not None and value.utcoffset() != timedelta(0):
        raise ValueError(f"{attribute.name} must be an aware datetime in UTC")


def parse_instant(text: str) -> datetime:
    """Read an RFC 3339 instant with any offset, as UTC.

    Raises:
        ValueError: the text is not an instant or lacks its offset.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset, such as Z")
    return instant.astimezone(UTC)


def format_instant(instant: datetime) -> str:
    """Write an instant in RFC 3339, in UTC, to the microsecond: `2026-05-01T18:00:00.000000Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
