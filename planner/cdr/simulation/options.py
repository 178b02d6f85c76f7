"""A workload as people write it: `--acd 60s`, `--asr 40%`, `--damage fields=0.1%`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from planner.catalogue.mixtures import codec_mix, number_list
from planner.catalogue.units import QuantityError, measure
from planner.cdr.simulation.damage import AT_FILE_END, check_damage, rejections
from planner.cdr.simulation.workload import (
    HOUR,
    Burst,
    Law,
    Layout,
    Routing,
    Timing,
    Traffic,
    Workload,
    WorkloadError,
    default,
)

# Asked for by one word: every reason but the ones that are about size or the end of a file.
ALL_REASONS = "all"
NOT_IN_ALL = ("length", *AT_FILE_END)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of `plan cdr simulate` as texts; an empty text takes the default."""

    cps: float
    hours: float
    seed: int
    asr: str = ""
    acd: str = ""
    hold_law: str = "exponential"
    setup_time: str = ""
    setup_law: str = "exponential"
    pdd: str = ""
    max_hold: str = ""
    start: str = ""
    diurnal: str = ""
    bursts: tuple[str, ...] = ()
    retries: str = "0"
    caller_gateways: int = 12
    callee_gateways: int = 24
    skew: float = 1.0
    numeric_ids: bool = False
    codecs: str = ""
    columns: str = "19"
    interval: str = ""
    crlf: bool = False
    header: bool = False
    nonconnect: bool = True
    compression: str = ""
    damage: tuple[str, ...] = ()


def read_workload(options: Options) -> Workload:
    """Return the workload that options describe. Raises WorkloadError naming the option."""
    workload = Workload(
        options.seed, _traffic(options), _timing(options), _routing(options), _layout(options), _damage(options)
    )
    check_damage(workload)
    return workload


def _share(option: str, text: str) -> float:
    """Return a share written as 0.4 or 40%."""
    stripped = text.strip()
    try:
        value = float(stripped.removesuffix("%")) / (100 if stripped.endswith("%") else 1)
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and 0 <= value <= 1):
        raise WorkloadError(f"{option}: {text!r} is no share; write 0.4 or 40%")
    return value


def _seconds(option: str, text: str, name: str) -> float:
    if not text:
        return float(default(name))
    try:
        return float(measure("duration", text, "s"))
    except QuantityError as error:
        raise WorkloadError(f"{option}: {error}; write {error.expected}") from None


def _law(option: str, text: str, mean: float, spread: str) -> Law:
    """Return a law written as its name, or `lognormal:SPREAD`."""
    shape, sign, given = text.partition(":")
    try:
        wide = float(given) if sign else float(default(spread))
        return Law(shape, mean, wide if shape == "lognormal" else 0.0)
    except WorkloadError as error:
        raise WorkloadError(f"{option}: {error}") from None
    except ValueError:
        raise WorkloadError(f"{option}: {given!r} is no spread; write lognormal:1.2") from None


def _traffic(options: Options) -> Traffic:
    if not (isfinite(options.hours) and options.hours > 0):
        raise WorkloadError(f"--hours: the archive must cover some time, not {options.hours:g} h")
    asr = _share("--asr", options.asr) if options.asr else float(default("asr"))
    bursts = tuple(_burst(text) for text in options.bursts)
    retries = _share("--retries", options.retries)
    seconds = round(options.hours * HOUR)
    start = _start(options.start or str(default("start")))
    return Traffic(options.cps, asr, seconds, start, _diurnal(options.diurnal), bursts, retries)


def _start(text: str) -> datetime:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        raise WorkloadError(f"--start: {text!r} is no time; write 2026-04-26 or 2026-04-26T08:00:00") from None
    if start.tzinfo is not None:
        raise WorkloadError(f"--start: {text!r} names a zone; the files hold local times without one")
    return start.replace(microsecond=0)


def _diurnal(text: str) -> tuple[float, ...]:
    if not text:
        return (1.0,) * 24
    try:
        return tuple(float(value) for value in number_list(text))
    except QuantityError as error:
        raise WorkloadError(f"--diurnal: {error}; write 24 factors separated by commas") from None


def _burst(text: str) -> Burst:
    """Return a burst written as HH:MM,LENGTH,FACTOR."""
    try:
        at, length, factor = text.split(",")
        of_day = datetime.strptime(at, "%H:%M")  # noqa: DTZ007  a time of day has no zone
        seconds = float(of_day.hour * HOUR + of_day.minute * 60)
        return Burst(seconds, float(measure("duration", length, "s")), float(factor))
    except WorkloadError as error:
        raise WorkloadError(f"--burst: {error}") from None
    except (ValueError, QuantityError):
        raise WorkloadError(f"--burst: {text!r} is no burst; write 10:00,5m,3 (at, length, factor)") from None


def _timing(options: Options) -> Timing:
    hold = _law("--hold-law", options.hold_law, _seconds("--acd", options.acd, "acd"), "lognormal_spread")
    mean = _seconds("--setup-time", options.setup_time, "setup_time")
    setup = _law("--setup-law", options.setup_law, mean, "lognormal_spread")
    pdd = Law("lognormal", _seconds("--pdd", options.pdd, "pdd"), float(default("pdd_spread")))
    longest = _seconds("--max-hold", options.max_hold, "max_hold")
    return Timing(hold, setup, pdd, float(default("min_setup")), float(default("max_setup")), longest)


def _routing(options: Options) -> Routing:
    codecs: tuple[tuple[str, float], ...] = ()
    if options.codecs:
        try:
            codecs = tuple(codec_mix(options.codecs).items())
        except QuantityError as error:
            raise WorkloadError(f"--codec: {error}; write {error.expected}") from None
    return Routing(options.caller_gateways, options.callee_gateways, options.skew, options.numeric_ids, codecs)


def _layout(options: Options) -> Layout:
    return Layout(
        round(_seconds("--interval", options.interval, "interval")),
        _columns(options.columns),
        options.crlf,
        options.header,
        options.nonconnect,
        options.compression,
    )


def _columns(text: str) -> tuple[tuple[int, float], ...]:
    """Return column counts written as 19, or as a mix 17=30,19=70."""
    try:
        pairs = [part.partition("=") for part in text.split(",")]
        mix = tuple((int(count), float(share or 1)) for count, _, share in pairs)
    except ValueError:
        raise WorkloadError(f"--columns: {text!r} is no mix; write 19, or 17=30,19=70") from None
    total = sum(share for _, share in mix)
    if not (total > 0 and all(isfinite(share) and share >= 0 for _, share in mix)):
        raise WorkloadError(f"--columns: the shares of {text!r} must be 0 or more, and one above 0")
    return tuple((count, share / total) for count, share in mix)


def _damage(options: Options) -> tuple[tuple[str, float], ...]:
    """Return kinds written as KIND=SHARE, each once; `all=SHARE` spreads a share over every reason."""
    shares: dict[str, float] = {}
    for text in (part for option in options.damage for part in option.split(",")):
        name, sign, share = text.strip().partition("=")
        if not sign:
            raise WorkloadError(f"--damage: {text!r} has no share; write fields=0.001 or fields=0.1%")
        names = [kind for kind in rejections() if kind not in NOT_IN_ALL] if name == ALL_REASONS else [name]
        value = _share("--damage", share) / len(names)
        shares |= {kind: shares.get(kind, 0.0) + value for kind in names}
    return tuple(shares.items())
