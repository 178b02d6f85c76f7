"""The rules' pages, and what those of the readers' rules state: the one source of severity, help and sources.

A page is Markdown, `planner/rules/pages/<name>.md`. Of a rule that the readers and the loader apply it begins with its
declaration, one `key: value` a line between two lines of `---`; a key may stand several times.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from planner.finding import Basis, Severity
from planner.wording import Wording, term

PAGES = Path(__file__).resolve().parent.parent / "rules" / "pages"
_FENCE = "---\n"


class Stated(NamedTuple):
    """What a page states of a rule: its weight, what is right in general, and who says so."""

    severity: Severity
    basis: Basis
    source: tuple[str, ...]
    help: Wording
    fixable: bool
    yields_to: tuple[str, ...]


@cache
def page(name: str) -> str:
    """Return a rule's page without the declaration. Raises FileNotFoundError where there is none."""
    return _parts(name)[1]


@cache
def stated(name: str) -> Stated | None:
    """Return what the page of a readers' rule states; None for a rule with a module of its own."""
    rows = [line.partition(": ")[::2] for line in _parts(name)[0].splitlines()]
    if not rows:
        return None
    one, several = dict(rows), {key: tuple(value for each, value in rows if each == key) for key, _ in rows}
    return Stated(
        severity=Severity(one["severity"]),
        basis=Basis(one["basis"]),
        source=several["source"],
        help=term(one["help"]),
        fixable="fixable" in one,
        yields_to=several.get("yields to", ()),
    )


def readers_rule(name: str) -> Stated:
    """Return what the page of a rule that readers apply states. Raises LookupError for any other name."""
    found = stated(name)
    if found is None:
        raise LookupError(f"{name} is no rule of the readers")
    return found


def _parts(name: str) -> tuple[str, str]:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    head, _, body = text.removeprefix(_FENCE).partition(_FENCE) if text.startswith(_FENCE) else ("", "", text)
    return head, body.lstrip("\n")
