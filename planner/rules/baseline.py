"""Findings accepted wholesale: fingerprints that survive line moves, each with how often it may occur."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planner.document.saved import SavedError, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.finding import Finding

SCHEMA = "baseline-v1"


class BaselineError(ValueError):
    """A baseline file that cannot be used; the message says why."""


class Known(NamedTuple):
    """One entry of a baseline."""

    fingerprint: str
    rule: str
    path: str
    message: str
    times: int


class Compared(NamedTuple):
    """Findings split by a baseline: those it does not hold, those it does, and what it holds that is gone."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    gone: tuple[Known, ...]


def render_baseline(findings: Iterable[Finding]) -> str:
    """Return the baseline file that accepts these findings; suppressed ones need no acceptance."""
    wanted = [each for each in findings if each.suppressed is None]
    counts = Counter(each.fingerprint for each in wanted)
    first = {each.fingerprint: each for each in reversed(wanted)}
    entries = [
        {"fingerprint": key, "rule": each.rule, "path": each.span.path, "message": each.message, "count": counts[key]}
        for key, each in first.items()
    ]
    entries.sort(key=lambda entry: (entry["path"], entry["rule"], entry["fingerprint"]))
    return json.dumps({"schema": SCHEMA, "findings": entries}, indent=2, ensure_ascii=False) + "\n"


def parse_baseline(text: str | bytes) -> tuple[Known, ...]:
    """Return a baseline's entries. Raises BaselineError."""
    try:
        content = parse(text)
        said, listed = content["schema"], [_entry(item) for item in content["findings"]]
    except SavedError as error:
        raise BaselineError(f"it is no {SCHEMA} file as --write-baseline writes it: {error}") from error
    except BaselineError:
        raise
    except (KeyError, TypeError, AttributeError) as error:
        raise BaselineError(f"it is no {SCHEMA} file as --write-baseline writes it") from error
    if said != SCHEMA:
        raise BaselineError(f"its schema is {said!r}, not {SCHEMA!r}")
    return tuple(listed)


def _entry(item: dict[str, object]) -> Known:
    count = item.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise BaselineError(f"count must be a positive whole number, not {count!r}")
    words = [item["fingerprint"], *(item.get(name, "") for name in ("rule", "path", "message"))]
    if not all(isinstance(word, str) for word in words):
        raise BaselineError("fingerprint, rule, path and message must be texts")
    fingerprint, rule, path, message = map(str, words)
    return Known(fingerprint, rule, path, message, count)


def compare(findings: Iterable[Finding], baseline: Iterable[Known]) -> Compared:
    """Split findings: of each fingerprint as many are known as the baseline counts, in file order.

    Suppressed findings pass as they are: they need no baseline, and do not use one up.
    """
    entries = tuple(baseline)
    if not entries:
        return Compared(tuple(findings), (), ())
    left = Counter({entry.fingerprint: entry.times for entry in entries})
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in findings:
        accepted = finding.suppressed is None and left[finding.fingerprint] > 0
        left[finding.fingerprint] -= accepted
        (known if accepted else new).append(finding)
    gone = tuple(entry._replace(times=left[entry.fingerprint]) for entry in entries if left[entry.fingerprint] > 0)
    return Compared(tuple(new), tuple(known), gone)
