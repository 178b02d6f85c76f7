"""Every rule's declaration; `python -m planner.rules.declaring` writes them, nobody edits them."""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule

# fmt: off
RULES = (
    Rule("alias-spelling", Severity.INFO, Basis.DOCUMENTED, ("vos3000-manual: the parameter's own entry",), fixable=True, origin="reader"),  # noqa: E501
    Rule("architecture-contradicts-servers", Severity.ERROR, Basis.DOCUMENTED, ("guide-scaling: multiple server architecture",), needs=("topology.servers", "topology.architecture")),  # noqa: E501
    Rule("attempt-limit-above-hardware", Severity.WARNING, Basis.DOCUMENTED, ("guide-scaling: single-server capacity limits",), needs=("softswitch.SS_MAXCPS", "server.media")),  # noqa: E501
    Rule("attempt-limit-below-traffic", Severity.ERROR, Basis.DOCUMENTED, ("guide-scaling: softswitch parameters",), needs=("softswitch.SS_MAXCPS", TRAFFIC), figures=("server.cps",)),  # noqa: E501
    Rule("backlog-above-kernel-limit", Severity.WARNING, Basis.STANDARD, ("linux-el7: net/socket.c, listen()",), needs=("mysql.back_log", "sysctl.net.core.somaxconn")),  # noqa: E501
    Rule("bad-group-header", Severity.ERROR, Basis.STANDARD, ("mysql-5.6-source: my_default.cc",), origin="reader"),
    Rule("binary-log-flush-unpaired", Severity.INFO, Basis.STANDARD, ("mysql-manual: sync_binlog",), needs=("mysql.innodb_flush_log_at_trx_commit", "mysql.sync_binlog")),  # noqa: E501
    Rule("binary-log-never-expires", Severity.WARNING, Basis.STANDARD, ("mysql-manual: expire_logs_days, binlog_expire_logs_seconds",), needs=("mysql.log_bin",)),  # noqa: E501
    Rule("binary-log-without-server-id", Severity.ERROR, Basis.STANDARD, ("mysql-manual: server_id and log_bin",), needs=("mysql.log_bin", "server.mysql_version")),  # noqa: E501
    Rule("boot-and-apply-disagree", Severity.WARNING, Basis.STANDARD, ("systemd-219: /etc/sysctl.conf is read last", "systemd-219: later releases read it only through 99-sysctl.conf", "procps-3.3.10: /run before /etc")),  # noqa: E501
    Rule("buffer-default-above-ceiling", Severity.WARNING, Basis.STANDARD, ("linux-el7-sock",)),
    Rule("buffer-pool-outside-share", Severity.WARNING, Basis.DOCUMENTED, ("guide-scaling: MySQL for high insert rates",), needs=("mysql.innodb_buffer_pool_size", "server.ram")),  # noqa: E501
    Rule("buffer-pool-rounded-up", Severity.INFO, Basis.STANDARD, ("mysql-manual: innodb_buffer_pool_chunk_size",), needs=("mysql.innodb_buffer_pool_size", "server.mysql_version")),  # noqa: E501
    Rule("bundle-damaged", Severity.ERROR, Basis.STANDARD, ("product: the form of its bundles",), origin="reader"),
    Rule("bundle-incomplete", Severity.INFO, Basis.STANDARD, ("product: the form of its bundles",), origin="reader"),
    Rule("byte-order-mark", Severity.ERROR, Basis.STANDARD, ("procps-3.3.10: the first line of a file", "systemd-219: the first line of a file", "mysql-5.6-source: my_default.cc"), origin="reader"),  # noqa: E501
    Rule("calls-contradict-attempts", Severity.WARNING, Basis.STANDARD, ("erlang-theory: Little's law",), needs=("traffic.cps", "traffic.concurrent_calls"), figures=("traffic.offered_erlangs",), yields_to=("traffic-impossible", "contradictory-traffic")),  # noqa: E501
    Rule("cdr-engine-unknown", Severity.INFO, Basis.MEASURED, ("vos3000-schema-dump",), needs=("mysql.innodb_buffer_pool_size|mysql.innodb_log_file_size|mysql.innodb_io_capacity",)),  # noqa: E501
    Rule("cdr-files-fill-disk", Severity.WARNING, Basis.DOCUMENTED, ("guide-cdr-file-rotation: disk space",), needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", "server.storage.size", TRAFFIC), figures=("cdr.retained_bytes",)),  # noqa: E501
    Rule("cdr-setting-look-alike", Severity.WARNING, Basis.DOCUMENTED, ("guide-cdr-file-rotation: parameters", "guide-scaling: softswitch parameters")),  # noqa: E501
    Rule("comment-inside-value", Severity.ERROR, Basis.STANDARD, ("procps-3.3.10: only a line that begins with # or a semicolon is a comment", "systemd-219: only a line that begins with # or a semicolon is a comment"), fixable=True),  # noqa: E501
    Rule("commit-flush-not-recommended", Severity.INFO, Basis.DOCUMENTED, ("guide-scaling: MySQL for high insert rates",), needs=("mysql.innodb_flush_log_at_trx_commit",), yields_to=("commits-outrun-disk",)),  # noqa: E501
    Rule("commits-lost-on-crash", Severity.WARNING, Basis.STANDARD, ("mysql-manual: innodb_flush_log_at_trx_commit",), needs=("mysql.innodb_flush_log_at_trx_commit",)),  # noqa: E501
    Rule("commits-outrun-disk", Severity.WARNING, Basis.DOCUMENTED, ("guide-scaling: MySQL for high insert rates", "disk-mechanics: 7,200 revolutions a minute without a write cache allow 60 to 120 flushes a second"), needs=("mysql.innodb_flush_log_at_trx_commit", "server.storage.type", TRAFFIC), figures=("database.inserts_per_second",)),  # noqa: E501
    Rule("connection-buffers-large", Severity.WARNING, Basis.STANDARD, ("mysql-manual-memory-use",), needs=("mysql.max_connections", "mysql.sort_buffer_size|mysql.join_buffer_size|mysql.read_buffer_size|mysql.read_rnd_buffer_size|mysql.thread_stack|mysql.binlog_cache_size")),  # noqa: E501
    Rule("connection-helper-on", Severity.WARNING, Basis.ADVICE, ("linux-el7-conntrack: the kernel itself warns against automatic helpers",), needs=("sysctl.net.netfilter.nf_conntrack_helper",)),  # noqa: E501
    Rule("connection-timeout-of-tcp-only", Severity.INFO, Basis.STANDARD, ("linux-el7-conntrack-udp",), needs=("sysctl.net.netfilter.nf_conntrack_tcp_timeout_established",)),  # noqa: E501
    Rule("connection-tracking-below-need", Severity.ERROR, Basis.STANDARD, ("linux-el7-conntrack-udp",), needs=("sysctl.net.netfilter.nf_conntrack_max|sysctl.net.nf_conntrack_max", TRAFFIC), figures=("server.conntrack_entries",)),  # noqa: E501
    Rule("connection-tracking-chains-long", Severity.WARNING, Basis.STANDARD, ("linux-el7-conntrack",), needs=("sysctl.net.netfilter.nf_conntrack_max|sysctl.net.nf_conntrack_max",)),  # noqa: E501
    Rule("connection-tracking-memory-large", Severity.INFO, Basis.STANDARD, ("linux-el7-conntrack: struct nf_conn, about 320 B",), needs=("sysctl.net.netfilter.nf_conntrack_max|sysctl.net.nf_conntrack_max", "server.ram")),  # noqa: E501
    Rule("connection-tracking-module-unloaded", Severity.WARNING, Basis.STANDARD, ("systemd-219: sysctl.d(5), order of units",)),  # noqa: E501
    Rule("connections-above-descriptors", Severity.ERROR, Basis.STANDARD, ("mysql-5.6-source: mysqld.cc",), needs=("mysql.max_connections", "mysql.open_files_limit|server.nofile")),  # noqa: E501
    Rule("connections-below-recommended", Severity.INFO, Basis.DOCUMENTED, ("guide-scaling: MySQL for high insert rates",), needs=("mysql.max_connections",)),  # noqa: E501
    Rule("contradictory-traffic", Severity.ERROR, Basis.STANDARD, ("erlang-theory: Little's law",), origin="reader"),
    Rule("cores-below-need", Severity.ERROR, Basis.DOCUMENTED, ("guide-scaling: CPU per 1,000 calls",), needs=("server.cpu_cores", TRAFFIC), figures=("server.cpu_cores",)),  # noqa: E501
    Rule("cpu-above-planning-ceiling", Severity.WARNING, Basis.ADVICE, ("guide-scaling: CPU per 1,000 calls",), needs=("server.cpu_cores", TRAFFIC), figures=("hardware.cpu_utilisation",)),  # noqa: E501
    Rule("dead-calls-not-ended", Severity.WARNING, Basis.ADVICE, ("guide-scaling: softswitch parameters",), needs=("softswitch.SS_NO_MEDIA_HANGUP|softswitch.SS_NOMEDIAHANGUPTIME", "server.media")),  # noqa: E501
    Rule("deprecated-parameter", Severity.INFO, Basis.STANDARD, ("mysql-manual: options deprecated",), origin="reader"),
    Rule("disk-below-need", Severity.ERROR, Basis.DOCUMENTED, ("guide-cdr-file-rotation: disk space", "guide-scaling: hardware by traffic level"), needs=("server.storage.size", TRAFFIC), figures=("server.disk_bytes",)),  # noqa: E501
    Rule("duplicate-key", Severity.ERROR, Basis.STANDARD, ("rfc-8259: section 4, names should be unique", "yaml-1.2: section 3.2.1.1"), origin="reader"),  # noqa: E501
    Rule("empty-deployment", Severity.WARNING, Basis.STANDARD, ("product: the form of a deployment",), origin="reader"),
    Rule("expired-suppression", Severity.WARNING, Basis.STANDARD, ("product: its policy of accepted findings",), origin="policy"),  # noqa: E501
    Rule("failed-calls-billed-under-attack", Severity.WARNING, Basis.DOCUMENTED, ("guide-cdr-file-rotation: zero-duration calls",), needs=("softswitch.SERVER_BILLING_RECORD_ZERO_HOLD_TIME", "traffic.asr")),  # noqa: E501
    Rule("failed-calls-recorded-at-volume", Severity.WARNING, Basis.ADVICE, ("guide-cdr-file-rotation: zero-duration calls",), needs=("softswitch.SS_CDR_RECORD_NONCONNECT", TRAFFIC), figures=("traffic.cps", "traffic.answered_cps")),  # noqa: E501
    Rule("file-limit-below-boot-default", Severity.WARNING, Basis.STANDARD, ("linux-el7-file-table",), needs=("sysctl.fs.file-max", "server.ram"), yields_to=("file-limit-below-need",)),  # noqa: E501
    Rule("file-limit-below-need", Severity.ERROR, Basis.STANDARD, ("linux-el7-file-table",), needs=("sysctl.fs.file-max", TRAFFIC), figures=("server.file_descriptors",)),  # noqa: E501
    Rule("file-too-large", Severity.ERROR, Basis.STANDARD, ("product: the limits of its readers, 2 MiB, 16 MiB for files read line by line",), origin="reader"),  # noqa: E501
    Rule("forwarding-set-late", Severity.INFO, Basis.STANDARD, ("linux-el7: net/ipv4/devinet.c, inet_forward_change",), needs=("sysctl.net.ipv4.ip_forward",)),  # noqa: E501
    Rule("hardware-below-tier", Severity.WARNING, Basis.DOCUMENTED, ("guide-scaling: hardware by traffic level",), needs=("server.cpu_cores|server.ram", TRAFFIC), figures=("hardware.tier_cpu_cores", "hardware.tier_ram_bytes"), yields_to=("cores-below-need", "cpu-above-planning-ceiling", "ram-below-need")),  # noqa: E501
    Rule("hour-named-files-shared", Severity.WARNING, Basis.DOCUMENTED, ("guide-cdr-file-rotation: file names",), needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL",), figures=("cdr.recommended_interval",)),  # noqa: E501
    Rule("ignored-line", Severity.WARNING, Basis.STANDARD, ("procps-3.3.10: what its reader drops", "systemd-219: what its reader drops", "mysql-5.6-source: what its reader drops"), origin="reader"),  # noqa: E501
    Rule("ignored-option", Severity.WARNING, Basis.STANDARD, ("database-server-options",), origin="reader"),
    Rule("impossible-kernel-key", Severity.ERROR, Basis.STANDARD, ("procps-3.3.10: sysctl.c", "linux-sysctl-tables"), yields_to=("comment-inside-value",)),  # noqa: E501
    Rule("include-not-followed", Severity.INFO, Basis.STANDARD, ("product: includes are confined to the root that is given",), origin="reader"),  # noqa: E501
    Rule("innodb-tuned-for-myisam", Severity.WARNING, Basis.ADVICE, ("vos3000-schema-dump", "guide-scaling: MySQL"), needs=("mysql.cdr_engine",)),  # noqa: E501
    Rule("interface-default-too-late", Severity.INFO, Basis.STANDARD, ("linux-el7-ip-sysctl: conf/default of IPv6",)),
    Rule("interface-setting-without-effect", Severity.WARNING, Basis.STANDARD, ("linux-sysctl-tables: include/linux/inetdevice.h, IN_DEV_MAXCONF, IN_DEV_ORCONF and IN_DEV_ANDCONF",)),  # noqa: E501
    Rule("interval-outside-traffic-band", Severity.WARNING, Basis.DOCUMENTED, ("guide-cdr-file-rotation: interval by traffic volume",), needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", TRAFFIC), figures=("cdr.recommended_interval", "cdr.shortest_interval_for_policy")),  # noqa: E501
    Rule("io-capacity-above-disk", Severity.WARNING, Basis.DOCUMENTED, ("guide-scaling: MySQL for high insert rates", "mysql-manual-io-capacity"), needs=("mysql.innodb_io_capacity", "server.storage.type"), yields_to=("not-yet-in-version", "removed-parameter")),  # noqa: E501
    Rule("io-capacity-above-its-maximum", Severity.ERROR, Basis.STANDARD, ("mysql-manual: innodb_io_capacity_max",), needs=("mysql.innodb_io_capacity", "mysql.innodb_io_capacity_max"), yields_to=("not-yet-in-version",)),  # noqa: E501
    Rule("io-capacity-below-disk", Severity.INFO, Basis.DOCUMENTED, ("guide-scaling: MySQL for high insert rates",), needs=("mysql.innodb_io_capacity", "server.storage.type"), yields_to=("not-yet-in-version", "io-capacity-above-its-maximum")),  # noqa: E501
    Rule("kernel-value-refused", Severity.ERROR, Basis.STANDARD, ("linux-el7-sysctl-parser", "procps-3.3.10: sysctl.c"), yields_to=("unit-impossible", "comment-inside-value")),  # noqa: E501
    Rule("key-buffer-below-index", Severity.WARNING, Basis.ASSUMPTION, ("mysql-manual: key_buffer_size", "vos3000-schema-dump: index bytes per CDR row, calculated"), needs=("mysql.key_buffer_size", "mysql.cdr_engine", TRAFFIC), figures=("database.key_buffer_bytes",)),  # noqa: E501
    Rule("leading-zero-number", Severity.ERROR, Basis.STANDARD, ("linux-el7-sysctl-parser",), origin="reader"),
    Rule("link-overloaded", Severity.ERROR, Basis.STANDARD, ("ieee-802.3: a frame occupies the wire with 20 B of preamble and gap",), needs=("server.nic", TRAFFIC), figures=("server.wire_bits_per_second",)),  # noqa: E501
    Rule("load-above-one-server", Severity.WARNING, Basis.DOCUMENTED, ("guide-scaling: multiple server architecture",), needs=(TRAFFIC,), figures=("hardware.servers",)),  # noqa: E501
    Rule("missing-file", Severity.ERROR, Basis.STANDARD, ("product: what the file system gave it",), origin="reader"),
    Rule("missing-include", Severity.WARNING, Basis.STANDARD, ("mysql-5.6-source: my_default.cc",), origin="reader"),
    Rule("missing-include-folder", Severity.ERROR, Basis.STANDARD, ("mysql-5.6-source: my_default.cc",), origin="reader"),  # noqa: E501
    Rule("mysql-memory-above-ram", Severity.ERROR, Basis.STANDARD, ("mysql-manual-memory-use",), needs=("server.ram", "mysql.innodb_buffer_pool_size|mysql.key_buffer_size|mysql.max_connections")),  # noqa: E501
    Rule("nesting-too-deep", Severity.ERROR, Basis.STANDARD, ("product: the limits of its readers",), origin="reader"),
    Rule("no-such-kernel-key", Severity.WARNING, Basis.STANDARD, ("linux-sysctl-tables",), yields_to=("unknown-parameter", "removed-parameter")),  # noqa: E501
    Rule("not-an-allowed-value", Severity.ERROR, Basis.DOCUMENTED, ("vos3000-manual: the parameter's own entry",), origin="reader"),  # noqa: E501
    Rule("not-an-assignment", Severity.ERROR, Basis.STANDARD, ("systemd-219: sysctl.c", "procps-3.3.10: sysctl.c"), fixable=True, origin="reader"),  # noqa: E501
    Rule("not-yet-in-version", Severity.ERROR, Basis.STANDARD, ("mysql-manual: the version that added an option",), origin="reader"),  # noqa: E501
    Rule("number-too-long", Severity.ERROR, Basis.STANDARD, ("product: the limits of its readers",), origin="reader"),
    Rule("odd-encoding", Severity.WARNING, Basis.STANDARD, ("rfc-3629",), origin="reader"),
    Rule("odd-size-suffix", Severity.INFO, Basis.STANDARD, ("mysql-5.6-source: my_getopt.cc",), fixable=True, origin="reader"),  # noqa: E501
    Rule("odd-switch-spelling", Severity.INFO, Basis.DOCUMENTED, ("vos3000-manual: the parameter's own entry",), fixable=True, origin="reader"),  # noqa: E501
    Rule("option-file-world-writable", Severity.ERROR, Basis.STANDARD, ("mysql-5.6-source: my_default.cc",)),
    Rule("option-in-capitals", Severity.WARNING, Basis.STANDARD, ("mysql-5.6-source: my_getopt.cc",), origin="reader"),
    Rule("option-in-wrong-group", Severity.WARNING, Basis.STANDARD, ("database-client-options", "mysqld-safe-script")),
    Rule("option-outside-group", Severity.ERROR, Basis.STANDARD, ("mysql-5.6-source: my_default.cc",), origin="reader"),
    Rule("out-of-range", Severity.ERROR, Basis.DOCUMENTED, ("vos3000-manual: the parameter's own entry",), origin="reader", yields_to=("not-yet-in-version", "removed-parameter")),  # noqa: E501
    Rule("overlong-line", Severity.ERROR, Basis.STANDARD, ("procps-3.3.10: line buffers", "systemd-219: line buffers", "mysql-5.6-source: my_default.cc"), origin="reader"),  # noqa: E501
    Rule("packets-above-one-queue", Severity.WARNING, Basis.ADVICE, ("cloudflare-packets: about 50,000 packets per second and core in user space", "rtpengine"), needs=("server.nic_queues", TRAFFIC), figures=("server.packets_per_second",)),  # noqa: E501
    Rule("port-range-of-one-parity", Severity.INFO, Basis.STANDARD, ("linux-el7-sysctl-ipv4",), needs=("sysctl.net.ipv4.ip_local_port_range",)),  # noqa: E501
    Rule("port-range-over-listeners", Severity.WARNING, Basis.STANDARD, ("linux-el7-ip-sysctl",), needs=("sysctl.net.ipv4.ip_local_port_range",)),  # noqa: E501
    Rule("port-range-over-media", Severity.WARNING, Basis.STANDARD, ("linux-el7-ip-sysctl",), needs=("server.rtp_ports",)),  # noqa: E501
    Rule("port-range-reversed", Severity.ERROR, Basis.STANDARD, ("linux-el7-sysctl-ipv4",), needs=("sysctl.net.ipv4.ip_local_port_range",), fixable=True),  # noqa: E501
    Rule("process-limit-above-ceiling", Severity.ERROR, Basis.STANDARD, ("linux-el7: kernel/sys.c",), needs=("server.nofile",)),  # noqa: E501
    Rule("process-limit-below-need", Severity.ERROR, Basis.STANDARD, ("linux-el7: RLIMIT_NOFILE", "rfc-3550: section 11, four UDP sockets per relayed call"), needs=("server.nofile", TRAFFIC), figures=("server.file_descriptors",)),  # noqa: E501
    Rule("ram-below-need", Severity.WARNING, Basis.ASSUMPTION, ("product: the sum of system, Java, softswitch, calls and database cache",), needs=("server.ram", TRAFFIC), figures=("server.ram_bytes",)),  # noqa: E501
    Rule("read-only-kernel-key", Severity.WARNING, Basis.STANDARD, ("linux-sysctl-tables",)),
    Rule("receive-buffer-raised-in-vain", Severity.WARNING, Basis.STANDARD, ("linux-el7-sock",), needs=("sysctl.net.core.rmem_max",)),  # noqa: E501
    Rule("recursive-anchor", Severity.ERROR, Basis.STANDARD, ("yaml-1.2: section 3.2.2.2",), origin="reader"),
    Rule("redo-log-above-version-limit", Severity.ERROR, Basis.STANDARD, ("mysql-5.1-source: srv0start", "mysql-5.5-source: srv0start", "mysql-5.6-source: srv0start"), needs=("mysql.innodb_log_file_size", "server.mysql_version")),  # noqa: E501
    Rule("redo-log-resized-by-hand", Severity.WARNING, Basis.STANDARD, ("mysql-5.5-source: a log file of different size",), needs=("mysql.innodb_log_file_size", "server.mysql_version"), yields_to=("redo-log-above-version-limit",)),  # noqa: E501
    Rule("redo-log-setting-ignored", Severity.WARNING, Basis.STANDARD, ("mysql-manual: innodb_redo_log_capacity",), needs=("mysql.innodb_log_file_size", "mysql.innodb_redo_log_capacity")),  # noqa: E501
    Rule("redo-log-small", Severity.INFO, Basis.DOCUMENTED, ("guide-scaling: MySQL for high insert rates",), needs=("mysql.innodb_log_file_size",)),  # noqa: E501
    Rule("removed-parameter", Severity.ERROR, Basis.STANDARD, ("mysql-manual: options removed",), origin="reader"),
    Rule("renamed-parameter", Severity.WARNING, Basis.STANDARD, ("mysql-manual: options renamed",), origin="reader"),
    Rule("rescue-option-left-in", Severity.WARNING, Basis.STANDARD, ("mysql-manual: recovery options",)),
    Rule("retention-shorter-than-policy", Severity.ERROR, Basis.DOCUMENTED, ("guide-cdr-file-rotation: retention period",), needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", "retention.cdr_days")),  # noqa: E501
    Rule("reverse-path-filter-strict", Severity.WARNING, Basis.STANDARD, ("linux-el7-ip-sysctl: rp_filter", "systemd-219: 50-default.conf")),  # noqa: E501
    Rule("rotating-disk-above-500-calls", Severity.WARNING, Basis.DOCUMENTED, ("guide-scaling: hardware by traffic level",), needs=("server.storage.type", TRAFFIC), figures=("server.concurrent_calls",)),  # noqa: E501
    Rule("rotation-switched-off", Severity.WARNING, Basis.DOCUMENTED, ("guide-cdr-file-rotation: enabling",), needs=("softswitch.SS_CDR_RECORD_TO_FILE", "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL")),  # noqa: E501
    Rule("rotation-without-interval", Severity.INFO, Basis.DOCUMENTED, ("guide-cdr-file-rotation: enabling", "guide-cdr-pipe-format: how files are written")),  # noqa: E501
    Rule("rtp-ports-below-calls", Severity.ERROR, Basis.STANDARD, ("rfc-3550: section 11, RTP and RTCP on two ports a leg",), needs=("server.rtp_ports|sysctl.net.ipv4.ip_local_port_range", TRAFFIC), figures=("server.udp_ports",), yields_to=("port-range-reversed",)),  # noqa: E501
    Rule("running-value-differs", Severity.WARNING, Basis.STANDARD, ("product: the form of its bundles",)),
    Rule("send-buffer-raised-in-vain", Severity.INFO, Basis.STANDARD, ("linux-el7-sock",), needs=("sysctl.net.core.wmem_max",)),  # noqa: E501
    Rule("servers-below-need", Severity.ERROR, Basis.DOCUMENTED, ("guide-scaling: multiple server architecture",), needs=("topology.servers", TRAFFIC), figures=("hardware.servers",)),  # noqa: E501
    Rule("settings-file-passed-over", Severity.WARNING, Basis.STANDARD, ("systemd-219: sysctl.d(5)", "procps-3.3.10: sysctl(8)")),  # noqa: E501
    Rule("shadowed-setting", Severity.WARNING, Basis.STANDARD, ("procps-3.3.10: the last assignment wins", "systemd-219: the last assignment wins", "mysql-5.6-source: the last assignment wins"), origin="reader"),  # noqa: E501
    Rule("silence-timer-without-media", Severity.WARNING, Basis.DOCUMENTED, ("guide-scaling: softswitch parameters", "guide-scaling: with media and without media"), needs=("softswitch.SS_NO_MEDIA_HANGUP|softswitch.SS_NOMEDIAHANGUPTIME", "server.media")),  # noqa: E501
    Rule("socket-buffers-above-udp-memory", Severity.INFO, Basis.STANDARD, ("linux-el7-sock", "linux-el7-udp"), needs=("sysctl.net.core.rmem_default", "sysctl.net.ipv4.udp_mem", TRAFFIC), figures=("server.udp_ports",)),  # noqa: E501
    Rule("standby-counted-as-capacity", Severity.INFO, Basis.DOCUMENTED, ("guide-scaling: disaster recovery",), needs=("topology.servers", "topology.dr", TRAFFIC), figures=("hardware.servers",)),  # noqa: E501
    Rule("suppression-without-reason", Severity.ERROR, Basis.STANDARD, ("product: its policy of accepted findings",), origin="policy"),  # noqa: E501
    Rule("syntax-error", Severity.ERROR, Basis.STANDARD, ("yaml-1.2", "rfc-8259", "toml-1.0", "mysql-5.6-source: my_default.cc"), origin="reader"),  # noqa: E501
    Rule("sysctl-syntax-of-newer-readers", Severity.ERROR, Basis.STANDARD, ("procps-3.3.10: sysctl.c, the prefix came with 3.3.16", "systemd-219: sysctl.c")),  # noqa: E501
    Rule("tcp-memory-above-ram", Severity.ERROR, Basis.STANDARD, ("linux-el7-ip-sysctl: tcp_mem",), needs=("sysctl.net.ipv4.tcp_mem", "server.ram")),  # noqa: E501
    Rule("temporary-tables-cut-short", Severity.WARNING, Basis.STANDARD, ("mysql-manual: tmp_table_size",), needs=("mysql.tmp_table_size",)),  # noqa: E501
    Rule("too-many-values", Severity.ERROR, Basis.STANDARD, ("product: the limits of its readers",), origin="reader"),
    Rule("traffic-impossible", Severity.ERROR, Basis.STANDARD, ("product: the model of `plan size`",), needs=(TRAFFIC,), yields_to=("contradictory-traffic", "out-of-range", "wrong-type")),  # noqa: E501
    Rule("tw-recycle-behind-nat", Severity.ERROR, Basis.STANDARD, ("linux-el7-ip-sysctl: tcp_tw_recycle, removed in Linux 4.12",), needs=("sysctl.net.ipv4.tcp_tw_recycle",), fixable=True, yields_to=("removed-parameter",)),  # noqa: E501
    Rule("udp-memory-above-ram", Severity.ERROR, Basis.STANDARD, ("linux-el7-udp", "linux-el7-ip-sysctl: udp_mem"), needs=("sysctl.net.ipv4.udp_mem", "server.ram")),  # noqa: E501
    Rule("udp-memory-in-bytes", Severity.WARNING, Basis.STANDARD, ("linux-el7-udp", "linux-el7-ip-sysctl: udp_mem"), needs=("sysctl.net.ipv4.udp_mem",)),  # noqa: E501
    Rule("unit-impossible", Severity.ERROR, Basis.STANDARD, ("linux-el7-sysctl-parser", "mysql-5.6-source: my_getopt.cc"), origin="reader"),  # noqa: E501
    Rule("unit-missing", Severity.ERROR, Basis.STANDARD, ("product: sizes and rates below any real server's",), origin="reader"),  # noqa: E501
    Rule("unknown-parameter", Severity.ERROR, Basis.STANDARD, ("product: its catalogue, `plan params`",), origin="reader"),  # noqa: E501
    Rule("unknown-rule", Severity.ERROR, Basis.STANDARD, ("product: its policy of accepted findings",), origin="policy"),  # noqa: E501
    Rule("unlimited-call-duration", Severity.WARNING, Basis.ADVICE, ("guide-scaling: softswitch parameters",), needs=("softswitch.SS_MAX_CALL_DURATION|softswitch.SS_MAXCALLDURATION",)),  # noqa: E501
    Rule("unreadable-file", Severity.ERROR, Basis.STANDARD, ("product: what the file system gave it",), origin="reader"),  # noqa: E501
    Rule("unsupported-yaml", Severity.ERROR, Basis.STANDARD, ("yaml-1.2",), origin="reader"),
    Rule("unused-suppression", Severity.WARNING, Basis.STANDARD, ("product: its policy of accepted findings",), origin="policy"),  # noqa: E501
    Rule("vector-unordered", Severity.ERROR, Basis.STANDARD, ("linux-el7-ip-sysctl",)),
    Rule("wrong-type", Severity.ERROR, Basis.STANDARD, ("product: its catalogue, `plan params`",), origin="reader", yields_to=("number-too-long",)),  # noqa: E501
)
