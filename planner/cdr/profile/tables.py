"""Traffic by gateway, end reason, hang-up side, charge mode and destination."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from planner.cdr.engine.reading import UNREADABLE
from planner.cdr.format import cdr_format, limit, measures
from planner.cdr.profile.concurrency import find_peaks
from planner.cdr.profile.statistics import written
from planner.cdr.summary.facts import named_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cdr.profile.concurrency import Peak
    from planner.cdr.summary.facts import Example, FileFacts
    from planner.cdr.summary.summary import Summary
    from planner.cdr.summary.table import Row, Table


_MS_PER_MINUTE = 60_000


def _document(key: bytes, row: Row, peaks: tuple[Peak, Peak], labels: dict[str, str]) -> dict[str, Any]:
    name = key.decode(errors="backslashreplace")
    attempts, answered = peaks
    return {
        "key": name,
        **({"label": labels[name]} if name in labels else {}),
        "attempts": row.attempts,
        "answered": row.answered,
        "asr": row.answered / row.attempts,
        "acd": row.hold_ms / 1000 / row.answered if row.answered else None,
        "minutes": row.hold_ms / _MS_PER_MINUTE,
        "peak_concurrent": answered.level,
        "peak_at": answered.at,
        "peak_concurrent_attempts": attempts.level,
        "peak_attempts_at": attempts.at,
    }


def _labels(name: str) -> dict[str, str]:
    return next((dict(column.labels) for column in cdr_format().columns if column.name == name), {})


def describe_table(name: str, table: Table, records: int, top: int) -> dict[str, Any]:
    """Return the `top` keys by attempts, ties by key, and what the others add up to.

    `peak_concurrent` is the most answered calls in progress in any second, `peak_concurrent_attempts` the
    most attempts, each with the first second that reached it. `dropped_attempts` belong to keys beyond the
    table's limit.
    """
    table.trim()
    rows = sorted(table.rows.items(), key=lambda item: (-item[1].attempts, item[0]))
    peaks = find_peaks(table.changes, [key for key, _ in rows[:top]])
    shown = [_document(key, row, peaks[key], _labels(name)) for key, row in rows[:top]]
    kept = sum(row.attempts for _, row in rows)
    others = kept - sum(row["attempts"] for row in shown)
    return {"keys": len(rows), "rows": shown, "other_attempts": others, "dropped_attempts": records - kept}


# What the files were like: lines by reason, suspicions with examples, and notes about single files.

_LISTED = 100


def total(summary: Summary, name: str) -> int:
    """Return the sum of one count over all files."""
    return sum(int(getattr(facts, name)) for facts in summary.files.values())


def place(summary: Summary, example: Example) -> dict[str, Any]:
    """Return where an example stands: file, line from 1, byte offset, and how the line begins."""
    line = summary.files[example.path].line_number(example)
    return {"file": example.path, "line": line, "offset": example.offset, "text": example.text}


def describe_lines(summary: Summary) -> dict[str, Any]:
    """Return the counts of lines: accepted + rejected = lines, accepted = records + headers."""
    rejected, records, headers = (total(summary, name) for name in ("rejected", "records", "headers"))
    lines = total(summary, "lines")
    kinds = {count: summary.tallies[f"fields:{count}"] for count in sorted(cdr_format().field_counts)}
    return {
        "bytes": total(summary, "bytes"),
        "lines": lines,
        "accepted": records + headers,
        "rejected": rejected,
        "records": records,
        "headers": headers,
        "crlf": summary.tallies["crlf"],
        "fields": {str(count): lines for count, lines in kinds.items()},
        "reasons": {reason.name: summary.tallies[f"reason:{reason.name}"] for reason in cdr_format().reasons},
    }


def examples_of(summary: Summary, kind: str, names: list[str]) -> dict[str, Any]:
    """Return the first examples of every reason or suspicion that occurred."""
    found = {name: summary.examples.kinds.get(f"{kind}:{name}", []) for name in names}
    return {name: [place(summary, one) for one in some] for name, some in found.items() if some}


def _seems_seconds(facts: FileFacts) -> bool:
    return facts.answered >= limit("hold_in_seconds_records") and facts.hold_fits_seconds == facts.answered


def describe_suspicions(summary: Summary) -> dict[str, Any]:
    """Return counts and first examples of what is legal but odd."""
    names = [suspicion.name for suspicion in cdr_format().suspicions]
    seconds = sorted(path for path, facts in summary.files.items() if _seems_seconds(facts))
    return {
        "counts": {name: summary.tallies[f"suspicious:{name}"] for name in names},
        "examples": examples_of(summary, "suspicious", names),
        "hold_in_seconds_files": seconds[:_LISTED],
    }


def other_format(text: str, commas: int) -> str:
    """Return which other format a rejected line seems to be in; empty where it looks like none we know."""
    if text.lstrip().startswith(("{", "[")):
        return "JSON"
    known = measures()["other_formats"]
    return next((form["name"] for form in known if commas == form["fields"] - 1), "")


def foreign_files(summary: Summary) -> dict[str, str]:
    """Return the files whose lines were mostly rejected and look like another known format."""
    found = {}
    for example in (
        one for reason in ("fields", "truncated") for one in summary.examples.kinds.get(f"reason:{reason}", [])
    ):
        facts = summary.files[example.path]
        name = other_format(example.text, example.commas)
        if name and facts.records < facts.rejected:
            found[example.path] = name
    return found


def files_of_one_time(summary: Summary) -> dict[str, list[str]]:
    """Return the files whose names tell the same time, by that part of their names."""
    named: dict[str, list[str]] = {}
    for path in sorted(summary.files):
        if named_time(path):
            named.setdefault(PurePath(path).name.split(".", 1)[0], []).append(path)
    return {name: paths for name, paths in named.items() if len(paths) > 1}


def describe_files(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield the files in the order of their paths."""
    for path, facts in sorted(summary.files.items()):
        counts = {name: getattr(facts, name) for name in ("bytes", "lines", "records", "rejected")}
        stops = {"first_stop": facts.first_stop, "last_stop": facts.last_stop}
        times = {name: None if second is None else written(second) for name, second in stops.items()}
        yield {"file": path, **counts, **times, **({"note": facts.note} if facts.note else {})}


def unreadable_files(summary: Summary) -> list[str]:
    """Return the clear error of every file that could not be read to its end."""
    notes = (facts.note for _, facts in sorted(summary.files.items()))
    return [note.removeprefix(UNREADABLE) for note in notes if note.startswith(UNREADABLE)]
