"""Several hundred wrong inputs: what is said, to the letter, and how the run ends. The table is `wrong_inputs.txt`.

After a change that is meant: PLAN_UPDATE_GOLDEN=1 pytest tests/trust/test_wrong_inputs.py, and read the difference.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from programs import inside

TABLE = Path(__file__).parent / "wrong_inputs.txt"
FILES = {
    "good.yaml": "traffic: {cps: 9}\n",
    "empty.yaml": "",
    "blank.yaml": "\n\n",
    "list.yaml": "- 1\n- 2\n",
    "scalar.yaml": "seventeen\n",
    "tab.yaml": "traffic:\n\tcps: 9\n",
    "open.yaml": "traffic: {cps: 9\n",
    "twice.yaml": "traffic: {cps: 9, cps: 8}\n",
    "unknown.yaml": "trafic: {cps: 9}\n",
    "unknown-key.yaml": "traffic: {cpss: 9, cps: 8}\n",
    "text.yaml": "traffic: {cps: many}\n",
    "negative.yaml": "traffic: {cps: -1}\n",
    "huge.yaml": "traffic: {cps: 1e300}\n",
    "tiny.yaml": "traffic: {cps: 9, acd: 1e-20}\n",
    "nan.yaml": "traffic: {cps: .nan}\n",
    "unit.yaml": "traffic: {cps: 9, acd: 5 bananas}\n",
    "noload.yaml": "server: {ram: 16GB}\n",
    "twoloads.yaml": "traffic: {cps: 9, concurrent_calls: 900000}\n",
    "codec.yaml": "traffic: {cps: 9, codecs: g999}\n",
    "mix.yaml": "traffic: {cps: 9, codecs: {g729: -1}}\n",
    "anchor.yaml": "traffic: &a {cps: 9, x: *a}\n",
    "python.yaml": "traffic: !!python/object/apply:os.system [id]\n",
    "deep.yaml": "a: " + "[" * 80 + "]" * 80 + "\n",
    "reason.yaml": "traffic: {cps: 9}\npolicy: {ignore: [{rule: unlimited-call-duration}]}\n",
    "rule.yaml": "traffic: {cps: 9}\npolicy: {ignore: [{rule: no-such-rule, reason: x}]}\n",
    "file.yaml": "traffic: {cps: 9}\nmysql: {file: missing.cnf}\n",
    "itself.yaml": "traffic: {cps: 9}\nmysql: {file: itself.yaml}\n",
    "folder.yaml": "traffic: {cps: 9}\nsysctl: {file: folder}\n",
    "logo.yaml": "traffic: {cps: 9}\nsite: {brand: {logo: missing.png}}\n",
    "weblogo.yaml": "traffic: {cps: 9}\nsite: {brand: {logo: 'https://example.com/x.png'}}\n",
    "bad.json": '{"traffic": {"cps": 9,}}',
    "half.json": '{"traffic": {"cps": 9',
    "bad.toml": "traffic = {cps = 9\n",
    "twice.toml": "a = 1\na = 2\n",
    "my.cnf": "[mysqld\nmax_connections = many\nquery_cache_sizze = 1\n",
    "sysctl.conf": "net.core.somaxconn 4096\nnet.core.rmem_max = lots\nnet.ipv4.ip_local_port_range = 65000 1024\n",
    "binary.yaml": b"\x00\x01\x02\xff" * 50,
    "latin.yaml": "site: {name: caf\xe9}\n".encode("latin-1"),
    "utf16.yaml": "traffic: {cps: 9}\n".encode("utf-16"),
    "profile.json": '{"schema": "profile-v1", "assumptions": [{"name": "cdr.line_bytes", "value": "x"}]}',
    "other.json": '{"schema": "other-v1"}',
    "nan.json": '{"schema": "profile-v1", "assumptions": [{"name": "cdr.line_bytes", "value": NaN}]}',
    "sizing.json": '{"schema": "sizing-v1"}',
    "page.html": "<html></html>",
    "set.ini": 'exclude = ["[z-a]"]\n',
    "bang.ini": 'exclude = ["ok/*", "!"]\n',
    "within.ini": '[[ignore]]\nrule = "out-of-range"\nreason = "x"\npaths = ["a\\\\"]\n',
    "level.ini": 'severity = {out-of-range = "loud"}\n',
    "more.ini": "wrong = 1\n",
    "price.yaml": "traffic: {cps: 9}\nprices: {server: -1}\n",
    "short.bundle": "plan-bundle 1\n@file -rw-r--r-- /etc/sysctl.conf\n|net.core.somaxconn = 9\n",
    "later.bundle": "plan-bundle 999\n",
    "2030010100.txt": "this|is|no|record\n",
    "2030010101.txt.gz": "not compressed",
    "2030010102.txt.zst": "not compressed either",
}
SIZED = [
    name
    for name in FILES
    if name.endswith((".yaml", ".json", ".toml", ".cnf", ".conf", ".html")) and name != "good.yaml"
]
NUMBERS = {
    "cps": ("nine", "-1", "1e400", "1e-30", "", "9 9", "0x10", "9,5"),
    "concurrent-calls": ("x", "-1", "1e300", "1e-200"),
    "daily-minutes": ("x", "-5"),
    "peak-factor": ("0", "x"),
    "asr": ("140%", "-1", "x", "2"),
    "acd": ("5 bananas", "-1", "99999999", "1e-20"),
    "setup-time": ("x", "-1s"),
    "codec": ("g999", "g729=x", "g729=-1", "=,=", ""),
    "egress-codec": ("g999",),
    "media": ("maybe", ""),
    "framing": ("pigeon",),
    "ptime": ("x", "7ms", "1e-9"),
    "interval": ("1", "x", "1e9"),
    "max-files": ("0", "1.5", "x", "99999999"),
    "bytes-per-line": ("0", "x"),
    "retention-days": ("-1", "x", "1e9"),
    "database-days": ("-1", "x"),
    "blocking": ("0", "1", "x"),
    "growth": ("-100%", "x", "1e9"),
    "servers": ("0", "-1", "1.5", "x"),
    "assume": ("x", "no.such=1", "cdr.line_bytes=", "cdr.line_bytes=3:2:1", "cdr.line_bytes=nan"),
    "profile": ("missing.json", "good.yaml", "other.json", "nan.json", "profile.json", "folder"),
}
OPTIONS = """
size --format pdf --cps 9
size --fail-on sometimes --cps 9
size --cps
size --cps 9 --no-such
size --cps 9 good.yaml other.yaml
size missing.yaml
size folder
size --cps 9 -o missing/out.json
size --cps 9 -o folder
size --cps 9 --peak-factor 3
size --srtp=yes --cps 9
report --cps 9
report --cps 9 -o out.txt
report --cps 9 -o out.html --lang klingon
report --cps 9 -o out.html --date tomorrow
report --cps 9 -o out.html --paper a5
report --cps 9 -o out.html --format docx
report --cps 9 -o missing/out.html
report --extract missing.html
report --extract page.html
report --extract other.json
report -o out.html
sweep --cps 9
sweep --cps 9 --vary
sweep --cps 9 --vary traffic.cps
sweep --cps 9 --vary traffic.cps=
sweep --cps 9 --vary traffic.cps=5:1:1
sweep --cps 9 --vary traffic.cps=1:5:0
sweep --cps 9 --vary traffic.cps=1:x:1
sweep --cps 9 --vary traffic.cpss=1,2
sweep --cps 9 --vary traffic.cps=1,2 --vary traffic.cps=3
sweep --cps 9 --vary traffic.cps=1:1000000:1 --vary traffic.acd=1:1000:1
sweep --cps 9 --vary traffic.asr=1,2
sweep --cps 9 --vary traffic.asr=0.1 --figure no.such
sweep --cps 9 --vary traffic.asr=0.1 --format xml
sweep --cps 9 --vary traffic.asr=0.1 --format parquet
sweep --cps 9 --vary traffic.asr=0.1 --growth 3%
sweep --cps 9 --vary traffic.asr=0.1 -o missing/out.csv
compare
compare good.yaml
compare good.yaml missing.yaml
compare - -
compare good.yaml good.yaml --format xml
compare good.yaml page.html
validate
validate missing.yaml
validate good.yaml --format xml
validate good.yaml --select no-such-rule
validate good.yaml --select ,
validate good.yaml --ignore no-such-rule
validate good.yaml --severity unlimited-call-duration
validate good.yaml --severity unlimited-call-duration=fatal
validate good.yaml --severity no-such-rule=error
validate good.yaml --fail-on sometimes
validate good.yaml --min-basis guess
validate good.yaml --baseline missing.json
validate good.yaml --baseline other.json
validate good.yaml --baseline good.yaml
validate good.yaml --root missing
validate good.yaml --profile el5
validate good.yaml --input-format xml
validate good.yaml -o missing/out.txt
validate good.yaml --write-baseline missing/out.json
validate ""
validate empty-folder
explain
explain no.such.figure
explain unlimited-call-durations
explain hardware.cpu_coress
explain cdr.bytes_per_day missing.yaml
explain cdr.bytes_per_day --format xml
rules --format xml
params --section nothing
params --format xml
schema nothing
schema --format xml deployment
schema ../secrets
init -o good.yaml
init --format xml
init -o missing/x.yaml
collect --format xml
collect -o missing/x.sh
tune --cps 9 --only nothing
tune missing.yaml
tune --cps 9 -o good.yaml
completion
completion powersheep
cdr
cdr profil
cdr profile
cdr profile missing
cdr profile folder
cdr profile 2030010100.txt --timezone Mars/Olympus
cdr profile 2030010100.txt --engine abacus
cdr profile 2030010100.txt --master spark://192.0.2.1:7077
cdr profile 2030010100.txt --format xml
cdr profile 2030010100.txt --top 0
cdr profile 2030010100.txt --processes 0
cdr profile 2030010101.txt.gz
cdr profile 2030010102.txt.zst
cdr profile 2030010100.txt -
cdr check missing
cdr check 2030010100.txt --max-bad 2
cdr check 2030010100.txt --max-bad few
cdr check 2030010100.txt --fail-on sometimes
cdr check 2030010100.txt --format xml
cdr check 2030010101.txt.gz
cdr backtest missing
cdr backtest 2030010100.txt
cdr backtest 2030010100.txt --profile other.json
cdr backtest 2030010100.txt --max-error -1
cdr export
cdr export 2030010100.txt
cdr export missing -o x.csv
cdr export 2030010100.txt -o x.doc
cdr export 2030010100.txt -o -  --format parquet
cdr export 2030010100.txt -o x.csv --to mysql://u@192.0.2.1/d
cdr export 2030010100.txt -o x.csv --layout wide
cdr export 2030010100.txt -o x.csv --timezone Mars
cdr export 2030010100.txt -o x.csv --mask-keep 3
cdr export 2030010100.txt -o x.csv --restart
cdr export 2030010100.txt -o x.csv --table other
cdr export 2030010100.txt -o x.parquet --raw-cells
cdr export 2030010100.txt -o missing/x.csv
cdr export 2030010100.txt -o x.csv --rejects missing/r.jsonl
cdr export 2030010100.txt --to nonsense
cdr export 2030010100.txt --to oracle://u@192.0.2.1/d
cdr export 2030010100.txt -o 2030010100.txt --format csv
cdr simulate
cdr simulate --cps 9
cdr simulate --cps -1 -o made
cdr simulate --cps x -o made
cdr simulate --cps 9 --hours -1 -o made
cdr simulate --cps 9 --asr 3 -o made
cdr simulate --cps 9 --acd x -o made
cdr simulate --cps 9 --start never -o made
cdr simulate --cps 9 --codec g999 -o made
cdr simulate --cps 9 --compress rar -o made
cdr simulate --cps 9 --damage everything -o made
cdr simulate --cps 9 --hold-law magic -o made
cdr simulate --cps 9 --diurnal x -o made
cdr simulate --cps 9 -o folder
cdr simulate --cps 9 -o good.yaml
frobnicate
--no-such
validate good.yaml --config set.ini
validate good.yaml --config bang.ini
validate good.yaml --config within.ini
validate good.yaml --config level.ini
validate good.yaml --config more.ini
validate good.yaml --exclude '[z-a]'
validate good.yaml --exclude '!'
size price.yaml
validate short.bundle
validate later.bundle
size --from short.bundle
size --from good.yaml
size --from missing
tune good.yaml --address '$(id)'
tune good.yaml --address ''
tune good.yaml --only nothing
tune good.yaml --cdr-dir here
tune good.yaml --archive-dir here
tune good.yaml --diff missing
tune good.yaml --from good.yaml
tune good.yaml -o good.yaml
tune good.yaml --format xml
tune missing
tune good.yaml --profile other.json
report good.yaml --previous page.html -o out.html
report good.yaml --previous missing -o out.html
report good.yaml --previous good.yaml -o out.html
collect --format bash
collect -o folder
completion tcsh
cdr watch missing --once --limit calls=5
cdr watch good.yaml --once --limit calls=5
cdr watch empty-folder --once --limit calls=nan
cdr watch empty-folder --once --limit calls=-1
cdr watch empty-folder --once --limit asr=2
cdr watch empty-folder --once --limit calls=x
cdr watch empty-folder --once --limit loud=1
cdr watch empty-folder --once --limit calls=1 --limit calls=2
cdr watch empty-folder --once --limit calls=5 --every nan
cdr watch empty-folder --once --limit calls=5 --every 1e300
cdr watch empty-folder --once --limit calls=5 --window inf
cdr watch empty-folder --once --limit calls=5 --timezone Mars
cdr watch empty-folder --once --limit calls=5 --format prometheus
cdr watch empty-folder --once --plan missing
cdr watch empty-folder --once --profile other.json
cdr compare missing 2030010100.txt
cdr compare other.json profile.json
"""


def cases():
    """Return every command line of the table, each once."""
    lines = [
        f"size --{option} '{value}'" + ("" if option in {"cps", "concurrent-calls", "daily-minutes"} else " --cps 9")
        for option, values in NUMBERS.items()
        for value in values
    ]
    lines += [f"{command} {name}" for name in SIZED for command in ("size", "validate")]
    lines += [f"report {name} -o out.html" for name in SIZED]
    lines += [f"compare good.yaml {name}" for name in SIZED]
    return list(dict.fromkeys([*lines, *(line.strip() for line in OPTIONS.strip().splitlines())]))


@pytest.fixture
def here(tmp_path, monkeypatch):
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x.bin").write_text("x\n")
    (tmp_path / "empty-folder").mkdir()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


def told(line, here):
    import shlex  # noqa: PLC0415  beside its use

    run = inside(*shlex.split(line), cwd=here)
    assert "Traceback" not in run.err
    assert "internal error" not in run.err
    assert run.code in {0, 1, 2, 3}
    said = run.err or ("" if run.code == 0 else run.out.decode())
    said = re.sub(r"[0-9,]+ bytes", "N bytes", said.replace(str(here), "HERE"))
    said = said if len(said) < 2000 else said[:2000] + "..."
    return f"$ plan {line}\nexit {int(run.code)}\n{said.strip()}".rstrip() + "\n"


def table():
    blocks = re.split(r"(?m)^(?=\$ plan )", TABLE.read_text(encoding="utf-8"))
    return {
        block.partition("\n")[0].removeprefix("$ plan "): block.rstrip("\n") + "\n"
        for block in blocks
        if block.startswith("$ plan ")
    }


@pytest.mark.parametrize("line", cases())
def test_a_wrong_input_is_told(line, here):
    said = told(line, here)
    if os.environ.get("PLAN_UPDATE_GOLDEN"):
        known = table() if TABLE.exists() else {}
        known[line] = said
        TABLE.write_text("\n".join(known[each] for each in cases() if each in known), encoding="utf-8")
        return
    assert said == table()[line]


def test_there_are_several_hundred():
    assert len(cases()) >= 300
    assert set(table()) == set(cases())


def test_nothing_wrong_is_called_right():
    fine = {line for line, block in table().items() if "\nexit 0\n" in block}
    # A folder of other files, a warning, or a load that only a validation leaves open.
    assert len(fine) < 40, json.dumps(sorted(fine), indent=1)
