"""One registry of sources: whatever rests on one names a key of it, and every key is used."""

from __future__ import annotations

import json
import re

import pytest

from planner.catalogue.data import MARK, SCHEMAS, SEPARATOR, citation, citations, cited, sources
from planner.rules.registry import rules
from planner.sizing.constants import data
from planner.sizing.declarations import declared
from planner.sizing.inputs import SWITCHES

FIELDS = ("source", "sources", "x-sources")


def nodes(node):
    yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from nodes(child)


def references_of(path):
    """Yield the references a file of `schemas/` names; in schemas these words also name properties."""
    for node in nodes(json.loads(path.read_text(encoding="utf-8"))):
        for field in FIELDS if isinstance(node, dict) else ():
            found = node.get(field, ())
            yield from [found] if isinstance(found, str) else found if isinstance(found, list) else ()


FILES = sorted(path for path in SCHEMAS.glob("*.json") if path.name != "sources.json")
IN_DATA = {path.name: frozenset(references_of(path)) for path in FILES}
IN_CODE = {
    "rules": frozenset(each for known in rules().values() for each in known.rule.source),
    "figures": frozenset(each for figure in declared().values() for each in figure.sources),
    "switches": frozenset(row[-1] for row in SWITCHES.values()),
}


@pytest.mark.parametrize("where", [*IN_DATA, *IN_CODE])
def test_every_reference_names_a_source(where):
    named = (IN_DATA | IN_CODE)[where]
    assert {each for each in named if each.partition(MARK)[0] not in sources()} == set()


def test_every_source_is_named():
    named = {each.partition(MARK)[0] for group in (IN_DATA | IN_CODE).values() for each in group}
    assert set(sources()) - named == set()


def test_sources_say_what_they_are_and_where():
    assert list(sources()) == sorted(sources())
    assert len({each["title"] for each in sources().values()}) == len(sources())
    for key, source in sources().items():
        assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", key)
        assert set(source) == {"title", "locator"}
        assert all(source.values())


def test_citations_can_be_told_apart():
    for group in (IN_DATA | IN_CODE).values():
        for each in group:
            assert SEPARATOR not in citation(each)
            assert citation(each).split(MARK)[0]


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("rfc-768", "RFC 768, User Datagram Protocol: ports of 16 bits"),
        ("guide-scaling: softswitch parameters", "VOS3000 scaling guide: softswitch parameters"),
        ("erlang-theory: a: b", "Teletraffic theory: a: b"),
        ("measured profile", "measured profile"),
        ("", ""),
    ],
)
def test_a_citation_has_the_title_and_the_place(reference, text):
    assert citation(reference) == text
    assert citations([reference]) == (text,)


def test_several_are_one_text():
    assert cited(("rfc-768", "guide-scaling: x")).split(SEPARATOR) == [*citations(["rfc-768", "guide-scaling: x"])]


def test_the_models_data_is_loaded_with_citations():
    named = [each for tier in data("tiers")["tiers"] for each in tier["sources"]]
    assert set(named) == {"VOS3000 scaling guide: hardware by traffic level"}
