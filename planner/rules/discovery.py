"""What one run validates: paths become targets, files, `sysctl.d` folders as one, a host below a root."""

from __future__ import annotations

import glob
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from errno import EINVAL
from functools import cache, lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.deployment.load import from_documents, holds_settings, settings_in
from planner.deployment.model import Deployment
from planner.document.bundle import Root, drop_ins
from planner.document.model import Document, Mapping, Scalar
from planner.document.reader import file_bytes, parse, read, unreadable
from planner.document.text import RefusedError, fault
from planner.files import Kind, leads_out, look, real, reason, walk
from planner.finding import Finding, Span
from planner.wording import wording

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from planner.document.sysctl_host import SettingsResolution


STDIN = "-"
DROP_INS = "sysctl.d"


class Target(NamedTuple):
    """One thing to validate.

    `kind` is `file`, `drop-ins` (a sysctl.d folder, read as one), `host` (everything below a root), `link` (out of
    the folder, left alone) or `problem` (what cannot be looked at; `error` says why).
    `named` tells that the user named it; a file merely met in a folder is passed over where it holds no
    settings. `deployment` is the
    deployment file a host belongs to. `format` is what the user said the file is, empty where they did not.
    `measured` is a `profile-v1` document: what was measured counts where nothing is declared.
    """

    kind: str
    path: str
    named: bool = True
    format: str = ""
    profile: str = ""
    deployment: str = ""
    error: str = ""
    measured: dict[str, Any] | None = None


def shown(path: str) -> str:
    """Return a path as findings show it: relative to the working directory where it lies below it."""
    if path == STDIN:
        return path
    relative = os.path.relpath(path) if Path(path).is_absolute() else os.path.normpath(path)
    return os.path.normpath(path) if leads_out(relative) else relative


# Targets to deployments: each file once, settings files that a deployment refers to with that deployment.

INCLUDE = "!include"


class Loaded(NamedTuple):
    """A deployment to examine, and the root its files were resolved below, where there was one.

    `running` is the same host as it runs, where a bundle tells that beside how it would boot.
    """

    deployment: Deployment
    root: Path | Root | None = None
    profile: str = ""
    running: Deployment | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were read, the deployment's own first; a whole host has none of its own."""
        read = tuple(each.path for each in self.deployment.documents)
        return read if self.root is None else ("", *read)


def load_all(targets: Iterable[Target]) -> list[Loaded]:
    """Return the deployment of each target, those of settings files that another one refers to left out."""
    found = [loaded for target in targets if (loaded := load(target)) is not None]
    others = referred(each.files for each in found)
    return [each for each in found if len(each.files) != 1 or os.path.realpath(each.files[0]) not in others]


def referred(files: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the real paths of settings files that deployments refer to: all files of each but its first."""
    return frozenset(os.path.realpath(path) for paths in files for path in paths[1:])


def load(target: Target, content: bytes | None = None) -> Loaded | None:
    """Return a target's deployment; None for a file met in a folder that holds no settings.

    `content` is what standard input held, where the target is that.
    """
    found = _loaded(target, content)
    if found is None or target.measured is None:
        return found
    from planner.sizing.inputs import as_sized  # noqa: PLC0415  start-up

    running = found.running and as_sized(found.running, target.measured)
    return found._replace(deployment=as_sized(found.deployment, target.measured), running=running)


def _loaded(target: Target, content: bytes | None) -> Loaded | None:
    if target.kind == "host":
        return _host(Path(target.path), target)
    if target.kind == "drop-ins":
        return Loaded(from_documents((), sysctl=_drop_ins(Path(target.path))))
    if target.kind == "link":
        return Loaded(Deployment(path=target.path, findings=(_left_alone(target.path),)))
    document = _refused(target.path, target.error) if target.error else _document(target, content)
    if document is None:
        return None
    if document.format == "bundle" and document.root is not None:
        return _bundle(document)
    deployment = from_documents([document])
    if (
        document.format == "option-file"
        and content is None
        and INCLUDE in document.text
        and Path(target.path).is_file()
    ):
        deployment = _included(deployment)
    return Loaded(deployment)


def _document(target: Target, content: bytes | None) -> Document | None:
    """Return a target's document; None for a file merely met that holds no settings."""
    kind = target.format or None
    if content is not None:
        return parse(content, target.path, kind)
    if target.named:
        return read(target.path, kind, pipes=True)
    try:
        data = file_bytes(target.path, target.path)
    except RefusedError as error:
        return Document(target.path, "unknown", "", None, (error.finding,))
    found = settings_in(target.path, data)
    return parse(data, target.path, kind) if found and kind else found


def _refused(path: str, said: str) -> Document:
    return Document(path, "unknown", "", None, (unreadable(path, OSError(EINVAL, said)).finding,))


def _left_alone(path: str) -> Finding:
    what = wording("{path} is a link out of the folder that is checked, and not followed", path=path)
    return fault("include-not-followed", Span.at(path, 1, 1), what, hint=wording("Name the file to have it checked."))


def _bundle(document: Document) -> Loaded:
    """Return the host of a bundle as it would boot, with what of it runs otherwise."""
    from planner.deployment import host  # noqa: PLC0415  start-up

    return Loaded(host.boot(document), host.BundleRoot(document), host.profile(document), host.running(document))


def _included(deployment: Deployment) -> Deployment:
    """Return an option file's deployment with the word that what it includes was not followed."""
    from planner.document.options_host import read_option_files  # noqa: PLC0415  start-up

    findings = read_option_files(deployment.path).findings
    return deployment.replaced(findings=tuple(dict.fromkeys((*deployment.findings, *findings))))


def _drop_ins(folder: Path) -> SettingsResolution:
    """Return what the files of one sysctl.d folder come to, in byte order of their names."""
    from planner.document.sysctl_host import resolve_documents  # noqa: PLC0415  start-up

    return resolve_documents([read(file, "sysctl") for file in drop_ins(folder)])


def _host(root: Path, target: Target) -> Loaded:
    """Return what a whole host's sysctl tree and option files come to, with the deployment given."""
    from planner.document.options_host import read_host_options  # noqa: PLC0415  start-up
    from planner.document.sysctl_host import profile_below, resolve, system_below  # noqa: PLC0415  start-up

    profile, system = target.profile or profile_below(Root(root)), system_below(Root(root))
    settings = resolve(root, profile)
    deployments = [read(target.deployment)] if target.deployment else []
    deployment = from_documents(deployments, sysctl=settings, options=read_host_options(root), system=system)
    said = (each for document in deployment.documents for each in document.findings)
    findings = tuple(dict.fromkeys((*deployment.findings, *said)))
    return Loaded(deployment.replaced(findings=findings), root, profile)


# Finds what to check: what was named, what folders hold that is settings, and the deployments beside a change.

DEPLOYMENTS = frozenset({".yaml", ".yml", ".json", ".toml"})
ENDINGS = DEPLOYMENTS | {".conf", ".cnf", ".txt", ".bundle", ".", ""}
"""Endings of files that are looked at in a folder; a file that is named is looked at whatever it ends in."""

SKIPPED = frozenset({"__pycache__", "node_modules"})
IGNORE_FILE = ".gitignore"
_PATTERN = re.compile(r"[*?\[]")


class Scope(NamedTuple):
    """What is passed over in folders: what git ignores, and patterns as in `.gitignore`, from `anchor` on.

    `sifts` passes over named files, too, where they are excluded or hold no settings: for lists of files that a
    program made.
    """

    exclude: tuple[str, ...] = ()
    anchor: str = "."
    sifts: bool = False


def targets(paths: Iterable[str | os.PathLike[str]], kind: str = "", *scopes: Scope) -> Iterator[Target]:
    """Yield what the paths name, each once, folders in sorted order; `kind` is the format of named files.

    A path that does not exist is a pattern where it holds `*`, `?` or `[`.
    """
    _ignore_files.cache_clear()
    seen = set()
    ignored = Ignored(*(scopes or (Scope(),)))
    for path in paths:
        for each in _expanded(os.fspath(path)):
            for target in _below(shown(each), kind, ignored):
                if target.path not in seen:
                    seen.add(target.path)
                    yield target


def _expanded(path: str) -> list[str]:
    if path == STDIN or not _PATTERN.search(path) or os.path.lexists(path):
        return [path]
    return sorted(glob.glob(path, recursive=True)) or [path]  # noqa: PTH207  a pattern of any kind


def _below(path: str, kind: str, ignored: Ignored) -> Iterator[Target]:
    if path == STDIN or look(path).kind is not Kind.FOLDER:
        if not ignored.sifts:
            yield Target("file", path, format=kind)
        elif not ignored(path):
            yield Target("file", path, named=False, format=kind)
    elif _is_drop_ins(Path(path)):
        yield from _discovery_drop_ins(path, named=True)
    else:
        yield from _within(path, ignored.below(path))


def _within(top: str, ignored: Ignored) -> Iterator[Target]:
    groups: list[str] = []

    def enters(path: str) -> bool:
        name = os.path.basename(path)  # noqa: PTH119  a name is all there is
        if name.startswith(".") or name in SKIPPED or ignored(path, folder=True):
            return False
        if _is_drop_ins(Path(path)):
            groups.append(path)
            return False
        return True

    for each in walk(top, enters):
        yield from (target for group in groups for target in _discovery_drop_ins(os.path.normpath(group), named=False))
        groups.clear()
        path = os.path.normpath(each.path)
        if each.kind is Kind.FOLDER:
            yield Target("problem", path, error=each.error)
        elif _is_met(path) and not ignored(path):
            yield _met(path, top, each.error or (Kind.OTHER.value if each.kind is Kind.OTHER else ""))
    yield from (target for group in groups for target in _discovery_drop_ins(os.path.normpath(group), named=False))


def _met(path: str, top: str, error: str) -> Target:
    if error:
        return Target("problem", path, named=False, error=error)
    return Target("link" if _leaves(path, top) else "file", path, named=False)


def _is_met(path: str) -> bool:
    return _ending(path) in ENDINGS and not os.path.basename(path).startswith(".")  # noqa: PTH119  a name is all there is


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()  # noqa: PTH122  the same


def _discovery_drop_ins(path: str, *, named: bool) -> Iterator[Target]:
    try:
        os.listdir(path)  # noqa: PTH208  only whether it can be
    except OSError as error:
        yield Target("problem", path, error=reason(error, path))
    else:
        yield Target("drop-ins", path, named=named)


def _leaves(path: str, top: str) -> bool:
    """Tell whether a link met in a folder leads out of it: to a file nobody asked to see checked, or shown."""
    return os.path.islink(path) and not Path(path).resolve().is_relative_to(Path(top).resolve())  # noqa: PTH114


def _is_drop_ins(folder: Path) -> bool:
    return os.path.basename(real(folder)) == DROP_INS  # noqa: PTH119


class Ignored:
    """Tells what is passed over: by `--exclude` and the project file, and by every `.gitignore` on the way."""

    def __init__(self, *scopes: Scope) -> None:
        self.sifts = any(each.sifts for each in scopes)
        self._excluding = [(_patterns(each.exclude), real(each.anchor)) for each in scopes if each.exclude]
        self._top = ""
        self._real = cache(real)

    def below(self, folder: str) -> Ignored:
        """Return what is passed over in a folder that was named: where git ignores all of it, that is no reason."""
        inside = copy(self)
        inside._top = real(folder) if self._git(real(folder), folder=True) else ""  # noqa: SLF001  its own copy
        return inside

    def __call__(self, path: str, *, folder: bool = False) -> bool:
        """Tell whether a path is passed over; of a named one the folders above count, too."""
        above, name = os.path.split(path)
        whole = os.path.join(self._real(above), name)  # noqa: PTH118
        if any(_says(spec, whole, anchor, folder=folder) for spec, anchor in self._excluding):
            return True
        return self._git(whole, folder=folder)

    def _git(self, whole: str, *, folder: bool) -> bool:
        verdict = None
        for above, spec in _ignore_files(os.path.dirname(whole)):  # noqa: PTH120
            said = _says(spec, whole, above, folder=folder) if above.startswith(self._top) else None
            verdict = verdict if said is None else said
        return bool(verdict)


@cache
def _patterns(lines: tuple[str, ...]) -> GitIgnoreSpec:
    """Return what the lines of a `.gitignore` say; git takes one that is no pattern for one that fits nothing."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  only where there are patterns

    with warnings.catch_warnings(action="ignore", category=FutureWarning):
        try:
            return GitIgnoreSpec.from_lines(lines)
        except (ValueError, re.error):
            return GitIgnoreSpec.from_lines(each for each in lines if is_pattern(each))


def is_pattern(line: str) -> bool:
    """Tell whether a line of a `.gitignore` can be read."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  only where there are patterns

    with warnings.catch_warnings(action="ignore", category=FutureWarning):
        try:
            return bool(GitIgnoreSpec.from_lines([line]).patterns)
        except (ValueError, re.error):
            return False


def _says(spec: GitIgnoreSpec, path: str, anchor: str, *, folder: bool) -> bool | None:
    relative = os.path.relpath(path, anchor)
    if leads_out(relative):
        return None
    return spec.check_file(relative + "/" * folder).include


@lru_cache(maxsize=4096)
def _ignore_files(folder: str) -> tuple[tuple[str, GitIgnoreSpec], ...]:
    """Return the patterns of each `.gitignore` that holds in a folder, the outermost first."""
    here = _own(folder)
    above = os.path.dirname(folder)  # noqa: PTH120
    if above == folder or os.path.lexists(os.path.join(folder, ".git")):  # noqa: PTH118
        return here
    return (*_ignore_files(above), *here)


def _own(folder: str) -> tuple[tuple[str, GitIgnoreSpec], ...]:
    try:
        text = Path(folder, IGNORE_FILE).read_bytes().decode(errors="surrogateescape")
    except (OSError, ValueError):
        return ()
    return ((folder, _patterns(tuple(text.splitlines()))),)


def covers(patterns: tuple[str, ...], path: str, anchor: str) -> bool:
    """Tell whether a path is one of those that patterns, written as in `.gitignore` from `anchor` on, mean."""
    return bool(_says(_patterns(patterns), real(path), real(anchor), folder=False))


# Settings files are judged by what the deployments that name them carry: those beside them and above, or elsewhere.


def with_deployments(
    chosen: Sequence[Target], stop: str, project: Scope | None = None
) -> tuple[list[Target], dict[str, str]]:
    """Return the targets with the deployments that name one of them, and for each settings file by whom it is.

    Those among the targets go without saying; others are looked for in the folder of the file and in those above
    it, up to `stop`; where none of them names the file, everywhere below `stop` that is in a project's scope.
    """
    _deployments.cache_clear()  # files change between one run of a long process and the next
    _everywhere.cache_clear()
    _files_of.cache_clear()
    settings = (each.path for each in chosen if each.kind in ("file", "drop-ins") and not is_structured(each.path))
    naming = [(path, deployment) for path in settings for deployment in _naming(path, stop, project)]
    have = {real(each.path) for each in chosen} if naming else set()
    named: dict[str, str] = {}
    added: dict[str, Target] = {}
    for path, deployment in naming:
        if real(deployment) not in have:
            named.setdefault(path, deployment)
            added.setdefault(deployment, Target("file", deployment))
    return [*chosen, *added.values()], named


def is_structured(path: str) -> bool:
    """Tell by its ending whether a file may hold a deployment."""
    return _ending(path) in DEPLOYMENTS


def _naming(path: str, stop: str, project: Scope | None) -> list[str]:
    upwards = _upwards(os.path.dirname(real(path)), real(stop))  # noqa: PTH120
    found = [each for folder in upwards for each in _named_by(path, _deployments(folder))]
    return found if found or not (stop and project) else list(_named_by(path, _everywhere(stop, project)))


def _named_by(path: str, deployments: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    whole = real(path)
    name = PurePath(path).name.encode(errors="surrogateescape")
    for deployment, data in deployments:
        if name in data and any(whole in (each, os.path.dirname(each)) for each in _files_of(deployment)):  # noqa: PTH120
            yield deployment


def _upwards(folder: str, stop: str) -> Iterator[str]:
    yield folder
    while folder != stop and folder.startswith(os.path.join(stop, "")):  # noqa: PTH118
        folder = os.path.dirname(folder)  # noqa: PTH120
        yield folder


@cache
def _deployments(folder: str) -> tuple[tuple[str, bytes], ...]:
    return tuple(_read(each.path for each in walk(folder, lambda _: False) if each.kind is Kind.FILE))


@cache
def _everywhere(folder: str, scope: Scope) -> tuple[tuple[str, bytes], ...]:
    return tuple(_read(each.path for each in targets((folder,), "", scope) if each.kind == "file"))


def _read(paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the deployments among files, each with its bytes."""
    for path in filter(is_structured, paths):
        with suppress(RefusedError):
            data = file_bytes(path, path)
            if holds_settings(path, data):
                yield shown(path), data


@cache
def _files_of(deployment: str) -> tuple[str, ...]:
    """Return the real paths of the files a deployment names, those that are missing among them."""
    loaded = load(Target("file", deployment))
    documents = loaded.deployment.documents if loaded else ()
    read = [each.path for each in documents[1:]]
    roots = [each.root for each in documents[:1] if isinstance(each.root, Mapping)]
    sections = [entry.node for root in roots for entry in root.entries if isinstance(entry.node, Mapping)]
    said = [node.get("file") for node in sections]
    above = os.path.dirname(deployment)  # noqa: PTH120
    read += [os.path.join(above, each.text) for each in said if isinstance(each, Scalar)]  # noqa: PTH118
    return tuple(map(real, read))


# Changes: what a version control system says differs.


class ChangesError(Exception):
    """What changed cannot be told; the message says why."""


def changed(base: str, folder: str) -> list[str]:
    """Return the files that differ from where `base` was left, new ones among them; removed ones too.

    Raises ChangesError where git cannot tell.
    """
    top = _git(folder, "rev-parse", "--show-toplevel").removesuffix("\n")
    start = _git(folder, "merge-base", base, "HEAD").strip()
    names = _git(top, "diff", "--name-only", "--no-renames", "-z", start, "--").split("\0")
    names += _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    return [os.path.join(top, name) for name in dict.fromkeys(names) if name]  # noqa: PTH118


def _git(folder: str, *arguments: str) -> str:
    import subprocess  # noqa: PLC0415  only where changes are asked for

    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError as error:
        raise ChangesError(f"git cannot be run: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0] or f"no common commit ({arguments[0]})"
        raise ChangesError(said)
    return os.fsdecode(done.stdout)
