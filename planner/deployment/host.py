"""A host as its bundle tells it: what it is, how it would boot (its files) and how it runs (its live values).

`boot` and `running` are two deployments with the same hardware. In `running` live values stand over those of
the files, which show where the script could not ask. Every value keeps its place: `HOST.bundle/etc/my.cnf`,
line 3.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from planner.catalogue.data import SCHEMAS
from planner.deployment.gather import Collector, add_deployment
from planner.deployment.model import Declared, Deployment, Value
from planner.deployment.settings import add_options, add_resolution, add_settings
from planner.document.bundle import Root, Section, sections
from planner.document.model import Document, Entry, Mapping, Scalar, resolve
from planner.document.reader import parse
from planner.document.sysctl_host import OS_FILES, RELEASE_FILES, profile_below, system_of
from planner.document.sysctl_host import resolve as resolve_sysctl
from planner.document.text import refuse
from planner.finding import Span
from planner.wording import wording

FORMAT = "bundle"
SYSCTL, VARIABLES = "output sysctl", "output variables"
_LIVE = {SYSCTL: ("sysctl -a", "sysctl-dump"), VARIABLES: ("SHOW GLOBAL VARIABLES", "variables-dump")}
_KIB = 1024
_NAME, _NOFILE, _CDR_TABLES = 0, 2, 3
_PROGRAM = re.compile(r"Ver (?P<version>[0-9][0-9.]*)(?P<rest>\S*)")
_PAIRS = re.compile(r"(\w+)=(\S*)")


class BundleRoot(Root):
    """The files of a bundle as a host's root: nothing of them ever reaches this machine's disk."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.path)
        listed = list(_sections(document).values())
        self.files = {self.place(PurePosixPath(each.name)): each for each in listed if each.kind == "file"}
        self.links = {self.place(PurePosixPath(each.name)): each.more for each in listed if each.kind == "link"}
        named = [*self.files, *self.links, *(self.place(PurePosixPath(e.name)) for e in listed if e.kind == "folder")]
        self.folders: dict[Path, set[str]] = {}
        for each in named:
            for place in (each, *each.parents):
                if place == self.folder:
                    break
                self.folders.setdefault(place.parent, set()).add(place.name)
        for each in named[len(self.files) + len(self.links) :]:
            self.folders.setdefault(each, set())

    def is_file(self, place: Path) -> bool:
        """Tell whether the bundle holds this file."""
        return place in self.files

    def is_folder(self, place: Path) -> bool:
        """Tell whether the bundle holds anything below this folder, or says that it exists."""
        return place in self.folders

    def content(self, place: Path, name: str) -> bytes:
        """Return a file's bytes as the bundle has them. Raises `RefusedError`."""
        if place not in self.files:
            raise refuse("unreadable-file", Span.at(name, 1, 1), wording("{name} is not in the bundle", name=name))
        return self.files[place].text.encode(errors="replace")

    def names(self, path: str | PurePosixPath) -> list[str]:
        """Return the names the bundle has in a folder."""
        real = self.real(path)
        return sorted(self.folders.get(self.place(real), ())) if real is not None else []

    def _target(self, parts: list[str]) -> PurePosixPath | None:
        leads = self.links.get(self.folder.joinpath(*parts))
        return PurePosixPath(leads) if leads else None


def add_boot(collector: Collector, document: Document) -> None:
    """Declare what a bundle says of the host and what its files set, as it would boot."""
    from planner.document.options_host import read_host_options  # noqa: PLC0415  start-up

    collector.take([document], document.findings)
    add_deployment(collector, _facts(document))
    root = BundleRoot(document)
    settings = resolve_sysctl(root, profile(document))
    collector.take(settings.documents, settings.findings)
    add_resolution(collector, settings)
    options = read_host_options(root)
    collector.take(options.documents, options.findings)
    add_options(collector, options.options)


def add_running(collector: Collector, document: Document) -> None:
    """Declare what a bundle says of the host as it runs: its files, and over them its live values."""
    add_boot(collector, document)
    for live in live_documents(document):
        collector.take([live], live.findings)
        add_settings(collector, live)


def boot(document: Document) -> Deployment:
    """Return the deployment of a bundle's host as it would boot."""
    collector = Collector()
    add_boot(collector, document)
    return collector.deployment(document.path)


def running(document: Document) -> Deployment:
    """Return the deployment of a bundle's host as it runs."""
    collector = Collector()
    add_running(collector, document)
    return collector.deployment(document.path)


def live(document: Document) -> Deployment:
    """Return the live values of a bundle alone."""
    collector = Collector()
    add_deployment(collector, _facts(document))
    for each in live_documents(document):
        collector.take([each], each.findings)
        add_settings(collector, each)
    return collector.deployment(document.path)


def live_documents(document: Document) -> list[Document]:
    """Return what programs on the host said of their settings, as dumps."""
    found = _sections(document)
    named = [(found[title].text, *_LIVE[title]) for title in _LIVE if title in found and found[title].text]
    return [parse(text, f"{document.path}/{name}", kind) for text, name, kind in named]


def profile(document: Document) -> str:
    """Return how a bundle's host reads its sysctl files at boot."""
    return profile_below(BundleRoot(document), said(document, "host").get("kernel", ""))


def said(document: Document, name: str) -> dict[str, str]:
    """Return the `name=value` pairs of one output of a bundle: `host`, `tracking`."""
    return _pairs(_sections(document), name)


def _sections(document: Document) -> dict[str, Section]:
    if not isinstance(document.root, Mapping):
        return {}
    return {f"{each.kind} {each.name}": each for each in sections(document.root)}


def _pairs(found: dict[str, Section], name: str) -> dict[str, str]:
    text = found[f"output {name}"].text if f"output {name}" in found else ""
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def _facts(document: Document) -> Document:
    """Return the sections `server` and `mysql` a bundle stands for, each value at the line that says so."""
    found = _sections(document)
    server: dict[str, tuple[Any, int]] = {}
    for make in (_machine, _disk, _card, _programs):
        server.update({key: value for key, value in make(found).items() if value[0] not in {None, ""}})
    server["sysctl_profile"] = (profile(document), 1)
    storage = {key.removeprefix("storage."): server.pop(key) for key in list(server) if key.startswith("storage.")}
    nodes: dict[str, Any] = {key: _scalar(document.path, *value) for key, value in server.items()}
    if storage:
        nodes["storage"] = _mapping(document.path, {key: _scalar(document.path, *v) for key, v in storage.items()})
    sections_of: dict[str, Any] = {"server": _mapping(document.path, nodes)}
    if engine := _engine(found):
        sections_of["mysql"] = _mapping(document.path, {"cdr_engine": _scalar(document.path, *engine)})
    return Document(document.path, "json", "", _mapping(document.path, sections_of))


def _scalar(path: str, value: object, line: int) -> Scalar:
    text = str(value)
    return Scalar(resolve(text), text, Span.at(path, line, 1, 1), "")


def _mapping(path: str, nodes: dict[str, Any]) -> Mapping:
    entries = [Entry(name, Scalar(name, name, node.span, ""), node) for name, node in nodes.items()]
    return Mapping(tuple(entries), Span.at(path, 1, 1), "")


def _machine(found: dict[str, Section]) -> dict[str, tuple[Any, int]]:
    facts: dict[str, tuple[Any, int]] = {}
    if cpu := found.get("output processors"):
        facts["cpu_cores"] = (_cores(cpu.text), cpu.line)
    if memory := found.get("output memory"):
        match = re.search(r"^MemTotal:\s+([0-9]{1,15}) kB", memory.text, re.MULTILINE)
        facts["ram"] = (match and f"{int(match[1]) * _KIB}", memory.line)
    if host := found.get("output host"):
        facts["kernel"] = (_pairs(found, "host").get("kernel"), host.line)
        release = next((found[f"file {path}"].text for path in OS_FILES if f"file {path}" in found), "")
        system = system_of(release).get("PRETTY_NAME") or next(
            (found[f"file {path}"].text.strip() for path in RELEASE_FILES if f"file {path}" in found), None
        )
        facts["os"] = (system, host.line)
    if tracking := found.get("output tracking"):
        facts["conntrack"] = ("On" if "nf_conntrack_max=" in tracking.text else "Off", tracking.line)
    return facts


def _cores(text: str) -> int | None:
    """Return the physical cores /proc/cpuinfo tells of: pairs of socket and core, else processors."""
    blocks = [
        dict(re.findall(r"^([\w ]+?)\s*: (.*)$", block, re.MULTILINE))
        for block in re.split(r"^processor", text, flags=re.MULTILINE)[1:]
    ]
    pairs = {(block["physical id"], block["core id"]) for block in blocks if {"physical id", "core id"} <= block.keys()}
    return len(pairs) or len(blocks) or None


def _disk(found: dict[str, Section]) -> dict[str, tuple[Any, int]]:
    """Return size and kind of what carries the CDR files: the last place of `space` that exists."""
    space = found.get("output space")
    rows = [line.split() for line in space.text.splitlines()] if space else []
    rows = [row for row in rows if len(row) == len(("asked", "source", "size", "used", "free", "place"))]
    if space is None or not rows or not rows[-1][2].isdecimal():
        return {}
    _, source, size, _, _, place = rows[-1]
    return {
        "storage.size": (int(size[:18]) * _KIB, space.line),
        "storage.type": (_kind(found, source, place), space.line),
    }


def _kind(found: dict[str, Section], source: str, place: str) -> str | None:
    """Return the kind of the disk below a mount: by its own name, or that of what it is made of."""
    texts = (found[name].text if (name := f"output {each}") in found else "" for each in ("blocks", "mounts"))
    blocks, mounts = ([line.split() for line in text.splitlines()] for text in texts)
    numbers = {row[1]: row[0] for row in mounts if len(row) > 1}.get(place)
    known = {row[0]: row for row in blocks if len(row) == len(("name", "numbers", "size", "turning", "whole", "under"))}
    row = known.get(source.rpartition("/")[2]) or next((each for each in known.values() if each[1] == numbers), None)
    if row is None or row[3] not in {"0", "1"}:
        return None
    names = [row[4], *row[5].split(",")]
    return "nvme" if any(name.startswith("nvme") for name in names) else "hdd" if row[3] == "1" else "ssd"


def _card(found: dict[str, Section]) -> dict[str, tuple[Any, int]]:
    """Return rate and queues of the card with the default route, or of the fastest that is up."""
    links = found.get("output links")
    rows = [dict(_PAIRS.findall(line)) for line in links.text.splitlines()] if links else []
    rows = [row for row in rows if row.get("speed", "").isdecimal() and int(row["speed"][:9]) > 0]
    if links is None or not rows:
        return {}
    chosen = max(rows, key=lambda row: (row.get("default") == "yes", row.get("state") == "up", int(row["speed"][:9])))
    queues = chosen.get("queues", "")
    return {
        "nic": (f"{chosen['speed']}Mbps", links.line),
        "nic_queues": (queues if queues.isdecimal() and int(queues[:9]) else None, links.line),
    }


def _programs(found: dict[str, Section]) -> dict[str, tuple[Any, int]]:
    facts: dict[str, tuple[Any, int]] = {}
    if program := found.get("output database-program"):
        facts["mysql_version"] = (_version(program.text), program.line)
    if variables := found.get(VARIABLES):
        version = re.search(r"^version\t(\S+)$", variables.text, re.MULTILINE)
        facts["mysql_version"] = (
            (version and version[1], variables.line) if version else facts.get("mysql_version", (None, 1))
        )
    if limits := found.get("output limits"):
        names = _data()["softswitch_processes"]["value"]
        rows = [row for line in limits.text.splitlines() if len(row := line.split()) > _NOFILE and row[_NAME] in names]
        most = [int(row[_NOFILE][:10]) for row in rows if row[_NOFILE].isdecimal()]
        facts["nofile"] = (min(most, default=None), limits.line)
    return facts


def _version(text: str) -> str | None:
    match = _PROGRAM.search(text)
    if match is None:
        return None
    return f"mariadb-{match['version']}" if "mariadb" in match["rest"].lower() else match["version"]


def _engine(found: dict[str, Section]) -> tuple[str, int] | None:
    """Return the engine of the CDR tables where all have one."""
    tables = found.get("output tables")
    rows = [line.split("\t") for line in tables.text.splitlines()[1:]] if tables else []
    counted = [(row[1].lower(), row[_CDR_TABLES]) for row in rows if len(row) > _CDR_TABLES]
    engines = {engine for engine, count in counted if count.isdecimal() and int(count[:9]) > 0}
    return (engines.pop(), tables.line) if tables and len(engines) == 1 and engines <= {"myisam", "innodb"} else None


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / "host.json").read_text(encoding="utf-8"))
    return loaded


def differences(document: Document) -> Iterator[tuple[Declared, Declared]]:
    """Yield what a bundle's files set and the running host has otherwise: in the files, live."""
    files, now = boot(document).values, live(document).values
    for name in sorted(files.keys() & now.keys()):
        if name.startswith(("sysctl.", "mysql.")) and not same(files[name].value, now[name].value):
            yield files[name], now[name]


def same(one: Value, other: Value) -> bool:
    """Tell whether two values of a setting mean the same, whoever wrote them."""
    return bool(_plain(one) == _plain(other))


def _plain(value: Value) -> Value:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        text = " ".join(value.split()).lower()
        return {"on": 1, "off": 0, "yes": 1, "no": 0}.get(text, text.rstrip("/"))
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value
