from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource

from planner.catalogue import data as schemas
from planner.catalogue.data import SCHEMAS
from planner.catalogue.parameter import parameters, sections
from planner.catalogue.units import DURATIONS
from planner.finding import Basis

OURS = ("deployment", "quantities", *sections())
ANNOTATIONS = {
    "x-alias-of", "x-aliases", "x-basis", "x-choices", "x-confidence", "x-default", "x-default-by-version",
    "x-deprecated", "x-length", "x-mariadb", "x-note", "x-open", "x-quantity", "x-range-by-version",
    "x-recommended", "x-removed", "x-renamed", "x-said", "x-section", "x-see", "x-since", "x-sources", "x-unit",
    "x-kernels", "x-unset", "x-usual-version", "x-version-of", "x-where", "x-whole", "x-words",
}  # fmt: skip


def nodes(node):
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


@pytest.mark.parametrize("name", schemas.names())
def test_every_schema_is_a_schema_of_2020_12(name):
    schema = schemas.schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert name in schema["$id"]
    assert name not in OURS or schema["$id"] == f"urn:vos3000-plan:schema:{name}"
    assert schema["title"]
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", OURS)
def test_keywords_are_those_of_the_standard_or_documented_annotations(name):
    used = {key for node in nodes(schemas.schema(name)) for key in node if key.startswith("x-")}
    assert used <= ANNOTATIONS


def test_every_annotation_is_read_by_code():
    code = "".join(path.read_text() for path in Path(schemas.__file__).parents[1].rglob("*.py"))
    shown = re.search(r"extra = \(([^)]*)\)", code)[1]
    read = set(re.findall(r'"(x-[a-z-]+)"', code)) | {f"x-{name}" for name in re.findall(r'"([a-z-]+)"', shown)}
    used = {key for name in OURS for node in nodes(schemas.schema(name)) for key in node if key.startswith("x-")}
    assert used - read == set()


@pytest.mark.parametrize("name", OURS)
def test_references_lead_to_something(name):
    for node in nodes(schemas.schema(name)):
        reference = node.get("$ref")
        if reference:
            file, _, pointer = reference.partition("#")
            target = schemas.schema(file.removesuffix(schemas.SUFFIX) or name)
            for part in filter(None, pointer.split("/")):
                target = target[part]
            assert target


def test_entries_stand_in_alphabetical_order():
    for section in sections():
        properties = list(schemas.schema(section).get("properties", {}))
        assert properties == sorted(properties)


@pytest.mark.parametrize("parameter", parameters(), ids=lambda each: each.name)
def test_an_entry_is_complete(parameter):
    assert parameter.description.endswith(".")
    assert parameter.description[0].isupper()
    assert parameter.basis in Basis
    assert parameter.sources
    assert list(parameter.sources) == sorted(set(parameter.sources))
    least, most = parameter.limits
    assert least is None or most is None or least <= most
    assert "x-default-by-version" not in parameter.schema or parameter.default_text
    if parameter.quantity == "duration":
        assert parameter.unit in DURATIONS
    default = parameter.default
    if isinstance(default, (int, float)) and not isinstance(default, bool):
        assert least is None or default >= parameter.minimum
        assert most is None or default <= parameter.maximum
    for other in (*parameter.aliases, *parameter.look_alikes):
        assert other in schemas.schema(parameter.section)["properties"]


@pytest.mark.parametrize("parameter", [each for each in parameters() if each.alias_of], ids=lambda each: each.name)
def test_an_alias_and_what_it_stands_for_name_each_other(parameter):
    target = schemas.schema(parameter.section)["properties"][parameter.alias_of]
    assert "x-alias-of" not in target
    assert parameter.key in target.get("x-aliases", []) or "x-renamed" in parameter.schema


def registry():
    loaded = {path.name: json.loads(path.read_text()) for path in SCHEMAS.glob("*.schema.json")}
    # Editors resolve a reference by the file's name, whatever its $id.
    bare = {name: {key: value for key, value in schema.items() if key != "$id"} for name, schema in loaded.items()}
    return Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in bare.items())


SAMPLE = {
    "server": {"ram": "32GB", "storage": {"type": "ssd", "size": "1TB"}},
    "traffic": {"cps": 100, "asr": "40%", "codecs": {"g729": 70, "g711": "30%"}},
    "softswitch": {"SERVER_CDR_FILE_WRITE_INTERVAL": "1h", "SS_CDR_RECORD_TO_FILE": "On", "SS_CALL_FORWARD_A": "x"},
    "sysctl": {"net.ipv4.udp_mem": "1 2 3", "net.ipv4.tcp_rmem": [1, 2, 3], "net.ipv4.conf.eth0.rp_filter": 2},
    "mysql": {"innodb_buffer_pool_size": "4G", "skip-name-resolve": None, "cdr_engine": "MyISAM"},
    "policy": {"ignore": [{"rule": "link-overloaded", "reason": "second link ordered"}]},
    "assumptions": {"cdr.line_bytes": 220},
    "topology": None,
}
WRONG = [
    ("server", {"ram": "32 elephants"}),
    ("server", {"storage": {"type": "tape"}}),
    ("traffic", {"cps": -1}),
    ("traffic", {"asr": 1.5}),
    ("traffic", {"codecs": {}}),
    ("traffic", {"cpss": 1}),
    ("softswitch", {"SERVER_CDR_FILE_WRITE_INTERVAL": 30}),
    ("softswitch", {"SERVER_CDR_FILE_WRITE_INTERVAL": 86401}),
    ("softswitch", {"SERVER_CDR_FILE_WRITE_INTERVAL": True}),
    ("softswitch", {"SS_UNHEARD_OF": 1}),
    ("sysctl", {"net.core.somaxconn": 2147483648}),
    ("sysctl", {"net.core.somaxconn": "16K"}),
    ("sysctl", {"net.ipv4.udp_mem": "1 2"}),
    ("mysql", {"max_connections": 100001}),
    ("mysql", {"innodb_buffer_pool_size": "50%"}),
    ("topology", {"architecture": "mesh"}),
    ("policy", {"ignore": [{"rule": "link-overloaded"}]}),
]


def test_a_plain_validator_reads_the_files_and_the_bundle_alike():
    apart = jsonschema.Draft202012Validator({"$ref": "deployment.schema.json"}, registry=registry())
    bundled = jsonschema.Draft202012Validator(schemas.bundle("deployment"))
    for validator in (apart, bundled):
        assert list(validator.iter_errors(SAMPLE)) == []
        for section, content in WRONG:
            assert not validator.is_valid({section: content}), (section, content)


def test_a_bundle_needs_no_other_file():
    bundle = schemas.bundle("deployment")
    assert all(node.get("$ref", "#").startswith("#") for node in nodes(bundle))
    assert schemas.bundle("quantities") == schemas.schema("quantities")


@pytest.mark.parametrize("name", ["nothing", "../pyproject", "", "deployment.schema.json"])
def test_an_unknown_schema_is_refused_by_name(name):
    with pytest.raises(schemas.UnknownSchemaError, match="the schemas are"):
        schemas.schema(name)


def test_all_schemas_load_within_ten_milliseconds():
    best = min(loading() for _ in range(5))
    assert best < 0.010


def loading():
    begun = time.perf_counter()
    for name in OURS:
        json.loads(schemas.text(name))
    return time.perf_counter() - begun


def test_the_registry_costs_no_heavy_import():
    program = (
        "import sys; from planner.catalogue.parameter import parameters;"
        "from planner.deployment.load import load; parameters();"
        "heavy = {'yaml', 'jsonschema', 'numpy', 'rich', 'jinja2', 'plotly', 'difflib', 'decimal'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
