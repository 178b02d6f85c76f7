"""The page on effective values: each of its programs prints what the page says it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs/effective-values.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, re.DOTALL)

HOST = {
    "etc/sysctl.conf": "vm.swappiness = 10\n",
    "etc/sysctl.d/50-site.conf": "vm.swappiness = 60\n",
    "etc/my.cnf": "[mysqld]\nskip-name-resolve\n!includedir /etc/my.cnf.d\n",
    "etc/my.cnf.d/vos3000.cnf": "[mysqld]\nmax_connections = 1000\n[client]\nport = 3307\n",
    "variables.txt": "Variable_name\tValue\nmax_connections\t1000\nport\t3306\n",
}


@pytest.fixture
def host(tmp_path, monkeypatch):
    for name, text in HOST.items():
        path = tmp_path / "host" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("host")
@pytest.mark.parametrize(("program", "printed"), EXAMPLES)
def test_an_example_prints_what_the_page_shows(program, printed, capsys):
    exec(compile(program, "docs/effective-values.md", "exec"), {})  # noqa: S102  our own page
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(printed.splitlines())


def test_every_room_of_the_page_has_an_example():
    assert len(EXAMPLES) == 3
