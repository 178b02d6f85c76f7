"""Whether the declared server starts with an option, and what is said of it; no server is asked here.

What MariaDB 10.11 does was tried on 10.11.19 and is tried again by `tests/document/test_real_server_verdicts.py`;
what others do is read in their sources (`schemas/mysql-options.tsv`).
"""

from __future__ import annotations

import pytest

from planner import validate
from planner.deployment.load import load
from planner.finding import Severity

# server, lines of [mysqld], rule and severity of each finding in order, a word of the first one
VERDICTS = [
    # beginnings of names: the server's own options first, then those that switch a plugin
    ("mariadb-10.11", "innodb-ta", [("alias-spelling", "info")], "innodb_table_locks"),
    ("mariadb-10.11", "thread_pool_sta = 500", [("alias-spelling", "info")], "thread_pool_stall_limit"),
    ("mariadb-10.11", "innodb_cmpme", [("alias-spelling", "info")], "innodb_cmpmem"),
    ("mariadb-10.11", "innodb_file_forma = 1", [("alias-spelling", "info"), ("ignored-option", "warning")], "innodb"),
    ("mariadb-10.11", "skip-secure", [("unknown-parameter", "error")], ""),
    # unless the file says that names stand in full, from that line on
    ("mariadb-10.11", "max_connection = 77\ngetopt_prefix_matching = off", [("alias-spelling", "info")], ""),
    (
        "mariadb-10.11",
        "skip-getopt-prefix-match\nmax_connection = 77",
        [("alias-spelling", "info"), ("unknown-parameter", "error")],
        "getopt_prefix_matching",
    ),
    (
        "mariadb-10.11",
        "getopt_prefix_matching = 0\nmax_connection = 77\ngetopt_prefix_matching = 1",
        [("shadowed-setting", "warning"), ("unknown-parameter", "error")],
        "",
    ),
    ("", "getopt_prefix_matching = off\nmax_connection = 77", [("unknown-parameter", "error")], "in full"),
    # words by number, beginning and in any case; compared as they stand up to MySQL 5.7 and MariaDB 10.2
    ("mariadb-10.11", "innodb_flush_method = 0", [], ""),
    ("mariadb-10.11", "innodb_flush_method = o_direct", [], ""),
    ("mariadb-10.11", "innodb_flush_method = 12", [("not-an-allowed-value", "error")], "`12`"),
    ("mariadb-10.11", "innodb_flush_method = O_DIR", [("not-an-allowed-value", "error")], "`O_DIR`"),
    ("5.7", "innodb_flush_method = o_direct", [("not-an-allowed-value", "error")], "o_direct"),
    # nothing is the first word where words may be numbers
    ("mariadb-10.11", "innodb_flush_method =", [], ""),
    ("8.0.36", "innodb_flush_method =", [], ""),
    ("5.7", "innodb_flush_method =", [("not-an-allowed-value", "error")], "``"),
    ("", "innodb_flush_method =", [("not-an-allowed-value", "warning")], "``"),
    ("", "innodb_flush_method = o_direct", [("not-an-allowed-value", "warning")], "o_direct"),
    ("", "innodb_flush_method = O_DIR", [("not-an-allowed-value", "error")], "`O_DIR`"),
    ("mariadb-10.11", "innodb_buffer_pool_size = 50%", [("unit-impossible", "error")], "is refused by MariaDB"),
    ("8.0.36", "innodb_buffer_pool_size = 50%", [("unit-impossible", "error")], "is refused by MySQL"),
    ("5.7", "innodb_flush_method = 0", [("not-an-allowed-value", "error")], "`0`"),
    ("8.0.36", "innodb_flush_method = o_direct", [], ""),
    ("mariadb-10.11", "binlog_format = 5", [("not-an-allowed-value", "error")], "`5`"),
    ("mariadb-10.11", "binlog_format = +1", [], ""),
    ("mariadb-10.11", "innodb_trx = maybe", [("not-an-allowed-value", "error")], "`maybe`"),
    # members of a set: no blank in front, none empty, numbers within its bits
    ("mariadb-10.11", "sql_mode = ANSI ,ORACLE", [], ""),
    ("mariadb-10.11", "sql_mode = ANSI, ORACLE", [("not-an-allowed-value", "error")], "`ORACLE`"),
    ("5.7", 'sql_mode = "STRICT_TRANS_TABLES, NO_ZERO_DATE"', [("not-an-allowed-value", "error")], "NO_ZERO_DATE"),
    ("mariadb-10.11", "sql_mode = ANSI,", [("not-an-allowed-value", "error")], ""),
    ("mariadb-10.11", "sql_mode = 4294967295", [], ""),
    ("mariadb-10.11", "sql_mode = 99999999999", [("not-an-allowed-value", "error")], "99999999999"),
    ("mariadb-10.11", "optimizer_switch = mrr=on,mrr_cost_based=off", [], ""),
    ("mariadb-10.11", "optimizer_switch = mrr=1", [("not-an-allowed-value", "error")], "mrr=1"),
    ("mariadb-10.11", "optimizer_switch = 5", [("not-an-allowed-value", "error")], "`5`"),
    (
        "mariadb-10.11",
        "optimizer_switch = hash_join=on",
        [("not-an-allowed-value", "error")],
        "hash_join",
    ),  # _cardinality
    ("mariadb-10.11", "optimizer_switch = MRR=OFF,default", [], ""),
    # every line is read, the one that a later one overrides, too
    (
        "mariadb-10.11",
        "binlog_format\nbinlog_format = ROW",
        [("shadowed-setting", "warning"), ("wrong-type", "error")],
        "",
    ),
    # an option that releases of two series lacked, until it came back
    ("mariadb-10.3.7", "innodb-file-format = barracuda", [("removed-parameter", "error")], "removed in 10.3.1"),
    ("mariadb-10.4.2", "innodb_large_prefix", [("removed-parameter", "error")], "removed in 10.4.0"),
    ("mariadb-10.3.13", "innodb_large_prefix = 1", [("deprecated-parameter", "info")], ""),
    ("mariadb-10.4", "innodb-file-format = barracuda", [("deprecated-parameter", "info")], ""),
    # a switch is on or off in words of its own; MariaDB 10.11 warns of all others
    ("mariadb-10.11", "slow_query_log = /var/log/slow.log", [("wrong-type", "warning")], "neither on nor off"),
    ("5.5", "local_infile = y", [("wrong-type", "warning")], "`y`"),
    ("8.0.36", "general_log =", [("wrong-type", "warning")], "MySQL 8.0.36"),
    ("8.0.36", "general_log = True\nlow_priority_updates\nskip_slow_query_log\nread_only = 1", [], ""),
    ("5.1.73", "innodb = FORCE", [], ""),
    ("mariadb-10.11", "log_bin = calls\nexpire_logs_days = 3\nserver_id = 1", [], ""),
    # MariaDB reads parts of a day from 10.6.1 on
    ("mariadb-10.11", "expire_logs_days = 0.5", [], ""),
    ("mariadb-10.11", "expire_logs_days = .5 d", [("wrong-type", "error")], ""),
    ("mariadb-10.5", "expire_logs_days = 0.5", [("wrong-type", "error")], "is refused"),
    ("8.0.36", "expire_logs_days = 0.5", [("deprecated-parameter", "info"), ("wrong-type", "error")], ""),
    # loose: what the server does not know is passed over, under whatever name the catalogue has it
    ("mariadb-10.11", "loose_default_character_set", [], ""),
    ("8.0.36", "loose_query_cache_type = nonsense", [], ""),
    ("mariadb-10.11", "loose_syseventlog.include_pid", [("not-yet-in-version", "error")], "syseventlog"),
    # a name that may mean several options is refused even so; the line before a loose one is read, too
    ("mariadb-10.11", "long_query_time = 0,5", [("wrong-type", "error")], "reads no number in `0,5`"),
    ("5.7", "long_query_time = 2s", [("wrong-type", "error")], "refuses to start"),
    ("5.7", "long_query_time = .5e1", [], ""),
    ("mariadb-10.11", "loose_log", [("unknown-parameter", "error")], "may mean log_"),
    ("mariadb-10.11", "loose-innodb-lo = 5", [("unknown-parameter", "error")], "innodb_lock_wait_timeout"),
    ("8.0.36", "loose_log_e = x", [], ""),
    (
        "mariadb-10.11",
        "keyring_oci_user_ocid = x\nloose_keyring_oci_user_ocid = x",
        [("unknown-parameter", "error"), ("shadowed-setting", "info")],
        "",
    ),
    # options of a plugin are told once, and not where the file loads it
    ("5.7", "validate_password_policy = LOW\nvalidate_password_length = 0", [("unknown-parameter", "info")], ""),
    ("5.7", "plugin_load_add = validate_password.so\nvalidate_password_policy = LOW", [], ""),
    ("5.6", "plugin_load = semisync_master.so\nrpl_semi_sync_master_enabled = 1", [], ""),
    # what 5.1 knew with the plugin of InnoDB alone, 5.5 knows by itself
    ("5.1.73", "innodb_io_capacity = 400", [("unknown-parameter", "info")], "innodb_plugin"),
    ("5.1.30", "innodb_io_capacity = 400", [("not-yet-in-version", "error")], "5.1.38"),
    ("5.5", "innodb_strict_mode = 1", [], ""),
    ("5.7", "long_query_time = 0.5\ninnodb_max_dirty_pages_pct = 75.5", [], ""),
    # capitals
    ("mariadb-10.11", "MAX_CONNECTIONS = 500", [], ""),
    ("mariadb-10.4", "wsrep_OSU_method = TOI", [], ""),
    ("5.7", "MAX_CONNECTIONS = 500", [("option-in-capitals", "error")], "small letters"),
    # numbers beyond the range: the server takes the nearest, but for a negative one in MariaDB
    ("8.0.36", "innodb_flush_neighbors = 5", [("out-of-range", "warning")], "MySQL 8.0.36 takes 2"),
    ("mariadb-10.11", "net_read_timeout = 0", [("out-of-range", "warning")], "takes 1"),
    ("mariadb-10.11", "net_read_timeout = -5", [("out-of-range", "error")], "-5"),
    ("5.5", "div_precision_increment = 30", [], ""),
    ("9.0.1", "mysql_native_password = ON", [("removed-parameter", "error")], "9.0.0"),
    ("8.4.3", "mysql_native_password = ON", [("deprecated-parameter", "info")], ""),
    ("9.3.0", "server_memory = 1G", [("not-yet-in-version", "error")], "9.4.0"),
    ("9.7.4", "innodb_log_file_size = 1G", [("removed-parameter", "error")], "9.7.4"),
    ("mariadb-10.11", "optimizer_switch = mrr=on\noptimizer_switch = index_merge=off", [], ""),  # each sets its flags
    (
        "8.0.36",
        "validate_password.length = 8\nvalidate_password.policy = LOW",
        [("unknown-parameter", "info")],
        "component_validate_password",
    ),
    ("8.0.36", "loose_validate_password.length = 8", [], ""),
    ("8.0.36", "performance_schema_instrument = a=ON\nperformance_schema_instrument = b=ON", [], ""),
    # names of character sets and collations: whole, in any case, utf8 as utf8mb3
    ("5.7", "character_set_server = latin1", [], ""),
    ("5.7", "character_set_server = utf8mb5", [("not-an-allowed-value", "error")], "utf8mb5"),
    ("5.1", "character_set_server = utf8mb4", [("not-an-allowed-value", "error")], "utf8mb4"),
    ("8.0.36", "character_set_server = gb18030", [], ""),
    ("8.0.36", "collation_server = utf8mb4_0900_ai_ci", [], ""),
    ("8.0.36", "tls_version = TLSv1.2,TLSv1.3", [], ""),
    ("5.5", "default_storage_engine = MEMORY", [], ""),
    ("5.1", "myisam_recover = BACKUP,FORCE", [], ""),
    ("mariadb-10.11", "character_set_server = UTF8", [], ""),
    ("mariadb-10.11", "character_set_server = utf8mb", [("not-an-allowed-value", "error")], "utf8mb"),
    (
        "mariadb-10.11",
        "character_set_server = utf8mb4\ncollation_server = utf8mb4_0900_ai_ci",
        [("not-an-allowed-value", "error")],
        "0900",
    ),
    ("mariadb-11.8", "character_set_server = utf8mb4\ncollation_server = utf8mb4_0900_ai_ci", [], ""),
    ("mariadb-10.11", "character_set_server = utf8mb4\ncollation_server = utf8mb4_uca1400_ai_ci", [], ""),
    ("mariadb-11.8", "character_set_server = utf8\ncollation_server = UTF8_UCA1400_swedish_nopad_as_cs", [], ""),
    ("mariadb-10.11", "collation_server = uca1400_ai_ci", [("not-an-allowed-value", "error")], "uca1400_ai_ci"),
    ("mariadb-10.6", "collation_server = utf8mb4_uca1400_ai_ci", [("not-an-allowed-value", "error")], "10.6"),
    # a version as MariaDB tells it to old clients; the family that has an option
    ("5.5.5-10.6.12-MariaDB", "log_bin_compress = 1", [], ""),
    ("8.0.36", "gtid_strict_mode = 1", [("not-yet-in-version", "error")], "an option of MariaDB"),
    ("mariadb-10.11", "collation_server =", [("not-an-allowed-value", "error")], "``"),
    ("mariadb-10.11", "collation_server", [("wrong-type", "error")], "without a value"),
    ("5.7", "innodb_flush_log_at_trx_commit = 3", [("out-of-range", "warning")], "outside 0-2: the server takes 2"),
]


def findings(folder, server, lines):
    (folder / "my.cnf").write_text(f"[mysqld]\n{lines}\n", encoding="utf-8")
    place = folder / "deployment.yaml"
    version = f"server:\n  mysql_version: '{server}'\n" if server else ""
    place.write_text(f"{version}mysql:\n  file: my.cnf\n", encoding="utf-8")
    return load(place).findings


@pytest.mark.parametrize(("server", "lines", "said", "word"), VERDICTS)
def test_what_a_server_makes_of_an_option(tmp_path, server, lines, said, word):
    found = findings(tmp_path, server, lines)
    assert [(each.rule, each.severity.value) for each in found] == said, found
    assert word in "".join(each.message for each in found[:1])


@pytest.mark.parametrize(
    ("server", "line", "advice"),
    [
        ("mariadb-10.6", "default-character-set = utf8", "Write character_set_server."),
        ("mariadb-10.6", "gtid_mode = ON", "Remove it: the server refuses to start."),
        ("5.7", "innodb_buffer_pool = 1G", "Did you mean innodb_buffer_pool_size?"),
        ("mariadb-10.6", "query_cache = 64M", "Did you mean query_cache_size?"),
        ("", "innodb_buffer_pool = 1G", "Did you mean innodb_buffer_pool_size?"),
        ("5.5", "record_buffer = 1M", "Write read_buffer_size."),
    ],
)
def test_what_to_write_instead_is_said(tmp_path, server, line, advice):
    assert findings(tmp_path, server, line)[0].help.startswith(advice)


def test_an_emergency_is_seen_however_its_option_is_written(tmp_path):
    for line in ("skip-grant-tables", "skip_grant_tables = 1", "wsrep_recover", "innodb-force-recovery = 6"):
        (tmp_path / "my.cnf").write_text(f"[mysqld]\n{line}\n", encoding="utf-8")
        rules = [each.rule for each in validate(tmp_path / "my.cnf").findings if each.severity is Severity.WARNING]
        assert "rescue-option-left-in" in rules, line


@pytest.mark.parametrize(
    ("version", "lines"),
    [
        ("8.0.36", "sql_mode = NO_AUTO_CREATE_USER\nsql_mode = TRADITIONAL"),
        ("mariadb-10.11", "sql_mode = NO_SUCH_MODE\nsql_mode = ANSI"),
        ("5.7", "binlog_format = NONE\nbinlog_format = ROW"),
    ],
)
def test_a_refused_value_stops_the_server_although_a_later_line_has_a_sound_one(tmp_path, version, lines):
    (tmp_path / "my.cnf").write_text(f"[mysqld]\n{lines}\n")
    place = tmp_path / "deployment.yaml"
    place.write_text(f"server: {{mysql_version: '{version}'}}\nmysql: {{file: my.cnf}}\n")
    said = [(each.rule, each.severity, each.span.line) for each in load(place).findings if each.severity == "error"]
    assert said == [("not-an-allowed-value", "error", 2)]
