"""A rule's page: taken apart into title, prose and examples, and rendered for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planner.catalogue.data import cited
from planner.catalogue.pages import TRAFFIC
from planner.rules.registry import Registered

PLACE = r""" \d+:\d+(?: (?:error|warning|info) "[^"\n]+")?"""
FENCE = re.compile(
    rf"^```(?P<format>[a-z-]+)(?P<places>(?:{PLACE})*)(?P<escaped> escaped)?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
EXPECTED = re.compile(r' (\d+):(\d+)(?: (error|warning|info) "([^"\n]+)")?')
ESCAPED = "Here `\\xNN` stands for a byte and `{text}*N` for the text N times"
HIGHLIGHT = {
    "sysctl": "ini",
    "mysql": "ini",
    "sysctl-dump": "text",
    "variables-dump": "text",
    "tree": "text",
    "bundle": "text",
}


class Expected(NamedTuple):
    """Where a finding must stand, how much it must weigh and what its message must say."""

    line: int
    column: int
    severity: str = ""
    words: str = ""


def title(documentation: str) -> str:
    """Return the page's first line, without its full stop."""
    return documentation.strip().partition("\n")[0].rstrip(".")


def reason(documentation: str) -> str:
    """Return why the bad state matters, in one line."""
    _, _, rest = documentation.partition("## Why it matters\n")
    return " ".join(rest.partition("\n## ")[0].split())


def expected(text: str) -> Iterator[Expected]:
    """Yield what a fence says must be reported."""
    for line, column, severity, words in EXPECTED.findall(text):
        yield Expected(int(line), int(column), severity, words)


def describe(registered: Registered) -> str:
    """Return a rule's page in Markdown: what `plan explain` prints and `docs/rules/<name>.md` holds."""
    rule = registered.rule
    head, _, body = registered.documentation.strip().partition("\n")
    facts = [("severity", rule.severity.value), ("basis", rule.basis.value), ("sources", cited(rule.source))]
    facts += [("looks at", ", ".join(_need(need) for need in rule.needs))] if rule.needs else []
    facts += [("compares with", ", ".join(f"`{name}`" for name in rule.figures))] if rule.figures else []
    facts += [("yields to", ", ".join(f"`{name}`" for name in rule.yields_to))] if rule.yields_to else []
    facts += [("fix", "`plan validate --fix` applies it")] if rule.fixable else []
    table = "\n".join(f"| {name} | {value} |" for name, value in facts)
    return f"# {rule.name}\n\n{head}\n\n| | |\n| --- | --- |\n{table}\n{FENCE.sub(_block, body).rstrip()}\n"


def _need(need: str) -> str:
    return "the traffic" if need == TRAFFIC else " or ".join(f"`{name}`" for name in need.split("|"))


def _block(match: re.Match[str]) -> str:
    language = HIGHLIGHT.get(match["format"], match["format"])
    places = [f"`{each.line}:{each.column}`" + _weight(each) for each in expected(match["places"])]
    said = [f"Reported at {', '.join(places)}"] if places else []
    said += [ESCAPED] if match["escaped"] else []
    lead = f"{'. '.join(said)}:\n\n" if said else ""
    return f"{lead}```{language}\n{match['text']}```"


def _weight(expected: Expected) -> str:
    return f" as {expected.severity}: {expected.words}" if expected.severity else ""


def index(registered: Iterable[Registered]) -> str:
    """Return the page that lists the rules."""
    rows = "\n".join(
        f"| [{each.rule.name}]({each.rule.name}.md) | {each.rule.severity.value} | {each.rule.basis.value} "
        f"| {title(each.documentation)} |"
        for each in registered
    )
    return (
        "# Rules\n\nWhat `plan validate` checks. Written by `plan rules --format markdown -o "
        "docs/rules` from the "
        "rules themselves; each page's examples are run as tests.\n\n"
        f"| rule | severity | basis | what is wrong |\n| --- | --- | --- | --- |\n{rows}\n"
    )
