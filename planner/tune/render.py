"""Recommended settings as files, ready to read and install: `files` gives each path with its text.

Whatever a deployment calls a site or a folder is text here: in comments it stays on its line, in scripts and units
it is quoted, in tables and pages it is escaped.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.catalogue.data import TEMPLATES, cited
from planner.catalogue.parameter import parameter
from planner.deployment import Deployment
from planner.rules.shared import port_ranges
from planner.tune.alerts import alerts, dashboard
from planner.tune.balancer import active, pack, servers
from planner.tune.settings import Ground, Setting, recommended, told
from planner.wording import wording

if TYPE_CHECKING:
    from jinja2 import Environment

    from planner.sizing import Sizing

PARTS = ("sysctl", "limits", "mysql", "softswitch", "alerts", "balancer", "archive")
WRITTEN = "Written by plan tune; what is changed here by hand is not overwritten without --force."
WIDTH = 110
_MINUTE = 60


class Order(NamedTuple):
    """What beside the deployment decides the files: the parts wanted, addresses, folders, a measured profile."""

    parts: tuple[str, ...] = PARTS
    addresses: tuple[str, ...] = ()
    cdr: str = ""
    archive: str = ""
    profile: Mapping[str, Any] | None = None


class Step(NamedTuple):
    """One line of the softswitch's checklist."""

    where: str
    key: str
    old: str
    new: str
    why: str
    without: str


class Work:
    """What the parts are made of."""

    def __init__(self, deployment: Deployment, sizing: Sizing, order: Order) -> None:
        self.ground = Ground(deployment, sizing)
        self.settings = recommended(deployment, sizing)
        self.order = order
        self.site = one_line(str(deployment.value("site.name") or "VOS3000"))
        self.chosen = {each.name: each for each in self.settings}

    def of(self, part: str, *prefixes: str) -> list[Setting]:
        """Return the settings of a part, those alone whose name begins so."""
        return [each for each in self.settings if each.part == part and each.name.startswith(prefixes or ("",))]

    def fill(self, template: str, **values: Any) -> str:  # noqa: ANN401  what a template shows
        """Return a template filled in."""
        return _environment().get_template(template).render(written=WRITTEN, site=self.site, **values)


def files(deployment: Deployment, sizing: Sizing, order: Order) -> dict[str, str]:
    """Return the wanted parts as relative path and text, the same for the same input."""
    work = Work(deployment, sizing, order)
    made = {path: text for part in PARTS if part in order.parts for path, text in _MAKERS[part](work)}
    effects = _EFFECTS if work.ground.boot.units else _EFFECTS | _SCRIPTED
    places = [(path, _effect(path, effects)) for path in made]
    return {"INSTALL.md": work.fill("install.md.j2", places=places), **made}


# The kernel, processes, the database.


def _sysctl(work: Work) -> Iterator[tuple[str, str]]:
    ground, boot = work.ground, work.ground.boot
    settings = work.of("sysctl", "sysctl.")
    apply, keys = _APPLY if boot.units else _SCRIPTED_APPLY, [each.key for each in settings]
    values = {"settings": settings, "apply": apply, "main_last": boot.main_last, "keys": keys}
    yield _SYSCTL, work.fill("sysctl.conf.j2", **values)
    if hashes := work.of("sysctl", "modprobe."):
        yield "etc/modprobe.d/vos3000-conntrack.conf", work.fill("modprobe.conf.j2", settings=hashes)
        folder, ending = ("modules-load.d", "conf") if boot.units else ("sysconfig/modules", "modules")
        yield f"etc/{folder}/vos3000-conntrack.{ending}", work.fill("modules.conf.j2", scripted=not boot.units)
    else:
        yield "etc/vos3000-notrack.rules", work.fill("notrack.rules.j2", **_untracked(ground))


def _untracked(ground: Ground) -> dict[str, Any]:
    """Return the ports of SIP, and those of media where they are declared."""
    given = {name: bool(ground.site.get(name)) for name in ("server.sip_ports", "server.rtp_ports")}
    ports = [pair for name, known in given.items() if known for pair in port_ranges(ground.site, name)]
    sip = [] if given["server.sip_ports"] else [(_SIP, _SIP)]
    return {"ports": [*sip, *ports], "media": given["server.rtp_ports"]}


_SIP = 5060


def _limits(work: Work) -> Iterator[tuple[str, str]]:
    settings = work.of("limits")
    yield "etc/security/limits.d/99-vos3000.conf", work.fill("limits.conf.j2", settings=settings)
    if not work.ground.boot.units:
        return
    version = work.ground.version
    family = "mariadb" if version is not None and version.mariadb else "mysql"
    units = [*told()["units"]["softswitch"]["value"], *told()["units"]["database"]["value"][family]]
    for unit in units:
        yield f"etc/systemd/system/{unit}.service.d/vos3000.conf", work.fill("service.conf.j2", settings=settings)


def _mysql(work: Work) -> Iterator[tuple[str, str]]:
    ground = work.ground
    named = str(ground.deployment.value("server.mysql_version") or "")
    system = str(ground.deployment.value("server.os") or "").lower()
    debian = any(each in system for each in ("debian", "ubuntu"))
    by_hand = f"{ground.redo_file >> 20}M" if ground.resizes_by_hand and not ground.myisam else ""
    engine = "MyISAM" if ground.myisam else "InnoDB"
    text = work.fill(
        "my.cnf.j2",
        settings=work.of("mysql"),
        program=f"{_program(named)}, CDR tables in {engine}",
        by_hand=by_hand,
        by_hand_need=wording("Redo log that holds an hour of writes."),
    )
    # Debian reads the folder of the family after conf.d: what stands there beats it.
    family = "mysql" if ground.version is not None and not ground.version.mariadb else "mariadb"
    yield (f"etc/mysql/{family}.conf.d/zz-vos3000.cnf" if debian else "etc/my.cnf.d/zz-vos3000.cnf"), text


def _program(named: str) -> str:
    if not named:
        return "MySQL or MariaDB of a version that is not declared"
    return f"MariaDB {named.removeprefix('mariadb-')}" if "mariadb" in named.lower() else f"MySQL {named}"


# The softswitch: a checklist in the order to click.


def _softswitch(work: Work) -> Iterator[tuple[str, str]]:
    steps = [*(_step(work, each) for each in work.of("softswitch")), *_kept(work)]
    steps.sort(key=lambda each: each.where)
    yield "softswitch.md", work.fill("softswitch.md.j2", steps=steps)
    yield "softswitch.html", work.fill("softswitch.html.j2", steps=steps)


def _step(work: Work, setting: Setting) -> Step:
    known = parameter(setting.name)
    return Step(
        known.where if known else "",
        setting.key,
        _old(work, setting.name),
        setting.text,
        setting.need,
        setting.consequence,
    )


def _old(work: Work, name: str) -> str:
    declared, known = work.ground.deployment.declared(name), parameter(name)
    default = known.default_text if known else ""
    return declared.text if declared is not None else wording("{value} (default)", value=default or "-")


def _kept(work: Work) -> Iterator[Step]:
    """Yield what the sizing was made for and what must stay so: the two switches that decide the volume of records."""
    stays = {
        "SS_CDR_RECORD_NONCONNECT": wording("decides whether text files follow attempts or answers"),
        "SERVER_BILLING_RECORD_ZERO_HOLD_TIME": wording("decides whether database rows follow attempts or answers"),
        "SERVER_CDR_REAL_TIME_REPORT_SERVER": wording("address and port of a collector, where one listens"),
    }
    other = wording("Changed, the disks and the database fill at another rate than was sized.")
    for key, why in stays.items():
        old, known = _old(work, f"softswitch.{key}"), parameter(f"softswitch.{key}")
        yield Step(known.where if known else "", key, old, wording("as it is"), why, other)


# Alerts, balancer, archive.


def _alerts(work: Work) -> Iterator[tuple[str, str]]:
    listed = alerts(work.ground, work.settings)
    yield "prometheus/vos3000.rules.yml", work.fill("alerts.yml.j2", alerts=listed)
    yield "grafana/vos3000.json", dashboard(work.site, listed)
    yield "alerts.md", work.fill("alerts.md.j2", alerts=listed)


def _balancer(work: Work) -> Iterator[tuple[str, str]]:
    if active(work.ground) < len(("one", "other")) and not work.order.addresses:
        return
    listed = servers(work.ground, work.order.addresses)
    note = "" if work.order.addresses else wording("The addresses are examples: name yours with --address.")
    for path in ("dispatcher.list", "opensips.sql", "srv.zone"):
        yield f"balancer/{path}", work.fill(f"{path}.j2", servers=listed, note=note)
    if work.order.profile is not None:
        names = [each.name for each in listed if not each.standby]
        bins, rows, others = pack(work.order.profile, names)
        rest = (
            wording("{count} attempts of smaller prefixes are not listed one by one.", count=others) if others else ""
        )
        yield "balancer/prefixes.md", work.fill("prefixes.md.j2", bins=bins, rows=rows, rest=rest)


def _archive(work: Work) -> Iterator[tuple[str, str]]:
    facts = {name: each["value"] for name, each in told()["archive"].items()}
    interval = int(work.chosen["softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"].value)  # type: ignore[arg-type]
    values = {
        "cdr": work.order.cdr or facts["cdr_folder"],
        "archive": work.order.archive or facts["archive_folder"],
        "closed": -(-interval // _MINUTE) + facts["grace_minutes"],
        "keep": facts["keep_days"],
        "files": work.chosen["softswitch.SERVER_CDR_FILE_WRITE_MAX"].text,
        "minutes": facts["minutes"],
    }
    for script in ("archive", "recovery-test"):
        yield f"usr/local/sbin/vos3000-{script}", (TEMPLATES / "tune" / f"{script}.sh").read_text(encoding="utf-8")
    yield "etc/vos3000-archive.conf", work.fill("archive.conf.j2", **values)
    if not work.ground.boot.units:
        yield "etc/cron.d/vos3000-archive", work.fill("archive.cron.j2", **values)
        return
    for unit, name in (("archive", "archive"), ("recovery", "recovery-test")):
        for kind in ("service", "timer"):
            yield f"etc/systemd/system/vos3000-{name}.{kind}", work.fill(f"{unit}.{kind}.j2", **values)


_MAKERS: dict[str, Callable[[Work], Iterator[tuple[str, str]]]] = {
    "sysctl": _sysctl,
    "limits": _limits,
    "mysql": _mysql,
    "softswitch": _softswitch,
    "alerts": _alerts,
    "balancer": _balancer,
    "archive": _archive,
}
_SYSCTL = "etc/sysctl.d/99-vos3000.conf"
_APPLY, _SCRIPTED_APPLY = "sysctl --system", f"sysctl -p /{_SYSCTL}"
_EFFECTS = {
    "etc/sysctl.d/": f"`{_APPLY}`, and at every boot",
    "etc/modprobe.d/": "the next load of the module",
    "etc/modules-load.d/": "every boot; now with `modprobe nf_conntrack`",
    "etc/vos3000-notrack": "`iptables-restore --noflush`",
    "etc/security/": "the next login",
    "etc/systemd/system/vos3000-": "`systemctl daemon-reload`, then `systemctl enable --now` of the timer",
    "etc/systemd/": "`systemctl daemon-reload`, and a restart of the service",
    "etc/my": "a restart of the database",
    "etc/vos3000-archive.conf": "the next run of the archive",
    "usr/local/sbin/": "the next run; owner root, mode 755",
    "softswitch": "each click, in the order of the list",
    "prometheus/": "a reload of Prometheus",
    "grafana/": "an import into Grafana",
    "balancer/": "`kamcmd dispatcher.reload`, or a reload of OpenSIPS or the zone: one of the three",
}
_SCRIPTED = {
    "etc/sysctl.d/": f"`{_SCRIPTED_APPLY}`, and at every boot",
    "etc/sysconfig/modules/": "every boot; now by running it; owner root, mode 755",
    "etc/security/": "the next login; a service whose script asks for no login needs `ulimit -n` in that script",
    "etc/cron.d/": "the next minute; owner root, mode 644",
}
"""The same where scripts start the host."""


def _effect(path: str, effects: Mapping[str, str]) -> str:
    return next((how for start, how in effects.items() if path.startswith(start)), "reading it")


# How text becomes part of a file.


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape  # noqa: PLC0415  slow to import

    made = Environment(
        loader=FileSystemLoader(TEMPLATES / "tune", encoding="utf-8"),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        line=one_line, reason=_reason, shell=shell, systemd=systemd, markdown=markdown, gotext=gotext, json=_json
    )
    return made


def one_line(text: str) -> str:
    """Return text that stays on its line in a comment of any of the files."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _reason(setting: Setting) -> str:
    parts = (("Need", setting.need), ("Source", cited(setting.source)), ("Without it", setting.consequence))
    told_lines = (f"{name}: {one_line(str(text))}" for name, text in parts)
    return "\n".join(f"# {line}" for text in told_lines for line in textwrap.wrap(text, WIDTH, subsequent_indent="  "))


def shell(text: str) -> str:
    """Return text as one word of a POSIX shell."""
    return "'" + text.replace("'", "'\\''") + "'"


def systemd(text: str) -> str:
    """Return text as one word of a systemd unit: quoted, specifiers and variables taken literally."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return '"' + "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in escaped) + '"'


def markdown(text: object) -> str:
    """Return text as the content of a cell of a Markdown table."""
    plain = one_line(str(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{letter}" if letter in "\\`*_[]|#!$" else letter for letter in plain)


def gotext(text: str) -> str:
    """Return text that Prometheus' templates leave as it is."""
    return one_line(str(text)).replace("{{", '{{"{{"}}')


def _json(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=True)


def changes(there: Mapping[str, Any], settings: Sequence[Setting]) -> list[dict[str, str | None]]:
    """Return where a file or host has another value than is recommended: name, what is there, what would be right."""
    from planner.deployment.host import same  # noqa: PLC0415  with its only use

    rows = []
    for each in settings:
        found = there.get(each.name)
        if each.name.startswith("modprobe.") or (found is not None and same(found.value, each.value)):
            continue
        told_beside = {"recommended": each.text, "need": each.need, "consequence": each.consequence}
        rows.append({"name": each.name, "there": found.text if found else None, **told_beside})
    return rows
