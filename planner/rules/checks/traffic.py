"""Attempts, calls and their timers: limits of the softswitch beside the traffic."""

from __future__ import annotations

from math import ceil

from planner.catalogue.pages import TRAFFIC
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule, beside
from planner.rules.shared import short_name
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.sizing.leaves import contradiction, idle_transcoding, refused
from planner.sizing.plan import is_beyond
from planner.wording import wording

MAXCPS = "softswitch.SS_MAXCPS"
MEDIA = "server.media"


def attempt_limit_above_hardware(site: Site, rule: Rule) -> Findings:
    """Yield where the limit is above the documented one of the media mode, and above what the busiest second needs."""
    most = limit(f"server.cps_{site.text(MEDIA)}_media") if site.text(MEDIA) in ("with", "without") else None
    if most is not None and site.number(MAXCPS) > most:
        if site.get(TRAFFIC) and site.number(MAXCPS) <= ceil(site.needs.plan.settings.get(MAXCPS, 0)):
            return
        yield rule.found(site, declared=site[MAXCPS].text, most=most, media=site.text(MEDIA))


def attempt_limit_below_traffic(site: Site, rule: Rule) -> Findings:
    """Yield where the limit turns attempts away that each server has to take; zero means no limit is given."""
    most, cps, enough = site.number(MAXCPS), site.figure("server.highest_cps"), site.figure("softswitch.max_cps").value
    if 0 < most < cps.value:
        yield rule.found(
            site,
            severity=Severity.ERROR if is_beyond("max_cps", cps.low, most) else Severity.WARNING,
            basis=site.weakest(rule.basis, "server.highest_cps"),
            declared=site[MAXCPS].text,
            cps=f"{cps.value:,.4g}",
            enough=ceil(enough),
        )
    elif few := refused(most, cps.value, enough, _measured(site)):
        basis = site.weakest(Basis.STANDARD, "server.highest_cps")
        yield rule.at(site[MAXCPS], *few, basis=basis, severity=Severity.WARNING)


def _measured(site: Site) -> float:
    """Return each server's share of the attempts in the busiest second measured; zero where none was."""
    second = site.number_or("traffic.measured_cps", 0)
    return second and second / max(site.needs.plan.servers.active, 1)


def attempt_limit_below_measured(site: Site, rule: Rule) -> Findings:
    """Yield where each server's share of the measured attempts exceeds the limit; zero means no limit is given."""
    share = _measured(site)
    if 0 < site.number(MAXCPS) < share:
        yield rule.found(site, basis=rule.basis, declared=site[MAXCPS].text, cps=f"{share:,.4g}", enough=ceil(share))


def measured_calls_above_plan(site: Site, rule: Rule) -> Findings:
    """Yield where more calls were measured than are planned; an error where no active server is left for them."""
    calls, planned = site.number(rule.needs[0]), site.figure("traffic.concurrent_calls_peak").value
    if calls > ceil(planned):
        carried = site.figure("hardware.capacity_concurrent_calls").value
        severity = Severity.ERROR if calls > carried else rule.severity
        # What a profile measured stands in no file: the load that is too low does.
        place = site[rule.needs[0]] if site[rule.needs[0]].span else site[rule.needs[1]]
        yield rule.found(
            site, place, severity=severity, basis=rule.basis, measured=f"{calls:,.0f}", planned=f"{planned:,.0f}"
        )


CPS = "traffic.cps"
CALLS = "traffic.concurrent_calls"


def duration_in_milliseconds(site: Site, rule: Rule) -> Findings:
    """Yield the durations without a unit that are too long for seconds."""
    for name, most in limit("traffic.longest").items():
        declared = site.get(name)
        if declared and declared.text.strip()[-1:].isdigit() and site.number(name) > most:
            yield rule.found(site, declared, name=name, value=declared.text.strip(), most=most)


def calls_contradict_attempts(site: Site, rule: Rule) -> Findings:
    """Yield where calls differ from attempts x hold by a fifth, or are fewer and block far more than their grade."""
    # With both loads it may be impossible to size: the figures are those of the attempts alone.
    values = {name: each for name, each in site.deployment.values.items() if name != CALLS}
    alone = Site(site.deployment.replaced(values=values))
    offered, blocking = (alone.figure(f"traffic.{name}").value for name in ("offered_erlangs", "blocking"))
    most = limit("traffic.contradiction")
    if found := contradiction(site.number(CPS), site.number(CALLS), offered, blocking, most):
        yield rule.at(site[CALLS], *found, related=beside(site[CPS], wording("the attempts")))


def transcoding_without_media(site: Site, rule: Rule) -> Findings:
    """Yield where the legs' codecs differ and no media passes that could be transcoded."""
    idle = idle_transcoding(*(site.figure(name).value for name in ("server.media", "codec.transcoded_share")))
    if idle:
        yield rule.at(site[rule.needs[1]], *idle, related=beside(site[MEDIA], wording("the media mode")))


def dead_calls_not_ended(site: Site, rule: Rule) -> Findings:
    """Yield where the timer is off although media is relayed."""
    timer = site[rule.needs[0]]
    if site.number(timer.name) == 0 and site.text(MEDIA) == "with":
        low, high = limit("softswitch.no_media_hangup")
        yield rule.found(site, setting=short_name(timer), low=low, high=high)


def silence_timer_without_media(site: Site, rule: Rule) -> Findings:
    """Yield where the timer runs and the media mode is without."""
    timer = site[rule.needs[0]]
    if site.number(timer.name) > 0 and site.text(MEDIA) == "without":
        yield rule.found(site, setting=short_name(timer), timer=timer.text)


def traffic_impossible(site: Site, rule: Rule) -> Findings:
    """Yield each problem the sizing names, at the value it names."""
    for each in site.problems:
        yield rule.found(
            site, site.get(each.name), subject=each.name, name=each.name, problem=each.message, allowed=each.allowed
        )


def unlimited_call_duration(site: Site, rule: Rule) -> Findings:
    """Yield where the duration is declared as 0."""
    duration = site[rule.needs[0]]
    if site.number(duration.name) == 0:
        yield rule.found(site, setting=short_name(duration), duration=limit("softswitch.call_duration"))
