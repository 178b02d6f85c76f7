"""Local times as whole seconds since 1970 of the same clock, and back; a day has 86,400 of them."""

from __future__ import annotations

from datetime import datetime, timedelta

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  the files' times have no zone


def to_seconds(local: datetime) -> int:
    """Return a local time as seconds since 1970 of the same clock."""
    return (local - EPOCH) // timedelta(seconds=1)


def to_text(seconds: int) -> str:
    """Return an instant as the files write it."""
    return (EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%d %H:%M:%S")
