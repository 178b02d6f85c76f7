"""`plan tune`: the settings the sizing calls for, ready to install."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.commands import Exit
from planner.cli.console import (
    application,
    chosen_format,
    fail,
    format_option,
    note,
    terminal_width,
    write_form,
    write_output,
)
from planner.cli.traffic_options import declared_options, read_deployment, read_profile, sized, with_traffic_options
from planner.wording import counted

if TYPE_CHECKING:
    from planner.deployment import Deployment
    from planner.tune.settings import Setting

app = application()
FORMATS = ("text", "json")
LEDGER = ".plan-tune.json"
"""Where the digests of written files are kept: a file that still has its own may be written again."""

_ADDRESS = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]?")
_LONGEST_NAME = 253  # characters of a host name, RFC 1035
_SCRIPTS = "usr/local/sbin/", "etc/sysconfig/modules/"


@app.command(epilog="Example: plan tune deployment.yaml -o settings/")
@with_traffic_options
def tune(
    traffic: dict[str, Any],
    *,
    deployment: Annotated[
        str | None, typer.Argument(help="A deployment file; - reads standard input. Options override it.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the files below this folder.")] = None,
    only: Annotated[
        str | None, typer.Option(help="sysctl, limits, mysql, softswitch, alerts, balancer, archive: some of them.")
    ] = None,
    diff: Annotated[
        str | None,
        typer.Option(help="Show what would change there: settings file, deployment, or bundle.", metavar="FILE"),
    ] = None,
    bundle: Annotated[
        str | None, typer.Option("--from", help="The host a bundle of plan collect describes.", metavar="BUNDLE")
    ] = None,
    address: Annotated[
        list[str], typer.Option("--address", help="Address of a server for the balancer; repeatable.")
    ] = [],  # noqa: B006  typer copies it
    cdr_dir: Annotated[str, typer.Option("--cdr-dir", help="Folder of the CDR text files.")] = "",
    archive_dir: Annotated[str, typer.Option("--archive-dir", help="Folder they are archived to, off the host.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite files this command did not write.")] = False,
    format: Annotated[str | None, format_option(FORMATS)] = None,  # noqa: A002  the option's name
) -> None:
    """Render the settings the sizing calls for, ready to install.

    Nothing is applied. Each value stands with its need, its source and what happens without it. Without -o the
    settings are listed.
    """
    form = chosen_format(format, output, FORMATS, "text")
    parts = _parts(only)
    _check(address, (cdr_dir, archive_dir))
    declared = read_deployment(deployment, declared_options(traffic), bundle)
    sizing = sized(declared, traffic)
    from planner.tune.render import Order, files
    from planner.tune.settings import recommended

    settings = [each for each in recommended(declared, sizing) if each.part in parts]
    if diff is not None:
        write_form(_differences(diff, settings, form), output, form)
        return
    order = Order(parts, tuple(address), cdr_dir, archive_dir, read_profile(traffic.get("profile"), whole=True))
    made = files(declared, sizing, order)
    if short := sizing.plan.short if sizing.plan is not None else ():
        note(f"plan: the servers do not suffice ({', '.join(row.label for row in short)}): plan size tells by how much")
    _remark(declared, settings, parts, made)
    if form == "json":
        text = json.dumps(_document(settings, made), indent=1, ensure_ascii=False) + "\n"
        write_output(text, output)
    elif output is None:
        write_form(_listed(settings), None, "text")
    else:
        _write(output, made, force=force)


def _parts(only: str | None) -> tuple[str, ...]:
    from planner.tune.render import PARTS

    # The contract's own name of the part.
    named = [{"dispatcher": "balancer"}.get(each.strip(), each.strip()) for each in (only or "").split(",")]
    if only is None:
        return PARTS
    if unknown := [each for each in named if each not in PARTS]:
        fail(f"--only {unknown[0]}: choose among {', '.join(PARTS)}", Exit.USAGE)
    return tuple(each for each in PARTS if each in named)


def _check(addresses: Sequence[str], folders: tuple[str, str]) -> None:
    for each in addresses:
        if len(each) > _LONGEST_NAME or not _ADDRESS.fullmatch(each):
            fail(f"--address {each!r}: write a host name or an IP address", Exit.USAGE)
    for option, folder in zip(("--cdr-dir", "--archive-dir"), folders, strict=True):
        if folder and (not folder.startswith("/") or not folder.isprintable()):
            fail(f"{option} {folder!r}: write an absolute path without control characters", Exit.USAGE)


def _remark(declared: Deployment, settings: Sequence[Setting], parts: tuple[str, ...], made: Mapping[str, str]) -> None:
    from planner.deployment.host import same

    if "balancer" in parts and not any(path.startswith("balancer/") for path in made) and len(parts) == 1:
        note("plan: one server carries the load: there is nothing to balance; --address names several")
    other = [s.key for s in settings if s.name in declared and not same(declared.value(s.name), s.value)]
    if other:
        note(f"plan: {', '.join(other)}: declared otherwise; plan tune --diff shows both")


def _document(settings: Sequence[Setting], made: Mapping[str, str]) -> dict[str, Any]:
    rows = [{**each._asdict(), "source": list(each.source)} for each in settings]
    return {"schema": "tune-v1", "settings": rows, "files": dict(made)}


def _listed(settings: Sequence[Setting]) -> str:
    from planner.output.comparisons import text_table

    table = [[each.part, each.key, each.text, str(each.need)] for each in settings]
    return (
        text_table(table, ["part", "setting", "value", "need"], terminal_width(None)) + "\n-o DIR writes the files.\n"
    )


def _differences(path: str, settings: Sequence[Setting], form: str) -> str:
    """Return what a settings file, a deployment or a host has otherwise than is recommended."""
    from planner.deployment import host
    from planner.deployment.load import from_documents
    from planner.document.reader import read
    from planner.output.comparisons import text_table
    from planner.tune.render import changes

    document = read(path, pipes=True)
    if document.root is None:
        for finding in document.findings:
            note(f"{finding.span.path}:{finding.span.line}: {finding.message}")
        fail(f"{path}: cannot be read", Exit.UNREADABLE)
    is_host = document.format == "bundle"
    there = (host.boot(document) if is_host else from_documents([document])).values
    sections = {name.partition(".")[0] for name in there} if not is_host else {"sysctl", "mysql", "server"}
    rows = changes(there, [each for each in settings if each.name.partition(".")[0] in sections])
    if form == "json":
        return (
            json.dumps({"schema": "tune-diff-v1", "there": path, "changes": rows}, indent=1, ensure_ascii=False) + "\n"
        )
    if not rows:
        return f"{path} has what is recommended\n"
    table = [
        [str(each["name"]), each["there"] or "not set", str(each["recommended"]), str(each["need"])] for each in rows
    ]
    return text_table(table, ["setting", "there", "recommended", "need"])


# Files below a folder: each whole, none over what somebody else wrote.


def _write(folder: Path, made: Mapping[str, str], *, force: bool) -> None:
    from planner.files import write

    ledger = _ledger(folder)
    if not force and (foreign := [path for path in made if _is_foreign(folder / path, ledger.get(path))]):
        message = f"{folder / foreign[0]} was not written by plan tune, or was changed since"
        more = f" (and {len(foreign) - 1} more)" if len(foreign) > 1 else ""
        fail(f"{message}{more}; nothing was written: choose another folder, or --force", Exit.USAGE)
    try:
        for path, text in made.items():
            _prepare(folder / path)
            write(folder / path, text.encode())
            (folder / path).chmod(0o755 if path.startswith(_SCRIPTS) else 0o644)
        digests = {**ledger, **{path: _digest(text.encode()) for path, text in made.items()}}
        write(folder / LEDGER, (json.dumps(digests, indent=1, sort_keys=True) + "\n").encode())
        (folder / LEDGER).chmod(0o644)
    except OSError as error:
        fail(f"cannot write {error.filename or folder}: {error.strerror or error}", Exit.USAGE)
    note(f"{counted(len(made), 'file')} below {folder}; INSTALL.md says where each belongs")


def _prepare(path: Path) -> None:
    """Make the folders of a file that are missing: nobody but the owner may write there, whatever the umask."""
    for each in reversed(path.parents):
        if not each.is_dir():
            each.mkdir()
            each.chmod(0o755)


def _ledger(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / LEDGER).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return (
        {path: digest for path, digest in found.items() if isinstance(digest, str)} if isinstance(found, dict) else {}
    )


def _is_foreign(path: Path, digest: str | None) -> bool:
    if path.is_symlink():
        return True
    if not path.exists():
        return False
    try:
        return not path.is_file() or _digest(path.read_bytes()) != digest
    except OSError:
        return True


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
