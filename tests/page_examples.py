"""The examples of a rule's page as files, with what must be reported in them."""

import re
from typing import NamedTuple

from planner.rules.page import FENCE, Expected, expected

REPEATED = re.compile(r"\{([^{}\n]*)\}\*(\d+)")
BYTE = re.compile(rb"\\x([0-9a-f]{2})")

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


PART = re.compile(r"==> (?P<path>\S+)(?: \(mode (?P<mode>[0-7]+)\))?(?: -> (?P<link>\S+))? <==\n")


class Part(NamedTuple):
    """One file of a `tree` example: a file with a mode, or a link; `line` is where it begins."""

    path: str
    mode: int
    link: str
    text: str
    line: int


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


def examples(documentation: str) -> list[Example]:
    """Return the page's examples in order."""
    return [
        Example(match["format"], match["text"], tuple(expected(match["places"])), match["escaped"] is not None)
        for match in FENCE.finditer(documentation)
    ]
