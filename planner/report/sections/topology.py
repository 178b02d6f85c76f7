"""Topology: a drawing of the servers, what stands before them and what stands by."""

from __future__ import annotations

from math import floor

from planner.report.blocks import Box, Cell, Drawing, Link, Section, Table
from planner.report.evidence import Draft
from planner.report.language import mark
from planner.report.sections import decision, overload

WIDTH = 680.0
MOST_DRAWN = 4
_NODE = (136.0, 74.0)
ARCHITECTURES = {
    "single": mark("one server that carries all calls"),
    "prefix-partitioned": mark("servers that each take their own destination prefixes"),
    "sip-load-balancer": mark("servers behind a SIP load balancer"),
}
NODES = {"single": "", "prefix-partitioned": mark("own prefixes"), "sip-load-balancer": mark("equal share")}


def write(draft: Draft) -> Section | None:
    """Return the section; None where the sizing chose no architecture."""
    hardware = draft.evidence.sizing.hardware
    if not hardware.architecture:
        return None
    say = draft.say
    shape = say(ARCHITECTURES.get(hardware.architecture, hardware.architecture))
    lead = say("The plan is {servers}, arranged as follows: {shape}.", servers=decision.fleet(draft), shape=shape)
    if hardware.dr:
        standby = say("The standby takes over when the active side fails; it adds no capacity.")
        lead = say.sentences(lead, standby)
    return Section("topology", say("Topology"), "", (_drawing(draft, lead), *_failure(draft)))


def _failure(draft: Draft) -> list[Table]:
    """Return what happens when one server fails, and how long a year goes without service."""
    say, count = draft.say, decision.plan(draft).servers
    left, carried = draft.value("failure.servers_left"), draft.value("failure.concurrent_calls")
    if draft.figure("failure.servers_left") is None:
        return []
    carries = [say.number(floor(draft.value("server.calls_carried")))] * 2
    after = [say.number(carried), carries[0], draft.shown("failure.cpu_utilisation")] if left else ["\N{EN DASH}"] * 3
    rows: list[list[Cell | str]] = [
        [say("Servers that carry load"), say.number(count.active),
         say.number(left) if left else say("none: service stops")],
        [say("Concurrent calls on each"), draft.shown("server.concurrent_calls"), after[0]],
        [say("Calls each may carry"), carries[1], after[1]],
        [say("CPU use of each"), draft.shown("hardware.cpu_utilisation"), after[2]],
        [say("Attempts blocked, on what each may carry"), overload.share(draft, overload.bought(draft)),
         overload.share(draft, draft.value("failure.blocking") if left else 1.0)],
        [say("The same, with callers who try again"), "\N{EN DASH}",
         overload.share(draft, draft.value("failure.blocking_retried") if left else 1.0)],
    ]  # fmt: skip
    titles = [say("What"), say("Normally"), say("With one server failed")]
    lead = say("After a restart {seconds} pass until 95 % of the calls stand again.",
               seconds=draft.shown("failure.refill_seconds"))  # fmt: skip
    note = say.sentences(lead, _limited(draft))
    table = draft.table(say("When one server fails"), titles, rows)._replace(note=note)
    outages = draft.estimates(say("Service over a year"), "outages")
    return [table, *([outages] if outages else [])]


def _limited(draft: Draft) -> str:
    """Return how SS_MAXCPS and callers who try again change that; "" in a sizing that does not know."""
    if draft.figure("failure.refill_limited_seconds") is None:
        return ""
    if draft.value("server.cps") >= draft.value("failure.limit"):
        return draft.say("SS_MAXCPS lets in no more than the attempts that come: it turns attempts away for ever.")
    return draft.say(
        "Callers who were cut off try again, at first {surge} in all: with SS_MAXCPS {limit} attempts are turned "
        "away for {turned}, and 95 % of the calls stand after {seconds}.",
        surge=draft.shown("failure.surge_cps"),
        limit=draft.say.quantity(draft.value("failure.limit"), "count"),
        turned=draft.shown("failure.limited_seconds"),
        seconds=draft.shown("failure.refill_limited_seconds"),
    )


def _drawing(draft: Draft, answer: str) -> Drawing:
    say = draft.say
    balanced = draft.evidence.sizing.hardware.architecture == "sip-load-balancer"
    top = 150.0 if balanced else 92.0
    boxes = [Box(WIDTH / 2 - 110, 8, 220, 48, say("Customers and carriers"), (), "edge")]
    links: list[Link] = []
    if balanced:
        boxes.append(Box(WIDTH / 2 - 110, 84, 220, 40, say("SIP load balancer"), (), "edge"))
        links.append(Link(WIDTH / 2, 56, WIDTH / 2, 84))
    nodes = _nodes(draft, top)
    start = 124.0 if balanced else 56.0
    links += [Link(WIDTH / 2, start, box.x + box.width / 2, box.y, dashed=box.style == "spare") for box in nodes]
    height = top + _NODE[1] + 14
    standby = _standby(draft, nodes) if draft.evidence.sizing.hardware.dr else []
    links += [_failover(node, box) for node, box in zip(nodes, standby, strict=False)]
    height += _NODE[1] + 30 if standby else 0
    return Drawing(
        "topology",
        say("How are the servers arranged?"),
        answer,
        WIDTH,
        height,
        (*boxes, *nodes, *standby),
        tuple(links),
    )


def _nodes(draft: Draft, top: float) -> list[Box]:
    say = draft.say
    count, spare = decision.plan(draft).servers.active, decision.plan(draft).servers.spare
    drawn = min(count, MOST_DRAWN)
    # Where servers are left out, the last box stands for all of them.
    titles = [(say("Server {n}", n=say.number(index + 1)), "node") for index in range(drawn)]
    if count > drawn:
        titles[-1] = (say("Servers {first}\N{EN DASH}{last}", first=say.number(drawn), last=say.number(count)), "node")
    if spare:
        titles.append((say.plural("{n} spare", "{n} spares", spare), "spare"))
    step = WIDTH / len(titles) if titles else WIDTH
    return [
        Box(
            step * index + (step - _box(step)) / 2,
            top,
            _box(step),
            _NODE[1],
            title,
            _lines(draft, style),
            "spare" if style == "spare" else "node",
        )
        for index, (title, style) in enumerate(titles)
    ]


def _box(step: float) -> float:
    return min(_NODE[0] * 1.25, step - 10)


def _lines(draft: Draft, style: str) -> tuple[str, ...]:
    say = draft.say
    if style == "spare":
        return (say("stands in for one"),)
    calls = say("{calls} calls", calls=draft.shown("server.concurrent_calls"))
    note = NODES.get(draft.evidence.sizing.hardware.architecture, "")
    return (calls, say(note)) if note else (calls,)


def _standby(draft: Draft, nodes: list[Box]) -> list[Box]:
    """Return the standby of each server, below it."""
    say = draft.say
    text = (say("takes over"), say("on failure"))
    return [
        node._replace(y=node.y + _NODE[1] + 36, title=say("Standby"), lines=text, style="spare")
        for node in nodes
        if node.style == "node"
    ]


def _failover(node: Box, standby: Box) -> Link:
    middle = node.x + node.width / 2
    return Link(middle, node.y + node.height, middle, standby.y, dashed=True)
