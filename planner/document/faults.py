"""What can be wrong with a file before anybody looks at its meaning: one table, one constructor.

A reader never raises on what a user wrote. Inside a reader `RefusedError` carries the finding that ends the
reading; the interface in `reader` turns it into a document without a root.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.finding import Basis, Finding, Severity

if TYPE_CHECKING:
    from planner.finding import Related, Span


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad state of a file: how much it matters, what it means and what would be right."""

    severity: Severity
    summary: str
    help: str


FAULTS: dict[str, Fault] = {
    "unreadable-file": Fault(
        Severity.ERROR,
        "The file cannot be opened, or its bytes are no text in the encoding its readers expect.",
        "Give a readable text file in UTF-8.",
    ),
    "file-too-large": Fault(
        Severity.ERROR,
        "The file is far larger than any settings file; it is refused before parsing.",
        "Give the settings file itself, not a log, a dump of data or an archive.",
    ),
    "syntax-error": Fault(
        Severity.ERROR,
        "The text breaks the grammar of its format; the program that reads it refuses it or drops the line.",
        "Correct the text at the place shown.",
    ),
    "duplicate-key": Fault(
        Severity.ERROR,
        "One mapping holds the same key twice; a reader silently keeps one of the two values.",
        "Keep one of the two entries.",
    ),
    "nesting-too-deep": Fault(
        Severity.ERROR,
        "Values are nested far deeper than any settings file needs.",
        "Flatten the structure; a deployment file needs four levels.",
    ),
    "too-many-values": Fault(
        Severity.ERROR,
        "The file holds, or its aliases expand to, more values than any settings file needs.",
        "Write the values out where they are needed, or split the file.",
    ),
    "recursive-anchor": Fault(
        Severity.ERROR,
        "An alias stands inside the very value its anchor names, so the value would contain itself.",
        "Repeat the value instead of the alias.",
    ),
    "unsupported-yaml": Fault(
        Severity.ERROR,
        "The YAML uses a feature that has no meaning in a settings file: a foreign tag, a key that is not a "
        "scalar, a merge of something that is not a mapping, or a second document.",
        "Write plain keys and values in one document.",
    ),
    "number-too-long": Fault(
        Severity.ERROR,
        "A number has more digits than any quantity on earth; it is kept as text.",
        "Write the number that was meant.",
    ),
    "odd-encoding": Fault(
        Severity.WARNING,
        "Some bytes are not UTF-8, or the file is in UTF-16; programs on the server may read another text.",
        "Save the file as UTF-8 without a byte-order mark.",
    ),
    "byte-order-mark": Fault(
        Severity.ERROR,
        "The file begins with a byte-order mark, which its reader takes for a part of the first line.",
        "Save the file as UTF-8 without a byte-order mark.",
    ),
    "not-an-assignment": Fault(
        Severity.ERROR,
        "A line of a sysctl file sets nothing; systemd-sysctl fails at every boot, `sysctl -p` goes on.",
        "Write `key = value`, or begin the line with # to make it a comment.",
    ),
    "overlong-line": Fault(
        Severity.ERROR,
        "A line is longer than its reader's buffer; the rest is read as a line of its own.",
        "Shorten the line, or split the setting if it is a list.",
    ),
    "option-outside-group": Fault(
        Severity.ERROR,
        "An option stands before any [group]; the server and its clients refuse the whole file.",
        "Write [mysqld] above the options of the server.",
    ),
    "bad-group-header": Fault(
        Severity.ERROR,
        "A group header has no closing bracket; the server and its clients refuse the whole file.",
        "Close the header: [mysqld].",
    ),
    "option-in-capitals": Fault(
        Severity.WARNING,
        "MySQL tells capitals from small letters in names of options and refuses the name; MariaDB does not.",
        "Write the name in lower case.",
    ),
    "ignored-line": Fault(
        Severity.WARNING,
        "The program that reads the file drops this line, or a part of it, with or without a word.",
        "Correct the line, or remove it.",
    ),
    "missing-include": Fault(
        Severity.WARNING,
        "An included file does not exist below the given root, includes itself, or stands too deep.",
        "Correct the path of the include, or remove the line.",
    ),
    "missing-include-folder": Fault(
        Severity.ERROR,
        "An included folder does not exist; the server and its clients refuse to go on.",
        "Create the folder, correct its path, or remove the line.",
    ),
    "include-not-followed": Fault(
        Severity.INFO,
        "What an include names was not read, because no root folder stands for the server's own.",
        "Give the folder that stands for / of the server: as --root, or as `file:` in a deployment.",
    ),
}


class RefusedError(Exception):
    """Ends the reading of one file; `finding` says why. Never leaves this package."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def fault(
    rule: str, span: Span, message: str, *, hint: str = "", related: tuple[Related, ...] = ()
) -> Finding:
    """Return the finding of one fault at one place; `hint` replaces the rule's general help."""
    kind = FAULTS[rule]
    return Finding(
        rule=rule,
        severity=kind.severity,
        basis=Basis.STANDARD,
        message=message,
        span=span,
        help=hint or kind.help,
        related=related,
        subject=message,
    )


def refuse(rule: str, span: Span, message: str, *, hint: str = "") -> RefusedError:
    """Return the exception that ends the reading with one finding."""
    return RefusedError(fault(rule, span, message, hint=hint))
