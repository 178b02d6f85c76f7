"""Many files in one run: each finding as if its file had been validated alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.rules.validation import validate

_LINES = {
    "cps": ("60", "150", "400", "none"),
    "asr": ("40%", "0.4", "140", "1"),
    "codecs": ("g729", "{g729: 7, g711: 3}", "g729=7,g711=3", "{g999: 1}"),
    "acd": ("60s", "60", "1m", "0010"),
}
_TRAFFIC = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in _LINES.items()})
_SWITCH = st.sampled_from(("On", "on", "1", "true", "'1'", "maybe", "{a: 1}", "&a On", "*a"))
_FILES = st.lists(st.tuples(_TRAFFIC, _SWITCH, st.integers(0, 3)), min_size=2, max_size=4)


def written(traffic, switch, blank):
    """Return a deployment file whose lines stand `blank` lines further down."""
    lines = "".join(f"  {name}: {value}\n" for name, value in traffic.items())
    return "\n" * blank + f"traffic:\n{lines}softswitch:\n  SS_CDR_RECORD_TO_FILE: {switch}\n  SS_MAXCPS: 100\n"


@settings(deadline=None, max_examples=40)
@given(files=_FILES)
def test_each_file_gets_the_findings_it_gets_alone(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("together")
    paths = [folder / f"{number}.yaml" for number in range(len(files))]
    for path, parts in zip(paths, files, strict=True):
        path.write_text(written(*parts), encoding="utf-8")
    together = validate(paths)
    alone = [validate(path) for path in reversed(paths)]
    assert list(together.findings) == [found for each in reversed(alone) for found in each.findings]
    assert len(together.skipped) == sum(len(each.skipped) for each in alone)
