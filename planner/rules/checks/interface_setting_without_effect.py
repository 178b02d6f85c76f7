"""The kernel combines `all` with the interface's own value, and the line changes nothing."""

from planner.catalogue.kernel_keys import kernel_key
from planner.deployment import Declared
from planner.finding import Basis, Finding, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "interface-setting-without-effect",
    Severity.WARNING,
    Basis.STANDARD,
    ("linux-sysctl-tables: include/linux/inetdevice.h, IN_DEV_MAXCONF, IN_DEV_ORCONF and IN_DEV_ANDCONF",),
)
PREFIXES = ("sysctl.net.ipv4.conf.", "sysctl.net.ipv6.conf.")
WORDS = {
    "max": wording("the kernel takes the larger of both"),
    "or": wording("one of both is enough for the kernel"),
    "and": wording("the kernel wants both"),
}


def check(site: Site) -> Findings:
    """Yield each setting of an interface that the one of `all` decides; a dump shows what nobody has set, too."""
    dumps = {document.path for document in site.deployment.documents if document.format == "sysctl-dump"}
    for declared in site.kernel:
        if declared.key_span and declared.key_span.path in dumps:
            continue
        prefix = next((each for each in PREFIXES if declared.name.startswith(each)), None)
        interface, _, key = declared.name.removeprefix(prefix or "").rpartition(".")
        every = site.get(f"{prefix}all.{key}") if prefix else None
        if every is None or interface in {"all", "default", ""}:
            continue
        found = kernel_key(declared.name.removeprefix("sysctl."))
        if found is not None and _decided(found.combines, every.value, declared.value):
            yield _said(declared, every, interface, WORDS[found.combines])


def _decided(combines: str, every: object, own: object) -> bool:
    if not isinstance(every, int) or not isinstance(own, int):
        return False
    return {"max": own < every, "or": every > 0 and own == 0, "and": every == 0 and own > 0}.get(combines, False)


def _said(declared: Declared, every: Declared, interface: str, how: str) -> Finding:
    message = wording(
        "{key} has no effect on {interface}: `all` is {every}, and {how}",
        key=declared.name.removeprefix("sysctl."),
        interface=interface,
        every=every.text,
        how=how,
    )
    return RULE.at(
        declared.key_span or declared,
        message,
        wording("Change the setting of `all`, or remove this line."),
        related=related(every, wording("the setting of all interfaces")),
        pointer=declared.pointer,
        subject=declared.name,
    )
