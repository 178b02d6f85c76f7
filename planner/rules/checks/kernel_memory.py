"""Memory the kernel keeps from programs, and how much written data may wait for the disk."""

from __future__ import annotations

from planner.catalogue.display import format_quantity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.wording import wording


def dirty_limits_exclude_each_other(site: Site, rule: Rule) -> Findings:
    """Yield where a limit of waiting data stands as a share of the memory and in bytes."""
    for which in ("dirty", "dirty_background"):
        pair = (site.get(f"sysctl.vm.{which}_ratio"), site.get(f"sysctl.vm.{which}_bytes"))
        if pair[0] and pair[1]:
            first, last = sorted(filter(None, pair), key=site.kernel.index)
            message = wording(
                "{one} and {other} are one limit: the kernel drops one when the other is written",
                one=first.name.removeprefix("sysctl."),
                other=last.name.removeprefix("sysctl."),
            )
            yield rule.at(last, message, wording("Keep one of the two."), related=related(first, wording("the other")))


def dirty_background_above_limit(site: Site, rule: Rule) -> Findings:
    """Yield where writing in the background should begin when programs are held up already."""
    for unit in ("ratio", "bytes"):
        begins, ends = (site.get(f"sysctl.vm.{which}_{unit}") for which in ("dirty_background", "dirty"))
        if begins and ends and site.number(begins.name) >= site.number(ends.name) > 0:
            message = wording(
                "vm.dirty_background_{unit} = {begins} is not below vm.dirty_{unit} = {ends}; half of that counts",
                unit=unit,
                begins=begins.text,
                ends=ends.text,
            )
            advice = wording("Set vm.dirty_background_{unit} below {ends}.", unit=unit, ends=ends.text)
            yield rule.at(begins, message, advice, related=related(ends, wording("the limit")))


def reserved_memory_above_ram(site: Site, rule: Rule) -> Findings:
    """Yield where what is kept free and the huge pages together take all of the RAM."""
    units = {"sysctl.vm.min_free_kbytes": 1 << 10, "sysctl.vm.nr_hugepages": limit("kernel.huge_page_bytes")}
    found = {name: site.number(name) * unit for name, unit in units.items() if site.get(name)}
    ram, kept = site.number(rule.needs[0]), sum(found.values())
    if found and kept >= ram:
        largest = max(found, key=lambda name: found[name])
        message = wording(
            "{name} = {value} keeps {kept} from all programs, of {ram} declared",
            name=largest.removeprefix("sysctl."),
            value=site[largest].text,
            kept=format_quantity(kept, "B"),
            ram=site[rule.needs[0]].text,
        )
        beside = related(site[rule.needs[0]], wording("the RAM declared"))
        yield rule.at(site[largest], message, wording("Remove the line."), related=beside)
