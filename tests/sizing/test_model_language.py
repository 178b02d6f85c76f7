"""The formulas: units never mix, the compiled form is theirs, unknown language is refused."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from planner.sizing import compiler, declarations, evaluation, tiers
from planner.sizing.constants import data, defaults, tables
from planner.sizing.formula import CONVERSIONS, UnitMismatch, check, dimensions, emit, flagged, parse, source
from planner.sizing.javascript import Untranslatable, _briefly, _Translator
from planner.sizing.leaves import input_units
from planner.sizing.numbers import Figure

UNITS = declarations.units()
FIGURES = declarations.declared()


@pytest.mark.parametrize("name", FIGURES)
def test_units_never_mix(name):
    figure = FIGURES[name]
    check(figure.formula, figure.unit, UNITS)


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("traffic.cps + traffic.acd", "1/s"),
        ("cdr.line_bytes * traffic.cps", "bit/s"),
        ("min(database.row_bytes, traffic.acd)", "B"),
        ("where(server.media, traffic.acd, traffic.cps)", "s"),
        ("where(traffic.acd, 1, 0)", "count"),
        ("channels(traffic.acd, traffic.blocking)", "count"),
        ("traffic.cps * 86400", "1/s"),
        ("falling(traffic.acd, table.cdr_interval)", "s"),
    ],
)
def test_mixed_units_are_found(formula, unit):
    with pytest.raises(UnitMismatch):
        check(formula, unit, UNITS)


def test_units_are_powers_of_base_units():
    assert dimensions("B/day") == (("B", 1), ("day", -1))
    assert dimensions("1/s") == (("s", -1),)
    assert dimensions("count") == dimensions("ratio") == dimensions("erlang") == ()


@pytest.mark.parametrize(
    "formula",
    [
        "300 * traffic.cps",
        "traffic.cps ** 2",
        "open(traffic.cps)",
        "lambda: 1",
        "traffic.cps if 1 else 0",
        "1.5",
        "-traffic.cps",
        "erlangs(traffic.cps)",
        "min(traffic.cps)",
    ],
)
def test_no_domain_constant_and_no_other_operation_stands_in_a_formula(formula):
    with pytest.raises(ValueError, match="not allowed"):
        parse(formula)


def test_the_compiled_model_is_what_the_formulas_give():
    assert compiler.TARGET.read_text(encoding="utf-8") == compiler.text(), "run python -m planner.sizing.compiler"


def test_every_leaf_is_data_or_input_and_every_assumption_is_used():
    leaves = set(declarations.leaves(FIGURES))
    assert leaves <= set(defaults()) | set(input_units())
    # Growth acts on the months in which limits are reached, beside the figures.
    assert set(defaults()) - leaves == {"traffic.growth", "plan.horizon", "plan.lead_time"}


def test_a_formula_is_emitted_once_for_every_kind_of_number():
    assert emit("a.x - b.y / c.z") == "(a_x - (b_y / c_z))"
    assert emit("where(a.x, b.y, 0)") == "either(a_x, b_y, 0)"
    assert emit("where(a.x, b.y + 1, 0)") == "where(a_x, lambda: (b_y + 1), lambda: 0)"
    assert emit("where(a.x, b.y + 1, 0)", flagged) == "((b_y + 1) if a_x else 0)"
    assert emit("where(exceeds(a.x), b.y, 0)", flagged) == "where(exceeds(a_x), lambda: b_y, lambda: 0)"


def test_what_formulas_share_is_worked_out_once_where_the_first_always_needs_it():
    formulas = {
        "f.one": "where(a.flag, b.x * c.y, 0)",
        "f.two": "min(b.x * c.y, 1) + where(a.flag, d.z / c.y, 0)",
        "f.three": "b.x * c.y + where(a.flag, b.x * c.y, d.z / c.y)",
    }
    text = source([Figure(name, "s", "", formula) for name, formula in formulas.items()], ())
    assert text.splitlines()[1:-1] == [
        "    f_one = where(a_flag, lambda: (b_x * c_y), lambda: 0)",
        "    shared_0 = (b_x * c_y)",
        "    f_two = (min(shared_0, 1) + where(a_flag, lambda: (d_z / c_y), lambda: 0))",
        "    f_three = (shared_0 + where(a_flag, lambda: shared_0, lambda: (d_z / c_y)))",
    ]


def test_figures_in_a_circle_are_refused():
    figures = {
        "a.x": Figure("a.x", "s", "", "b.y", operands=("b.y",)),
        "b.y": Figure("b.y", "s", "", "a.x", operands=("a.x",)),
    }
    with pytest.raises(ValueError, match=r"a\.x -> b\.y -> a\.x"):
        declarations.ordered(figures)


def test_every_number_of_the_data_has_unit_basis_and_source():
    bases = {"documented", "standard", "measured", "advice", "assumption"}
    for default in defaults().values():
        item = default.assumption
        assert item.unit
        assert item.grounds in bases
        assert all(item.sources)
        low, typical, high = item.range
        assert default.minimum <= low <= typical <= high
        assert default.maximum is None or high <= default.maximum
    for kind in ("codecs", "tiers"):
        for entry in data(kind)[kind]:
            assert entry["basis"] in bases
            assert entry["sources"]
    assert all(table.values for table in tables().values())


def test_every_figure_says_what_it_is():
    for figure in evaluation.registry().values():
        assert figure.label
        assert figure.unit
        assert re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)+", figure.name)


def test_no_domain_constant_stands_in_the_figures_code():
    tree = ast.parse(Path(tiers.__file__).read_text(encoding="utf-8"))
    numbers = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) in {int, float}
    }
    assert numbers <= {0, 1, *CONVERSIONS}


def test_no_file_of_figures_is_left_out():
    assert {file.stem for file in declarations.FOLDER.glob("*.toml")} == {*declarations.TOPICS, "summary"}


def test_two_figures_of_one_name_are_refused(monkeypatch):
    monkeypatch.setattr(declarations, "_stated", lambda _: [Figure("a.x", "s", "", "b.y")])
    with pytest.raises(ValueError, match="two figures share a name"):
        declarations.declared.__wrapped__()


def test_a_model_of_nothing_takes_nothing():
    made = {}
    exec(source([], []), made)  # noqa: S102  the code is ours
    assert made["model"]({"traffic.cps": 1}) == {}


def looped(value):
    for each in value:
        return each
    else:  # noqa: PLW0120  what is not to be translated
        return None


class Other:
    @staticmethod
    def number():
        return 1


def number():
    return 2


def spread(value):
    return {*value}


async def later():
    return 1


def doubled(value, by=2):
    return value * by


@pytest.mark.parametrize("value", [[1], object(), looped, spread, later, doubled, lambda value: value @ value])
def test_what_the_page_cannot_say_is_not_translated(value):
    with pytest.raises(Untranslatable):
        _Translator().need(value)


def test_one_name_means_one_function_on_the_page():
    written = _Translator()
    assert written.need(number) == written.need(number) == "number"
    with pytest.raises(Untranslatable, match="two functions are called number"):
        written.need(Other.number)


@pytest.mark.parametrize("code", ["x = 1", "def model(L):\n    return L"])
def test_no_model_of_another_shape_is_taken_to_the_page(code):
    with pytest.raises(Untranslatable):
        _briefly(ast.parse(code))
