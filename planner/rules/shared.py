"""What checks share: comparisons with a need, ports, database settings."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from planner.catalogue.display import format_quantity
from planner.catalogue.releases import Version, kernel_of
from planner.deployment import Declared
from planner.deployment.model import UndecidableError
from planner.document.bundle import Root
from planner.document.text import RefusedError, byte_text
from planner.finding import Finding, Severity
from planner.rules.rule import Rule, beside
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.sizing.memory import VERSION
from planner.sizing.plan import within
from planner.wording import term, wording

# What checks share: where a declared value falls short of a need, and the places beside it.


def short_name(declared: Declared) -> str:
    """Return a value's own name, without the section: `SS_MAXCPS`, `net.core.rmem_max`."""
    return declared.name.split(".", 1)[1]


def short(site: Site, rule: Rule, unit: str, advice: str = "") -> Iterator[Finding]:
    """Yield where what the rule needs first is below the need `rule.figures[0]` estimates.

    Below the low end the finding has the rule's severity, between low end and typical case it is a warning.
    """
    name = rule.needs[0]
    need, available = site.figure(rule.figures[0]), site.number(name)
    if within(need.value, available):
        return
    message = wording(
        "{declared} falls short of the {need} the load needs ({low} to {high})",
        declared=site[name].text,
        need=format_quantity(need.value, unit),
        low=format_quantity(need.low, unit),
        high=format_quantity(need.high, unit),
    )
    severity = (
        rule.severity if available < need.low else max(rule.severity, Severity.WARNING, key=lambda each: each.rank)
    )
    basis = site.weakest(rule.basis, *rule.figures)
    yield rule.at(site[name], message, advice or term(rule.help), severity=severity, basis=basis)


# Port ranges and lists, as declared and as the kernel writes them.


def port_range(site: Site, name: str) -> tuple[int, int]:
    """Return a declared range's first and last port."""
    ports = site.numbers(name)
    if len(ports) != len(("first", "last")):
        raise UndecidableError(f"{site[name].name} is no port range")
    return ports[0], ports[1]


def port_ranges(site: Site, name: str) -> list[tuple[int, int]]:
    """Return the ranges of a declared set of ports, each as its first and last port."""
    value = site[name].value
    ranges = value if isinstance(value, tuple) else ()
    pairs = [each for each in ranges if isinstance(each, tuple) and len(each) == len(("first", "last"))]
    found = [(first, last) for first, last in pairs if isinstance(first, int) and isinstance(last, int)]
    if not found:
        raise UndecidableError(f"{site[name].name} is no port range")
    return found


def reserved(text: str) -> list[tuple[int, int]]:
    """Return the ranges of `ip_local_reserved_ports`: `5060,8080-8090`, leaving out what is none."""
    ranges = []
    for part in text.replace(" ", ",").split(","):
        first, _, last = part.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            ranges.append((int(first), int(last or first)))
    return ranges


def uncovered(ports: tuple[int, int], covers: Iterable[tuple[int, int]]) -> bool:
    """Tell whether any port of a range lies outside all the covering ranges."""
    first, last = ports
    for low, high in sorted(covers):
        if low > first:
            break
        first = max(first, high + 1)
    return first <= last


# The kernel as checks see it.

KERNEL = "server.kernel"
BUCKETS = "sysctl.net.netfilter.nf_conntrack_buckets"


def kernel_version(site: Site) -> Version | None:
    """Return the version of the kernel, declared or that of the system; None where neither is."""
    kernel, system = (site.text(name) if site.get(name) else "" for name in (KERNEL, "server.os"))
    return kernel_of(kernel, system)


def pages_above_ram(site: Site, rule: Rule) -> Iterator[Finding]:
    """Yield where a vector of pages, `rule.needs[0]`, ends beyond the warning share of RAM, `rule.needs[1]`."""
    setting, ram = site[rule.needs[0]], site.number(rule.needs[1])
    pages = site.numbers(rule.needs[0])[-1]
    size = pages * limit("kernel.page_bytes")
    if size <= limit("kernel.udp_memory_share") * ram:
        return
    message = wording(
        "{name} counts pages: {pages} of them are {size} GiB, {share} of the RAM declared",
        name=setting.name.rpartition(".")[2],
        pages=f"{pages:,}",
        size=f"{size / 2**30:,.3g}",
        share=f"{size / ram:.0%}",
    )
    sound = int(ram * limit("kernel.udp_memory_sound") / limit("kernel.page_bytes"))
    advice = wording("Remove the line to keep the boot default, or end it in {sound} at most.", sound=sound)
    severity = Severity.ERROR if size > ram else Severity.WARNING
    places = beside(site[rule.needs[1]], wording("the RAM declared"))
    yield rule.at(setting, message, advice, severity=severity, related=places)


# MySQL as checks see it: its version and its engine.

ENGINE = "mysql.cdr_engine"
MYISAM = "myisam"


def version(site: Site) -> Version:
    """Return the declared version of MySQL or MariaDB."""
    found = Version.read(site.text(VERSION))
    if found is None:
        raise UndecidableError(f"{VERSION} is no usable version")
    return found


def is_myisam(site: Site) -> bool:
    """Tell whether the CDR tables are declared to be MyISAM."""
    return site.get(ENGINE) is not None and site.text(ENGINE).lower() == MYISAM


# Files of a whole host that say what the kernel's modules are loaded with.


def module_lines(site: Site, kind: str) -> Iterator[str]:
    """Yield the lines of a host's `modules-load.d` or `modprobe.d` files; none where no host is given."""
    if site.root is None:
        return
    root = Root.of(site.root)
    folders = [f"{base}/{kind}" for base in ("etc", "run", "usr/local/lib", "usr/lib")]
    named = (f"{folder}/{name}" for folder in folders for name in root.names(folder) if name.endswith(".conf"))
    for file in filter(None, map(root.file, named)):
        with suppress(RefusedError):
            yield from (line.strip() for line in byte_text(root.content(file, str(file))).splitlines())
