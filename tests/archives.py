"""Archives as long to read as wanted, and quick to make."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def on_other_days(folder: Path, days: Iterable[int]) -> None:
    """Write each hour of an archive again for days of January 2030: other records, of which none counts twice."""
    for hour in sorted(folder.glob("*.txt")):
        first, records = f"{hour.stem[:4]}-{hour.stem[4:6]}-{hour.stem[6:8]}", hour.read_text(encoding="utf-8")
        for day in days:
            moved = records.replace(first, f"2030-01-{day:02}")
            (folder / f"203001{day:02}{hour.stem[-2:]}.txt").write_text(moved, encoding="utf-8")
