"""Traffic: how many attempts, how long they hold, how many calls stand at once.

Load is Little's law: attempts per second times the time each holds resources. The channels that carry it at a
grade of service are Erlang B's, or Engset's where the callers are few. Given concurrent calls are the
channels themselves.
"""

from planner.sizing.numbers import Figure

LITTLE = "erlang-theory: Little's law"
ERLANG = "erlang-theory: Erlang B, ITU-T E.501"

FIGURES = (
    Figure(
        "traffic.hold_seconds",
        "s",
        "Time an attempt holds resources, on average",
        "traffic.setup_time + traffic.asr * traffic.acd",
        (LITTLE,),
    ),
    Figure(
        "traffic.talking_erlangs",
        "erlang",
        "Calls in conversation in the busy hour of the declared daily minutes",
        "given.daily_minutes * 60 / 86400 * traffic.peak_factor",
        (LITTLE,),
        shown=False,
    ),
    Figure(
        "traffic.cps",
        "1/s",
        "Call attempts per second in the busy hour",
        "where(given.by_calls, erlangs(given.concurrent_calls, traffic.blocking) / traffic.hold_seconds, "
        "where(given.by_minutes, traffic.talking_erlangs / (traffic.asr * traffic.acd), given.cps))",
        (LITTLE,),
    ),
    Figure("traffic.answered_cps", "1/s", "Answered calls per second", "traffic.cps * traffic.asr", ("itu-e411",)),
    Figure(
        "traffic.egress_cps",
        "1/s",
        "Attempts per second towards gateways, retries included",
        "traffic.cps * traffic.egress_attempts",
    ),
    Figure(
        "traffic.offered_erlangs",
        "erlang",
        "Offered load",
        "where(given.by_calls, erlangs(given.concurrent_calls, traffic.blocking), "
        "where(given.by_minutes, traffic.talking_erlangs + traffic.cps * traffic.setup_time, "
        "traffic.cps * traffic.hold_seconds))",
        (LITTLE,),
    ),
    Figure(
        "traffic.concurrent_calls",
        "count",
        "Concurrent calls, mean of the busy hour",
        "traffic.offered_erlangs",
        (LITTLE,),
    ),
    Figure(
        "traffic.concurrent_calls_peak",
        "count",
        "Channels for the grade of service",
        "where(given.peak, given.concurrent_calls, max(where(given.finite, "
        "finite_channels(traffic.offered_erlangs, traffic.sources, traffic.blocking), "
        "channels(traffic.offered_erlangs, traffic.blocking)), where(given.surge, "
        "ceil(traffic.offered_erlangs * traffic.peak_calls_ratio), 0)))",
        (ERLANG, "erlang-theory: Engset, where the number of callers is given"),
        headline=True,
    ),
    Figure(
        "traffic.planned_erlangs",
        "erlang",
        "Load that those channels carry at the grade of service: what servers share",
        "where(given.restated, erlangs(traffic.concurrent_calls_peak, traffic.blocking), traffic.offered_erlangs)",
        (ERLANG,),
        shown=False,
    ),
    Figure(
        "traffic.signalling_erlangs",
        "erlang",
        "Part of the load that is ringing and call set-up",
        "traffic.cps * traffic.setup_time",
        (LITTLE,),
    ),
    Figure(
        "traffic.media_share",
        "ratio",
        "Part of the held time in which media flows: conversation and early media",
        "quotient(traffic.setup_time * traffic.early_media_share + traffic.asr * traffic.acd, traffic.hold_seconds, 1)",
        (LITTLE,),
    ),
    Figure(
        "traffic.media_erlangs",
        "erlang",
        "Load of calls with media",
        "traffic.planned_erlangs * traffic.media_share",
        (LITTLE,),
    ),
    Figure(
        "traffic.media_calls_peak",
        "count",
        "Channels with media for the grade of service",
        "min(traffic.concurrent_calls_peak, channels(traffic.media_erlangs, traffic.blocking))",
        (ERLANG,),
    ),
    Figure(
        "traffic.media_ratio",
        "ratio",
        "Channels with media over all channels",
        "quotient(traffic.media_calls_peak, traffic.concurrent_calls_peak, 1)",
        (LITTLE,),
        shown=False,
    ),
    Figure(
        "traffic.peak_cps",
        "1/s",
        "Call attempts per second of the busiest minute, where a profile measured it",
        "traffic.cps * traffic.peak_cps_ratio",
        ("itu-e411",),
    ),
    Figure(
        "traffic.concurrent_calls_p95",
        "count",
        "Concurrent calls not exceeded in 95 % of the busy hour",
        "where(given.finite, finite_level(traffic.offered_erlangs, traffic.sources, probability.p95), "
        "level(traffic.offered_erlangs, probability.p95))",
        ("erlang-theory: Poisson distribution of concurrency",),
    ),
    Figure(
        "traffic.concurrent_calls_p99",
        "count",
        "Concurrent calls not exceeded in 99 % of the busy hour",
        "where(given.finite, finite_level(traffic.offered_erlangs, traffic.sources, probability.p99), "
        "level(traffic.offered_erlangs, probability.p99))",
        ("erlang-theory: Poisson distribution of concurrency",),
    ),
    Figure(
        "traffic.concurrent_calls_busiest",
        "count",
        "Highest concurrency of the busy hour, half of the time",
        "where(given.finite, min(traffic.sources, busiest(traffic.offered_erlangs, traffic.hold_seconds, "
        "probability.median)), busiest(traffic.offered_erlangs, traffic.hold_seconds, probability.median))",
        ("erlang-theory: Poisson distribution of concurrency", "pickands-1969"),
    ),
    Figure(
        "traffic.mean_to_peak",
        "ratio",
        "Mean attempt rate of the day over the busy hour's",
        "where(given.by_minutes, 1 / traffic.peak_factor, traffic.load_factor)",
    ),
    Figure("traffic.attempts_per_day", "1/day", "Call attempts per day", "traffic.cps * 86400 * traffic.mean_to_peak"),
    Figure(
        "traffic.minutes_per_day",
        "min/day",
        "Answered minutes per day",
        "traffic.answered_cps * traffic.acd * 86400 / 60 * traffic.mean_to_peak",
    ),
)
