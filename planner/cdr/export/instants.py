"""Local times of the server as instants: seconds since 1970, in UTC where the zone is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

# From 0001-01-01, where the line parser counts from, to 1970-01-01.
TO_1970 = (datetime(1970, 1, 1, tzinfo=UTC) - datetime(1, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
LATEST = (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  only added to
# No zone ever changed its offset within a quarter of an hour of the clock.
QUARTER_S = 900


class OutsideUtcError(ValueError):
    """A local time whose UTC equivalent lies outside the years 1 to 9999."""


def converter(zone: ZoneInfo | None) -> Callable[[int], int]:
    """Return what turns seconds since 0001 of the local clock into seconds since 1970.

    Without a zone the clock stays local. In the hour a clock repeats, the first pass is taken; a time that a
    clock skips is read with the offset before the skip. Raises OutsideUtcError.
    """
    if zone is None:
        return lambda local: local - TO_1970

    @lru_cache(maxsize=65536)
    def offset(quarter: int) -> int:
        moment = datetime(1, 1, 1, tzinfo=zone) + timedelta(seconds=quarter * QUARTER_S)
        shift = moment.utcoffset()
        return round(shift.total_seconds()) if shift else 0

    def convert(local: int) -> int:
        instant = local - TO_1970 - offset(local // QUARTER_S)
        if not -TO_1970 <= instant <= LATEST:
            raise OutsideUtcError
        return instant

    return convert


@lru_cache(maxsize=8192)
def _day(days: int) -> str:
    return (EPOCH + timedelta(days=days)).strftime("%Y-%m-%d").rjust(10, "0")


@lru_cache(maxsize=8192)
def text_of(instant: int) -> str:
    """Return seconds since 1970 as `YYYY-MM-DD HH:MM:SS`."""
    days, seconds = divmod(instant, 86400)
    return f"{_day(days)} {seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
