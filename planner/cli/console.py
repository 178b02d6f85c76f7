"""What commands share with the terminal: applications, messages, progress, and output that is whole or not there."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import typer

from planner.cli.commands import Command, Exit
from planner.files import opened, replacing
from planner.wording import clipped, folded, neutral, printable

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from planner.cli.choices import Color


STANDARD_STREAM = "-"
_GAP = re.compile(r"(?<=\S) {2,}")
_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
HELP_NAMES = {"help_option_names": ["-h", "--help"]}


class Application(typer.Typer):
    """A typer application whose commands list their options in groups."""

    def command(self, *arguments: Any, **options: Any) -> Any:
        """Return the decorator that makes a function a command."""
        return super().command(*arguments, **{"cls": Command, **options})


def application(**options: Any) -> typer.Typer:
    """Return a typer application that behaves as every command of `plan` does."""
    return Application(
        add_completion=False,
        pretty_exceptions_enable=False,
        # Markdown and rich markup cost start-up time and would eat brackets in examples.
        rich_markup_mode=None,
        context_settings=HELP_NAMES,
        **options,
    )


def note(message: str) -> None:
    """Say something that is not data: one line to standard error, short, whatever names are in it."""
    typer.echo(printable(clipped(message)), err=True)


def fail(message: str, code: Exit) -> NoReturn:
    """End the command with a message on standard error."""
    note(f"plan: {message}")
    raise typer.Exit(code)


LARGEST_INPUT = 64 << 20
"""Bytes of the largest file that is read whole."""


def read_input(path: str) -> bytes:
    """Return a file's bytes; `-` is standard input. Raises OSError, also for what is larger than we read."""
    try:
        if path == STANDARD_STREAM:
            data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
        else:
            with opened(path) as file:
                data = file.read(LARGEST_INPUT + 1)
    except ValueError as error:  # a name with a NUL in it
        raise OSError(errno.EINVAL, str(error), path) from None
    if len(data) > LARGEST_INPUT:
        raise OSError(errno.EFBIG, f"it is larger than the {LARGEST_INPUT >> 20} MiB that are read", path)
    return data


def read_saved(path: Path | str, schema: str, made_by: str, *, whole: bool = False) -> dict[str, Any]:
    """Return a document the program saved earlier with the command `made_by`; `schema` is what it must keep.

    Ends the command where it cannot be read or is no such document.
    """
    from planner.document.json import SavedError, parse

    try:
        return parse(read_input(str(path)), schema, whole=whole)
    except OSError as error:
        fail(f"{path}: {error.strerror or error}", Exit.UNREADABLE)
    except SavedError as error:
        fail(f"{path}: {error}; write one with {made_by}", Exit.UNREADABLE)


def write_output(
    data: str | bytes, output: Path | str | None, *, raw: bool = False, coloured: bool | None = None
) -> None:
    """Write to `output`, or to standard output where it is None or `-`.

    In text nothing is left that a terminal obeys, but our own colours on one, or where `coloured` says so; `raw`
    leaves it as it is (a patch).
    A file appears whole or not at all: a crash leaves the old one as it was. Where it cannot be written the
    command ends; a reader of standard output that went away is BrokenPipeError.
    """
    # Names of files may hold bytes that are no text; JSON escapes them in the same way.
    colours = (output is None and sys.stdout.isatty()) if coloured is None else coloured
    text = data if isinstance(data, bytes) or raw else _neutral(data, coloured=colours)
    content = text.encode(errors="backslashreplace") if isinstance(text, str) else text
    with output_stream(output) as stream:
        # Unbuffered (PYTHONUNBUFFERED), a write to a pipe may take only a part.
        left = memoryview(content)
        while left:
            left = left[stream.write(left) :]


@contextmanager
def output_stream(output: Path | str | None) -> Iterator[BinaryIO]:
    """Give a binary stream for what is written piece by piece, as `write_output` writes the whole."""
    try:
        if output is not None and str(output) != STANDARD_STREAM:
            with replacing(output) as stream:
                yield stream
            return
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"cannot write {output or 'standard output'}: {error.strerror or error}", Exit.USAGE)


def _neutral(text: str, *, coloured: bool) -> str:
    if not coloured or "\x1b" not in text:
        return neutral(text)
    parts = _COLOUR.split(text)
    return "".join(part if at % 2 else neutral(part) for at, part in enumerate(parts))


_ROOM = 24
"""Columns without which the last cell of a line is not worth folding beside the others."""


def write_form(text: str, output: Path | str | None, form: str) -> None:
    """Write text in a format; what is meant for people (`text`, `table`) is folded to where it is read."""
    write_output(fitted(text, output) if form in {"text", "table"} else text, output)


def terminal_width(output: Path | str | None) -> int:
    """Return the columns of the terminal that is written to, or COLUMNS; 0 for a file or a pipe."""
    return shutil.get_terminal_size((0, 0)).columns if output is None else 0


def fitted(text: str, output: Path | str | None) -> str:
    """Return text whose long lines are folded to the terminal, or to COLUMNS; elsewhere lines stay whole.

    A table's last cell is folded below itself; where the others leave no room, the cells follow the first one, set in.
    Code between fences stays as it is.
    """
    width = terminal_width(output)
    if not width:
        return text
    lines, fenced = [], False
    for line in text.split("\n"):
        fenced ^= line.startswith("```")
        lines += [line] if fenced or len(line) <= width else _folded(line, width)
    return "\n".join(lines)


def _folded(line: str, width: int) -> list[str]:
    starts = [each.end() for each in _GAP.finditer(line)]
    lead = len(line) - len(line.lstrip())
    inner = " " * (lead + 4 if lead <= width - _ROOM else 4)
    rows = [("", line, inner)]
    if starts and starts[-1] + _room(line[starts[-1] :]) <= width:
        rows = [(line[: starts[-1]], line[starts[-1] :], " " * starts[-1])]
    elif starts:
        rows = [(inner[4:], line[: starts[0]].strip(), inner), (inner, "  ".join(_GAP.split(line[starts[0] :])), inner)]
    return [each for first, text, others in rows for each in folded(text, width, first, others)]


def _room(cell: str) -> int:
    """Return the columns a line's last cell needs beside the others: prose many, a few words their longest."""
    return _ROOM if len(cell) > _ROOM else max(map(len, cell.split()))


FORMAT_HELP = "How to write it; default: as the output is named."


def format_option(formats: Iterable[str]) -> Any:
    """Return the option `--format` of a command that writes these."""
    return typer.Option("--format", help=FORMAT_HELP, metavar="|".join(formats))


ENDINGS = {
    "text": (".txt",),
    "table": (".txt",),
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson"),
    "sarif": (".sarif",),
    "junit": (".xml",),
    "markdown": (".md", ".markdown"),
    "csv": (".csv",),
    "html": (".html", ".htm"),
    "parquet": (".parquet",),
    "yaml": (".yaml", ".yml"),
    "pdf": (".pdf",),
    "xlsx": (".xlsx",),
    "prometheus": (".prom",),
}
"""What the name of a file ends in, by the format it stands for."""


def chosen_format(given: str | None, output: Path | str | None, formats: Iterable[str], usual: str) -> str:
    """Return the format to write: the one given, else the one the output's name ends in, else `usual`.

    A name that ends in what the command does not write ends the command: no file is other than it is called, unless
    the format is given.
    """
    formats = tuple(formats)
    if given is not None and given not in formats:
        fail(f"--format {given}: choose one of {', '.join(formats)}", Exit.USAGE)
    if output is None or str(output) == STANDARD_STREAM:
        return given or usual
    ending = Path(output).suffix.lower()
    named = next((name for name in formats if ending in ENDINGS.get(name, ())), None)
    if given is None and named is None and ending in _FOREIGN:
        fail(f"-o {output}: this command writes {_endings(formats)}; name the --format where that is meant", Exit.USAGE)
    return given or named or usual


_FOREIGN = frozenset(each for endings in ENDINGS.values() for each in endings if each != ".txt")
_FOREIGN |= {".tsv", ".xls", ".toml", ".zip", ".gz", ".svg", ".png", ".docx", ".sh", ".py", ".sqlite"}
"""Endings that promise a format; any other name is the user's affair."""


def of_page(form: str, given: Mapping[str, object]) -> None:
    """End the command where an option of the page alone is given with another format: it would change nothing."""
    name = next((name for name, value in given.items() if value is not None), None)
    if name and form != "html":
        fail(f"{name} is of the page: add --format html, or end the output's name in .html", Exit.USAGE)


def _endings(formats: Iterable[str]) -> str:
    return ", ".join(f"{name} ({' '.join(ENDINGS[name])})" if name in ENDINGS else name for name in formats)


def coloured(choice: Color, output: Path | str | None) -> bool:
    """Tell whether text is coloured: as asked, else as NO_COLOR and FORCE_COLOR say, else on a terminal."""
    if choice.value != "auto":
        return choice.value == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return output is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def zone_named(name: str | None) -> ZoneInfo | None:
    """Return the time zone of a name; None for none. Ends the command where there is no such zone."""
    if not name:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fail(f"--timezone {name}: no such zone; write a name such as Asia/Dhaka or UTC", Exit.USAGE)


# How far a run has got: shown on a terminal, once it has lasted more than a second, and gone at its end.

PATIENCE = 1.0
"""Seconds after which progress is shown."""

BYTES = "bytes"
ITEMS = ""


class Progress:
    """What is done of `total` (None: nobody knows); `unit` is `BYTES`, or the word for what is counted."""

    def __init__(self, label: str, total: float | None, unit: str = ITEMS) -> None:
        self._label, self._total, self._unit = label, total, unit
        self._begin, self._done = time.monotonic(), 0.0
        self._wanted = sys.stderr.isatty()
        self._bar: Any = None

    def advance(self, amount: float = 1) -> None:
        """Say that so much more is done."""
        self.reach(self._done + amount)

    def reach(self, done: float, label: str | None = None) -> None:
        """Say how much is done in all, and from now on under which label."""
        self._done, self._label = done, label or self._label
        if self._bar is None and self._wanted and time.monotonic() - self._begin > PATIENCE:
            self._bar = self._started()
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done, description=self._label)

    def stop(self) -> None:
        """Remove what is shown."""
        if self._bar is not None:
            self._bar.stop()

    def _started(self) -> Any:
        from rich import progress as rich
        from rich.console import Console

        known = self._total is not None
        counted = rich.TextColumn(f"{{task.completed:,.0f}} {self._unit}".rstrip())
        columns = [
            rich.TextColumn("{task.description}"),
            *([rich.BarColumn()] if known else []),
            *(
                [rich.DownloadColumn(), rich.TransferSpeedColumn()]
                if self._unit == BYTES
                else []
                if known
                else [counted]
            ),
            rich.TimeRemainingColumn() if known else rich.TimeElapsedColumn(),
        ]
        bar = rich.Progress(*columns, console=Console(stderr=True, highlight=False), transient=True)
        bar.add_task(self._label, total=self._total)
        bar.start()
        return bar


@contextmanager
def progress(label: str, total: float | None = None, unit: str = ITEMS) -> Iterator[Progress]:
    """Show how far the block has got, as it says itself."""
    shown = Progress(label, total, unit)
    try:
        yield shown
    finally:
        shown.stop()


def progressing(steps: Iterable[int], total: int, label: str) -> None:
    """Run through `steps`, each the number of items done, and show how far that is."""
    with progress(label, total) as shown:
        for step in steps:
            shown.advance(step)
