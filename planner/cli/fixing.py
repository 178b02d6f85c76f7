"""`plan validate --fix` and `--diff`: corrections written to files, whole or not at all, or shown."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.console import note, write_atomically, write_output
from planner.cli.spreading import parts
from planner.rules.fixes import apply, edits
from planner.rules.validation import gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.cli.validating import Request
    from planner.finding import Edit
    from planner.rules.policy import Policy
    from planner.rules.targets import Target

PASSES = 10
"""Corrections that overlap are made one after the other; no file needs more rounds than this."""

MARK = b"\xef\xbb\xbf"


def correct(chosen: Sequence[Target], policy: Policy, content: bytes | None, request: Request) -> None:
    """Apply the safe corrections in place until none is left, or print what they would change."""
    if request.diff:
        write_output("".join(_differences(chosen, policy, content)), request.output)
        return
    done: set[str] = set()
    for _ in range(PASSES):
        found = gather(parts(chosen, policy, content))
        changed = [path for path, changes in edits(found.findings).items() if _write(path, changes)]
        done.update(changed)
        if not changed:
            break
    for path in sorted(done):
        note(f"corrected {path}")


def _differences(chosen: Sequence[Target], policy: Policy, content: bytes | None) -> list[str]:
    found = gather(parts(chosen, policy, content))
    lines: list[str] = []
    for path, changes in sorted(edits(found.findings).items()):
        before = found.sources.get(path, "")
        after = apply(before, changes)
        names = (f"a/{path.lstrip('/')}", f"b/{path.lstrip('/')}")
        lines += unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), *names)
    return [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]


def _write(path: str, changes: list[Edit]) -> bool:
    """Correct one file, unless it is not the UTF-8 text that was read; return whether it changed."""
    try:
        data = Path(path).read_bytes()
        mark = MARK if data.startswith(MARK) else b""
        before = data.removeprefix(MARK).decode()
    except (OSError, UnicodeDecodeError):
        return False
    after = apply(before, changes)
    if after == before:
        return False
    write_atomically(Path(path), mark + after.encode())
    return True
