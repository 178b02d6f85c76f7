"""Media as chosen: the framing, and the mean stream of either leg."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.sizing.chosen import chosen_leaf, kept
from planner.sizing.codecs import Stream, mix_of, stream
from planner.sizing.constants import data, defaults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.sizing.numbers import Assumption
    from planner.sizing.reading import Reader

GUIDE = "guide-scaling"


def media(reader: Reader) -> Iterator[Assumption]:
    """Yield the leaves of framing and codecs. Raises ImpossibleInput naming the choices there are."""
    framings = data("framings")["framings"]
    declared = reader.value("traffic.framing") is not None
    yield from _framing(reader.choice("traffic.framing", framings, "documented"), declared)
    caller, callee, transcoded = streams(reader)
    yield from _stream("caller", caller, reader)
    yield from _stream("callee", callee, reader)
    rest = (GUIDE, "traffic.transcoded_share", transcoded > 0)
    yield chosen_leaf("codec.transcoded_share", transcoded, "ratio", "Calls whose legs differ in codec", rest)


@kept
def _framing(chosen: str, declared: bool) -> tuple[Assumption, ...]:  # noqa: FBT001  whether it is declared
    framings = data("framings")["framings"]
    framing = framings[chosen]
    values = (framing["link_bytes"], framing["vlan_bytes"], framings["wire"]["link_bytes"])
    rest = (framing["sources"][0], "--framing", declared)
    label = f"Bytes per packet: {framing['label']}"
    return (
        *(
            chosen_leaf(f"framing.{name}", value, "B", label, rest)
            for name, value in zip(("link_bytes", "vlan_bytes", "wire_bytes"), values, strict=True)
        ),
        chosen_leaf("framing.documented", framing["documented"], "flag", framing["label"], rest),
    )


def streams(reader: Reader) -> tuple[Stream, Stream, float]:
    """Return the mean stream of either leg, and the share of calls that are transcoded."""
    ptime = reader.number("traffic.ptime", 0.001, 0.2)
    known, overhead = defaults(), data("framings")["framings"]["ethernet"]["link_bytes"]
    headers = sum(known[f"header.{name}"].assumption.range.typical for name in ("rtp", "udp", "ipv4"))
    declared = reader.value("traffic.codecs")
    mix = mix_of("traffic.codecs", "g711" if declared is None else declared)
    caller = stream(mix, ptime, headers + overhead)
    egress = reader.value("traffic.egress_codecs")
    share = reader.number("traffic.transcoded_share", 0, 1)
    if egress is None:
        return caller, caller, share or 0.0
    callee = stream(mix_of("traffic.egress_codecs", egress), ptime, headers + overhead)
    share = share if share is not None else float(callee.label != caller.label)
    return caller, blended(caller, callee, share), share


def blended(caller: Stream, callee: Stream, share: float) -> Stream:
    """Return the mean stream of the second leg where only `share` of the calls changes codec."""
    numbers = (old + share * (new - old) for old, new in zip(caller[:3], callee[:3], strict=True))
    payload, packets, documented = numbers
    return callee._replace(payload=payload, packets=packets, documented=documented)


def _stream(leg: str, found: Stream, reader: Reader) -> Iterator[Assumption]:
    rest = (found.sources[0], "--codec", "traffic.codecs" in reader.used)
    parts = {
        "payload": (found.payload, "B/s", "RTP payload"),
        "packets_per_second": (found.packets, "1/s", "RTP packets"),
        "documented_bits_per_second": (found.documented, "bit/s", "rate in the guide's column"),
    }
    for part, (value, unit, label) in parts.items():
        yield chosen_leaf(f"codec.{leg}_{part}", value, unit, f"{found.label}: {label} per stream", rest)
