"""Where prices are declared: the cheapest plan that suffices as surely as wanted, one large against several small."""

from __future__ import annotations

import json
from itertools import pairwise

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from planner import Deployment, size
from planner.catalogue.data import SCHEMAS
from planner.cli import app
from planner.sizing import Sizing, draws
from planner.sizing.constants import tables, tiers
from planner.sizing.decide import fixed, leaves_by_name, settings_of
from planner.sizing.evaluation import model
from planner.sizing.leaves import resolve
from planner.sizing.offers import MORE, Market
from planner.sizing.result import ImpossibleInput

PRICES = {"professional": 40, "enterprise": 150, "carrier": 400, "starter": 20, "terabyte": 10, "mbit": 0}
TRAFFIC = {"concurrent_calls": 4500, "codecs": "g729", "ptime": "40ms", "asr": 0.5, "acd": 180, "setup_time": 10}
# So certain that one server of 5,000 calls suffices or does not.
SITE = {"traffic": TRAFFIC, "assumptions": {"limit.calls_media": 5000}}


def offered(prices=PRICES, certainty=None, **sections):
    return size(Deployment.from_mapping({**SITE, "prices": prices, **sections}), certainty=certainty).plan


def test_small_servers_are_cheapest_where_a_large_one_costs_more_than_all_of_them():
    """4,500 channels carry 4,374 erlang at 0.1 %: a third of it needs 1,542 channels of 1,500, a quarter 1,168.

    Four professional servers and a spare, 40 + 0.5 TB x 10 each: 225. One enterprise and a spare: 2 x (150 + 10).
    """
    first, second, third = offered().offers
    assert (first.tier, first.servers, first.total, first.disk, first.cost) == ("professional", 4, 5, 5e11, 225)
    assert (second.tier, second.servers, second.total, second.disk, second.cost) == ("enterprise", 1, 2, 1e12, 320)
    # The carrier tier is planned for no more than 5,000 calls with media either.
    assert (third.tier, third.total, third.cost) == ("carrier", 2, 2 * (400 + 20))


def test_one_large_server_is_cheapest_where_small_ones_cost_half_of_it():
    first, second = offered({**PRICES, "professional": 75}).offers[:2]
    assert (first.tier, first.cost) == ("enterprise", 320)
    assert (second.tier, second.cost) == ("professional", 5 * 80)


def test_a_price_of_any_server_holds_for_the_tiers_without_one():
    found = {each.tier: each.cost for each in offered({"server": 100, "carrier": 400}).offers}
    assert found == {"professional": 500, "enterprise": 200, "carrier": 800}


def test_a_standby_for_each_is_paid_for():
    found = offered(topology={"dr": True}).offers[0]
    assert (found.servers, found.total, found.cost) == (1, 2, 320)
    # Four small ones and their standbys: 8 x 45.
    assert offered(topology={"dr": True}).offers[1].cost == 360


def test_what_is_declared_stays():
    server = {"cpu_cores": 16, "ram": "32GB", "storage": {"type": "ssd", "size": "1TB"}}
    (only,) = offered({"server": 100, "terabyte": 10}, server=server, topology={"servers": 2}).offers
    assert (only.tier, only.servers, only.disk, only.cost) == ("", 2, 1e12, 220)
    assert offered({"server": 100}, server=server, topology={"servers": 2}, traffic={"cps": 5000}).offers == ()


def test_more_certainty_never_costs_less():
    costs = [
        offered(certainty=sure, traffic={"cps": 150, "codecs": "g729"}).offers[0].cost for sure in (0.5, 0.8, 0.99)
    ]
    assert costs == sorted(costs)


@pytest.mark.parametrize(
    ("prices", "server", "words"),
    [
        ({"carrier": 400}, {}, "not every tier has a price.*prices.starter, prices.professional, prices.enterprise"),
        ({"carrier": 400}, {"cpu_cores": 8, "ram": "32GB"}, "the declared server has no price.*prices.server"),
    ],
)
def test_a_price_that_is_missing_is_told(prices, server, words):
    with pytest.raises(ImpossibleInput, match=words):
        offered(prices, server=server)


def test_every_form_has_the_same_offers(tmp_path):
    file = tmp_path / "site.yaml"
    file.write_text(json.dumps({**SITE, "prices": PRICES}))
    text, markdown, document = (
        CliRunner().invoke(app, ["size", str(file), "--format", form]).stdout for form in ("text", "markdown", "json")
    )
    found = json.loads(document)
    jsonschema.Draft202012Validator(json.loads((SCHEMAS / "sizing-v1.schema.json").read_text())).validate(found)
    assert Sizing.from_dict(found).plan.offers[0].cost == 225
    for form in (text, markdown):
        said = " ".join(form.split())
        assert "Cheapest that suffices in 95 % of the cases: 5 x Professional with 500 GB, 225 a month." in said
        assert "Against it 2 x Enterprise with 1 TB: 320." in said
        assert "Suffice, cheapest first" in said


def test_without_prices_nothing_is_offered():
    assert size(Deployment.from_mapping({"traffic": TRAFFIC})).plan.offers == ()


price = st.sampled_from([0, 1, 30, 31, 250])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from([40, 400, 1700, 6000]),
    st.fixed_dictionaries({tier["name"]: price for tier in tiers()} | {"terabyte": price}),
    st.sampled_from([0.5, 0.9, 0.95]),
    st.sampled_from(
        [{}, {"server": {"ram": "16GB"}}, {"topology": {"dr": True}}, {"retention": {"database_days": 365}}]
    ),
)
def test_the_cheapest_suffices_and_none_that_is_cheaper_does(calls, prices, certainty, more):
    declared = Deployment.from_mapping({"traffic": {"concurrent_calls": calls}, "prices": prices, **more})
    leaves = resolve(declared, {}).numbers
    typical = leaves_by_name(leaves)
    drawn = draws.evaluate(leaves, fixed(typical | model()(typical)))
    market = Market(leaves, drawn, settings_of(declared), "")
    offers = market.offers(certainty)
    assert all(each.certainty >= certainty for each in offers)
    assert all(one.cost <= other.cost for one, other in pairwise(offers))
    least = {each.tier: each for each in offers}
    for index, tier in enumerate(tiers()):
        best = least.get(tier["name"])
        # Fewer servers whatever the disk, and those more that are tried: with every size of disk.
        counts = ({best.servers - 1, best.servers, best.servers + MORE} if best else {1}) - {0}
        for each in (each for count in counts for each in market.each_disk(index, count)):
            assert each.certainty < certainty or (best and each.cost >= offers[0].cost)
        assert best is None or best.disk in tables()["disk_sizes"].values


def test_a_price_that_is_the_same_for_every_plan_asks_for_no_offers(tmp_path):
    file = tmp_path / "site.json"
    file.write_text(json.dumps({**SITE, "prices": {"mbit": 0.5}}))
    text = CliRunner().invoke(app, ["size", str(file)]).stdout
    assert "Cost at the declared prices: " in text
    assert "Cheapest that suffices" not in text
    assert "Nothing that can be bought" not in text
