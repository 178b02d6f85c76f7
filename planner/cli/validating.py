"""The run of `plan validate`: corrections with `--fix` and `--diff`, files over processes, and what is shown."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from os import fsencode
from pathlib import Path
from typing import NamedTuple, NoReturn

import typer

from planner.cli.choices import Color
from planner.cli.commands import Exit
from planner.cli.console import chosen_format, coloured, fail, note, read_input, write_output
from planner.cli.spreading import parts
from planner.files import real, reason
from planner.finding import Basis, Edit, Known, Severity, Validation
from planner.output.findings import FindingFormat
from planner.rules.discovery import (
    STDIN,
    ChangesError,
    Scope,
    Target,
    changed,
    is_pattern,
    is_structured,
    targets,
    with_deployments,
)
from planner.rules.fixes import apply, edits
from planner.rules.policy import BaselineError, Policy, parse_baseline, render_baseline
from planner.rules.project import LEVELS, NEVER, OFF, Project, ProjectError, described, find, load
from planner.rules.registry import UnknownRuleError
from planner.rules.validation import gather

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

ALLOCATIONS = 200_000


class Sources(NamedTuple):
    """What to validate, as given on the command line."""

    paths: tuple[str, ...]
    root: Path | None
    profile: str
    measured: Path | None
    stdin_name: str
    input_format: str
    exclude: tuple[str, ...] = ()
    changed: str | None = None
    sift: bool = False
    allow_empty: bool = False
    config: Path | None = None


class Choices(NamedTuple):
    """What to select and accept, as given on the command line; empty where nothing was."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: tuple[str, ...]
    fail_on: str
    min_severity: str
    min_basis: str


class Show(NamedTuple):
    """How to show the findings."""

    format: str | None
    output: Path | None
    color: Color
    quiet: bool = False
    verbose: bool = False


class Request(NamedTuple):
    """One run, as given on the command line."""

    sources: Sources
    choices: Choices
    show: Show
    baseline: Path | None
    write_baseline: Path | None
    fix: bool
    diff: bool
    show_config: bool

    @property
    def output(self) -> Path | None:
        """Where the run's output goes."""
        return self.show.output


def respond(request: Request) -> NoReturn:
    """Validate, print, and leave with the exit code of the contract."""
    # Short-lived and free of cycles: the collector would only look at everything again and again.
    gc.set_threshold(ALLOCATIONS)
    _refuse_contradictions(request)
    form = chosen_format(request.show.format, request.output, tuple(FindingFormat), "text")
    given, (request, project) = _given(request), _settled(request)
    policy = policy_of(request.choices, project)
    if request.show_config:
        write_output(described(project, given), request.output)
        raise typer.Exit(Exit.OK)
    known = _baseline(request.baseline)
    chosen, content = chosen_targets(request, project)
    if request.fix or request.diff:
        correct(chosen, policy, content, request)
    validation = _validated(chosen, policy, known, content, _anchor(request, project))
    _tell(request, validation)
    if request.write_baseline is not None:
        _accept(request, validation)
    if not request.diff:
        colours = coloured(request.show.color, request.output)
        write_output(_rendered(request.show, form, validation, colours), request.output, coloured=colours)
    raise typer.Exit(_empty(request) if not validation.files else exit_code(validation, request.choices.fail_on))


def _refuse_contradictions(request: Request) -> None:
    """End the command where one option makes another one void: none is without effect."""
    sources, choices = request.sources, request.choices
    void = {
        "--fix and --diff": request.fix and request.diff,
        "--fix and --write-baseline": (request.fix or request.diff) and request.write_baseline,
        "--quiet and --verbose": request.show.quiet and request.show.verbose,
        "--stdin-name without -": sources.stdin_name and STDIN not in sources.paths,
        "--changed and -": sources.changed is not None and STDIN in sources.paths,
        "--changed and --root": sources.changed is not None and sources.root is not None,
        "--profile without --root": sources.profile and sources.root is None,
        "--format with --diff": request.diff and request.show.format not in (None, "text"),
        "--fail-on below --min-severity": _hidden(choices),
    }
    for what, contradicts in void.items():
        if contradicts:
            fail(f"{what}: one of the two has no effect; leave it out", Exit.USAGE)


def _hidden(choices: Choices) -> bool:
    if not choices.min_severity or choices.fail_on in ("", NEVER):
        return False
    return Severity(choices.fail_on).rank > Severity(choices.min_severity).rank


def _settled(request: Request) -> tuple[Request, Project]:
    """Return the request with what the project file says where no option does, and the project."""
    sources, choices = request.sources, request.choices
    try:
        project = load(str(sources.config)) if sources.config else find(_starts(sources))
    except ProjectError as error:
        fail(str(error), Exit.USAGE)
    paths = sources.paths
    root = sources.root
    if not paths and root is None and project.path:
        root = Path(project.place(project.root)) if project.root else None
        paths = tuple(map(project.place, project.paths)) or (() if root else (project.place(os.curdir),))
    baseline = Path(project.place(project.baseline)) if project.baseline and not request.write_baseline else None
    said = (choices.fail_on or project.fail_on, choices.min_severity or project.min_severity)
    return request._replace(
        sources=sources._replace(paths=paths, root=root, exclude=sources.exclude),
        choices=choices._replace(fail_on=said[0], min_severity=said[1]),
        baseline=request.baseline or baseline,
    ), project


def _starts(sources: Sources) -> list[str]:
    """Return the paths from which the project file is looked for."""
    paths = [sources.stdin_name or os.curdir if each == STDIN else each for each in sources.paths]
    return paths or [str(sources.root) if sources.root else os.curdir]


def _given(request: Request) -> dict[str, str]:
    """Return what options say, by the key of the project file that says the same."""
    sources, choices = request.sources, request.choices
    return {
        "paths": ", ".join(sources.paths),
        "exclude": ", ".join(sources.exclude),
        "root": str(sources.root or ""),
        "baseline": str(request.baseline or ""),
        "fail_on": choices.fail_on,
        "min_severity": choices.min_severity,
        "severity": ", ".join(choices.severity),
    }


def _anchor(request: Request, project: Project) -> str:
    """Return the folder from which paths are seen in fingerprints; empty where nothing fixes one."""
    if project.folder:
        return project.folder
    kept = request.write_baseline or request.baseline
    return os.path.dirname(real(kept)) if kept else ""  # noqa: PTH120  names alone


def _tell(request: Request, validation: Validation) -> None:
    """Say what is no finding: faults of ours, and that nothing was there to check."""
    for failure in validation.failed:
        note(f"plan: {failure}")
    if not validation.files and request.sources.changed is None:
        note(f"plan: nothing to check in {', '.join(request.sources.paths)}: no file there holds settings")


def _empty(request: Request) -> Exit:
    return Exit.OK if request.sources.allow_empty or request.sources.changed is not None else Exit.USAGE


def _rendered(show: Show, form: str, validation: Validation, colours: bool) -> str:
    from planner.output.findings import render

    return render(validation, form, color=colours, verbose=show.verbose, quiet=show.quiet)


def exit_code(validation: Validation, fail_on: str) -> Exit:
    """Return 4 where a fault of ours hid a file, 3 where one could not be read, 1 for findings, else 0."""
    if validation.failed:
        return Exit.INTERNAL
    if validation.unreadable:
        return Exit.UNREADABLE
    return Exit.FINDINGS if validation.failing and fail_on != NEVER else Exit.OK


def policy_of(choices: Choices, project: Project | None) -> Policy:
    """Return the policy that options and project file describe; a name that does not exist ends the command."""
    levels = (project.severity if project else {}) | dict(_level(each) for each in _listed(choices.severity))
    off = {name for name, level in levels.items() if level == OFF}
    try:
        return Policy(
            select=_selected(choices.select),
            ignore=frozenset({*_listed(choices.ignore), *off}),
            severity={name: Severity(level) for name, level in levels.items() if level != OFF},
            fail_on=Severity(choices.fail_on) if choices.fail_on not in ("", NEVER) else None,
            min_basis=Basis(choices.min_basis or Basis.ASSUMPTION),
            min_severity=Severity(choices.min_severity or Severity.INFO),
            accepted=project.ignore if project else (),
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


def _level(text: str) -> tuple[str, str]:
    name, separator, level = (part.strip() for part in text.partition("="))
    if not separator:
        fail(f"--severity {text}: write RULE=LEVEL, such as unlimited-call-duration=error", Exit.USAGE)
    if level not in (*LEVELS, OFF):
        fail(f"--severity {text}: the level is one of {', '.join((*LEVELS, OFF))}", Exit.USAGE)
    return name, level


def chosen_targets(request: Request, project: Project) -> tuple[list[Target], bytes | None]:
    """Return what to validate, and standard input's bytes where it is part of that."""
    sources = request.sources
    if not sources.paths and sources.root is None and sources.changed is None:
        fail("name a file or folder to validate, or a --root", Exit.USAGE)
    if "" in sources.paths:
        fail("a path is empty: name a file or folder to validate", Exit.USAGE)
    if sources.root is not None:
        _require_folder(sources.root)
    found = _found(sources, project)
    content = sys.stdin.buffer.read() if any(each.path == STDIN for each in found) else None
    name = sources.stdin_name or "<stdin>"
    found = [each._replace(kind="stdin", path=name) if each.path == STDIN else each for each in found]
    chosen = _of_host(found, sources) if sources.root else _with_deployments(request, found, project)
    if sources.measured is not None:
        from planner.cli.traffic_options import read_profile

        measured = read_profile(sources.measured)
        chosen = [each._replace(measured=measured) for each in chosen]
    return chosen, content


def _require_folder(root: Path) -> None:
    try:
        os.listdir(root)  # noqa: PTH208  only whether it can be
    except (FileNotFoundError, NotADirectoryError):
        fail(f"--root {root}: there is no such folder", Exit.USAGE)
    except OSError as error:
        fail(f"--root {root}: {reason(error)}", Exit.UNREADABLE)


def _found(sources: Sources, project: Project) -> list[Target]:
    if wrong := [each for each in sources.exclude if not is_pattern(each)]:
        fail(f"--exclude {wrong[0]!r}: write a pattern as in .gitignore, such as old/*.yaml", Exit.USAGE)
    scope = Scope(project.exclude, project.folder or os.curdir, sifts=sources.sift)
    own = Scope(sources.exclude, os.curdir, sifts=sources.sift)
    if sources.changed is None:
        return list(targets(sources.paths, sources.input_format, scope, own))
    within = sources.paths or (os.curdir,)
    try:
        names = changed(sources.changed, _folder(within[0]))
    except ChangesError as error:
        fail(f"--changed {sources.changed}: {error}", Exit.USAGE)
    below = tuple(os.path.join(real(each), "") for each in within)  # noqa: PTH118
    named = [each for each in names if f"{real(each)}/".startswith(below)]
    return list(targets(named, "", scope._replace(sifts=True), own._replace(sifts=True)))


def _folder(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path) or os.curdir  # noqa: PTH112, PTH120


def _with_deployments(request: Request, found: list[Target], project: Project) -> list[Target]:
    """Return the targets with the deployments that name a settings file among them, and say so."""
    scope = Scope(project.exclude, project.folder or os.curdir)
    complete, named = with_deployments(found, project.folder, scope)
    for path, deployment in named.items():
        if not request.show.quiet:
            note(f"plan: {path} is checked with {deployment}, which names it")
    if request.sources.changed is None:
        return complete
    return [each for each in complete if os.path.lexists(each.path)]


def _of_host(found: list[Target], sources: Sources) -> list[Target]:
    """Return the host's target; a single deployment file beside it says what the host has to carry."""
    host = Target("host", str(sources.root), profile=sources.profile)
    if len(found) == 1 and found[0].kind == "file" and is_structured(found[0].path):
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
    chosen: list[Target], policy: Policy, known: tuple[Known, ...] | None, content: bytes | None, anchor: str
) -> Validation:
    from planner.cli.spreading import parts

    return gather(parts(chosen, policy, content), known, anchor)


def _accept(request: Request, validation: Validation) -> NoReturn:
    accepted = (*validation.findings, *validation.known)
    write_output(render_baseline(accepted), request.write_baseline)
    note(f"{sum(1 for each in accepted if not each.suppressed)} findings written to {request.write_baseline}")
    raise typer.Exit(Exit.UNREADABLE if validation.unreadable else Exit.OK)
