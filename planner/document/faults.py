"""What can be wrong with a file before anybody looks at its meaning: one table, one constructor.

A reader never raises on what a user wrote. Inside a reader `RefusedError` carries the finding that ends the
reading; the interface in `reader` turns it into a document without a root.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.catalogue.data import cited
from planner.finding import Basis, Finding, Severity
from planner.wording import wording

if TYPE_CHECKING:
    from planner.finding import Related, Span


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad state of a file: how much it matters, what it means, what would be right and who says so."""

    severity: Severity
    summary: str
    help: str
    source: tuple[str, ...]


FAULTS: dict[str, Fault] = {
    "unreadable-file": Fault(
        Severity.ERROR,
        "The file cannot be opened, or its bytes are no text in the encoding its readers expect.",
        wording("Give a readable text file in UTF-8."),
        ("product: what the file system gave it",),
    ),
    "file-too-large": Fault(
        Severity.ERROR,
        "The file is far larger than any settings file; it is refused before parsing.",
        wording("Give the settings file itself, not a log, a dump of data or an archive."),
        ("product: the limits of its readers, 2 MiB, 16 MiB for files read line by line",),
    ),
    "syntax-error": Fault(
        Severity.ERROR,
        "The text breaks the grammar of its format; the program that reads it refuses it or drops the line.",
        wording("Correct the text at the place shown."),
        ("yaml-1.2", "rfc-8259", "toml-1.0", "mysql-5.6-source: my_default.cc"),
    ),
    "duplicate-key": Fault(
        Severity.ERROR,
        "One mapping holds the same key twice; a reader silently keeps one of the two values.",
        wording("Keep one of the two entries."),
        ("rfc-8259: section 4, names should be unique", "yaml-1.2: section 3.2.1.1"),
    ),
    "nesting-too-deep": Fault(
        Severity.ERROR,
        "Values are nested far deeper than any settings file needs.",
        wording("Flatten the structure; a deployment file needs four levels."),
        ("product: the limits of its readers",),
    ),
    "too-many-values": Fault(
        Severity.ERROR,
        "The file holds, or its aliases expand to, more values than any settings file needs.",
        wording("Write the values out where they are needed, or split the file."),
        ("product: the limits of its readers",),
    ),
    "recursive-anchor": Fault(
        Severity.ERROR,
        "An alias stands inside the very value its anchor names, so the value would contain itself.",
        wording("Repeat the value instead of the alias."),
        ("yaml-1.2: section 3.2.2.2",),
    ),
    "unsupported-yaml": Fault(
        Severity.ERROR,
        "The YAML uses a feature that has no meaning in a settings file: a foreign tag, a key that is not a "
        "scalar, a merge of something that is not a mapping, or a second document.",
        wording("Write plain keys and values in one document."),
        ("yaml-1.2",),
    ),
    "number-too-long": Fault(
        Severity.ERROR,
        "A number has more digits than any quantity on earth; it is kept as text.",
        wording("Write the number that was meant."),
        ("product: the limits of its readers",),
    ),
    "odd-encoding": Fault(
        Severity.WARNING,
        "Some bytes are not UTF-8, or the file is in UTF-16; programs on the server may read another text.",
        wording("Save the file as UTF-8 without a byte-order mark."),
        ("rfc-3629",),
    ),
    "byte-order-mark": Fault(
        Severity.ERROR,
        "The file begins with a byte-order mark, which its reader takes for a part of the first line.",
        wording("Save the file as UTF-8 without a byte-order mark."),
        (
            "procps-3.3.10: the first line of a file",
            "systemd-219: the first line of a file",
            "mysql-5.6-source: my_default.cc",
        ),
    ),
    "not-an-assignment": Fault(
        Severity.ERROR,
        "A line of a sysctl file sets nothing; systemd-sysctl fails at every boot, `sysctl -p` goes on.",
        wording("Write `key = value`, or begin the line with # to make it a comment."),
        ("systemd-219: sysctl.c", "procps-3.3.10: sysctl.c"),
    ),
    "overlong-line": Fault(
        Severity.ERROR,
        "A line is longer than its reader's buffer; the rest is read as a line of its own.",
        wording("Shorten the line, or split the setting if it is a list."),
        ("procps-3.3.10: line buffers", "systemd-219: line buffers", "mysql-5.6-source: my_default.cc"),
    ),
    "option-outside-group": Fault(
        Severity.ERROR,
        "An option stands before any [group]; the server and its clients refuse the whole file.",
        wording("Write [mysqld] above the options of the server."),
        ("mysql-5.6-source: my_default.cc",),
    ),
    "bad-group-header": Fault(
        Severity.ERROR,
        "A group header has no closing bracket; the server and its clients refuse the whole file.",
        wording("Close the header: [mysqld]."),
        ("mysql-5.6-source: my_default.cc",),
    ),
    "option-in-capitals": Fault(
        Severity.WARNING,
        "MySQL tells capitals from small letters in names of options and refuses the name; MariaDB does not.",
        wording("Write the name in lower case."),
        ("mysql-5.6-source: my_getopt.cc",),
    ),
    "ignored-line": Fault(
        Severity.WARNING,
        "The program that reads the file drops this line, or a part of it, with or without a word.",
        wording("Correct the line, or remove it."),
        (
            "procps-3.3.10: what its reader drops",
            "systemd-219: what its reader drops",
            "mysql-5.6-source: what its reader drops",
        ),
    ),
    "missing-include": Fault(
        Severity.WARNING,
        "An included file does not exist below the given root, includes itself, or stands too deep.",
        wording("Correct the path of the include, or remove the line."),
        ("mysql-5.6-source: my_default.cc",),
    ),
    "missing-include-folder": Fault(
        Severity.ERROR,
        "An included folder does not exist; the server and its clients refuse to go on.",
        wording("Create the folder, correct its path, or remove the line."),
        ("mysql-5.6-source: my_default.cc",),
    ),
    "include-not-followed": Fault(
        Severity.INFO,
        "What an include names was not read, because no root folder stands for the server's own.",
        wording("Give the folder that stands for / of the server: as --root, or as `file:` in a deployment."),
        ("product: includes are confined to the root that is given",),
    ),
    "bundle-damaged": Fault(
        Severity.ERROR,
        "A part of a bundle is not what the script on the host printed; it is not believed.",
        wording("Run the script of `plan collect` again, and carry its output over unchanged."),
        ("product: the form of its bundles",),
    ),
    "bundle-incomplete": Fault(
        Severity.INFO,
        "The script that made the bundle could not read something; nothing is said about it.",
        wording("Run the script as a user who may read it, or accept that it is not checked."),
        ("product: the form of its bundles",),
    ),
}


class RefusedError(Exception):
    """Ends the reading of one file; `finding` says why. Never leaves this package."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def fault(rule: str, span: Span, message: str, *, hint: str = "", related: tuple[Related, ...] = ()) -> Finding:
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
        source=cited(kind.source),
        subject=message,
    )


def refuse(rule: str, span: Span, message: str, *, hint: str = "") -> RefusedError:
    """Return the exception that ends the reading with one finding."""
    return RefusedError(fault(rule, span, message, hint=hint))
