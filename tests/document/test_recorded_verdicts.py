"""Whether other servers know a name: what they said when they were asked, against what the data says."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.catalogue.releases import Version, server_option
from planner.deployment.load import load
from planner.finding import Severity

TABLE = Path(__file__).with_name("recorded-verdicts.tsv")
"""Asked on 28 November 2026, name by name, as `mariadbd --no-defaults --loose-NAME=1 --help --verbose` by nobody."""

LINES = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
SERVERS = LINES[0][1:]
RULES = {"removed-parameter", "not-yet-in-version", "unknown-parameter"}


def is_sure(name, version):
    """Tell whether every build of the server is alike in knowing a name."""
    option = server_option(name, mariadb=True)
    return option is None or option.standing(version) != "elsewhere"


@pytest.mark.parametrize("server", SERVERS)
def test_every_name_is_known_to_the_servers_that_said_so(tmp_path, server):
    column = 1 + SERVERS.index(server)
    mine = Version.read(server)
    verdicts = {line[0]: line[column] == "known" for line in LINES[1:] if line[column] and is_sure(line[0], mine)}
    # `skip_x` in the same file would stand in place of `x`.
    names = [name for name in verdicts if name.removeprefix("skip_") == name or name[5:] not in verdicts]
    (tmp_path / "my.cnf").write_text("[mysqld]\n" + "".join(f"{name} = 1\n" for name in names), encoding="utf-8")
    place = tmp_path / "deployment.yaml"
    place.write_text(f"server:\n  mysql_version: '{server}'\nmysql:\n  file: my.cnf\n", encoding="utf-8")
    said = load(place).findings
    refused = {names[each.span.line - 2] for each in said if each.rule in RULES and each.severity is Severity.ERROR}
    assert mine.mariadb
    assert len(names) > 1000
    assert [name for name in names if verdicts[name] is (name in refused)] == []
