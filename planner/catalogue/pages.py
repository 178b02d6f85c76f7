"""The rules' pages: the one source of severity, words and sources.

A page is Markdown, `planner/rules/pages/<name>.md`. It begins with the rule's declaration, one
`key: value` a line between two lines of `---`; a key may stand several times.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from planner.finding import Basis, Severity

PAGES = Path(__file__).resolve().parent.parent / "rules" / "pages"
_FENCE = "---\n"

TRAFFIC = "traffic.cps|traffic.concurrent_calls|traffic.daily_minutes"
"""What a page calls `traffic`, the need of every rule that compares with a figure of the sizing: some load."""


class Stated(NamedTuple):
    """What a rule's page declares.

    `needs` and `figures` are dotted names; `source` holds references (`planner.catalogue.data`);
    `fixable` tells that findings may carry an edit `--fix` applies; `origin` is `reader` where no `check`
    exists because reading the file already tells, `policy` where the policy reports it. `yields_to` names
    the rules that say more: where one of them reports the same value, this one keeps silent. `module` holds its check.
    `message` and `help` are what a check says, with places for its values; `beside` names parameters whose place is
    shown with it, each with the words for it. The help of a reader's rule is what is right in general.
    """

    name: str
    severity: Severity
    basis: Basis
    source: tuple[str, ...]
    needs: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    fixable: bool = False
    origin: str = "check"
    yields_to: tuple[str, ...] = ()
    module: str = ""
    message: str = ""
    help: str = ""
    beside: tuple[tuple[str, str], ...] = ()


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
        name,
        severity=Severity(one["severity"]),
        basis=Basis(one["basis"]),
        source=several["source"],
        needs=tuple(TRAFFIC if need == "traffic" else need for need in several.get("needs", ())),
        figures=several.get("figure", ()),
        fixable="fixable" in one,
        origin=one.get("origin", "check" if "check" in one else "reader"),
        yields_to=several.get("yields to", ()),
        module=one.get("check", ""),
        message=one.get("message", ""),
        help=one.get("help", ""),
        beside=tuple(each.partition(": ")[::2] for each in several.get("beside", ())),
    )


def spoken(name: str) -> tuple[str, ...]:
    """Return the sentences that a rule's page gives its findings, as templates."""
    said = stated(name)
    return tuple(filter(None, (said.message, said.help, *(words for _, words in said.beside))))


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
