"""What the files were like: lines by reason, suspicions with examples, and notes about single files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.cdr.engine.reading import UNREADABLE
from planner.cdr.format import cdr_format
from planner.cdr.profile.clock import written
from planner.cdr.settings import limit, measures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cdr.summary.facts import Example, FileFacts
    from planner.cdr.summary.summary import Summary

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
    for example in summary.examples.kinds.get("reason:fields", []):
        facts = summary.files[example.path]
        name = other_format(example.text, example.commas)
        if name and facts.records < facts.rejected:
            found[example.path] = name
    return found


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
