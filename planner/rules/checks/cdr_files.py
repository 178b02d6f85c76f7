"""CDR files: rotation, retention, the disk they fill, and which calls are recorded."""

from __future__ import annotations

from math import ceil

from planner.catalogue.display import format_quantity
from planner.finding import Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.wording import wording

INTERVAL = "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"
DISK = "server.storage.size"


def cdr_files_fill_disk(site: Site, rule: Rule) -> Findings:
    """Yield where the retained text files exceed 80 % of a server's disk."""
    footprint = site.figure("cdr.retained_bytes").value * site.figure("server.share").value
    share = footprint / site.number(DISK)
    if share <= limit("disk.alert_share"):
        return
    severity = Severity.ERROR if share > 1 else Severity.WARNING
    message = wording(
        "the CDR text files grow to {footprint}, {share} of the disk of {disk}; the alert line is {alert_share}",
        footprint=format_quantity(footprint, "B"),
        share=f"{share:.0%}",
        disk=format_quantity(site.number(DISK), "B"),
        alert_share=f"{limit('disk.alert_share'):.0%}",
    )
    yield rule.at(
        site[DISK],
        message,
        wording("Keep fewer files, write answered calls only, or plan a larger disk."),
        severity=severity,
        basis=site.weakest(rule.basis, *rule.figures),
        related=related(site[INTERVAL], wording("the interval of the files")),
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
        written = site.written(f"softswitch.{name}")
        value = written.value if written else None
        if written is None or isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        low, high = limit(f"look_alike.{name}")
        if low <= value <= high:
            message = wording(
                "{name}: {written} looks like a value of {other}, which means something else",
                name=name,
                written=written.text,
                other=other,
            )
            advice = wording("Declare it as {other}, or choose a value that fits {name}.", other=other, name=name)
            yield rule.at(written.span, message, advice, pointer=written.pointer, subject=f"softswitch.{name}")


def failed_calls_billed_under_attack(site: Site, rule: Rule) -> Findings:
    """Yield where the switch is On and the declared ASR is that of an attack."""
    zero, asr = rule.needs
    if site.switch(zero) and site.number(asr) < limit("traffic.attack_asr"):
        message = wording(
            "at an ASR of {asr}, {share} of the rows stored bill nothing",
            asr=f"{site.number(asr):.3g}",
            share=f"{1 - site.number(asr):.0%}",
        )
        places = related(site[asr], wording("the answer-seizure ratio"))
        yield rule.at(
            site[zero],
            message,
            wording("Set SERVER_BILLING_RECORD_ZERO_HOLD_TIME: Off while it lasts; then On, the rows are evidence."),
            related=places,
        )


def failed_calls_recorded_at_volume(site: Site, rule: Rule) -> Findings:
    """Yield where the switch is On above the lowest traffic band."""
    cps = site.figure("traffic.cps").value
    if site.switch(rule.needs[0]) and cps >= limit("cdr.volume_cps"):
        answered = site.figure("traffic.answered_cps").value
        factor = wording(", {factor} times the answered calls", factor=f"{cps / answered:.3g}") if answered else ""
        message = wording(
            "{lines} lines a day are written for {cps} attempts per second{compared}",
            lines=f"{cps * 86400:,.0f}",
            cps=f"{cps:,.4g}",
            compared=factor,
        )
        yield rule.at(
            site[rule.needs[0]],
            message,
            wording("Set SS_CDR_RECORD_NONCONNECT: Off unless the failed attempts are read."),
        )


HOUR = 3600


def hour_named_files_shared(site: Site, rule: Rule) -> Findings:
    """Yield where an interval within the documented range is below an hour; what the traffic calls for is no fault."""
    name = rule.needs[0]
    if _written(site) and limit("cdr.interval_minimum") <= site.number(name) < HOUR:
        each = HOUR / site.number(name)
        called_for = site.is_sized and site.number(name) >= site.figure(rule.figures[0]).value
        message = wording("{files} files an hour would share the documented name YYYYMMDDHH.txt", files=f"{each:.3g}")
        advice = wording("Check the names your build writes; let consumers go by a file's content.")
        yield rule.at(site[name], message, advice, severity=Severity.INFO if called_for else rule.severity)


POLICY = "retention.cdr_days"


def interval_outside_traffic_band(site: Site, rule: Rule) -> Findings:
    """Yield where the interval is longer than the one of the traffic's band."""
    name = rule.needs[0]
    called_for, cps = site.figure("cdr.recommended_interval").value, site.figure("traffic.cps").value
    if _written(site) and site.number(name) > called_for:
        message = wording(
            "an interval of {interval} s is longer than the {called_for} s that {cps} attempts per second call for",
            interval=f"{site.number(name):,.0f}",
            called_for=f"{called_for:,.0f}",
            cps=f"{cps:,.4g}",
        )
        advice = wording(
            "Set SERVER_CDR_FILE_WRITE_INTERVAL: {called_for} and raise SERVER_CDR_FILE_WRITE_MAX in proportion.",
            called_for=f"{called_for:.0f}",
        )
        kept = site.get(POLICY) and site.number(name) <= ceil(site.figure("cdr.shortest_interval_for_policy").value)
        severity = (
            Severity.INFO if kept else rule.severity
        )  # a shorter one could not keep the files as long as declared
        yield rule.at(site[name], message, advice, severity=severity, basis=site.weakest(rule.basis, "traffic.cps"))


FILES = "softswitch.SERVER_CDR_FILE_WRITE_MAX"
DAY = 86400


def retention_shorter_than_policy(site: Site, rule: Rule) -> Findings:
    """Yield where interval x files is less than the declared days."""
    interval, days = site.number(INTERVAL), site.number(POLICY)
    files = site.number(FILES) if site.get(FILES) else site.default(FILES)
    if not _written(site) or interval <= 0 or interval * files >= days * DAY:
        return
    kept = format_quantity(interval * files, "s")
    message = wording(
        "{files} files of {interval} s are kept for {kept}, less than the {days} d declared",
        files=f"{files:,.0f}",
        interval=f"{interval:,.0f}",
        kept=kept,
        days=f"{days:g}",
    )
    places = related(site[POLICY], wording("the declared retention")) + related(
        site.get(FILES), wording("the number of files")
    )
    yield rule.at(site[INTERVAL], message, _remedy(interval, days * DAY), related=places)


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
        interval = site[INTERVAL]
        message = wording(
            "SS_CDR_RECORD_TO_FILE is Off, so the interval of {interval} s has no effect: no CDR text file is written",
            interval=interval.text,
        )
        yield rule.at(
            site[SWITCH],
            message,
            wording("Set SS_CDR_RECORD_TO_FILE: On."),
            related=related(interval, wording("the interval is set here")),
        )


def rotation_without_interval(site: Site, rule: Rule) -> Findings:
    """Yield where files are asked for and no interval is."""
    if site.mentioned(INTERVAL):
        return
    wanted = site.get(SWITCH) if site.get(SWITCH) and site.switch(SWITCH) else None
    declined = site.get(SWITCH) is not None and wanted is None
    place = wanted or (None if declined else site.get(FILES))
    if place is not None:
        message = wording(
            "SERVER_CDR_FILE_WRITE_INTERVAL is not set; guides disagree whether CDR text files are written without it"
        )
        yield rule.at(
            place, message, wording("Add SERVER_CDR_FILE_WRITE_INTERVAL: 3600, or the interval your traffic calls for.")
        )
