"""The rules' pages: the one source of severity, help and sources.

A page is Markdown, `planner/rules/pages/<name>.md`. It begins with the rule's declaration, one
`key: value` a line between two lines of `---`; a key may stand several times.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from planner.finding import Basis, Severity
from planner.wording import Wording, term

PAGES = Path(__file__).resolve().parent.parent / "rules" / "pages"
_FENCE = "---\n"


class Stated(NamedTuple):
    """What a page states of a rule: its weight, who says so, what it needs, and which module of checks looks.

    `help`, what is right in general, stands only in the page of a rule that the readers apply.
    """

    severity: Severity
    basis: Basis
    source: tuple[str, ...]
    needs: tuple[str, ...]
    figures: tuple[str, ...]
    fixable: bool
    origin: str
    yields_to: tuple[str, ...]
    module: str
    help: Wording


@cache
def page(name: str) -> str:
    """Return a rule's page without the declaration. Raises FileNotFoundError where there is none."""
    return _parts(name)[1]


@cache
def stated(name: str) -> Stated:
    """Return what a rule's page states. Raises KeyError where a part of the declaration is missing."""
    rows = [line.partition(": ")[::2] for line in _parts(name)[0].splitlines()]
    one, several = dict(rows), {key: tuple(value for each, value in rows if each == key) for key, _ in rows}
    return Stated(
        severity=Severity(one["severity"]),
        basis=Basis(one["basis"]),
        source=several["source"],
        needs=several.get("needs", ()),
        figures=several.get("figure", ()),
        fixable="fixable" in one,
        origin=one.get("origin", "check" if "check" in one else "reader"),
        yields_to=several.get("yields to", ()),
        module=one.get("check", ""),
        help=term(one.get("help", "")),
    )


def readers_rule(name: str) -> Stated:
    """Return what the page of a rule that readers apply states. Raises LookupError for any other name."""
    found = stated(name)
    if found.origin != "reader":
        raise LookupError(f"{name} is no rule of the readers")
    return found


def _parts(name: str) -> tuple[str, str]:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    head, _, body = text.removeprefix(_FENCE).partition(_FENCE) if text.startswith(_FENCE) else ("", "", text)
    return head, body.lstrip("\n")
