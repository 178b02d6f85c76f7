"""Accepted findings: what a deployment's `policy.ignore` and `# plan: ignore[rule] reason` comments say."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from planner.document.lines import split_lines
from planner.document.model import Mapping, Scalar, Sequence, walk
from planner.finding import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

from planner.document.model import Document, Node

COMMENTED = frozenset({"yaml", "toml", "sysctl", "option-file"})
"""Formats that have comments."""

_COMMENT = re.compile(
    r"(?P<marker>[#;])\s*plan:\s*ignore\b(?:\[(?P<rules>[^\]\r\n]*)\])?(?P<rest>[^\r\n]*)", re.IGNORECASE
)
# Whatever stands behind `until:` is meant as a day, and without the colon what has the looks of one.
_UNTIL = re.compile(r"(?:^|\s)\(?until(?::\s*|\s+(?=\d+[-./]))(?P<date>[^\s(),]+?)[),.:]*(?=\s|$)", re.IGNORECASE)
_LEAST = "plan:"


class Ignore(NamedTuple):
    """One accepted rule: where it is said, why, until when, and which lines it covers.

    `lines` is None where it covers the whole deployment (`policy.ignore`), else the 1-based lines of
    `span.path` on which a finding may start.
    """

    rule: str
    reason: str
    until: str
    span: Span
    lines: frozenset[int] | None

    @property
    def last_day(self) -> date | None:
        """The day of `until`; None for a text that is none."""
        try:
            return date.fromisoformat(self.until)
        except ValueError:
            return None


def ignores(documents: Iterable[Document]) -> Iterator[Ignore]:
    """Yield every suppression the documents hold, in file order; entries without a rule are the loader's."""
    for document in documents:
        if _LEAST in document.text.lower() and document.format in COMMENTED:
            yield from _inline(document)
        if isinstance(document.root, Mapping):
            yield from _declared(document.root)


def _declared(root: Mapping) -> Iterator[Ignore]:
    policy = root.get("policy")
    entries = policy.get("ignore") if isinstance(policy, Mapping) else None
    for item in entries.items if isinstance(entries, Sequence) else ():
        if isinstance(item, Mapping):
            rule = item.get("rule")
            if rule is not None:
                yield Ignore(_text(rule), _text(item.get("reason")), _text(item.get("until")), rule.span, None)


def _text(node: Node | None) -> str:
    return str(node.value).strip() if isinstance(node, Scalar) and node.value is not None else ""


def _inline(document: Document) -> Iterator[Ignore]:
    lines = split_lines(document.text)
    for number, line in enumerate(lines, 1):
        for match in _COMMENT.finditer(line):
            alone = not line[: match.start()].strip()
            if not (alone or _is_comment(document, match, number)):
                continue
            span = Span.at(document.path, number, match.start() + 1, len(match.group().rstrip()))
            covered = frozenset({_next_line(lines, number) if alone else number})
            yield from _named(match, span, covered)


def _named(match: re.Match[str], span: Span, covered: frozenset[int]) -> Iterator[Ignore]:
    until = _UNTIL.search(match["rest"])
    reason = _UNTIL.sub(" ", match["rest"], count=1).strip(" \t-:")
    for rule in (match["rules"] or "").split(","):
        yield Ignore(rule.strip(), reason, until["date"] if until else "", span, covered)


def _is_comment(document: Document, match: re.Match[str], number: int) -> bool:
    """Tell whether text behind a value is a comment: not in sysctl.conf, and not inside a quoted value."""
    if document.format == "sysctl" or document.root is None or match["marker"] == ";":
        return False
    before = match.string[match.start() - 1]
    if not before.isspace() and document.format == "yaml":
        return False
    column = match.start() + 1
    return not any(_covers(node.span, number, column) for node in walk(document.root) if isinstance(node, Scalar))


def _covers(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)


def _next_line(lines: list[str], number: int) -> int:
    """Return the line a comment of its own speaks of: the next that is neither blank nor a comment."""
    for following in range(number, len(lines)):
        if (text := lines[following].strip()) and not text.startswith(("#", ";")):
            return following + 1
    return number
