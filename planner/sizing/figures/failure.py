"""Failure: what one server less means, how long a restart takes to fill again, how long a year is without service.

Failures and repairs are rare and independent; shares of time are repair over interval plus repair. A crash of a
service is mended by the Process Monitor, or lasts until someone notices.
"""

from planner.sizing.numbers import Figure

GUIDE = "guide-scaling"
RENEWAL = "definition: share of time of an alternating renewal process"
_MINUTES = "failure.year / 60"

FIGURES = (
    Figure(
        "failure.servers_left",
        "count",
        "Servers that carry load after one failed: a spare or standby takes its place",
        "excess(hardware.servers_planned, excess(1, hardware.servers_spare + hardware.servers_standby))",
        (f"{GUIDE}: disaster recovery",),
    ),
    Figure(
        "failure.concurrent_calls",
        "count",
        "Concurrent calls on each server left",
        "quotient(traffic.concurrent_calls_peak, failure.servers_left, traffic.concurrent_calls_peak)",
        ("definition: an even share",),
    ),
    Figure(
        "failure.cpu_utilisation",
        "ratio",
        "CPU utilisation of each server left, if it carried its share of the calls",
        "failure.concurrent_calls * cpu.cores_per_call / server.cores_installed",
        (f"{GUIDE}: single-server capacity limits",),
    ),
    Figure(
        "failure.blocking",
        "ratio",
        "Attempts blocked with one server failed, where each carries its documented calls",
        "blocked(quotient(traffic.planned_erlangs, failure.servers_left, traffic.planned_erlangs), "
        "hardware.tier_concurrent_calls * min(1, failure.servers_left))",
        ("erlang-theory: Erlang B",),
    ),
    Figure(
        "failure.refill_seconds",
        "s",
        "Time after a restart until 95 % of the calls stand again, where every attempt is let in",
        "traffic.hold_seconds * failure.refill_times",
        ("erlang-theory: a system that starts empty fills by 1 - e^(-t/h)",),
    ),
    Figure(
        "failure.refill_attempts",
        "count",
        "Attempts let in until then, on each server",
        "server.cps * failure.refill_seconds",
        ("erlang-theory: a system that starts empty fills by 1 - e^(-t/h)",),
    ),
    Figure(
        "failure.registrations",
        "1/s",
        "Registrations a second while all endpoints register again after a restart",
        "sip.registrations_per_second * quotient(failure.registration_interval, failure.refill_seconds, "
        "failure.registration_interval / failure.refill_least)",
        ("rfc-3261: section 10, registrations are renewed before they expire",),
    ),
    Figure(
        "failure.hardware_share",
        "ratio",
        "Time a server is out of service for its hardware",
        "failure.repair / (failure.interval + failure.repair)",
        (RENEWAL,),
        shown=False,
    ),
    Figure(
        "failure.crash_share",
        "ratio",
        "Time a service is down after crashes, with Process Monitor",
        "failure.crash_repair / (failure.crash_interval + failure.crash_repair)",
        (RENEWAL, f"{GUIDE}: Process Monitor"),
        shown=False,
    ),
    Figure(
        "failure.crash_share_unmonitored",
        "ratio",
        "Time a service is down after crashes, until someone notices",
        "failure.crash_unnoticed / (failure.crash_interval + failure.crash_unnoticed)",
        (RENEWAL,),
        shown=False,
    ),
    Figure(
        "failure.outage_single",
        "min",
        "Minutes a year without service: one server, Process Monitor on",
        f"(failure.hardware_share + failure.crash_share) * {_MINUTES}",
        (RENEWAL,),
    ),
    Figure(
        "failure.outage_unmonitored",
        "min",
        "Minutes a year without service: one server, no Process Monitor",
        f"(failure.hardware_share + failure.crash_share_unmonitored) * {_MINUTES}",
        (RENEWAL,),
    ),
    Figure(
        "failure.outage_standby",
        "min",
        "Minutes a year without service: a server with its standby or a spare, Process Monitor on",
        "(failure.hardware_share * failure.hardware_share + failure.failover / failure.interval + "
        f"failure.crash_share) * {_MINUTES}",
        (RENEWAL, f"{GUIDE}: disaster recovery"),
    ),
    Figure(
        "failure.availability",
        "ratio",
        "Share of the year with service, as planned",
        "where(topology.dr, 1 - failure.outage_standby * 60 / failure.year, "
        "1 - failure.outage_single * 60 / failure.year)",
        (RENEWAL,),
    ),
)
