"""A rule's page: taken apart into title, prose and examples, and rendered for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from planner.catalogue.data import cited
from planner.rules.rule import TRAFFIC

if TYPE_CHECKING:
    from planner.rules.registry import Registered

PLACE = r""" \d+:\d+(?: (?:error|warning|info) "[^"\n]+")?"""
FENCE = re.compile(
    rf"^```(?P<format>[a-z-]+)(?P<places>(?:{PLACE})*)(?P<escaped> escaped)?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
EXPECTED = re.compile(r' (\d+):(\d+)(?: (error|warning|info) "([^"\n]+)")?')
REPEATED = re.compile(r"\{([^{}\n]*)\}\*(\d+)")
BYTE = re.compile(rb"\\x([0-9a-f]{2})")
ESCAPED = "Here `\\xNN` stands for a byte and `{text}*N` for the text N times"
FILES = {
    "yaml": "deployment.yaml",
    "json": "deployment.json",
    "toml": "deployment.toml",
    "sysctl": "sysctl.conf",
    "mysql": "my.cnf",
    "sysctl-dump": "sysctl.txt",
    "variables-dump": "variables.txt",
    "bundle": "host.bundle",
    "tree": ".",
}
"""The name an example's text has as a file, by the format its fence names."""
HIGHLIGHT = {
    "sysctl": "ini",
    "mysql": "ini",
    "sysctl-dump": "text",
    "variables-dump": "text",
    "tree": "text",
    "bundle": "text",
}


PART = re.compile(r"==> (?P<path>\S+)(?: \(mode (?P<mode>[0-7]+)\))?(?: -> (?P<link>\S+))? <==\n")


class Part(NamedTuple):
    """One file of a `tree` example: a file with a mode, or a link; `line` is where it begins."""

    path: str
    mode: int
    link: str
    text: str
    line: int


class Expected(NamedTuple):
    """Where a finding must stand, how much it must weigh and what its message must say."""

    line: int
    column: int
    severity: str = ""
    words: str = ""


class Example(NamedTuple):
    """A file and what the rule must report in it; nothing where it must stay silent."""

    format: str
    text: str
    places: tuple[Expected, ...]
    escaped: bool = False

    @property
    def content(self) -> bytes:
        """The file's bytes: the text, with what an escaped example spells out."""
        if not self.escaped:
            return self.text.encode()
        repeated = REPEATED.sub(lambda match: match[1] * int(match[2]), self.text)
        return BYTE.sub(lambda match: bytes.fromhex(match[1].decode()), repeated.encode())

    def parts(self) -> list[Part]:
        """Return the files of a `tree` example, each below its `==> path <==`."""
        heads = [*PART.finditer(self.text)]
        ends = [*(head.start() for head in heads[1:]), len(self.text)]
        return [
            Part(
                head["path"],
                int(head["mode"] or "644", 8),
                head["link"] or "",
                self.text[head.end() : end],
                self.text.count("\n", 0, head.end()) + 1,
            )
            for head, end in zip(heads, ends, strict=True)
        ]

    @property
    def filename(self) -> str:
        """The name the example has as a file."""
        return FILES[self.format]

    @property
    def reader(self) -> str:
        """The format as `planner.document.reader` names it."""
        return "option-file" if self.format == "mysql" else self.format


def title(documentation: str) -> str:
    """Return the page's first line, without its full stop."""
    return documentation.strip().partition("\n")[0].rstrip(".")


def reason(documentation: str) -> str:
    """Return why the bad state matters, in one line."""
    _, _, rest = documentation.partition("## Why it matters\n")
    return " ".join(rest.partition("\n## ")[0].split())


def examples(documentation: str) -> list[Example]:
    """Return the page's examples in order."""
    return [
        Example(match["format"], match["text"], tuple(_expected(match["places"])), match["escaped"] is not None)
        for match in FENCE.finditer(documentation)
    ]


def _expected(text: str) -> Iterator[Expected]:
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
    places = [f"`{each.line}:{each.column}`" + _weight(each) for each in _expected(match["places"])]
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
