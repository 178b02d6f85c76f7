"""Attempts, calls and their timers: limits of the softswitch beside the traffic."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import related, short_name
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
        message = wording(
            "SS_MAXCPS: {declared} is above the {most} attempts per second one server carries {media} media",
            declared=site[MAXCPS].text,
            most=most,
            media=site.text(MEDIA),
        )
        yield rule.at(
            site[MAXCPS],
            message,
            wording("Set SS_MAXCPS: {most} or less.", most=most),
            related=related(site[MEDIA], wording("the media mode")),
        )


def attempt_limit_below_traffic(site: Site, rule: Rule) -> Findings:
    """Yield where the limit turns attempts away that each server has to take; zero means no limit is given."""
    name, cps, enough = rule.needs[0], site.figure("server.highest_cps"), site.figure("softswitch.max_cps").value
    if 0 < site.number(name) < cps.value:
        message = wording(
            "SS_MAXCPS: {declared} rejects calls: each server has to take {cps} attempts per second",
            declared=site[name].text,
            cps=f"{cps.value:,.4g}",
        )
        basis = site.weakest(rule.basis, "server.highest_cps")
        severity = Severity.ERROR if is_beyond("max_cps", cps.low, site.number(name)) else Severity.WARNING
        yield rule.at(
            site[name],
            message,
            wording("Set SS_MAXCPS: {cps} or more.", cps=ceil(enough)),
            basis=basis,
            severity=severity,
        )
    elif few := refused(site.number(name), cps.value, enough, _measured(site)):
        yield rule.at(
            site[name], *few, basis=site.weakest(Basis.STANDARD, "server.highest_cps"), severity=Severity.WARNING
        )


def _measured(site: Site) -> float:
    """Return each server's share of the attempts in the busiest second measured; zero where none was."""
    second = site.number_or("traffic.measured_cps", 0)
    return second and second / max(site.needs.plan.servers.active, 1)


def attempt_limit_below_measured(site: Site, rule: Rule) -> Findings:
    """Yield where each server's share of the measured attempts exceeds the limit; zero means no limit is given."""
    share = _measured(site)
    if 0 < site.number(MAXCPS) < share:
        message = wording(
            "SS_MAXCPS: {declared} rejects calls: {cps} attempts were measured in the busiest second, on each server",
            declared=site[MAXCPS].text,
            cps=f"{share:,.4g}",
        )
        advice = wording("Set SS_MAXCPS: {cps} or more.", cps=ceil(share))
        measured = related(site[rule.needs[1]], wording("what was measured"))
        yield rule.at(site[MAXCPS], message, advice, related=measured)


def measured_calls_above_plan(site: Site, rule: Rule) -> Findings:
    """Yield where more calls were measured than are planned; an error where no active server is left for them."""
    calls, planned = site.number(rule.needs[0]), site.figure("traffic.concurrent_calls_peak")
    if calls > ceil(planned.value):
        message = wording(
            "{measured} calls at once were measured on a high day, {planned} are planned",
            measured=f"{calls:,.0f}",
            planned=f"{planned.value:,.0f}",
        )
        advice = wording("Plan for the traffic that was measured: leave out the declared load, or raise it.")
        severity = Severity.ERROR if calls > site.needs.plan.carried else rule.severity
        # What a profile measured stands in no file: the load that is too low does.
        place = site[rule.needs[0]] if site[rule.needs[0]].span else site[rule.needs[1]]
        yield rule.at(place, message, advice, severity=severity)


CPS = "traffic.cps"
CALLS = "traffic.concurrent_calls"


def calls_contradict_attempts(site: Site, rule: Rule) -> Findings:
    """Yield where calls differ from attempts x hold by a fifth, or are fewer and block far more than their grade."""
    attempts, calls = site.number(CPS), site.number(CALLS)
    alone = _by_attempts(site)
    offered, blocking = (alone.figure(f"traffic.{name}").value for name in ("offered_erlangs", "blocking"))
    if found := contradiction(attempts, calls, offered, blocking, limit("traffic.contradiction")):
        yield rule.at(site[CALLS], *found, related=related(site[CPS], wording("the attempts")))


def _by_attempts(site: Site) -> Site:
    """Return the site with its attempts alone: with both loads it may be impossible to size."""
    values = {name: each for name, each in site.deployment.values.items() if name != CALLS}
    return Site(replace(site.deployment, values=values))


def transcoding_without_media(site: Site, rule: Rule) -> Findings:
    """Yield where the legs' codecs differ and no media passes that could be transcoded."""
    idle = idle_transcoding(*(site.figure(name).value for name in ("server.media", "codec.transcoded_share")))
    if idle:
        yield rule.at(site[rule.needs[1]], *idle, related=related(site[MEDIA], wording("the media mode")))


TIMER = "softswitch.SS_NO_MEDIA_HANGUP|softswitch.SS_NOMEDIAHANGUPTIME"


def dead_calls_not_ended(site: Site, rule: Rule) -> Findings:
    """Yield where the timer is off although media is relayed."""
    if site.number(TIMER) == 0 and site.text(MEDIA) == "with":
        low, high = limit("softswitch.no_media_hangup")
        message = wording(
            "{setting} is 0: a call without media stays up until somebody ends it", setting=short_name(site[TIMER])
        )
        yield rule.at(site[TIMER], message, wording("Set it to {low}-{high} s.", low=low, high=high))


def silence_timer_without_media(site: Site, rule: Rule) -> Findings:
    """Yield where the timer runs and the media mode is without."""
    if site.number(TIMER) > 0 and site.text(MEDIA) == "without":
        message = wording(
            "{setting}: {timer} watches for media, which does not pass this server",
            setting=short_name(site[TIMER]),
            timer=site[TIMER].text,
        )
        advice = wording("Relay media, or set it to 0 and rely on session timers and SS_MAX_CALL_DURATION.")
        yield rule.at(
            site[TIMER], message, advice, related=related(site[MEDIA], wording("media flows between the endpoints"))
        )


def traffic_impossible(site: Site, rule: Rule) -> Findings:
    """Yield each problem the sizing names, at the value it names."""
    for problem in site.problems:
        place = site.get(problem.name) or site[rule.needs[0]]
        yield rule.at(
            place,
            wording("{name}: {problem}", name=problem.name, problem=problem.message),
            wording("Allowed: {allowed}.", allowed=problem.allowed),
            subject=problem.name,
        )


def unlimited_call_duration(site: Site, rule: Rule) -> Findings:
    """Yield where the duration is declared as 0."""
    duration = site[rule.needs[0]]
    if site.number(rule.needs[0]) == 0:
        message = wording("{setting} is 0: a call whose end was lost never ends", setting=short_name(duration))
        yield rule.at(
            duration,
            message,
            wording(
                "Set {setting}: {duration}.", setting=short_name(duration), duration=limit("softswitch.call_duration")
            ),
        )
