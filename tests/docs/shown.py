"""Runs what a page shows: each block of commands in its order, and compares what it prints with the page.

    python tests/docs/shown.py FOLDER PAGE...     checks the pages in FOLDER, a copy of the repository
    python tests/docs/shown.py --write FOLDER PAGE...     writes what was printed into the pages

A block of `sh` is run; a block of `text` right behind it is what it prints. A line `...` there stands for any lines.
Blocks that install (`make`, `pip`, `git clone`) are run by the newcomer's script alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = re.compile(r"```sh\n(?P<commands>.*?)```\n(?:\n```text\n(?P<output>.*?)```\n)?", re.DOTALL)
INSTALLS = ("make ", "pip ", "git clone", "uv ", ". .venv", "docker ", "pre-commit ")
LONGEST, HEAD, TAIL = 24, 16, 4
BREAKS = 2


class Shown(NamedTuple):
    """One block of a page."""

    commands: str
    output: str | None
    start: int
    end: int

    @property
    def installs(self) -> bool:
        """Whether the block sets something up outside the working folder."""
        return self.commands.startswith(INSTALLS)


def blocks(text: str) -> Iterator[Shown]:
    """Yield the blocks of a page."""
    for match in BLOCK.finditer(text):
        yield Shown(match["commands"], match["output"], match.start(), match.end())


def printed(commands: str, folder: Path, path: str) -> tuple[int, str]:
    """Run commands as a terminal of 100 columns would; return the exit code and all they print."""
    env = {"PATH": path, "HOME": os.environ.get("HOME", str(folder)), "COLUMNS": "100", "NO_COLOR": "1"}
    env |= {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1798761600", "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    done = subprocess.run(
        ["bash", "-c", commands], cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False
    )
    return done.returncode, done.stdout + done.stderr


def agrees(expected: str, output: str) -> bool:
    """Tell whether output is as a page shows it."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", expected, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), output) is not None


def shortened(output: str) -> str:
    """Return output as a page shows it: of a long one the beginning and the end."""
    lines = [line.rstrip() + "\n" for line in output.splitlines()]
    return "".join(lines if len(lines) <= LONGEST else [*lines[:HEAD], "...\n", *lines[-TAIL:]])


def stripped(output: str) -> str:
    """Return output without blanks at the ends of lines, which no page shows."""
    return "".join(line.rstrip() + "\n" for line in output.splitlines())


def check(page: Path, folder: Path, path: str) -> list[str]:
    """Return what on a page is not as it is."""
    wrong = []
    for each in blocks(page.read_text(encoding="utf-8")):
        if each.installs:
            continue
        code, output = printed(each.commands, folder, path)
        if code >= BREAKS and "exit" not in each.commands:
            wrong.append(f"{page.name}: exit {code}:\n{each.commands}{output}")
        elif each.output is not None and not agrees(each.output, stripped(output)):
            wrong.append(f"{page.name}: other output:\n{each.commands}{output}")
    return wrong


def write(page: Path, folder: Path, path: str) -> None:
    """Write what the blocks print into a page, where it shows any output."""
    text = page.read_text(encoding="utf-8")
    pieces, done = [], 0
    for each in blocks(text):
        if each.installs:
            continue
        _, output = printed(each.commands, folder, path)
        if each.output is not None:
            pieces += [text[done : each.start], f"```sh\n{each.commands}```\n\n```text\n{shortened(output)}```\n"]
            done = each.end
    page.write_text("".join((*pieces, text[done:])), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Check or write pages."""
    writes = arguments[0] == "--write"
    folder, *pages = map(Path, arguments[writes:])
    wrong: list[str] = []
    for page in pages:
        if writes:
            write(page, folder, os.environ["PATH"])
        else:
            wrong += check(page, folder, os.environ["PATH"])
    sys.stdout.write("\n".join(wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
