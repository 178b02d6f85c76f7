"""Codecs: names and aliases, packets, and the mean packet of a mix."""

from collections.abc import Mapping
from functools import cache, lru_cache
from math import ceil
from typing import Any, NamedTuple

from planner.sizing.constants import data
from planner.sizing.result import impossible
from planner.wording import wording

_MS = 1000


def undeclared() -> str:
    """Return the codec that is planned where none is declared."""
    return str(data("codecs")["undeclared"]["name"])


class Stream(NamedTuple):
    """The mean RTP stream of a mix, one direction.

    `payload` in B/s, `packets` in 1/s, `documented` in bit/s by the guide's column; `computed` names the
    codecs the column does not cover, which are counted as Ethernet frames there. `label` names the mix for
    people.
    """

    payload: float
    packets: float
    documented: float
    computed: tuple[str, ...]
    label: str
    sources: tuple[str, ...]


@cache
def codecs() -> dict[str, dict[str, Any]]:
    """Return the codecs by name and by alias."""
    known: dict[str, dict[str, Any]] = {}
    for codec in data("codecs")["codecs"]:
        known.update(dict.fromkeys((codec["name"], *codec["aliases"]), codec))
    return known


def codec(name: str) -> dict[str, Any]:
    """Return a codec by any of its spellings. Raises ImpossibleInput with close names."""
    spelled = name.strip().lower().replace("_", "-").replace(" ", "")
    found = codecs().get(spelled)
    if found is None:
        from difflib import get_close_matches  # noqa: PLC0415  only needed for a message

        close = get_close_matches(spelled, codecs(), 3, 0.5)
        names = ", ".join(close or (entry["name"] for entry in data("codecs")["codecs"]))
        raise impossible("traffic.codecs", wording("codec {name} is unknown", name=repr(name)), names)
    return found


def packet(entry: Mapping[str, Any], ptime: float | None) -> tuple[int, float]:
    """Return the payload of a packet in bytes and its duration in seconds.

    `ptime` in seconds; None takes the codec's own. A duration the codec cannot have raises ImpossibleInput:
    packets hold whole frames.
    """
    duration = entry["ptime_ms"] if ptime is None else ptime * _MS
    frames = duration / entry["frame_ms"]
    if abs(frames - round(frames)) > 1e-9 or round(frames) < 1:  # noqa: PLR2004  rounding of a decimal
        allowed = wording("multiples of {frame} ms", frame=entry["frame_ms"])
        raise impossible(
            "traffic.ptime",
            wording("{codec} has no packets of {duration} ms", codec=entry["label"], duration=f"{duration:g}"),
            allowed,
        )
    bits = entry.get("packet_bits", 0) + round(frames) * entry["frame_bits"]
    return ceil(bits / 8), duration / _MS


def stream(mix: Mapping[str, float], ptime: float | None, overhead: float) -> Stream:
    """Return the mean stream of a mix of shares; `overhead` is the Ethernet framing's bytes per packet."""
    return _mean(tuple(mix.items()), ptime, overhead)


@lru_cache(maxsize=512)
def _mean(mix: tuple[tuple[str, float], ...], ptime: float | None, overhead: float) -> Stream:
    payload = packets = documented = 0.0
    computed, labels, sources = [], [], []
    for name, share in mix:
        entry = codec(name)
        size, duration = packet(entry, ptime)
        payload += share * size / duration
        packets += share / duration
        rate = _documented(entry, ptime)
        documented += share * (rate if rate is not None else (size + overhead) * 8 / duration)
        if rate is None:
            computed.append(entry["label"])
        labels.append(entry["label"] if len(mix) == 1 else f"{entry['label']} {share * 100:g} %")
        sources.extend(entry["sources"])
    return Stream(payload, packets, documented, tuple(computed), ", ".join(labels), tuple(dict.fromkeys(sources)))


def _documented(entry: Mapping[str, Any], ptime: float | None) -> float | None:
    if ptime is not None and abs(ptime * _MS - entry["ptime_ms"]) > 1e-9:  # noqa: PLR2004  rounding of a decimal
        return None
    rate: float | None = entry.get("documented_bits_per_second")
    return rate


def mix_of(name: str, value: Any) -> dict[str, float]:  # noqa: ANN401  a text, a list or shares
    """Return shares that add up to 1 from a codec, a text such as `g729=70,g711=30`, a list or shares.

    Raises ImpossibleInput where nothing can be read or the shares add up to 0.
    """
    if _readable(value):
        return dict(value)
    from planner.catalogue.mixtures import codec_mix  # noqa: PLC0415  only declared codecs need reading
    from planner.catalogue.units import QuantityError  # noqa: PLC0415  the same

    try:
        return dict(codec_mix(value))
    except QuantityError as error:
        raise impossible(name, str(error), error.expected) from None


def _readable(value: Any) -> bool:  # noqa: ANN401  as above
    # What a deployment holds: shares that were read before.
    return (
        isinstance(value, dict)
        and all(type(share) is float and 0 <= share <= 1 for share in value.values())
        and (
            abs(sum(value.values()) - 1) < 1e-12  # noqa: PLR2004  rounding
        )
    )
