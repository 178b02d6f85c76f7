"""Answers `plan validate`: from the options to a run, its output and its exit code."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

import typer

from planner.cli.console import fail, note, write_output
from planner.cli.exits import Exit
from planner.finding import Basis, Severity
from planner.rules.baseline import BaselineError, parse_baseline, render_baseline
from planner.rules.policy import Policy
from planner.rules.registry import UnknownRuleError
from planner.rules.targets import STDIN, Target, targets

if TYPE_CHECKING:
    from pathlib import Path

    from planner.rules.baseline import Known
    from planner.rules.validation import Validation

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
        from planner.cli.fixing import correct

        correct(chosen, policy, content, request)
    validation = _validated(chosen, policy, known, content)
    if not validation.files:
        note(f"plan: no files of settings in {', '.join(request.sources.paths)}")
    if request.write_baseline is not None:
        _accept(request, validation)
    if not request.diff:
        text = render(validation, request.format, color=_colored(request), verbose=request.verbose)
        write_output(text, request.output)
    raise typer.Exit(exit_code(validation, request.choices.fail_on))


def exit_code(validation: Validation, fail_on: str) -> Exit:
    """Return 3 where an input could not be read, else 1 where findings fail the run, else 0."""
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
    from planner.document.sysctl_profile import PROFILES

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
        return parse_baseline(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        fail(f"--baseline {path}: {getattr(error, 'strerror', None) or 'it is no UTF-8 text'}", Exit.UNREADABLE)
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
