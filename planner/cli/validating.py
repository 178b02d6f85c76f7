"""`plan validate --fix` and `--diff`: corrections written to files, whole or not at all, or shown."""

from __future__ import annotations

import gc
import os
import re
import sys
from difflib import unified_diff
from os import fsencode
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

import typer

from planner.cli.commands import Exit
from planner.cli.console import fail, note, read_input, write_output
from planner.cli.spreading import parts
from planner.finding import Basis, Severity
from planner.rules.baseline import BaselineError, parse_baseline, render_baseline
from planner.rules.fixes import apply, edits
from planner.rules.policy import Policy
from planner.rules.registry import UnknownRuleError
from planner.rules.targets import STDIN, Target, targets
from planner.rules.validation import gather

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.finding import Edit
    from planner.rules.baseline import Known
    from planner.rules.validation import Validation


PASSES = 10
"""Corrections that overlap are made one after the other; no file needs more rounds than this."""

MARK = b"\xef\xbb\xbf"

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_PLAIN = range(0x20, 0x7F)
_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\", ord("\n"): "\\n", ord("\t"): "\\t"}


def correct(chosen: Sequence[Target], policy: Policy, content: bytes | None, request: Request) -> None:
    """Apply the safe corrections in place until none is left, or print what they would change."""
    if request.diff:
        write_output("".join(_differences(chosen, policy, content)), request.output, raw=True)
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
    write_output(texts[1], path, raw=True)
    return True


# Answers `plan validate`: from the options to a run, its output and its exit code.

NEVER = "never"
ALLOCATIONS = 200_000
DEPLOYMENTS = (".yaml", ".yml", ".json", ".toml")
Level = TypeVar("Level", Severity, Basis)


class Sources(NamedTuple):
    """What to validate, as given on the command line."""

    paths: tuple[str, ...]
    root: Path | None
    profile: str
    stdin_name: str
    input_format: str


class Choices(NamedTuple):
    """What to select and accept, as given on the command line."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: tuple[str, ...]
    fail_on: str
    min_basis: str


class Request(NamedTuple):
    """One run, as given on the command line."""

    sources: Sources
    choices: Choices
    format: str
    output: Path | None
    baseline: Path | None
    write_baseline: Path | None
    fix: bool
    diff: bool
    verbose: bool


def respond(request: Request) -> NoReturn:
    """Validate, print, and leave with the exit code of the contract."""
    from planner.output.findings import FORMATS, render

    # Short-lived and free of cycles: the collector would only look at everything again and again.
    gc.set_threshold(ALLOCATIONS)
    if request.format not in FORMATS:
        fail(f"--format {request.format}: choose one of {', '.join(FORMATS)}", Exit.USAGE)
    policy, known = policy_of(request.choices), _baseline(request.baseline)
    chosen, content = chosen_targets(request.sources)
    if request.fix:
        correct(chosen, policy, content, request)
    validation = _validated(chosen, policy, known, content)
    for failure in validation.failed:
        note(f"plan: {failure}")
    if not validation.files:
        note(f"plan: no files of settings in {', '.join(request.sources.paths)}")
    if request.write_baseline is not None:
        _accept(request, validation)
    if not request.diff:
        text = render(validation, request.format, color=_colored(request), verbose=request.verbose)
        write_output(text, request.output)
    raise typer.Exit(exit_code(validation, request.choices.fail_on))


def exit_code(validation: Validation, fail_on: str) -> Exit:
    """Return 4 where a fault of ours hid a file, 3 where one could not be read, 1 for findings, else 0."""
    if validation.failed:
        return Exit.INTERNAL
    if validation.unreadable:
        return Exit.UNREADABLE
    return Exit.FINDINGS if validation.failing and fail_on != NEVER else Exit.OK


def policy_of(choices: Choices) -> Policy:
    """Return the policy the options describe; a name or level that does not exist ends the command."""
    try:
        return Policy(
            select=_selected(choices.select),
            ignore=frozenset(_listed(choices.ignore)),
            severity=dict(_level(each) for each in _listed(choices.severity)),
            fail_on=_one(Severity, "--fail-on", choices.fail_on) if choices.fail_on not in ("", NEVER) else None,
            min_basis=_one(Basis, "--min-basis", choices.min_basis) if choices.min_basis else Basis.ASSUMPTION,
        )
    except UnknownRuleError as error:
        fail(str(error), Exit.USAGE)


def _selected(values: tuple[str, ...]) -> frozenset[str] | None:
    """Return the rules to look at; a variable of a script that is empty must not select none of them."""
    names = frozenset(_listed(values))
    if values and not names:
        fail("--select names no rule; `plan rules` lists them", Exit.USAGE)
    return names or None


def _listed(values: tuple[str, ...]) -> list[str]:
    return [each.strip() for value in values for each in value.split(",") if each.strip()]


def _level(text: str) -> tuple[str, Severity]:
    name, separator, level = text.partition("=")
    if not separator:
        fail(f"--severity {text}: write RULE=LEVEL, such as unlimited-call-duration=error", Exit.USAGE)
    return name.strip(), _one(Severity, "--severity", level.strip())


def _one(kind: type[Level], option: str, text: str) -> Level:
    levels: dict[str, Level] = {each.value: each for each in kind}
    if text not in levels:
        allowed = [*levels, *([NEVER] if option == "--fail-on" else [])]
        fail(f"{option} {text}: choose one of {', '.join(allowed)}", Exit.USAGE)
    return levels[text]


def chosen_targets(sources: Sources) -> tuple[list[Target], bytes | None]:
    """Return what to validate, and standard input's bytes where it is part of that."""
    from planner.document.reader import FORMATS
    from planner.document.sysctl_host import PROFILES

    if not sources.paths and sources.root is None:
        fail("name a file or folder to validate, or a --root", Exit.USAGE)
    if "" in sources.paths:
        fail("a path is empty: name a file or folder to validate", Exit.USAGE)
    if sources.input_format and sources.input_format not in FORMATS:
        fail(f"--input-format {sources.input_format}: choose one of {', '.join(FORMATS)}", Exit.USAGE)
    if sources.profile not in PROFILES:
        fail(f"--profile {sources.profile}: choose one of {', '.join(PROFILES)}", Exit.USAGE)
    if sources.root is not None and not sources.root.is_dir():
        fail(f"--root {sources.root}: there is no such folder", Exit.USAGE)
    found = list(targets(sources.paths, sources.input_format))
    content = sys.stdin.buffer.read() if any(each.path == STDIN for each in found) else None
    name = sources.stdin_name or "<stdin>"
    found = [each._replace(kind="stdin", path=name) if each.path == STDIN else each for each in found]
    return (_of_host(found, sources) if sources.root else found), content


def _of_host(found: list[Target], sources: Sources) -> list[Target]:
    """Return the host's target; a single deployment file beside it says what the host has to carry."""
    host = Target("host", str(sources.root), profile=sources.profile)
    if len(found) == 1 and found[0].kind == "file" and found[0].path.endswith(DEPLOYMENTS):
        return [host._replace(deployment=found[0].path)]
    return [host, *found]


def _baseline(path: Path | None) -> tuple[Known, ...] | None:
    if path is None:
        return None
    try:
        return parse_baseline(read_input(str(path)))
    except OSError as error:
        fail(f"--baseline {path}: {error.strerror or error}", Exit.UNREADABLE)
    except BaselineError as error:
        fail(f"--baseline {path}: {error}", Exit.USAGE)


def _validated(
    chosen: list[Target], policy: Policy, known: tuple[Known, ...] | None, content: bytes | None
) -> Validation:
    from planner.cli.spreading import parts
    from planner.rules.validation import gather

    return gather(parts(chosen, policy, content), known)


def _accept(request: Request, validation: Validation) -> NoReturn:
    accepted = (*validation.findings, *validation.known)
    write_output(render_baseline(accepted), request.write_baseline)
    note(f"{sum(1 for each in accepted if not each.suppressed)} findings written to {request.write_baseline}")
    raise typer.Exit(Exit.UNREADABLE if validation.unreadable else Exit.OK)


def _colored(request: Request) -> bool:
    return request.output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
