"""The documented default and range of every parameter, written down apart from the schemas.

A default of None says that none is documented; UNSET that the source documents it as not set."""

from __future__ import annotations

import pytest

from planner.catalogue.parameter import parameter, parameters, resolve
from planner.catalogue.releases import Version

UNSET = "unset"

# name: (default as written in the source, least, most, confidence)
SOFTSWITCH = {
    "SERVER_CDR_FILE_WRITE_INTERVAL": (UNSET, 60, 86400, "documented"),
    "SERVER_CDR_FILE_WRITE_MAX": (2048, 10, 4096, "documented"),
    "SERVER_CDR_REAL_TIME_REPORT_SERVER": (UNSET, None, None, "documented"),
    "SS_CDR_RECORD_TO_FILE": ("Off", None, None, "documented"),
    "SS_CDR_RECORD_NONCONNECT": ("Off", None, None, "documented"),
    "SS_CDR_RECORD_ILLEGAL": ("On", None, None, "conflicting"),
    "SS_CDR_FILE_WRITE_INTERVAL": (60, None, None, "conflicting"),
    "SS_CDR_FILE_WRITE_MAX": (1000, None, None, "conflicting"),
    "SERVER_QUERY_CDR_DENY_TIME": (UNSET, None, None, "documented"),
    "SERVER_QUERY_CDR_MAX_DAY_INTERVAL": (None, None, None, "secondary"),
    "SERVER_BILLING_RECORD_ZERO_HOLD_TIME": ("On", None, None, "documented"),
    "SERVER_BILLING_RECORD_ILLEGAL_CALL": ("On", None, None, "conflicting"),
    "SERVER_BILLING_RECORD_SERVER_HANG_UP": ("On", None, None, "documented"),
    "SERVER_BILLING_HOLD_TIME_PRECISION": (50, 0, 999, "documented"),
    "SERVER_BILLING_FEE_PRECISTION": (2, 0, 4, "conflicting"),
    "SERVER_BILLING_FEE_UNIT": (None, None, None, "secondary"),
    "SERVER_BILLING_FREE_TIME": (None, None, None, "secondary"),
    "SERVER_BILLING_FREE_E164S": ("", None, None, "documented"),
    "SERVER_BILLING_NO_CDR_E164S": ("", None, None, "documented"),
    "SERVER_BILLING_PREVENT_OVERDRAFT_ADVANCE_TIME": (1, 1, 15, "documented"),
    "SERVER_BILLING_GATEWAY_ROUTE_PREFIX": (0, None, None, "secondary"),
    "SERVER_GATEWAY_ROUTE_FEE_RATE_BEFORE_QUALITY": (None, None, None, "conflicting"),
    "SERVER_GATEWAY_ROUTE_FEE_RATE_SORT_CONFIG": (None, None, None, "conflicting"),
    "SERVER_LOGIN_FAILED_DISABLE_TIME": (None, None, None, "secondary"),
    "SERVER_PASSWORD_LENGTH": (None, None, None, "secondary"),
    "SERVER_TERMINAL_ADDITIONAL_CHARACTERS": (None, None, None, "secondary"),
    "SS_MAXCPS": (200, None, None, "conflicting"),
    "SS_MAXCALLDURATION": (None, None, None, "conflicting"),
    "SS_MAX_CALL_DURATION": (0, None, None, "conflicting"),
    "SS_CALLREMINTIME": (None, None, None, "secondary"),
    "SS_NOMEDIAHANGUPTIME": (None, None, None, "conflicting"),
    "SS_NO_MEDIA_HANGUP": (0, None, None, "conflicting"),
    "SS_MEDIAPROXYMODE": (None, None, None, "secondary"),
    "SS_QOS_SIGNAL": ("0xa0", None, None, "documented"),
    "SS_QOS_RTP": ("0xa0", None, None, "documented"),
    "SS_SIP_SESSION_TTL": (600, None, None, "documented"),
    "SS_SIP_SESSION_UPDATE_SEGMENT": (2, 2, 10, "documented"),
    "SS_SIP_SESSION_TIMEOUT_EARLY_HANGUP": (None, None, None, "secondary"),
    "SS_SIP_NO_TIMER_REINVITE_INTERVAL": (7200, None, None, "documented"),
    "SS_SIP_TIMEOUT_INVITE": (10, None, None, "documented"),
    "SS_SIP_TIMEOUT_TRYING": (20, None, None, "documented"),
    "SS_SIP_TIMEOUT_SESSION_PROGRESS": (20, None, None, "documented"),
    "SS_SIP_TIMEOUT_SESSION_PROGRESS_SDP": (120, None, None, "documented"),
    "SS_SIP_TIMEOUT_RINGING": (120, None, None, "documented"),
    "SS_SIP_STOP_SWITCH_AFTER_SDP": (None, None, None, "secondary"),
    "SS_SIP_USER_AGENT_STOP_SWITCH_AFTER_INVITE_TIMEOUT": (None, None, None, "secondary"),
    "SS_SIP_RESEND_INTERVAL": (None, None, None, "secondary"),
    "SS_SIP_PUBLISH_EXPIRE": (300, 30, 7200, "documented"),
    "SS_SIP_USER_AGENT_EXPIRE": ("Auto", 20, 7200, "documented"),
    "SS_SIP_USER_AGENT_RETRY_DELAY": (60, 30, 600, "documented"),
    "SS_SIP_USER_AGENT_SEND_UNREGISTER": ("On", None, None, "documented"),
    "SS_SIP_USER_AGENT_PRIVACY": ("Ignore", None, None, "documented"),
    "SS_SIP_E164_DISPLAY_FROM": ("Ignore", None, None, "documented"),
    "SS_SIP_ROUTING_GATEWAY_INVITE_USE_CONTACT": ("Off", None, None, "documented"),
    "SS_SIP_AUTHENTICATION_RETRY": (None, None, None, "secondary"),
    "SS_SIP_AUTHENTICATION_TIMEOUT": (None, None, None, "secondary"),
    "SS_SIP_AUTHENTICATION_CODE": (None, None, None, "secondary"),
    "SS_SIP_NAT_KEEP_ALIVE_MESSAGE": (None, None, None, "secondary"),
    "SS_SIP_NAT_KEEP_ALIVE_PERIOD": (None, None, None, "secondary"),
    "SS_SIP_NAT_KEEP_ALIVE_SEND_INTERVAL": (None, None, None, "secondary"),
    "SS_SIP_NAT_KEEP_ALIVE_SEND_ONE_TIME": (None, None, None, "secondary"),
    "SS_SIP_OPTIONS_CHECK_PERIOD": (None, None, None, "documented"),
    "SS_ENDPOINT_EXPIRE": (3600, None, None, "documented"),
    "SS_ENDPOINTTIMETOLIVE": (60, None, None, "documented"),
    "SS_ENDPOINT_REGISTER_REPLACE": ("On", None, None, "documented"),
    "SS_ENDPOINTREGISTERRETRY": (None, None, None, "conflicting"),
    "SS_ENDPOINTREGISTERSUSPEND": (None, None, None, "conflicting"),
    "SS_ENDPOINTREGISTERSUSPENDTIME": (None, None, None, "conflicting"),
    "SS_AUTHENTICATION_MAX_RETRY": (6, 0, 999, "documented"),
    "SS_AUTHENTICATION_FAILED_SUSPEND": (180, 60, 3600, "documented"),
    "SS_REPLY_UNAUTHORIZED": ("On", None, None, "documented"),
    "SS_TCP_CLOSE_RESET": (None, None, None, "secondary"),
    "SS_GATEWAY_SWITCH_LIMIT": (UNSET, None, None, "documented"),
    "SS_GATEWAY_SWITCH_UNTIL_CONNECT": ("Off", None, None, "documented"),
    "SS_GATEWAY_SWITCH_STOP_AFTER_RTP_START": ("On", None, None, "documented"),
    "SS_GATEWAY_SWITCH_STOP_AFTER_USER_BUSY": ("On", None, None, "documented"),
    "SS_GATEWAY_ASR_CALCULATE": ("Off", None, None, "documented"),
    "SS_GATEWAY_ASR_RESERVE_TIME": (None, None, None, "secondary"),
    "SS_GATEWAY_ASR_RESERVE_SEPARATE": (None, None, None, "secondary"),
    "SS_GATEWAY_ASR_ROUTE_SORT_CONFIG": (None, None, None, "secondary"),
    "SS_GATEWAY_FEE_RATE_ROUTE_SORT_CONFIG": (None, None, None, "conflicting"),
    "SS_GATEWAY_FEE_RATE_ROUTE_BEFORE_ASR": (None, None, None, "conflicting"),
    "SS_BLACK_LIST_DYNAMIC_RUN_MODE": (None, None, None, "secondary"),
    "SS_BLACK_LIST_CALLER_MALICIOUS_CALL_CHECK_INTERVAL": (None, None, None, "secondary"),
    "SS_BLACK_LIST_CALLER_MALICIOUS_CALL_EXPIRE": (None, None, None, "secondary"),
    "SS_BLACK_LIST_CALLER_MALICIOUS_CALL_LIMIT": (None, None, None, "secondary"),
    "SS_BLACK_LIST_NO_ANSWER_EXPIRE": (None, None, None, "secondary"),
    "SS_BLACK_LIST_NO_ANSWER_LIMIT": (None, None, None, "secondary"),
    "SS_BLACK_LIST_NO_ANSWER_PERIODS": (None, None, None, "secondary"),
    "SS_BLACK_LIST_CALLER_CONCURRENT": (None, None, None, "secondary"),
    "SS_CALL_FORWARD": (None, None, None, "secondary"),
    "SIP_PORT": ("5060,6060", None, None, "secondary"),
    "SS_SIP_PORT": ("5060,6060", None, None, "secondary"),
    "SIP_THREAD": (None, None, None, "secondary"),
    "FORWARD_SIGNAL_REWRITE_SEQUENCE": (None, None, None, "secondary"),
    "GUI_SERVER_PORT": (None, None, None, "secondary"),
    "OUT_POST_URL": (None, None, None, "documented"),
}

# key: (default, least, most, value of the scaling guide); None where it is computed at boot or not limited
SYSCTL = {
    "net.core.rmem_max": (212992, 1, 2147483647, 16777216),
    "net.core.wmem_max": (212992, 1, 2147483647, 16777216),
    "net.core.rmem_default": (212992, 1, 2147483647, None),
    "net.core.wmem_default": (212992, 1, 2147483647, None),
    "net.ipv4.udp_mem": (None, 0, None, (1024000, 8738000, 16777216)),
    "net.ipv4.udp_rmem_min": (4096, 1, 2147483647, 16384),
    "net.ipv4.udp_wmem_min": (4096, 1, 2147483647, 16384),
    "net.ipv4.tcp_mem": (None, 0, None, None),
    "net.ipv4.tcp_rmem": ((4096, 87380, 6291456), 1, 2147483647, (4096, 87380, 16777216)),
    "net.ipv4.tcp_wmem": ((4096, 16384, 4194304), 1, 2147483647, (4096, 65536, 16777216)),
    "net.core.somaxconn": (128, 0, 2147483647, 65535),
    "net.core.netdev_max_backlog": (1000, None, 2147483647, 10000),
    "net.core.netdev_budget": (300, None, 2147483647, None),
    "net.core.dev_weight": (64, None, None, None),
    "net.core.optmem_max": (20480, None, None, None),
    "net.ipv4.tcp_max_syn_backlog": (None, None, None, 16384),
    "net.ipv4.tcp_syncookies": (1, None, None, None),
    "net.ipv4.tcp_max_tw_buckets": (None, None, None, None),
    "net.ipv4.tcp_tw_recycle": (0, None, None, None),
    "net.ipv4.tcp_tw_reuse": (0, None, None, None),
    "net.ipv4.tcp_fin_timeout": (60, None, None, None),
    "net.ipv4.ip_local_port_range": ((32768, 60999), 1, 65535, (1024, 65535)),
    "net.ipv4.ip_local_reserved_ports": ("", None, None, None),
    "net.netfilter.nf_conntrack_max": (None, None, 2147483647, 1048576),
    "net.netfilter.nf_conntrack_buckets": (None, None, None, None),
    "net.netfilter.nf_conntrack_tcp_timeout_established": (432000, None, None, 7200),
    "net.netfilter.nf_conntrack_udp_timeout": (30, None, None, None),
    "net.netfilter.nf_conntrack_udp_timeout_stream": (180, None, None, None),
    "net.netfilter.nf_conntrack_helper": (1, None, None, None),
    "fs.file-max": (None, 0, 9223372036854775807, 2097152),
    "fs.nr_open": (1048576, 64, 2147483584, None),
    "net.ipv4.conf.all.rp_filter": (1, None, None, None),
    "net.ipv4.conf.default.rp_filter": (1, None, None, None),
    "net.ipv4.ip_forward": (0, None, None, None),
    "vm.swappiness": (60, 0, 200, None),
    "fs.aio-max-nr": (65536, None, None, None),
}

MYSQL_NAMES = (
    "innodb_buffer_pool_size",
    "innodb_buffer_pool_instances",
    "innodb_buffer_pool_chunk_size",
    "innodb_log_file_size",
    "innodb_log_files_in_group",
    "innodb_redo_log_capacity",
    "innodb_log_buffer_size",
    "innodb_flush_log_at_trx_commit",
    "innodb_flush_method",
    "innodb_io_capacity",
    "innodb_io_capacity_max",
    "innodb_additional_mem_pool_size",
    "innodb_file_per_table",
    "innodb_open_files",
    "innodb_thread_concurrency",
    "max_connections",
    "open_files_limit",
    "table_open_cache",
    "table_open_cache_instances",
    "table_definition_cache",
    "thread_cache_size",
    "back_log",
    "query_cache_size",
    "query_cache_type",
    "tmp_table_size",
    "max_heap_table_size",
    "key_buffer_size",
    "sort_buffer_size",
    "join_buffer_size",
    "read_buffer_size",
    "read_rnd_buffer_size",
    "thread_stack",
    "binlog_cache_size",
    "net_buffer_length",
    "max_allowed_packet",
    "sync_binlog",
    "expire_logs_days",
    "wait_timeout",
    "default_character_set",
    "myisam_recover",
    "skip_name_resolve",
)
# (variable, version): default, from the manuals of those versions
MYSQL_DEFAULTS = {
    ("innodb_buffer_pool_size", "5.0.96"): 8388608,
    ("innodb_buffer_pool_size", "5.5"): 134217728,
    ("innodb_log_file_size", "5.1"): 5242880,
    ("innodb_log_file_size", "5.6.8"): 50331648,
    ("innodb_log_file_size", "mariadb-10.5"): 100663296,
    ("innodb_redo_log_capacity", "8.0.30"): 104857600,
    ("innodb_log_buffer_size", "5.1"): 1048576,
    ("innodb_log_buffer_size", "5.5"): 8388608,
    ("innodb_log_buffer_size", "5.7.6"): 16777216,
    ("innodb_log_buffer_size", "8.4"): 67108864,
    ("innodb_flush_log_at_trx_commit", "8.0"): 1,
    ("innodb_io_capacity", "8.0"): 200,
    ("innodb_io_capacity", "8.4"): 10000,
    ("innodb_file_per_table", "5.0"): False,
    ("innodb_file_per_table", "5.6.6"): True,
    ("innodb_open_files", "5.1"): 300,
    ("innodb_thread_concurrency", "5.0"): 8,
    ("innodb_thread_concurrency", "5.5"): 0,
    ("max_connections", "5.0.96"): 100,
    ("max_connections", "5.1.15"): 151,
    ("open_files_limit", "5.5"): 0,
    ("open_files_limit", "5.6.8"): 5000,
    ("table_open_cache", "5.1"): 64,
    ("table_open_cache", "5.5"): 400,
    ("table_open_cache", "5.6.8"): 2000,
    ("table_open_cache", "8.0"): 4000,
    ("table_open_cache_instances", "5.7.8"): 16,
    ("thread_cache_size", "5.1"): 0,
    ("back_log", "5.5"): 50,
    ("query_cache_size", "5.5"): 0,
    ("query_cache_size", "5.6.8"): 1048576,
    ("query_cache_type", "5.5"): 1,
    ("query_cache_type", "5.6.8"): 0,
    ("tmp_table_size", "5.7"): 16777216,
    ("max_heap_table_size", "5.7"): 16777216,
    ("key_buffer_size", "8.0"): 8388608,
    ("sort_buffer_size", "5.1"): 2097144,
    ("sort_buffer_size", "5.5"): 2097152,
    ("sort_buffer_size", "5.6.4"): 262144,
    ("join_buffer_size", "5.5"): 131072,
    ("join_buffer_size", "5.6.6"): 262144,
    ("read_buffer_size", "8.0"): 131072,
    ("read_rnd_buffer_size", "8.0"): 262144,
    ("thread_stack", "5.7"): 262144,
    ("thread_stack", "8.0.27"): 1048576,
    ("thread_stack", "mariadb-10.6"): 299008,
    ("binlog_cache_size", "8.0"): 32768,
    ("net_buffer_length", "8.0"): 16384,
    ("max_allowed_packet", "5.5"): 1048576,
    ("max_allowed_packet", "5.6.6"): 4194304,
    ("max_allowed_packet", "8.0.3"): 67108864,
    ("sync_binlog", "5.7.6"): 0,
    ("sync_binlog", "5.7.7"): 1,
    ("expire_logs_days", "8.0"): 0,
    ("wait_timeout", "8.0"): 28800,
    ("innodb_flush_method", "8.4"): "O_DIRECT",
    ("innodb_flush_method", "mariadb-10.6"): "O_DIRECT",
    ("tmp_table_size", "5.0"): 33554432,
    ("tmp_table_size", "5.1"): 16777216,
    ("innodb_additional_mem_pool_size", "5.0"): 1048576,
    ("innodb_additional_mem_pool_size", "5.5"): 8388608,
    ("back_log", "8.0"): None,  # max_connections
    ("innodb_open_files", "5.0"): 300,
    ("innodb_open_files", "5.7"): None,
    ("sort_buffer_size", "5.0"): 2097144,
    ("join_buffer_size", "5.0"): 131072,
    ("thread_cache_size", "5.0"): 0,
    ("thread_cache_size", "5.7"): None,
    ("thread_cache_size", "mariadb-10.11"): 256,
    ("table_open_cache", "5.0"): 64,
    ("table_open_cache", "mariadb-10.4"): 421,
    ("table_open_cache", "mariadb-10.11"): 2000,
    ("table_open_cache_instances", "mariadb-10.11"): 8,
    ("innodb_file_per_table", "mariadb-5.5"): False,
    ("max_allowed_packet", "mariadb-10.1"): 4194304,
    ("query_cache_size", "mariadb-5.5"): 0,
    ("server_id", "mariadb-10.11"): 1,
}

# (key, kernel): (default, least, most); None where it is computed or not limited
KERNELS = {
    ("net.core.somaxconn", "3.10.0-1160.el7"): (128, 0, 65535),
    ("net.core.somaxconn", "4.18.0-553.el8"): (128, 0, 2147483647),
    ("net.core.somaxconn", "5.14.0-427.el9"): (4096, 0, 2147483647),
    ("net.netfilter.nf_conntrack_udp_timeout_stream", "3.10"): (180, None, None),
    ("net.netfilter.nf_conntrack_udp_timeout_stream", "4.18"): (120, None, None),
    ("net.netfilter.nf_conntrack_helper", "3.10"): (1, None, None),
    ("net.netfilter.nf_conntrack_helper", "4.18"): (0, None, None),
    ("net.ipv4.tcp_tw_reuse", "2.6.32-696.el6"): (0, None, None),
    ("net.ipv4.tcp_tw_reuse", "4.18"): (2, None, None),
    ("net.core.rmem_max", "3.10"): (212992, 1, 2147483647),
    ("net.core.rmem_max", "4.18"): (212992, 2304, 2147483647),
    ("net.core.wmem_default", "5.14"): (212992, 4608, 2147483647),
    ("net.ipv4.tcp_rmem", "4.18"): ([4096, 87380, 6291456], 1, 2147483647),
    ("net.ipv4.tcp_rmem", "5.14"): ([4096, 131072, 6291456], 1, 2147483647),
    ("vm.swappiness", "5.4"): (60, 0, 100),
    ("vm.swappiness", "5.14"): (60, 0, 200),
}

# (variable, version): (least, most)
MYSQL_RANGES = {
    ("innodb_buffer_pool_size", "5.1"): (1048576, 2**63 - 1),
    ("innodb_buffer_pool_size", "5.5"): (5242880, 2**63 - 1),
    ("innodb_buffer_pool_instances", "5.5"): (1, 64),
    ("innodb_buffer_pool_instances", "5.7"): (0, 64),
    ("innodb_log_file_size", "5.5"): (1048576, None),
    ("innodb_log_file_size", "5.7.11"): (4194304, None),
    ("innodb_log_files_in_group", "5.7"): (2, 100),
    ("innodb_redo_log_capacity", "8.0.34"): (8388608, 549755813888),
    ("innodb_log_buffer_size", "5.7"): (262144, None),
    ("innodb_log_buffer_size", "8.0"): (1048576, 4294967295),
    ("innodb_io_capacity", "5.7"): (100, 2**64 - 1),
    ("innodb_io_capacity", "mariadb-10.11"): (100, 4294967295),
    ("innodb_thread_concurrency", "5.7"): (0, 1000),
    ("max_connections", "8.0"): (1, 100000),
    ("max_connections", "mariadb-10.11"): (10, 100000),
    ("table_open_cache", "8.0"): (1, 524288),
    ("thread_cache_size", "8.0"): (0, 16384),
    ("max_allowed_packet", "8.0"): (1024, 1073741824),
    ("read_buffer_size", "8.0"): (8192, 2147479552),
    ("expire_logs_days", "5.7"): (0, 99),
    ("wait_timeout", "8.0"): (1, 31536000),
    ("back_log", "5.5"): (1, 65535),
    ("back_log", "5.6"): (0, 65535),
    ("innodb_open_files", "5.5"): (10, None),
    ("innodb_open_files", "5.6"): (0, None),
    ("max_connections", "5.0.96"): (1, 16384),
    ("join_buffer_size", "5.1"): (8200, None),
    ("read_buffer_size", "5.0"): (8200, 2147479552),
    ("read_rnd_buffer_size", "5.1"): (8200, 2147483647),
    ("key_buffer_size", "5.0"): (8, None),
    ("innodb_flush_log_at_trx_commit", "8.0"): (0, 2),
    ("innodb_flush_log_at_trx_commit", "mariadb-10.11"): (0, 3),
    ("table_open_cache", "mariadb-10.11"): (10, 1048576),
    ("table_definition_cache", "mariadb-10.11"): (400, 2097152),
    ("sort_buffer_size", "mariadb-10.11"): (1024, None),
    ("tmp_table_size", "mariadb-10.11"): (0, None),
    ("innodb_log_buffer_size", "mariadb-10.11"): (2097152, 2147479552),
    ("innodb_log_file_size", "mariadb-10.11"): (4194304, None),
    ("innodb_buffer_pool_size", "mariadb-10.4"): (2097152, 2**63 - 1),
    ("max_connections", "mariadb-5.5"): (1, 100000),
}


def of(name):
    found = parameter(name)
    assert found is not None, name
    return found


@pytest.mark.parametrize("name", SOFTSWITCH)
def test_a_softswitch_parameter_has_the_documented_default_range_and_confidence(name):
    default, least, most, confidence = SOFTSWITCH[name]
    found = of(f"softswitch.{name}")
    assert found.confidence == confidence
    assert found.description
    assert found.sources
    if name in {"SS_MAXCALLDURATION", "SS_NOMEDIAHANGUPTIME"}:
        assert found.alias_of  # nothing is documented under this spelling
        return
    assert found.limits == (least, most)
    assert found.unset == (default == UNSET)
    assert found.schema.get("default") == (None if default == UNSET else default)


def test_the_softswitch_schema_holds_the_documented_names_and_one_more_spelling():
    assert {each.key for each in parameters("softswitch")} == {*SOFTSWITCH, "SERVER_BILLING_FEE_PRECISION"}


@pytest.mark.parametrize("key", SYSCTL)
def test_a_kernel_setting_has_the_default_range_and_guide_value_of_the_sources(key):
    default, least, most, tuned = SYSCTL[key]
    found = of(f"sysctl.{key}")
    assert found.default == default
    assert found.limits == (least, most)
    guide = [each["value"] for each in found.recommended if "guide-scaling" in each["sources"]]
    assert guide == ([] if tuned is None else [list(tuned) if isinstance(tuned, tuple) else tuned])


@pytest.mark.parametrize("key", MYSQL_NAMES)
def test_every_server_variable_of_the_sources_is_there(key):
    assert of(f"mysql.{key}").sources


@pytest.mark.parametrize(("key", "version"), MYSQL_DEFAULTS)
def test_a_server_variable_has_the_default_of_its_version(key, version):
    assert of(f"mysql.{key}").default_in(Version.read(version)) == MYSQL_DEFAULTS[key, version]


@pytest.mark.parametrize(("key", "kernel"), KERNELS)
def test_a_kernel_setting_has_the_values_of_its_kernel(key, kernel):
    found, version = of(f"sysctl.{key}"), Version.read(kernel)
    assert (found.default_in(version), *found.limits_in(version)) == KERNELS[key, kernel]


@pytest.mark.parametrize(("key", "version"), MYSQL_RANGES)
def test_a_server_variable_has_the_range_of_its_version(key, version):
    assert of(f"mysql.{key}").limits_in(Version.read(version)) == MYSQL_RANGES[key, version]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("softswitch.SS_MAXCALLDURATION", "softswitch.SS_MAX_CALL_DURATION"),
        ("softswitch.SS_NOMEDIAHANGUPTIME", "softswitch.SS_NO_MEDIA_HANGUP"),
        ("softswitch.SERVER_BILLING_FEE_PRECISION", "softswitch.SERVER_BILLING_FEE_PRECISTION"),
        ("softswitch.SS_SIP_PORT", "softswitch.SIP_PORT"),
        ("softswitch.SS_CALL_FORWARD_DISPLAY", "softswitch.SS_CALL_FORWARD"),
        ("sysctl.net.nf_conntrack_max", "sysctl.net.netfilter.nf_conntrack_max"),
        ("sysctl.net/core/rmem_max", "sysctl.net.core.rmem_max"),
        ("mysql.table_cache", "mysql.table_open_cache"),
        ("mysql.innodb-buffer-pool-size", "mysql.innodb_buffer_pool_size"),
        ("traffic.attempts_per_call", "traffic.egress_attempts"),
    ],
)
def test_other_spellings_lead_to_the_parameter(written, meant):
    found = resolve(written)
    assert found is not None
    assert found.name == meant


def test_the_guides_recommended_values_stand_in_the_catalogue():
    interval = of("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL")
    assert [each["value"] for each in interval.recommended] == [3600, 1800, 900, 300]
    assert [each["value"] for each in of("softswitch.SS_MAX_CALL_DURATION").recommended] == [7200]
    assert [each["value"] for each in of("mysql.innodb_io_capacity").recommended] == [2000, 200, 100]
    assert [each["value"] for each in of("mysql.innodb_flush_log_at_trx_commit").recommended] == [2]
    assert [each["value"] for each in of("mysql.max_connections").recommended] == [1000]
    assert [each["value"] for each in of("mysql.innodb_log_file_size").recommended] == ["512M"]
