"""CDR files: rotation, retention, the disk they fill, and which calls are recorded."""

from __future__ import annotations

from math import ceil

from planner.catalogue.display import format_quantity
from planner.finding import Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.wording import wording

INTERVAL = "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"
DISK = "server.storage.size"


def cdr_files_fill_disk(site: Site, rule: Rule) -> Findings:
    """Yield where the retained text files exceed 80 % of a server's disk."""
    footprint = site.figure("cdr.retained_bytes").value * site.figure("server.share").value
    disk, alert = site.number(DISK), limit("disk.alert_share")
    if footprint / disk > alert:
        yield rule.found(
            site,
            site[DISK],
            severity=Severity.ERROR if footprint > disk else Severity.WARNING,
            footprint=format_quantity(footprint, "B"),
            share=f"{footprint / disk:.0%}",
            disk=format_quantity(disk, "B"),
            alert_share=f"{alert:.0%}",
        )


OTHERS = {
    "SERVER_CDR_FILE_WRITE_INTERVAL": "SS_CDR_FILE_WRITE_INTERVAL",
    "SS_CDR_FILE_WRITE_INTERVAL": "SERVER_CDR_FILE_WRITE_INTERVAL",
    "SS_CDR_FILE_WRITE_MAX": "SERVER_CDR_FILE_WRITE_MAX",
}
"""Each name with the one it is taken for; the values that betray it are data: `look_alike.<name>`."""


def cdr_setting_look_alike(site: Site, rule: Rule) -> Findings:
    """Yield values in the range that only the other name's meaning explains, valid under their own or not."""
    for name, other in OTHERS.items():
        written = site.written(subject := f"softswitch.{name}")
        value = written.value if written else None
        if written is None or isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        low, high = limit(f"look_alike.{name}")
        if low <= value <= high:
            yield rule.found(
                site,
                written.span,
                pointer=written.pointer,
                subject=subject,
                name=name,
                written=written.text,
                other=other,
            )


def failed_calls_billed_under_attack(site: Site, rule: Rule) -> Findings:
    """Yield where the switch is On and the declared ASR is that of an attack."""
    zero, asr = rule.needs
    if site.switch(zero) and site.number(asr) < limit("traffic.attack_asr"):
        yield rule.found(site, asr=f"{site.number(asr):.3g}", share=f"{1 - site.number(asr):.0%}")


def failed_calls_recorded_at_volume(site: Site, rule: Rule) -> Findings:
    """Yield where the switch is On above the lowest traffic band."""
    cps = site.figure("traffic.cps").value
    if site.switch(rule.needs[0]) and cps >= limit("cdr.volume_cps"):
        answered = site.figure("traffic.answered_cps").value
        factor = wording(", {factor} times the answered calls", factor=f"{cps / answered:.3g}") if answered else ""
        lines, rate = f"{cps * 86400:,.0f}", f"{cps:,.4g}"
        yield rule.found(site, basis=rule.basis, lines=lines, cps=rate, compared=factor)


HOUR = 3600


def hour_named_files_shared(site: Site, rule: Rule) -> Findings:
    """Yield where an interval within the documented range is below an hour; what the traffic calls for is no fault."""
    interval = site.number(rule.needs[0])
    if _written(site) and limit("cdr.interval_minimum") <= interval < HOUR:
        called_for = site.is_sized and interval >= site.figure(rule.figures[0]).value
        severity = Severity.INFO if called_for else rule.severity
        yield rule.found(site, severity=severity, basis=rule.basis, files=f"{HOUR / interval:.3g}")


POLICY = "retention.cdr_days"


def interval_outside_traffic_band(site: Site, rule: Rule) -> Findings:
    """Yield where the interval is longer than the one of the traffic's band."""
    interval = site.number(rule.needs[0])
    called_for, cps = site.figure("cdr.recommended_interval").value, site.figure("traffic.cps").value
    if _written(site) and interval > called_for:
        # A shorter one could not keep the files as long as declared.
        kept = site.get(POLICY) and interval <= ceil(site.figure("cdr.shortest_interval_for_policy").value)
        yield rule.found(
            site,
            severity=Severity.INFO if kept else rule.severity,
            basis=site.weakest(rule.basis, "traffic.cps"),
            interval=f"{interval:,.0f}",
            called_for=f"{called_for:,.0f}",
            cps=f"{cps:,.4g}",
            advised=f"{called_for:.0f}",
        )


FILES = "softswitch.SERVER_CDR_FILE_WRITE_MAX"
DAY = 86400


def retention_shorter_than_policy(site: Site, rule: Rule) -> Findings:
    """Yield where interval x files is less than the declared days."""
    interval, days = site.number(INTERVAL), site.number(POLICY)
    files = site.number(FILES) if site.get(FILES) else site.default(FILES)
    if _written(site) and interval > 0 and interval * files < days * DAY:
        yield rule.found(
            site,
            advice=_remedy(interval, days * DAY),
            files=f"{files:,.0f}",
            interval=f"{interval:,.0f}",
            kept=format_quantity(interval * files, "s"),
            days=f"{days:g}",
        )


def _remedy(interval: float, seconds: float) -> str:
    needed, most = ceil(seconds / interval), limit("cdr.files_maximum")
    if needed <= most:
        return wording("Set SERVER_CDR_FILE_WRITE_MAX: {needed}.", needed=needed)
    longest = limit("cdr.interval_maximum")
    fitting = ceil(seconds / most)
    other = wording("set the interval to {fitting} s or more, or ", fitting=fitting) if fitting <= longest else ""
    archive = wording("archive the files externally before they are deleted")
    return wording(
        "{needed} files would be needed and {most} are the most: {other}{archive}.",
        needed=f"{needed:,}",
        most=f"{most:,}",
        other=other,
        archive=archive,
    )


SWITCH = "softswitch.SS_CDR_RECORD_TO_FILE"


def _written(site: Site) -> bool:
    """Tell whether files are written, unless that is switched off: then another rule speaks."""
    return site.deployment.value(SWITCH) is not False


def rotation_switched_off(site: Site, rule: Rule) -> Findings:
    """Yield where the switch is Off although an interval is set."""
    if not site.switch(SWITCH):
        yield rule.found(site, interval=site[INTERVAL].text)


def rotation_without_interval(site: Site, rule: Rule) -> Findings:
    """Yield where files are asked for and no interval is."""
    if site.mentioned(INTERVAL):
        return
    wanted = site.get(SWITCH) if site.get(SWITCH) and site.switch(SWITCH) else None
    declined = site.get(SWITCH) is not None and wanted is None
    place = wanted or (None if declined else site.get(FILES))
    if place is not None:
        yield rule.found(site, place)
