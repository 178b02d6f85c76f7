"""What a rule says, and where it points: spans, severities and findings.

The lowest room of the house: documents, rules and renderers all speak in these types.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from operator import is_
from typing import Any, NamedTuple, Self

from planner.wording import legible


class _Ranked(StrEnum):
    """Words in an order, best or worst first: `rank` is the position in it, from 0."""

    rank: int

    def __new__(cls, word: str) -> Self:
        """Return the next word of the order."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.rank = len(cls.__members__)
        return member


class Severity(_Ranked):
    """How much a finding matters; the declaration order is the rank, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def at_least(self, threshold: "Severity") -> bool:
        """Tell whether this severity is as bad as `threshold` or worse."""
        return self.rank <= threshold.rank


class Basis(_Ranked):
    """What a number or a finding rests on; the declaration order is the strength, strongest first."""

    DECLARED = "declared"
    DOCUMENTED = "documented"
    STANDARD = "standard"
    MEASURED = "measured"
    ADVICE = "advice"
    ASSUMPTION = "assumption"


class Span(NamedTuple):
    """A piece of a file: 1-based lines and columns (in characters), the end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def at(cls, path: str, line: int, column: int, length: int = 1) -> "Span":
        """Return the span of `length` characters within one line."""
        return cls(path, line, column, line, column + max(length, 1))


class Related(NamedTuple):
    """Another place a finding speaks of, with what it has to do with it."""

    message: str
    span: Span


class Suppression(NamedTuple):
    """Why a finding is accepted, and until when (an ISO date; None: without end)."""

    reason: str
    until: str | None = None


class Edit(NamedTuple):
    """A replacement of one span's text: what `--fix` applies."""

    span: Span
    replacement: str


class Finding(NamedTuple):
    """One statement of one rule about one place.

    `message` says what is wrong, `help` what would be right, in the user's own syntax.
    `subject` is what the fingerprint is made of beside rule, place and pointer; it must not depend on lines.
    `place` is the path as seen from the project's folder; without one the file's name takes its part.
    """

    rule: str
    severity: Severity
    basis: Basis
    message: str
    span: Span
    help: str = ""
    pointer: str = ""
    related: tuple[Related, ...] = ()
    source: str = ""
    subject: str = ""
    fix: Edit | None = None
    suppressed: Suppression | None = None
    place: str = ""

    def legible(self) -> Self:
        """Return the finding with words that may be shown anywhere: no controls, no long line."""
        message, hint = legible(self.message), legible(self.help)
        beside = [legible(each.message) for each in self.related]
        if (
            message is self.message
            and hint is self.help
            and all(map(is_, beside, (each.message for each in self.related)))
        ):
            return self
        related = (each._replace(message=words) for each, words in zip(self.related, beside, strict=True))
        return self._replace(message=message, help=hint, related=tuple(related))

    def to_dict(self) -> dict[str, Any]:
        """Return the finding in plain JSON types, without its edit."""
        held, (path, line, column, end_line, end_column) = self.suppressed, self.span
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "basis": self.basis.value,
            "message": self.message,
            "help": self.help,
            "path": path,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "pointer": self.pointer,
            "related": [{"message": each.message, **each.span._asdict()} for each in self.related],
            "source": self.source,
            "fingerprint": self.fingerprint,
            "suppressed": {"reason": held.reason, "until": held.until} if held else None,
        }

    def __hash__(self) -> int:
        """Return a number that differs where rule, place or message do: enough to tell findings apart."""
        return hash((self.rule, self.message, self.span))

    @property
    def fingerprint(self) -> str:
        """A stable identity that survives line moves: 16 hexadecimal digits."""
        place = self.place or self.span.path.rpartition("/")[2]
        parts = f"{self.rule}\0{place}\0{self.pointer}\0{self.subject}"
        return digest(parts)


def digest(text: str) -> str:
    """Return 16 hexadecimal digits that stand for a text."""
    return str(_sha256()(text.encode(errors="surrogateescape")).hexdigest()[:16])


@cache
def _sha256() -> Callable[[bytes], Any]:
    from hashlib import sha256  # noqa: PLC0415  OpenSSL behind it costs start-up time

    return sha256


# What a run says.


class Skip(NamedTuple):
    """A rule that said nothing because it could not decide, and why."""

    rule: str
    reason: str


class Skipped(NamedTuple):
    """A rule that could not decide about one deployment, and why."""

    rule: str
    path: str
    reason: str


class Undecided(NamedTuple):
    """The rules that could not decide about one deployment; files that declare the same share the reasons."""

    path: str
    rules: tuple[Skip, ...]


class Known(NamedTuple):
    """One entry of a baseline."""

    fingerprint: str
    rule: str
    path: str
    message: str
    times: int


@dataclass(frozen=True)
class Validation:
    """What a run says.

    `findings` are in order of path, line and column, suppressed ones among them; `failing` are those at or
    above the threshold that are neither suppressed nor known to the baseline. `sources` holds the text of
    files with findings; `failed` says of which files a fault of ours left nothing to say.
    """

    findings: tuple[Finding, ...] = ()
    failing: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    gone: tuple[Known, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    unreadable: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    compared: bool = False
    failed: tuple[str, ...] = ()

    @property
    def active(self) -> tuple[Finding, ...]:
        """The findings that count: neither suppressed nor known."""
        return tuple(each for each in self.findings if each.suppressed is None)

    @property
    def suppressed(self) -> tuple[Finding, ...]:
        """The findings somebody accepted with a reason."""
        return tuple(each for each in self.findings if each.suppressed is not None)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The rules that could not decide, each with the deployment and the reason."""
        return tuple(Skipped(skip.rule, each.path, skip.reason) for each in self.undecided for skip in each.rules)

    @property
    def skips(self) -> int:
        """How many rules could not decide, counted for each deployment."""
        return sum(len(each.rules) for each in self.undecided)

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity count."""
        return sum(1 for each in self.active if each.severity is severity)

    def summary(self) -> dict[str, object]:
        """Return the counts that end every report."""
        counts: dict[str, object] = {
            f"{severity.value}s" if severity is not Severity.INFO else "info": self.count(severity)
            for severity in Severity
        }
        return {
            **counts,
            "suppressed": len(self.suppressed),
            "known": len(self.known),
            "gone": sum(each.times for each in self.gone),
            "failing": len(self.failing),
            "files": len(self.files),
            "unreadable": list(self.unreadable),
            "skipped": self.skips,
        }
