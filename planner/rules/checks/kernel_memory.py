"""Memory the kernel keeps from programs, and how much written data may wait for the disk."""

from __future__ import annotations

from planner.catalogue.display import format_quantity
from planner.rules.rule import Findings, Rule, beside
from planner.rules.shared import short_name
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.wording import wording


def dirty_limits_exclude_each_other(site: Site, rule: Rule) -> Findings:
    """Yield where a limit of waiting data stands as a share of the memory and in bytes."""
    for which in ("dirty", "dirty_background"):
        pair = (site.get(f"sysctl.vm.{which}_ratio"), site.get(f"sysctl.vm.{which}_bytes"))
        if pair[0] and pair[1]:
            first, last = sorted(filter(None, pair), key=site.kernel.index)
            places = beside(first, wording("the other"))
            yield rule.found(site, last, related=places, one=short_name(first), other=short_name(last))


def dirty_background_above_limit(site: Site, rule: Rule) -> Findings:
    """Yield where writing in the background should begin when programs are held up already."""
    for unit in ("ratio", "bytes"):
        begins, ends = (site.get(f"sysctl.vm.{which}_{unit}") for which in ("dirty_background", "dirty"))
        if begins and ends and site.number(begins.name) >= site.number(ends.name) > 0:
            places = beside(ends, wording("the limit"))
            yield rule.found(site, begins, related=places, unit=unit, begins=begins.text, ends=ends.text)


def reserved_memory_above_ram(site: Site, rule: Rule) -> Findings:
    """Yield where what is kept free and the huge pages together take all of the RAM."""
    units = {"sysctl.vm.min_free_kbytes": 1 << 10, "sysctl.vm.nr_hugepages": limit("kernel.huge_page_bytes")}
    found = {name: site.number(name) * unit for name, unit in units.items() if site.get(name)}
    ram, kept = site[rule.needs[0]], sum(found.values())
    if found and kept >= site.number(ram.name):
        largest = site[max(found, key=lambda name: found[name])]
        yield rule.found(
            site, largest, ram=ram.text, name=short_name(largest), value=largest.text, kept=format_quantity(kept, "B")
        )
