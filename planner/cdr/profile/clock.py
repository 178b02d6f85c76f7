"""Seconds of the server's local clock as people write them, and the other way round where a zone is known."""

from __future__ import annotations

from datetime import datetime, timedelta

_EPOCH = datetime(1, 1, 1)  # noqa: DTZ001  the file's clock has no zone
_LAST = int((datetime.max - _EPOCH).total_seconds())  # noqa: DTZ901  the same


def written(second: int) -> str:
    """Return `YYYY-MM-DD HH:MM:SS` of a second counted from 0001-01-01, within the years 1 to 9999."""
    return (_EPOCH + timedelta(seconds=min(max(second, 0), _LAST))).isoformat(" ")


def written_range(begin: int, end: int) -> dict[str, str]:
    """Return both ends of [begin, end) as written."""
    return {"from": written(begin), "until": written(end)}


def in_zone(text: str, zone: str) -> str:
    """Return a written local time as an ISO instant of a zone, the earlier one where the clock repeats."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only where a zone was given

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).isoformat()
