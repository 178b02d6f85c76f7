"""`plan validate --fix` and `--diff`: corrections written to files, whole or not at all, or shown."""

from __future__ import annotations

import re
from difflib import unified_diff
from os import fsencode
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.console import fail, note, write_output
from planner.cli.exits import Exit
from planner.cli.spreading import parts
from planner.rules.fixes import apply, edits
from planner.rules.validation import gather

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.cli.validating import Request
    from planner.finding import Edit
    from planner.rules.policy import Policy
    from planner.rules.targets import Target

PASSES = 10
"""Corrections that overlap are made one after the other; no file needs more rounds than this."""

MARK = b"\xef\xbb\xbf"

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_PLAIN = range(0x20, 0x7F)
_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\", ord("\n"): "\\n", ord("\t"): "\\t"}


def correct(chosen: Sequence[Target], policy: Policy, content: bytes | None, request: Request) -> None:
    """Apply the safe corrections in place until none is left, or print what they would change."""
    if request.diff:
        write_output("".join(_differences(chosen, policy, content)), request.output)
        return
    if content is not None:
        fail("--fix has no file to correct behind -; --diff shows the corrections", Exit.USAGE)
    done: set[str] = set()
    for _ in range(PASSES):
        found = gather(parts(chosen, policy))
        changed = [path for path, changes in edits(found.findings).items() if _write(path, changes)]
        done.update(changed)
        if not changed:
            break
    for path in sorted(done):
        note(f"corrected {path}")


def _differences(chosen: Sequence[Target], policy: Policy, content: bytes | None) -> Iterator[str]:
    held = {each.path: content for each in chosen if each.kind == "stdin" and content is not None}
    found = gather(parts(chosen, policy, content))
    for path, changes in sorted(edits(found.findings).items()):
        if (texts := _texts(path, changes, held.get(path))) is not None:
            before, after = (_LINE.findall(text) for text in texts)
            for line in unified_diff(before, after, _quoted(f"a/{path}"), _quoted(f"b/{path}")):
                yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _quoted(name: str) -> str:
    """Return a file's name as `patch` reads it: in quotes where it holds more than plain characters."""
    plain = name.replace("//", "/")
    if plain.isprintable() and plain.isascii() and not set(plain) & {'"', "\\"}:
        return f"{plain}\t" if " " in plain else plain
    letters = (_ESCAPES.get(byte) or (chr(byte) if byte in _PLAIN else f"\\{byte:03o}") for byte in fsencode(plain))
    return f'"{"".join(letters)}"'


def _texts(path: str, changes: list[Edit], held: bytes | None = None) -> tuple[str, str] | None:
    """Return a file's text as it is and corrected; None where it is not the UTF-8 text that was read."""
    try:
        data = Path(path).read_bytes() if held is None else held
        before = data.removeprefix(MARK).decode()
    except (OSError, UnicodeDecodeError):
        return None
    mark = MARK.decode() if data.startswith(MARK) else ""
    return mark + before, mark + apply(before, changes)


def _write(path: str, changes: list[Edit]) -> bool:
    """Correct one file; return whether it changed. One that cannot be written ends the command."""
    texts = _texts(path, changes)
    if texts is None or texts[0] == texts[1]:
        return False
    write_output(texts[1], path)
    return True
