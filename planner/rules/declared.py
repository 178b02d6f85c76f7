"""Every rule's declaration; `python -m planner.rules.declaring` writes them, nobody edits them."""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule

# fmt: off
RULES = (
    Rule("alias-spelling", Severity.INFO, Basis.DOCUMENTED, ("VOS3000 manual and guides: the parameter's own entry",), fixable=True, origin="reader"),  # noqa: E501
    Rule("architecture-contradicts-servers", Severity.ERROR, Basis.DOCUMENTED, ("VOS3000 scaling guide: multiple server architecture",), needs=("topology.servers", "topology.architecture")),  # noqa: E501
    Rule("attempt-limit-above-hardware", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 scaling guide: single-server capacity limits",), needs=("softswitch.SS_MAXCPS", "server.media")),  # noqa: E501
    Rule("attempt-limit-below-traffic", Severity.ERROR, Basis.DOCUMENTED, ("VOS3000 scaling guide: softswitch parameters",), needs=("softswitch.SS_MAXCPS", TRAFFIC), figures=("server.cps",)),  # noqa: E501
    Rule("backlog-above-kernel-limit", Severity.WARNING, Basis.STANDARD, ("Linux 3.10.0-1160.el7: net/socket.c, listen()",), needs=("mysql.back_log", "sysctl.net.core.somaxconn")),  # noqa: E501
    Rule("bad-group-header", Severity.ERROR, Basis.STANDARD, ("MySQL 5.6: my_default.cc",), origin="reader"),
    Rule("binary-log-flush-unpaired", Severity.INFO, Basis.STANDARD, ("MySQL reference manual: sync_binlog",), needs=("mysql.innodb_flush_log_at_trx_commit", "mysql.sync_binlog")),  # noqa: E501
    Rule("boot-and-apply-disagree", Severity.WARNING, Basis.STANDARD, ("systemd 219 of RHEL 7: /etc/sysctl.conf is read last", "later releases: it is read only through 99-sysctl.conf", "procps 3.3.10: /run before /etc")),  # noqa: E501
    Rule("buffer-default-above-ceiling", Severity.WARNING, Basis.STANDARD, ("Linux 3.10.0-1160.el7: net/core/sock.c",)),  # noqa: E501
    Rule("buffer-pool-outside-share", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 scaling guide: MySQL for high insert rates",), needs=("mysql.innodb_buffer_pool_size", "server.ram")),  # noqa: E501
    Rule("buffer-pool-rounded-up", Severity.INFO, Basis.STANDARD, ("MySQL reference manual: innodb_buffer_pool_chunk_size",), needs=("mysql.innodb_buffer_pool_size", "server.mysql_version")),  # noqa: E501
    Rule("byte-order-mark", Severity.ERROR, Basis.STANDARD, ("procps and systemd: the first line of a sysctl file; MySQL: my_default.c",), origin="reader"),  # noqa: E501
    Rule("calls-contradict-attempts", Severity.WARNING, Basis.STANDARD, ("Little's law",), needs=("traffic.cps", "traffic.concurrent_calls"), figures=("traffic.offered_erlangs",)),  # noqa: E501
    Rule("cdr-engine-unknown", Severity.INFO, Basis.MEASURED, ("Public schema dumps of running systems: every table is MyISAM",), needs=("mysql.innodb_buffer_pool_size|mysql.innodb_log_file_size|mysql.innodb_io_capacity",)),  # noqa: E501
    Rule("cdr-files-fill-disk", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 CDR file rotation guide: disk space",), needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", "server.storage.size", TRAFFIC), figures=("cdr.retained_bytes",)),  # noqa: E501
    Rule("cdr-setting-look-alike", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 CDR file rotation guide: parameters", "VOS3000 scaling guide: softswitch parameters")),  # noqa: E501
    Rule("comment-inside-value", Severity.ERROR, Basis.STANDARD, ("procps 3.3.10, systemd 219: only lines that begin with # or ; are comments",), fixable=True),  # noqa: E501
    Rule("commit-flush-not-recommended", Severity.INFO, Basis.DOCUMENTED, ("VOS3000 scaling guide: MySQL for high insert rates",), needs=("mysql.innodb_flush_log_at_trx_commit",)),  # noqa: E501
    Rule("commits-lost-on-crash", Severity.INFO, Basis.STANDARD, ("MySQL reference manual: innodb_flush_log_at_trx_commit",), needs=("mysql.innodb_flush_log_at_trx_commit",)),  # noqa: E501
    Rule("commits-outrun-disk", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 scaling guide: MySQL for high insert rates", "7200 rpm without a write cache: 60 to 120 flushes per second"), needs=("mysql.innodb_flush_log_at_trx_commit", "server.storage.type", TRAFFIC), figures=("database.inserts_per_second",)),  # noqa: E501
    Rule("connection-buffers-large", Severity.WARNING, Basis.STANDARD, ("MySQL reference manual: how MySQL uses memory",), needs=("mysql.max_connections", "mysql.sort_buffer_size|mysql.join_buffer_size|mysql.read_buffer_size|mysql.read_rnd_buffer_size|mysql.thread_stack|mysql.binlog_cache_size")),  # noqa: E501
    Rule("connection-helper-on", Severity.WARNING, Basis.ADVICE, ("Linux 3.10.0-1160.el7: nf_conntrack_helper; the kernel itself warns against automatic helpers",), needs=("sysctl.net.netfilter.nf_conntrack_helper",)),  # noqa: E501
    Rule("connection-timeout-of-tcp-only", Severity.INFO, Basis.STANDARD, ("Linux 3.10.0-1160.el7: nf_conntrack_proto_udp.c",), needs=("sysctl.net.netfilter.nf_conntrack_tcp_timeout_established",)),  # noqa: E501
    Rule("connection-tracking-below-need", Severity.ERROR, Basis.STANDARD, ("Linux 3.10.0-1160.el7: nf_conntrack_proto_udp.c",), needs=("sysctl.net.netfilter.nf_conntrack_max|sysctl.net.nf_conntrack_max", TRAFFIC), figures=("server.conntrack_entries",)),  # noqa: E501
    Rule("connection-tracking-chains-long", Severity.WARNING, Basis.STANDARD, ("Linux 3.10.0-1160.el7: net/netfilter/nf_conntrack_core.c",), needs=("sysctl.net.netfilter.nf_conntrack_max|sysctl.net.nf_conntrack_max",)),  # noqa: E501
    Rule("connection-tracking-memory-large", Severity.INFO, Basis.STANDARD, ("Linux 3.10.0-1160.el7: struct nf_conn, about 320 B",), needs=("sysctl.net.netfilter.nf_conntrack_max|sysctl.net.nf_conntrack_max", "server.ram")),  # noqa: E501
    Rule("connection-tracking-module-unloaded", Severity.WARNING, Basis.STANDARD, ("systemd 219: sysctl.d(5), unit order",)),  # noqa: E501
    Rule("connections-above-descriptors", Severity.ERROR, Basis.STANDARD, ("MySQL 5.6 source: mysqld.cc",), needs=("mysql.max_connections", "mysql.open_files_limit|server.nofile")),  # noqa: E501
    Rule("connections-below-recommended", Severity.INFO, Basis.DOCUMENTED, ("VOS3000 scaling guide: MySQL for high insert rates",), needs=("mysql.max_connections",)),  # noqa: E501
    Rule("contradictory-traffic", Severity.ERROR, Basis.STANDARD, ("Little's law",), origin="reader"),
    Rule("cores-below-need", Severity.ERROR, Basis.DOCUMENTED, ("VOS3000 scaling guide: CPU per 1,000 calls",), needs=("server.cpu_cores", TRAFFIC), figures=("server.cpu_cores",)),  # noqa: E501
    Rule("cpu-above-planning-ceiling", Severity.WARNING, Basis.ADVICE, ("VOS3000 scaling guide: CPU per 1,000 calls",), needs=("server.cpu_cores", TRAFFIC), figures=("hardware.cpu_utilisation",)),  # noqa: E501
    Rule("dead-calls-not-ended", Severity.WARNING, Basis.ADVICE, ("VOS3000 scaling guide: softswitch parameters",), needs=("softswitch.SS_NO_MEDIA_HANGUP|softswitch.SS_NOMEDIAHANGUPTIME", "server.media")),  # noqa: E501
    Rule("deprecated-parameter", Severity.INFO, Basis.STANDARD, ("MySQL reference manual: options deprecated",), origin="reader"),  # noqa: E501
    Rule("disk-below-need", Severity.ERROR, Basis.DOCUMENTED, ("VOS3000 CDR file rotation guide: disk space", "VOS3000 scaling guide: hardware by traffic level"), needs=("server.storage.size", TRAFFIC), figures=("server.disk_bytes",)),  # noqa: E501
    Rule("duplicate-key", Severity.ERROR, Basis.STANDARD, ("RFC 8259 s4: names should be unique; YAML 1.2 s3.2.1.1",), origin="reader"),  # noqa: E501
    Rule("expired-suppression", Severity.WARNING, Basis.STANDARD, ("policy",), origin="policy"),
    Rule("failed-calls-billed-under-attack", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 CDR file rotation guide: zero-duration calls",), needs=("softswitch.SERVER_BILLING_RECORD_ZERO_HOLD_TIME", "traffic.asr")),  # noqa: E501
    Rule("failed-calls-recorded-at-volume", Severity.WARNING, Basis.ADVICE, ("VOS3000 CDR file rotation guide: zero-duration calls",), needs=("softswitch.SS_CDR_RECORD_NONCONNECT", TRAFFIC), figures=("traffic.cps", "traffic.answered_cps")),  # noqa: E501
    Rule("file-limit-below-boot-default", Severity.WARNING, Basis.STANDARD, ("Linux 3.10.0-1160.el7: fs/file_table.c",), needs=("sysctl.fs.file-max", "server.ram")),  # noqa: E501
    Rule("file-limit-below-need", Severity.ERROR, Basis.STANDARD, ("Linux 3.10.0-1160.el7: fs/file_table.c",), needs=("sysctl.fs.file-max", TRAFFIC), figures=("server.file_descriptors",)),  # noqa: E501
    Rule("file-too-large", Severity.ERROR, Basis.STANDARD, ("The limits of the readers: 2 MiB, 16 MiB for files read line by line",), origin="reader"),  # noqa: E501
    Rule("forwarding-set-late", Severity.INFO, Basis.ADVICE, ("Linux 3.10.0-1160.el7: ip-sysctl.txt, ip_forward",), needs=("sysctl.net.ipv4.ip_forward",)),  # noqa: E501
    Rule("hardware-below-tier", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 scaling guide: hardware by traffic level",), needs=("server.cpu_cores|server.ram", TRAFFIC), figures=("hardware.tier_cpu_cores", "hardware.tier_ram_bytes")),  # noqa: E501
    Rule("hour-named-files-shared", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 CDR file rotation guide: file names",), needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL",)),  # noqa: E501
    Rule("ignored-line", Severity.WARNING, Basis.STANDARD, ("procps, systemd and MySQL: what their readers drop",), origin="reader"),  # noqa: E501
    Rule("include-not-followed", Severity.INFO, Basis.STANDARD, ("Includes are confined to the root that is given",), origin="reader"),  # noqa: E501
    Rule("innodb-tuned-for-myisam", Severity.WARNING, Basis.ADVICE, ("Public schema dumps of running systems: every table is MyISAM", "VOS3000 scaling guide: MySQL"), needs=("mysql.cdr_engine",)),  # noqa: E501
    Rule("interface-default-too-late", Severity.INFO, Basis.STANDARD, ("Linux 3.10.0-1160.el7: ip-sysctl.txt, conf/default",)),  # noqa: E501
    Rule("interval-outside-traffic-band", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 CDR file rotation guide: interval by traffic volume",), needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", TRAFFIC), figures=("cdr.recommended_interval",)),  # noqa: E501
    Rule("io-capacity-above-disk", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 scaling guide: MySQL for high insert rates", "MySQL reference manual: innodb_io_capacity"), needs=("mysql.innodb_io_capacity", "server.storage.type")),  # noqa: E501
    Rule("io-capacity-above-its-maximum", Severity.ERROR, Basis.STANDARD, ("MySQL reference manual: innodb_io_capacity_max",), needs=("mysql.innodb_io_capacity", "mysql.innodb_io_capacity_max")),  # noqa: E501
    Rule("io-capacity-below-disk", Severity.INFO, Basis.DOCUMENTED, ("VOS3000 scaling guide: MySQL for high insert rates",), needs=("mysql.innodb_io_capacity", "server.storage.type")),  # noqa: E501
    Rule("key-buffer-below-index", Severity.WARNING, Basis.ASSUMPTION, ("MySQL reference manual: key_buffer_size", "Index bytes per CDR row, calculated from a public schema"), needs=("mysql.key_buffer_size", "mysql.cdr_engine", TRAFFIC), figures=("database.key_buffer_bytes",)),  # noqa: E501
    Rule("leading-zero-number", Severity.ERROR, Basis.STANDARD, ("Linux 3.10: kernel/sysctl.c",), origin="reader"),  # noqa: E501
    Rule("link-overloaded", Severity.ERROR, Basis.STANDARD, ("IEEE 802.3: a frame occupies the wire with 20 B of preamble and gap",), needs=("server.nic", TRAFFIC), figures=("server.wire_bits_per_second",)),  # noqa: E501
    Rule("load-above-one-server", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 scaling guide: multiple server architecture",), needs=(TRAFFIC,), figures=("hardware.servers",)),  # noqa: E501
    Rule("missing-file", Severity.ERROR, Basis.STANDARD, ("The file system",), origin="reader"),
    Rule("missing-include", Severity.WARNING, Basis.STANDARD, ("MySQL 5.6: my_default.cc",), origin="reader"),
    Rule("missing-include-folder", Severity.ERROR, Basis.STANDARD, ("MySQL 5.6: my_default.cc",), origin="reader"),  # noqa: E501
    Rule("mysql-memory-above-ram", Severity.ERROR, Basis.STANDARD, ("MySQL reference manual: how MySQL uses memory",), needs=("server.ram", "mysql.innodb_buffer_pool_size|mysql.key_buffer_size|mysql.max_connections")),  # noqa: E501
    Rule("nesting-too-deep", Severity.ERROR, Basis.STANDARD, ("The limits of the readers",), origin="reader"),
    Rule("not-an-allowed-value", Severity.ERROR, Basis.DOCUMENTED, ("VOS3000 manual and guides: the parameter's own entry",), origin="reader"),  # noqa: E501
    Rule("not-an-assignment", Severity.ERROR, Basis.STANDARD, ("systemd 219: sysctl.c; procps 3.3.10: sysctl.c",), fixable=True, origin="reader"),  # noqa: E501
    Rule("not-yet-in-version", Severity.ERROR, Basis.STANDARD, ("MySQL reference manual: the version that added an option",), origin="reader"),  # noqa: E501
    Rule("number-too-long", Severity.ERROR, Basis.STANDARD, ("The limits of the readers",), origin="reader"),
    Rule("odd-encoding", Severity.WARNING, Basis.STANDARD, ("RFC 3629",), origin="reader"),
    Rule("odd-size-suffix", Severity.INFO, Basis.STANDARD, ("MySQL 5.6: my_getopt.cc",), fixable=True, origin="reader"),  # noqa: E501
    Rule("odd-switch-spelling", Severity.INFO, Basis.DOCUMENTED, ("VOS3000 manual and guides: the parameter's own entry",), fixable=True, origin="reader"),  # noqa: E501
    Rule("option-file-world-writable", Severity.ERROR, Basis.STANDARD, ("MySQL 5.6: my_default.cc",)),
    Rule("option-in-capitals", Severity.WARNING, Basis.STANDARD, ("MySQL 5.6: my_getopt.cc",), origin="reader"),  # noqa: E501
    Rule("option-outside-group", Severity.ERROR, Basis.STANDARD, ("MySQL 5.6: my_default.cc",), origin="reader"),  # noqa: E501
    Rule("out-of-range", Severity.ERROR, Basis.DOCUMENTED, ("VOS3000 manual and guides: the parameter's own entry",), origin="reader"),  # noqa: E501
    Rule("overlong-line", Severity.ERROR, Basis.STANDARD, ("procps 3.3.10 and systemd 219: line buffers; MySQL: my_default.c",), origin="reader"),  # noqa: E501
    Rule("packets-above-one-queue", Severity.WARNING, Basis.ADVICE, ("Cloudflare, receiving a million packets: about 50,000 packets per second and core in user space", "rtpengine, one receive queue near 1,000 calls"), needs=("server.nic_queues", TRAFFIC), figures=("server.packets_per_second",)),  # noqa: E501
    Rule("port-range-of-one-parity", Severity.INFO, Basis.STANDARD, ("Linux 3.10.0-1160.el7: net/ipv4/sysctl_net_ipv4.c",), needs=("sysctl.net.ipv4.ip_local_port_range",)),  # noqa: E501
    Rule("port-range-over-listeners", Severity.WARNING, Basis.STANDARD, ("Linux 3.10.0-1160.el7: Documentation/networking/ip-sysctl.txt",), needs=("sysctl.net.ipv4.ip_local_port_range",)),  # noqa: E501
    Rule("port-range-over-media", Severity.WARNING, Basis.STANDARD, ("Linux 3.10.0-1160.el7: Documentation/networking/ip-sysctl.txt",), needs=("sysctl.net.ipv4.ip_local_port_range", "server.rtp_ports")),  # noqa: E501
    Rule("port-range-reversed", Severity.ERROR, Basis.STANDARD, ("Linux 3.10.0-1160.el7: net/ipv4/sysctl_net_ipv4.c",), needs=("sysctl.net.ipv4.ip_local_port_range",), fixable=True),  # noqa: E501
    Rule("process-limit-above-ceiling", Severity.ERROR, Basis.STANDARD, ("Linux 3.10.0-1160.el7: kernel/sys.c",), needs=("server.nofile",)),  # noqa: E501
    Rule("process-limit-below-need", Severity.ERROR, Basis.STANDARD, ("Linux 3.10.0-1160.el7: RLIMIT_NOFILE; four UDP sockets per relayed call",), needs=("server.nofile", TRAFFIC), figures=("server.file_descriptors",)),  # noqa: E501
    Rule("ram-below-need", Severity.WARNING, Basis.ASSUMPTION, ("Sum of the parts: system, Java, softswitch, calls, database cache",), needs=("server.ram", TRAFFIC), figures=("server.ram_bytes",)),  # noqa: E501
    Rule("receive-buffer-raised-in-vain", Severity.WARNING, Basis.STANDARD, ("Linux 3.10.0-1160.el7: net/core/sock.c",), needs=("sysctl.net.core.rmem_max",)),  # noqa: E501
    Rule("recursive-anchor", Severity.ERROR, Basis.STANDARD, ("YAML 1.2 s3.2.2.2",), origin="reader"),
    Rule("redo-log-above-version-limit", Severity.ERROR, Basis.STANDARD, ("MySQL 5.1, 5.5 and 5.6 source: srv0start",), needs=("mysql.innodb_log_file_size", "server.mysql_version")),  # noqa: E501
    Rule("redo-log-resized-by-hand", Severity.WARNING, Basis.STANDARD, ("MySQL 5.5 source: a log file of different size",), needs=("mysql.innodb_log_file_size", "server.mysql_version")),  # noqa: E501
    Rule("redo-log-setting-ignored", Severity.WARNING, Basis.STANDARD, ("MySQL reference manual: innodb_redo_log_capacity",), needs=("mysql.innodb_log_file_size", "mysql.innodb_redo_log_capacity")),  # noqa: E501
    Rule("redo-log-small", Severity.INFO, Basis.DOCUMENTED, ("VOS3000 scaling guide: MySQL for high insert rates",), needs=("mysql.innodb_log_file_size",)),  # noqa: E501
    Rule("removed-parameter", Severity.ERROR, Basis.STANDARD, ("MySQL reference manual: options removed",), origin="reader"),  # noqa: E501
    Rule("renamed-parameter", Severity.WARNING, Basis.STANDARD, ("MySQL reference manual: options renamed",), origin="reader"),  # noqa: E501
    Rule("retention-shorter-than-policy", Severity.ERROR, Basis.DOCUMENTED, ("VOS3000 CDR file rotation guide: retention period",), needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", "retention.cdr_days")),  # noqa: E501
    Rule("reverse-path-filter-strict", Severity.WARNING, Basis.STANDARD, ("Linux 3.10.0-1160.el7: ip-sysctl.txt; systemd 219: 50-default.conf",)),  # noqa: E501
    Rule("rotating-disk-above-500-calls", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 scaling guide: hardware by traffic level",), needs=("server.storage.type", TRAFFIC), figures=("server.concurrent_calls",)),  # noqa: E501
    Rule("rotation-switched-off", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 CDR file rotation guide: enabling",), needs=("softswitch.SS_CDR_RECORD_TO_FILE", "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL")),  # noqa: E501
    Rule("rotation-without-interval", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 CDR file rotation guide: enabling",)),  # noqa: E501
    Rule("rtp-ports-below-calls", Severity.ERROR, Basis.STANDARD, ("RFC 3550 s11: RTP and RTCP on two ports a leg",), needs=("server.rtp_ports|sysctl.net.ipv4.ip_local_port_range", TRAFFIC), figures=("server.udp_ports",)),  # noqa: E501
    Rule("send-buffer-raised-in-vain", Severity.INFO, Basis.STANDARD, ("Linux 3.10.0-1160.el7: net/core/sock.c",), needs=("sysctl.net.core.wmem_max",)),  # noqa: E501
    Rule("servers-below-need", Severity.ERROR, Basis.DOCUMENTED, ("VOS3000 scaling guide: multiple server architecture",), needs=("topology.servers", TRAFFIC), figures=("hardware.servers",)),  # noqa: E501
    Rule("settings-file-passed-over", Severity.WARNING, Basis.STANDARD, ("systemd 219: sysctl.d(5); procps 3.3.10: sysctl(8)",)),  # noqa: E501
    Rule("shadowed-setting", Severity.WARNING, Basis.STANDARD, ("procps, systemd and MySQL: the last assignment wins",), origin="reader"),  # noqa: E501
    Rule("silence-timer-without-media", Severity.WARNING, Basis.DOCUMENTED, ("VOS3000 scaling guide: softswitch parameters", "VOS3000 scaling guide: with media and without media"), needs=("softswitch.SS_NO_MEDIA_HANGUP|softswitch.SS_NOMEDIAHANGUPTIME", "server.media")),  # noqa: E501
    Rule("socket-buffers-above-udp-memory", Severity.INFO, Basis.STANDARD, ("Linux 3.10.0-1160.el7: net/core/sock.c, net/ipv4/udp.c",), needs=("sysctl.net.core.rmem_default", "sysctl.net.ipv4.udp_mem", TRAFFIC), figures=("server.udp_ports",)),  # noqa: E501
    Rule("standby-counted-as-capacity", Severity.ERROR, Basis.DOCUMENTED, ("VOS3000 scaling guide: disaster recovery",), needs=("topology.servers", "topology.dr", TRAFFIC), figures=("hardware.servers",)),  # noqa: E501
    Rule("suppression-without-reason", Severity.ERROR, Basis.STANDARD, ("policy",), origin="policy"),
    Rule("syntax-error", Severity.ERROR, Basis.STANDARD, ("YAML 1.2, JSON (RFC 8259), TOML 1.0, the option files' own reader",), origin="reader"),  # noqa: E501
    Rule("sysctl-syntax-of-newer-readers", Severity.ERROR, Basis.STANDARD, ("procps 3.3.10 and systemd 219: sysctl.c; procps 3.3.16 added the prefix",)),  # noqa: E501
    Rule("temporary-tables-cut-short", Severity.WARNING, Basis.STANDARD, ("MySQL reference manual: tmp_table_size",), needs=("mysql.tmp_table_size",)),  # noqa: E501
    Rule("too-many-values", Severity.ERROR, Basis.STANDARD, ("The limits of the readers",), origin="reader"),
    Rule("traffic-impossible", Severity.ERROR, Basis.STANDARD, ("The model of `plan size`",), needs=(TRAFFIC,)),  # noqa: E501
    Rule("tw-recycle-behind-nat", Severity.ERROR, Basis.STANDARD, ("Linux 3.10.0-1160.el7: ip-sysctl.txt; removed in Linux 4.12",), needs=("sysctl.net.ipv4.tcp_tw_recycle",), fixable=True),  # noqa: E501
    Rule("udp-memory-above-ram", Severity.ERROR, Basis.STANDARD, ("Linux 3.10.0-1160.el7: net/ipv4/udp.c, ip-sysctl.txt",), needs=("sysctl.net.ipv4.udp_mem", "server.ram")),  # noqa: E501
    Rule("udp-memory-in-bytes", Severity.WARNING, Basis.STANDARD, ("Linux 3.10.0-1160.el7: net/ipv4/udp.c, ip-sysctl.txt",), needs=("sysctl.net.ipv4.udp_mem",)),  # noqa: E501
    Rule("unit-impossible", Severity.ERROR, Basis.STANDARD, ("Linux 3.10: kernel/sysctl.c; MySQL 5.6: my_getopt.cc",), origin="reader"),  # noqa: E501
    Rule("unit-missing", Severity.ERROR, Basis.STANDARD, ("Sizes and rates below any real server's",), origin="reader"),  # noqa: E501
    Rule("unknown-parameter", Severity.ERROR, Basis.STANDARD, ("The catalogue: `plan params`",), origin="reader"),  # noqa: E501
    Rule("unknown-rule", Severity.ERROR, Basis.STANDARD, ("policy",), origin="policy"),
    Rule("unlimited-call-duration", Severity.WARNING, Basis.ADVICE, ("VOS3000 scaling guide: softswitch parameters",), needs=("softswitch.SS_MAX_CALL_DURATION|softswitch.SS_MAXCALLDURATION",)),  # noqa: E501
    Rule("unreadable-file", Severity.ERROR, Basis.STANDARD, ("The file system",), origin="reader"),
    Rule("unsupported-yaml", Severity.ERROR, Basis.STANDARD, ("YAML 1.2",), origin="reader"),
    Rule("unused-suppression", Severity.WARNING, Basis.STANDARD, ("policy",), origin="policy"),
    Rule("vector-unordered", Severity.ERROR, Basis.STANDARD, ("Linux 3.10.0-1160.el7: Documentation/networking/ip-sysctl.txt",)),  # noqa: E501
    Rule("wrong-type", Severity.ERROR, Basis.STANDARD, ("The catalogue: `plan params`",), origin="reader"),
)
