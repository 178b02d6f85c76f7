"""Recommended settings: each value of the plan's with its need, its source and what happens without it.

The values are the plan's (`planner.sizing.recommended`); what is said beside each stands in `schemas/tune.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from math import ceil
from typing import Any, NamedTuple

from planner.catalogue.data import SCHEMAS
from planner.catalogue.display import format_quantity
from planner.deployment import Deployment
from planner.deployment.model import Value
from planner.deployment.settings import profile_named
from planner.document.sysctl_host import DEFAULT_PROFILE, PROFILES
from planner.rules.shared import reserved
from planner.rules.site import Site
from planner.sizing import Sizing
from planner.sizing import recommended as chosen
from planner.sizing.constants import limit
from planner.sizing.decide import MIB
from planner.wording import term, wording

_PARTS = {"modprobe": "sysctl", "server": "limits"}


class Setting(NamedTuple):
    """One recommended setting.

    `value` is in base units, `text` as the file of its program writes it. `need` says what the value follows from,
    `figure` names the estimate where it is one, `consequence` what happens without the setting.
    """

    part: str
    name: str
    value: chosen.Recommended | tuple[tuple[int, int], ...]
    text: str
    need: str
    figure: str
    source: tuple[str, ...]
    consequence: str

    @property
    def key(self) -> str:
        """The name in its program's own file: `net.core.rmem_max`, `SS_MAXCPS`."""
        return self.name.split(".", 1)[1]


class Ground(chosen.Ground):
    """What recommendations, alerts and the balancer stand on: the deployment and its sizing."""

    def __init__(self, deployment: Deployment, sizing: Sizing) -> None:
        """Raise ValueError for a sizing without the plan that settings are for."""
        if sizing.plan is None:
            raise ValueError(wording("the sizing holds no plan"))
        super().__init__(deployment, sizing.value, sizing.plan)
        self.sizing = sizing
        self.site = Site(deployment)
        self.boot = PROFILES[profile_named(deployment.values) or DEFAULT_PROFILE]


def recommended(deployment: Deployment, sizing: Sizing) -> tuple[Setting, ...]:
    """Return what the sizing calls for, in the order in which it is set."""
    ground = Ground(deployment, sizing)
    return tuple(_setting(ground, name, value) for name, value in _written(ground))


def _written(ground: Ground) -> Iterator[tuple[str, chosen.Recommended]]:
    for name, value in ground.plan.settings.items():
        yield name, value
        if name == chosen.TRACKED:
            # What a kernel takes when the module is loaded, not among its settings.
            least = ceil(2 * ground.plan.settings[name] / limit("conntrack.chain"))
            yield "modprobe.nf_conntrack.hashsize", max(int(ground.typical("server.conntrack_buckets")), least)


def host(deployment: Deployment, sizing: Sizing) -> dict[str, Value]:
    """Return what makes a deployment the plan's own: its hardware, its servers, and the settings of each by name."""
    plan = sizing.plan
    parts: dict[str, Value] = {name: plan.host.value(part) for name, part in _HOST.items()}
    if any(name.startswith("prices.") for name in deployment.values) and "prices.server" not in deployment:
        # A server that is declared has a price of its own: that of the tier it was planned as.
        parts["prices.server"] = float(sizing.value("cost.server"))
    # A count of servers alone would say that no spare is kept.
    return {**parts, "topology.servers": plan.servers.active, "topology.spare": plan.servers.spare, **plan.settings}


_HOST = {
    "server.ram": "ram",
    "server.cpu_cores": "cpu_cores",
    "server.storage.size": "disk",
    "server.storage.type": "storage",
    "server.nic": "nic",
}


@cache
def told() -> dict[str, dict[str, Any]]:
    """Return what stands in `schemas/tune.json`: beside each setting, of alerts, of units and of the archive."""
    loaded: dict[str, dict[str, Any]] = json.loads((SCHEMAS / "tune.json").read_text(encoding="utf-8"))
    return loaded


def _setting(ground: Ground, name: str, value: chosen.Recommended) -> Setting:
    beside, section = told()["settings"][name], name.partition(".")[0]
    reasons = [term(beside["need"])] if beside["need"] else []
    if beside["figure"]:
        estimate = ground.sizing[beside["figure"]]
        number = format_quantity(estimate.range.typical, estimate.unit)
        reasons.append(wording("{label}: {value}", label=term(estimate.label), value=number))
    need = reasons[0] if len(reasons) == 1 else wording("{one} {other}", one=reasons[0], other=reasons[1])
    # Ports are ranges of them where files are read.
    kept = tuple(reserved(str(value))) if name == chosen.RESERVED else value
    said = need, beside["figure"], tuple(beside["source"]), term(beside["consequence"])
    return Setting(_PARTS.get(section, section), name, kept, _text(section, value), *said)


def _text(section: str, value: chosen.Recommended) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    is_size = section == "mysql" and isinstance(value, int) and value >= MIB and value % MIB == 0
    return f"{value // MIB}M" if is_size and isinstance(value, int) else str(value)
