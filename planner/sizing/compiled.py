"""The model, compiled from its formulas. Do not edit: run `python -m planner.sizing.compiler`."""
# ruff: noqa: Q000, E501, PLW3301, F821, RUF059, UP034, N803, ANN001, ANN201, PLR0915, D103, F841
# mypy: ignore-errors
# fmt: off

from planner.sizing.numbers import Figure

FIGURES = (
    Figure('traffic.hold_seconds', 's', 'Time an attempt holds resources, on average', 'traffic.setup_time + traffic.asr * traffic.acd', ("Teletraffic theory: Little's law",), '', '', False, True, ('traffic.setup_time', 'traffic.asr', 'traffic.acd')),
    Figure('traffic.talking_erlangs', 'erlang', 'Calls in conversation in the busy hour of the declared daily minutes', 'given.daily_minutes * 60 / 86400 * traffic.peak_factor', ("Teletraffic theory: Little's law",), '', '', False, False, ('given.daily_minutes', 'traffic.peak_factor')),
    Figure('traffic.cps', '1/s', 'Call attempts per second in the busy hour', 'where(given.by_calls, erlangs(given.concurrent_calls, traffic.blocking) / traffic.hold_seconds, where(given.by_minutes, traffic.talking_erlangs / (traffic.asr * traffic.acd), given.cps))', ("Teletraffic theory: Little's law",), '', '', False, True, ('given.by_calls', 'given.concurrent_calls', 'traffic.blocking', 'traffic.hold_seconds', 'given.by_minutes', 'traffic.talking_erlangs', 'traffic.asr', 'traffic.acd', 'given.cps')),
    Figure('traffic.answered_cps', '1/s', 'Answered calls per second', 'traffic.cps * traffic.asr', ('ITU-T E.411, international network management: answer-seizure ratio: itu.int/rec/T-REC-E.411',), '', '', False, True, ('traffic.cps', 'traffic.asr')),
    Figure('traffic.egress_cps', '1/s', 'Attempts per second towards gateways, retries included', 'traffic.cps * traffic.egress_attempts', (), '', '', False, True, ('traffic.cps', 'traffic.egress_attempts')),
    Figure('traffic.offered_erlangs', 'erlang', 'Offered load', 'where(given.by_calls, erlangs(given.concurrent_calls, traffic.blocking), where(given.by_minutes, traffic.talking_erlangs + traffic.cps * traffic.setup_time, traffic.cps * traffic.hold_seconds))', ("Teletraffic theory: Little's law",), '', '', False, True, ('given.by_calls', 'given.concurrent_calls', 'traffic.blocking', 'given.by_minutes', 'traffic.talking_erlangs', 'traffic.cps', 'traffic.setup_time', 'traffic.hold_seconds')),
    Figure('traffic.concurrent_calls', 'count', 'Concurrent calls, mean of the busy hour', 'traffic.offered_erlangs', ("Teletraffic theory: Little's law",), '', '', False, True, ('traffic.offered_erlangs',)),
    Figure('traffic.concurrent_calls_peak', 'count', 'Channels for the grade of service', 'where(given.peak, given.concurrent_calls, where(given.finite, finite_channels(traffic.offered_erlangs, traffic.sources, traffic.blocking), channels(traffic.offered_erlangs, traffic.blocking)))', ('Teletraffic theory: Erlang B, ITU-T E.501', 'Teletraffic theory: Engset, where the number of callers is given'), '', '', True, True, ('given.peak', 'given.concurrent_calls', 'given.finite', 'traffic.offered_erlangs', 'traffic.sources', 'traffic.blocking')),
    Figure('traffic.concurrent_calls_p95', 'count', 'Concurrent calls not exceeded in 95 % of the busy hour', 'level(traffic.offered_erlangs, probability.p95)', ('Teletraffic theory: Poisson distribution of concurrency',), '', '', False, True, ('traffic.offered_erlangs', 'probability.p95')),
    Figure('traffic.concurrent_calls_p99', 'count', 'Concurrent calls not exceeded in 99 % of the busy hour', 'level(traffic.offered_erlangs, probability.p99)', ('Teletraffic theory: Poisson distribution of concurrency',), '', '', False, True, ('traffic.offered_erlangs', 'probability.p99')),
    Figure('traffic.concurrent_calls_busiest', 'count', 'Highest concurrency of the busy hour, half of the time', 'busiest(traffic.offered_erlangs, traffic.hold_seconds, probability.median)', ('Teletraffic theory: Poisson distribution of concurrency', 'J. Pickands, Upcrossing probabilities for stationary Gaussian processes: Transactions of the American Mathematical Society 145, 1969, pages 51-73'), '', '', False, True, ('traffic.offered_erlangs', 'traffic.hold_seconds', 'probability.median')),
    Figure('traffic.mean_to_peak', 'ratio', "Mean attempt rate of the day over the busy hour's", 'where(given.by_minutes, 1 / traffic.peak_factor, traffic.load_factor)', (), '', '', False, True, ('given.by_minutes', 'traffic.peak_factor', 'traffic.load_factor')),
    Figure('traffic.attempts_per_day', '1/day', 'Call attempts per day', 'traffic.cps * 86400 * traffic.mean_to_peak', (), '', '', False, True, ('traffic.cps', 'traffic.mean_to_peak')),
    Figure('traffic.minutes_per_day', 'min/day', 'Answered minutes per day', 'traffic.answered_cps * traffic.acd * 86400 / 60 * traffic.mean_to_peak', (), '', '', False, True, ('traffic.answered_cps', 'traffic.acd', 'traffic.mean_to_peak')),
    Figure('network.extra_bytes', 'B', 'Bytes per packet that the documented rates do not count: IPv6, VLAN, SRTP', 'where(option.ipv6, header.ipv6 - header.ipv4, 0) + where(option.vlan, framing.vlan_bytes, 0) + where(option.srtp, header.srtp_tag, 0)', ('RFC 8200, Internet Protocol, version 6: rfc-editor.org/rfc/rfc8200', 'IEEE 802.1Q, Ethernet with VLANs: tags of 4 bytes', 'RFC 3711, The Secure Real-time Transport Protocol: rfc-editor.org/rfc/rfc3711'), '', '', False, False, ('option.ipv6', 'header.ipv6', 'header.ipv4', 'option.vlan', 'framing.vlan_bytes', 'option.srtp', 'header.srtp_tag')),
    Figure('network.packet_overhead', 'B', 'Bytes per packet beside the payload, in the chosen framing', 'header.rtp + header.udp + header.ipv4 + framing.link_bytes + network.extra_bytes', ('RFC 3551, RTP Profile for Audio and Video Conferences: payloads in packets of RFC 3550',), '', '', False, False, ('header.rtp', 'header.udp', 'header.ipv4', 'framing.link_bytes', 'network.extra_bytes')),
    Figure('network.wire_overhead', 'B', 'Bytes per packet beside the payload, on the wire', 'header.rtp + header.udp + header.ipv4 + framing.wire_bytes + network.extra_bytes', ('RFC 3551, RTP Profile for Audio and Video Conferences: payloads in packets of RFC 3550', 'IEEE 802.3, Ethernet: frames and link rates'), '', '', False, False, ('header.rtp', 'header.udp', 'header.ipv4', 'framing.wire_bytes', 'network.extra_bytes')),
    Figure('network.caller_bits_per_second', 'bit/s', "Stream of the caller's codec, one direction", 'where(framing.documented, codec.caller_documented_bits_per_second + codec.caller_packets_per_second * network.extra_bytes * 8, (codec.caller_payload + codec.caller_packets_per_second * network.packet_overhead) * 8)', ('VOS3000 scaling guide: bandwidth per codec', 'RFC 3551, RTP Profile for Audio and Video Conferences: payloads in packets of RFC 3550'), '', '', False, False, ('framing.documented', 'codec.caller_documented_bits_per_second', 'codec.caller_packets_per_second', 'network.extra_bytes', 'codec.caller_payload', 'network.packet_overhead')),
    Figure('network.callee_bits_per_second', 'bit/s', "Stream of the callee's codec, one direction", 'where(framing.documented, codec.callee_documented_bits_per_second + codec.callee_packets_per_second * network.extra_bytes * 8, (codec.callee_payload + codec.callee_packets_per_second * network.packet_overhead) * 8)', ('VOS3000 scaling guide: bandwidth per codec', 'RFC 3551, RTP Profile for Audio and Video Conferences: payloads in packets of RFC 3550'), '', '', False, False, ('framing.documented', 'codec.callee_documented_bits_per_second', 'codec.callee_packets_per_second', 'network.extra_bytes', 'codec.callee_payload', 'network.packet_overhead')),
    Figure('network.bits_per_second_per_call_leg', 'bit/s', 'One stream, one direction', 'max(network.caller_bits_per_second, network.callee_bits_per_second)', ('VOS3000 scaling guide: bandwidth per codec', 'RFC 3551, RTP Profile for Audio and Video Conferences: payloads in packets of RFC 3550'), '', '', False, True, ('network.caller_bits_per_second', 'network.callee_bits_per_second')),
    Figure('network.bits_per_second_per_call', 'bit/s', "One call at the server's interface, each direction: two streams", 'network.caller_bits_per_second + network.callee_bits_per_second', ('VOS3000 scaling guide: bandwidth per codec', 'RFC 3551, RTP Profile for Audio and Video Conferences: payloads in packets of RFC 3550'), '', '', False, True, ('network.caller_bits_per_second', 'network.callee_bits_per_second')),
    Figure('network.media_bits_per_second', 'bit/s', 'Media, each direction', 'where(server.media, traffic.concurrent_calls_peak * network.bits_per_second_per_call, 0)', ('VOS3000 scaling guide: bandwidth per codec',), '', '', True, True, ('server.media', 'traffic.concurrent_calls_peak', 'network.bits_per_second_per_call')),
    Figure('network.packets_per_second_per_call', '1/s', "RTP packets of one call at the server's interface, each direction", 'codec.caller_packets_per_second + codec.callee_packets_per_second', ('RFC 3551, RTP Profile for Audio and Video Conferences: payloads in packets of RFC 3550',), '', '', False, False, ('codec.caller_packets_per_second', 'codec.callee_packets_per_second')),
    Figure('network.packets_per_second', '1/s', 'RTP packets, each direction', 'where(server.media, traffic.concurrent_calls_peak * network.packets_per_second_per_call, 0)', ('RFC 3551, RTP Profile for Audio and Video Conferences: payloads in packets of RFC 3550',), '', '', False, True, ('server.media', 'traffic.concurrent_calls_peak', 'network.packets_per_second_per_call')),
    Figure('network.rtcp_bits_per_second', 'bit/s', 'RTCP, each direction', 'where(option.rtcp, where(server.media, traffic.concurrent_calls_peak * min(rtcp.share * network.bits_per_second_per_call, (rtcp.packet_bytes * 8 + rtcp.packet_bytes * 8) / rtcp.interval), 0), 0)', ('RFC 3550, RTP: A Transport Protocol for Real-Time Applications: section 6.2',), '', '', False, True, ('option.rtcp', 'server.media', 'traffic.concurrent_calls_peak', 'rtcp.share', 'network.bits_per_second_per_call', 'rtcp.packet_bytes', 'rtcp.interval')),
    Figure('network.rtcp_packets_per_second', '1/s', 'RTCP packets, each direction', 'where(option.rtcp, where(server.media, traffic.concurrent_calls_peak * (1 + 1) / rtcp.interval, 0), 0)', ('RFC 3550, RTP: A Transport Protocol for Real-Time Applications: section 6.2',), '', '', False, True, ('option.rtcp', 'server.media', 'traffic.concurrent_calls_peak', 'rtcp.interval')),
    Figure('network.signalling_documented_bits_per_second', 'bit/s', 'Signalling by the guide: per concurrent call', 'traffic.concurrent_calls_peak * sip.documented_bits_per_second_per_call', ('VOS3000 scaling guide: bandwidth per codec',), '', '', False, True, ('traffic.concurrent_calls_peak', 'sip.documented_bits_per_second_per_call')),
    Figure('network.signalling_modelled_bits_per_second', 'bit/s', 'Signalling by messages: per attempt', '(traffic.answered_cps * sip.answered_bytes + excess(traffic.egress_cps, traffic.answered_cps) * sip.failed_bytes + sip.registrations_per_second * sip.registration_bytes) * sip.retransmission_factor * 8', ('RFC 3261, SIP: Session Initiation Protocol: rfc-editor.org/rfc/rfc3261',), '', '', False, True, ('traffic.answered_cps', 'sip.answered_bytes', 'traffic.egress_cps', 'sip.failed_bytes', 'sip.registrations_per_second', 'sip.registration_bytes', 'sip.retransmission_factor')),
    Figure('network.signalling_bits_per_second', 'bit/s', 'Signalling planned: the larger of both', 'max(network.signalling_documented_bits_per_second, network.signalling_modelled_bits_per_second)', ('VOS3000 scaling guide: bandwidth per codec', 'RFC 3261, SIP: Session Initiation Protocol: rfc-editor.org/rfc/rfc3261'), '', '', False, True, ('network.signalling_documented_bits_per_second', 'network.signalling_modelled_bits_per_second')),
    Figure('network.total_bits_per_second', 'bit/s', 'Media, RTCP and signalling, each direction', 'network.media_bits_per_second + network.rtcp_bits_per_second + network.signalling_bits_per_second', (), '', '', False, True, ('network.media_bits_per_second', 'network.rtcp_bits_per_second', 'network.signalling_bits_per_second')),
    Figure('network.billed_bits_per_second', 'bit/s', 'Both directions together, as volume is billed', 'network.total_bits_per_second * link.directions', (), '', '', False, True, ('network.total_bits_per_second', 'link.directions')),
    Figure('network.wire_bits_per_second', 'bit/s', 'Occupied on the link, each direction, with preambles and gaps', 'where(server.media, traffic.concurrent_calls_peak * (codec.caller_payload + codec.callee_payload + network.packets_per_second_per_call * network.wire_overhead) * 8, 0) + network.rtcp_bits_per_second + network.signalling_bits_per_second', ('IEEE 802.3, Ethernet: frames and link rates',), '', '', False, True, ('server.media', 'traffic.concurrent_calls_peak', 'codec.caller_payload', 'codec.callee_payload', 'network.packets_per_second_per_call', 'network.wire_overhead', 'network.rtcp_bits_per_second', 'network.signalling_bits_per_second')),
    Figure('cdr.written_share', 'ratio', 'Attempts that become a text line', 'where(cdr.text_files, where(cdr.every_attempt, 1, traffic.asr), 0)', ('VOS3000 CDR file rotation guide: SS_CDR_RECORD_TO_FILE, SS_CDR_RECORD_NONCONNECT',), 'where(cdr.text_files, where(cdr.recording_declared, where(cdr.every_attempt, 1, traffic.asr), traffic.asr), 0)', '', False, True, ('cdr.text_files', 'cdr.every_attempt', 'traffic.asr', 'cdr.recording_declared')),
    Figure('cdr.lines_per_second', '1/s', 'CDR text lines per second', 'traffic.cps * cdr.written_share', ('VOS3000 CDR file rotation guide: multahost.com blog: VOS3000 CDR File Rotation, Backup Write Interval',), '', '', False, True, ('traffic.cps', 'cdr.written_share')),
    Figure('cdr.lines_per_hour', '1/h', 'CDR text lines per hour', 'cdr.lines_per_second * 3600', ('VOS3000 CDR file rotation guide: multahost.com blog: VOS3000 CDR File Rotation, Backup Write Interval',), '', '', False, True, ('cdr.lines_per_second',)),
    Figure('cdr.bytes_per_hour', 'B/h', 'CDR text per hour', 'cdr.lines_per_second * cdr.line_bytes * 3600', ('VOS3000 CDR file rotation guide: disk space requirements',), '', '', False, True, ('cdr.lines_per_second', 'cdr.line_bytes')),
    Figure('cdr.bytes_per_day', 'B/day', 'CDR text per day', 'cdr.lines_per_second * cdr.line_bytes * 86400 * traffic.mean_to_peak', ('VOS3000 CDR file rotation guide: disk space requirements',), '', '', False, True, ('cdr.lines_per_second', 'cdr.line_bytes', 'traffic.mean_to_peak')),
    Figure('cdr.bytes_per_file', 'B', 'A CDR text file of the busy hour', 'cdr.lines_per_second * cdr.line_bytes * cdr.interval', ('VOS3000 CDR file rotation guide: multahost.com blog: VOS3000 CDR File Rotation, Backup Write Interval',), '', '', False, True, ('cdr.lines_per_second', 'cdr.line_bytes', 'cdr.interval')),
    Figure('cdr.retention_seconds', 's', 'Time the rotation keeps', 'cdr.interval * cdr.max_files', ('VOS3000 CDR file rotation guide: retention period',), '', '', False, True, ('cdr.interval', 'cdr.max_files')),
    Figure('cdr.policy_seconds', 's', 'Time CDR text must be kept', 'where(cdr.has_policy, cdr.policy_days * 86400, cdr.retention_seconds)', ('VOS3000 CDR file rotation guide: retention period',), '', '', False, True, ('cdr.has_policy', 'cdr.policy_days', 'cdr.retention_seconds')),
    Figure('cdr.kept_seconds', 's', 'Time CDR text is kept: rotation or policy, whichever is shorter', 'min(cdr.retention_seconds, cdr.policy_seconds)', ('VOS3000 CDR file rotation guide: multahost.com blog: VOS3000 CDR File Rotation, Backup Write Interval',), '', '', False, True, ('cdr.retention_seconds', 'cdr.policy_seconds')),
    Figure('cdr.retained_bytes', 'B', 'CDR text kept on disk', 'cdr.lines_per_second * cdr.line_bytes * traffic.mean_to_peak * cdr.kept_seconds', ('VOS3000 CDR file rotation guide: disk space requirements',), '', '', False, True, ('cdr.lines_per_second', 'cdr.line_bytes', 'traffic.mean_to_peak', 'cdr.kept_seconds')),
    Figure('cdr.recommended_interval', 's', 'Interval the traffic calls for', 'falling(traffic.cps, table.cdr_interval)', ('VOS3000 CDR file rotation guide: interval by traffic volume',), '', '', False, True, ('traffic.cps',)),
    Figure('cdr.retention_seconds_at_recommended_interval', 's', 'Time the rotation keeps at that interval', 'cdr.recommended_interval * cdr.max_files', ('VOS3000 CDR file rotation guide: multahost.com blog: VOS3000 CDR File Rotation, Backup Write Interval',), '', '', False, True, ('cdr.recommended_interval', 'cdr.max_files')),
    Figure('cdr.required_max_files', 'count', 'Files needed for the time to be kept', 'ceil(cdr.policy_seconds / cdr.interval)', ('VOS3000 CDR file rotation guide: required files',), '', '', False, True, ('cdr.policy_seconds', 'cdr.interval')),
    Figure('cdr.required_max_files_at_recommended_interval', 'count', 'Files needed at the interval the traffic calls for', 'ceil(cdr.policy_seconds / cdr.recommended_interval)', ('VOS3000 CDR file rotation guide: required files',), '', '', False, True, ('cdr.policy_seconds', 'cdr.recommended_interval')),
    Figure('cdr.shortest_interval_for_policy', 's', 'Shortest interval whose files can hold the time to be kept', 'max(cdr.interval_minimum, ceil(cdr.policy_seconds / cdr.files_maximum))', ('VOS3000 CDR file rotation guide: range of the number of files',), '', '', False, True, ('cdr.interval_minimum', 'cdr.policy_seconds', 'cdr.files_maximum')),
    Figure('cdr.archive_bytes_per_day', 'B/day', 'CDR text to archive elsewhere, where rotation cannot keep it', 'exceeds(cdr.required_max_files / cdr.files_maximum) * cdr.bytes_per_day', ('VOS3000 CDR file rotation guide: external archival',), '', '', False, True, ('cdr.required_max_files', 'cdr.files_maximum', 'cdr.bytes_per_day')),
    Figure('cdr.file_size_share', 'ratio', "A file's size over a comfortable one", 'cdr.bytes_per_file / cdr.comfortable_file_bytes', ('Planning choice of this product: customary limit of tools',), '', '', False, True, ('cdr.bytes_per_file', 'cdr.comfortable_file_bytes')),
    Figure('database.inserts_per_second', '1/s', 'CDR rows inserted per second', 'where(database.zero_hold_rows, traffic.cps, traffic.answered_cps)', ('VOS3000 scaling guide: database optimization', 'Linknat VOS3000 2.1.8.0 and 2.1.9.07 manual: SERVER_BILLING_RECORD_ZERO_HOLD_TIME'), '', '', False, True, ('database.zero_hold_rows', 'traffic.cps', 'traffic.answered_cps')),
    Figure('database.inserts_per_minute', '1/min', 'CDR rows inserted per minute', 'database.inserts_per_second * 60', ('VOS3000 scaling guide: database optimization',), '', '', False, True, ('database.inserts_per_second',)),
    Figure('database.rows_per_day', '1/day', 'CDR rows per day', 'database.inserts_per_second * 86400 * traffic.mean_to_peak', ('VOS3000 scaling guide: database optimization',), '', '', False, True, ('database.inserts_per_second', 'traffic.mean_to_peak')),
    Figure('database.bytes_per_day', 'B/day', 'CDR rows and indexes per day', 'database.rows_per_day * database.row_bytes', ('Public table definitions of running VOS3000 systems: the CDR table',), '', '', False, True, ('database.rows_per_day', 'database.row_bytes')),
    Figure('database.retained_bytes', 'B', 'CDR rows and indexes kept', 'database.bytes_per_day * database.days', ('Public table definitions of running VOS3000 systems: the CDR table',), '', '', False, True, ('database.bytes_per_day', 'database.days')),
    Figure('database.hot_index_bytes', 'B', 'Indexes of the active day', 'database.inserts_per_second * traffic.mean_to_peak * database.index_bytes * database.hot_index_window', ('Public table definitions of running VOS3000 systems: the CDR table',), '', '', False, True, ('database.inserts_per_second', 'traffic.mean_to_peak', 'database.index_bytes', 'database.hot_index_window')),
    Figure('database.hot_bytes', 'B', 'Indexes of the active day and rows of the last hour', 'database.hot_index_bytes + database.inserts_per_second * database.row_bytes * database.hot_rows_window', ('Public table definitions of running VOS3000 systems: the CDR table',), '', '', False, True, ('database.hot_index_bytes', 'database.inserts_per_second', 'database.row_bytes', 'database.hot_rows_window')),
    Figure('database.redo_bytes', 'B', "Redo log that holds an hour of writes, within the version's limit", 'min(max(database.inserts_per_second * database.redo_row_bytes * database.redo_window, database.log_file_floor * database.redo_files), database.redo_limit_bytes)', ('VOS3000 scaling guide: database optimization', 'Percona, How to calculate a good InnoDB log file size: percona.com/blog, 2008'), '', '', False, True, ('database.inserts_per_second', 'database.redo_row_bytes', 'database.redo_window', 'database.log_file_floor', 'database.redo_files', 'database.redo_limit_bytes')),
    Figure('database.log_file_bytes', 'B', 'Each redo log file', 'database.redo_bytes / database.redo_files', ('VOS3000 scaling guide: database optimization', 'MySQL reference manual: dev.mysql.com/doc/refman'), '', '', False, True, ('database.redo_bytes', 'database.redo_files')),
    Figure('database.connection_bytes', 'B', 'Memory of all connections at the defaults of the version', 'database.connections * database.bytes_per_connection', ('MySQL reference manual: dev.mysql.com/doc/refman',), '', '', False, True, ('database.connections', 'database.bytes_per_connection')),
    Figure('database.file_descriptors', 'count', 'Descriptors the database server wants', 'max(max(database.reserved_descriptors + database.connections + database.table_cache * database.descriptors_per_table, database.connections * database.descriptors_per_connection), database.least_descriptors)', ('MySQL 5.6.19 source: mysqld.cc',), '', '', False, True, ('database.reserved_descriptors', 'database.connections', 'database.table_cache', 'database.descriptors_per_table', 'database.descriptors_per_connection', 'database.least_descriptors')),
    Figure('database.fsyncs_per_second', '1/s', 'fsync calls per second: one per row where every commit is flushed', 'where(database.innodb, where(database.flush_every_commit, database.inserts_per_second, 0) + database.background_fsyncs, 0)', ('VOS3000 scaling guide: database optimization', 'MySQL reference manual: dev.mysql.com/doc/refman'), '', '', False, True, ('database.innodb', 'database.flush_every_commit', 'database.inserts_per_second', 'database.background_fsyncs')),
    Figure('database.write_operations_per_second', '1/s', 'Writes to disk per second for CDR rows', 'database.inserts_per_second * database.page_writes_per_row + database.fsyncs_per_second', ('MySQL reference manual: dev.mysql.com/doc/refman',), '', '', False, True, ('database.inserts_per_second', 'database.page_writes_per_row', 'database.fsyncs_per_second')),
    Figure('limit.calls', 'count', 'Calls one server carries in this media mode', 'where(server.media, limit.calls_media, limit.calls_signalling)', ('VOS3000 scaling guide: single-server capacity limits',), '', '', False, True, ('server.media', 'limit.calls_media', 'limit.calls_signalling')),
    Figure('limit.cps', '1/s', 'Attempts per second one server carries in this media mode', 'where(server.media, limit.cps_media, limit.cps_signalling)', ('VOS3000 scaling guide: single-server capacity limits',), '', '', False, True, ('server.media', 'limit.cps_media', 'limit.cps_signalling')),
    Figure('hardware.servers_for_calls', 'count', 'Servers for the concurrent calls', 'where(given.direct, ceil(traffic.concurrent_calls_peak / limit.calls), ceil(traffic.offered_erlangs / erlangs(limit.calls, traffic.blocking)))', ('VOS3000 scaling guide: multiple server architecture', 'Teletraffic theory: Erlang B'), '', '', False, True, ('given.direct', 'traffic.concurrent_calls_peak', 'limit.calls', 'traffic.offered_erlangs', 'traffic.blocking')),
    Figure('hardware.servers_for_cps', 'count', 'Servers for the attempts per second', 'ceil(traffic.cps / limit.cps)', ('VOS3000 scaling guide: single-server capacity limits',), '', '', False, True, ('traffic.cps', 'limit.cps')),
    Figure('hardware.servers_for_ports', 'count', 'Servers for the UDP ports', 'ceil(kernel.udp_ports / kernel.ports_available)', ('RFC 3550, RTP: A Transport Protocol for Real-Time Applications: section 11',), '', '', False, True, ('kernel.udp_ports', 'kernel.ports_available')),
    Figure('hardware.servers_for_nic', 'count', 'Servers for the declared network interface', 'where(given.nic, ceil(network.wire_bits_per_second / (server.nic * link.ceiling)), 1)', ('IEEE 802.3, Ethernet: frames and link rates',), '', '', False, True, ('given.nic', 'network.wire_bits_per_second', 'server.nic', 'link.ceiling')),
    Figure('hardware.servers', 'count', 'Servers for the load', 'max(1, hardware.servers_for_calls, hardware.servers_for_cps, hardware.servers_for_ports, hardware.servers_for_nic)', ('VOS3000 scaling guide: multiple server architecture',), '', '', False, True, ('hardware.servers_for_calls', 'hardware.servers_for_cps', 'hardware.servers_for_ports', 'hardware.servers_for_nic')),
    Figure('hardware.servers_planned', 'count', 'Servers that share the load: as declared, else as many as the load needs', 'where(given.servers, topology.servers, hardware.servers)', ('VOS3000 scaling guide: multiple server architecture',), '', '', False, True, ('given.servers', 'topology.servers', 'hardware.servers')),
    Figure('hardware.servers_spare', 'count', 'Servers kept as spare', 'topology.spare', ('Planning choice of this product: N+1',), '', '', False, True, ('topology.spare',)),
    Figure('hardware.servers_standby', 'count', 'Standby servers of disaster-recovery pairs: failover, not capacity', 'where(topology.dr, hardware.servers_planned, 0)', ('VOS3000 scaling guide: disaster recovery',), '', '', False, True, ('topology.dr', 'hardware.servers_planned')),
    Figure('hardware.servers_total', 'count', 'Servers to buy', 'hardware.servers_planned + hardware.servers_spare + hardware.servers_standby', ('VOS3000 scaling guide: multiple server architecture',), '', '', False, True, ('hardware.servers_planned', 'hardware.servers_spare', 'hardware.servers_standby')),
    Figure('server.share', 'ratio', 'Share of the load on each server', '1 / typical(hardware.servers_planned)', ('VOS3000 scaling guide: multiple server architecture',), '', '', False, True, ('hardware.servers_planned',)),
    Figure('server.cps', '1/s', 'Attempts per second on each server', 'traffic.cps * server.share', ('VOS3000 scaling guide: multiple server architecture',), '', '', False, True, ('traffic.cps', 'server.share')),
    Figure('server.concurrent_calls', 'count', 'Concurrent calls on each server', 'where(given.direct, ceil(traffic.concurrent_calls_peak * server.share), channels(traffic.offered_erlangs * server.share, traffic.blocking))', ('VOS3000 scaling guide: multiple server architecture', 'Teletraffic theory: Erlang B'), '', '', False, True, ('given.direct', 'traffic.concurrent_calls_peak', 'server.share', 'traffic.offered_erlangs', 'traffic.blocking')),
    Figure('server.wire_bits_per_second', 'bit/s', "Occupied on each server's link, each direction", 'network.wire_bits_per_second * server.share', ('IEEE 802.3, Ethernet: frames and link rates',), '', '', False, True, ('network.wire_bits_per_second', 'server.share')),
    Figure('server.packets_per_second', '1/s', 'RTP and RTCP packets on each server, each direction', '(network.packets_per_second + network.rtcp_packets_per_second) * server.share', ('RFC 3550, RTP: A Transport Protocol for Real-Time Applications: rfc-editor.org/rfc/rfc3550',), '', '', False, True, ('network.packets_per_second', 'network.rtcp_packets_per_second', 'server.share')),
    Figure('network.nic_bits_per_second', 'bit/s', 'Recommended link of each server', 'rung(server.wire_bits_per_second / link.ceiling, table.link_rates)', ('IEEE 802.3, Ethernet: frames and link rates',), '', '', False, True, ('server.wire_bits_per_second', 'link.ceiling')),
    Figure('server.write_operations_per_second', '1/s', 'Writes to disk per second on each server', 'database.write_operations_per_second * server.share', ('MySQL reference manual: dev.mysql.com/doc/refman',), '', '', False, True, ('database.write_operations_per_second', 'server.share')),
    Figure('kernel.udp_ports', 'count', 'UDP ports and sockets of media', 'where(server.media, traffic.concurrent_calls_peak * kernel.ports_per_call, 0)', ('RFC 3550, RTP: A Transport Protocol for Real-Time Applications: section 11, RTP and RTCP ports on two legs',), '', '', True, True, ('server.media', 'traffic.concurrent_calls_peak', 'kernel.ports_per_call')),
    Figure('kernel.conntrack_entries', 'count', 'Tracked connections: live media, ended media not yet forgotten, signalling', 'kernel.udp_ports + where(server.media, traffic.answered_cps * kernel.ports_per_call * kernel.conntrack_timeout, 0) + sip.peers', ('Linux 3.10.0-1160.el7: nf_conntrack_proto_udp.c',), '', 'kernel.udp_ports + where(server.media, traffic.cps * kernel.ports_per_call * kernel.conntrack_timeout, 0) + sip.peers', False, True, ('kernel.udp_ports', 'server.media', 'traffic.answered_cps', 'kernel.ports_per_call', 'kernel.conntrack_timeout', 'sip.peers', 'traffic.cps')),
    Figure('kernel.file_descriptors', 'count', 'File descriptors: media sockets and services, with headroom', 'ceil((kernel.udp_ports + kernel.service_descriptors) * kernel.descriptor_headroom)', ('Linux 3.10.0-1160.el7: source of the kernel',), '', '', False, True, ('kernel.udp_ports', 'kernel.service_descriptors', 'kernel.descriptor_headroom')),
    Figure('server.udp_ports', 'count', 'UDP ports and sockets of media on each server', 'where(server.media, server.concurrent_calls * kernel.ports_per_call, 0)', ('RFC 3550, RTP: A Transport Protocol for Real-Time Applications: section 11, RTP and RTCP ports on two legs',), '', '', False, True, ('server.media', 'server.concurrent_calls', 'kernel.ports_per_call')),
    Figure('server.conntrack_entries', 'count', 'Tracked connections on each server', 'server.udp_ports + where(server.media, traffic.answered_cps * server.share * kernel.ports_per_call * kernel.conntrack_timeout, 0) + sip.peers', ('Linux 3.10.0-1160.el7: nf_conntrack_proto_udp.c',), '', 'server.udp_ports + where(server.media, traffic.cps * server.share * kernel.ports_per_call * kernel.conntrack_timeout, 0) + sip.peers', False, True, ('server.udp_ports', 'server.media', 'traffic.answered_cps', 'server.share', 'kernel.ports_per_call', 'kernel.conntrack_timeout', 'sip.peers', 'traffic.cps')),
    Figure('server.conntrack_max', 'count', 'Setting: tracked connections to allow on each server', 'max(kernel.conntrack_default, power_of_two(server.conntrack_entries * kernel.conntrack_headroom))', ('Linux 3.10.0-1160.el7: nf_conntrack_core.c',), '', '', False, True, ('kernel.conntrack_default', 'server.conntrack_entries', 'kernel.conntrack_headroom')),
    Figure('server.conntrack_buckets', 'count', 'Setting: hash buckets for them', 'power_of_two(server.conntrack_max / kernel.conntrack_per_bucket)', ('Linux 3.10.0-1160.el7: nf_conntrack_core.c',), '', '', False, True, ('server.conntrack_max', 'kernel.conntrack_per_bucket')),
    Figure('server.file_descriptors', 'count', 'File descriptors on each server, with headroom', 'ceil((server.udp_ports + kernel.service_descriptors) * kernel.descriptor_headroom)', ('Linux 3.10.0-1160.el7: source of the kernel',), '', '', False, True, ('server.udp_ports', 'kernel.service_descriptors', 'kernel.descriptor_headroom')),
    Figure('server.sip_socket_bytes', 'B', 'Setting: buffer of the SIP socket that absorbs a stall', 'server.cps * sip.messages_per_attempt * kernel.sip_burst * kernel.packet_memory', ('Linux 3.10.0-1160.el7: net/ipv4/udp.c',), '', '', False, True, ('server.cps', 'sip.messages_per_attempt', 'kernel.sip_burst', 'kernel.packet_memory')),
    Figure('cpu.share', 'ratio', 'CPU of the reference server per 1,000 calls in this media mode', 'where(server.media, cpu.share_media, cpu.share_signalling)', ('VOS3000 scaling guide: single-server capacity limits',), '', '', False, True, ('server.media', 'cpu.share_media', 'cpu.share_signalling')),
    Figure('hardware.cpu_cores', 'count', 'CPU cores the calls keep busy, all servers', 'traffic.concurrent_calls_peak / cpu.reference_calls * cpu.share * limit.reference_cores * (1 + codec.transcoded_share * excess(cpu.transcoding_factor, 1))', ('VOS3000 scaling guide: single-server capacity limits',), '', '', True, True, ('traffic.concurrent_calls_peak', 'cpu.reference_calls', 'cpu.share', 'limit.reference_cores', 'codec.transcoded_share', 'cpu.transcoding_factor')),
    Figure('server.cpu_cores', 'count', 'CPU cores the calls keep busy on each server', 'server.concurrent_calls / cpu.reference_calls * cpu.share * limit.reference_cores * (1 + codec.transcoded_share * excess(cpu.transcoding_factor, 1))', ('VOS3000 scaling guide: single-server capacity limits',), '', '', False, True, ('server.concurrent_calls', 'cpu.reference_calls', 'cpu.share', 'limit.reference_cores', 'codec.transcoded_share', 'cpu.transcoding_factor')),
    Figure('memory.fixed_bytes', 'B', 'RAM of a server without calls: system, Java, softswitch, connections', 'memory.system_bytes + memory.java_bytes + memory.softswitch_bytes + database.connection_bytes', ('By definition: the sum of its parts',), '', '', False, True, ('memory.system_bytes', 'memory.java_bytes', 'memory.softswitch_bytes', 'database.connection_bytes')),
    Figure('server.memory_without_cache', 'B', "RAM of each server beside the database's cache", 'memory.fixed_bytes + server.concurrent_calls * memory.call_bytes + server.conntrack_entries * kernel.conntrack_entry_bytes', ('By definition: the sum of its parts',), '', '', False, True, ('memory.fixed_bytes', 'server.concurrent_calls', 'memory.call_bytes', 'server.conntrack_entries', 'kernel.conntrack_entry_bytes')),
    Figure('server.ram_bytes', 'B', 'RAM each server needs, with headroom', '(server.memory_without_cache + database.hot_bytes * server.share * database.pool_overhead) / memory.ceiling', ('By definition: the sum of its parts',), '', '', False, True, ('server.memory_without_cache', 'database.hot_bytes', 'server.share', 'database.pool_overhead', 'memory.ceiling')),
    Figure('hardware.ram_bytes', 'B', 'RAM the load needs, all servers, with headroom', '(memory.fixed_bytes * hardware.servers + traffic.concurrent_calls_peak * memory.call_bytes + kernel.conntrack_entries * kernel.conntrack_entry_bytes + database.hot_bytes * database.pool_overhead) / memory.ceiling', ('By definition: the sum of its parts',), '', '', True, True, ('memory.fixed_bytes', 'hardware.servers', 'traffic.concurrent_calls_peak', 'memory.call_bytes', 'kernel.conntrack_entries', 'kernel.conntrack_entry_bytes', 'database.hot_bytes', 'database.pool_overhead', 'memory.ceiling')),
    Figure('disk.fixed_bytes', 'B', 'Disk of a server without CDRs: system and logs', 'disk.system_bytes + disk.log_bytes', ('By definition: the sum of its parts',), '', '', False, True, ('disk.system_bytes', 'disk.log_bytes')),
    Figure('hardware.disk_bytes', 'B', 'Disk the load needs, all servers, so that it is at most 80 % full', '(cdr.retained_bytes + database.retained_bytes + disk.fixed_bytes * hardware.servers) / disk.ceiling', ('VOS3000 scaling guide: storage',), '', '', True, True, ('cdr.retained_bytes', 'database.retained_bytes', 'disk.fixed_bytes', 'hardware.servers', 'disk.ceiling')),
    Figure('server.disk_bytes', 'B', 'Disk each server needs, so that it is at most 80 % full', '((cdr.retained_bytes + database.retained_bytes) * server.share + disk.fixed_bytes) / disk.ceiling', ('VOS3000 scaling guide: storage',), '', '', False, True, ('cdr.retained_bytes', 'database.retained_bytes', 'server.share', 'disk.fixed_bytes', 'disk.ceiling')),
    Figure('disk.bytes_per_day', 'B/day', 'CDR text and rows written per day on each server', '(cdr.bytes_per_day + database.bytes_per_day) * server.share', ('By definition: the sum of its parts',), '', '', False, True, ('cdr.bytes_per_day', 'database.bytes_per_day', 'server.share')),
    Figure('server.ram_installed', 'B', 'RAM of each server, declared or of the tier', 'where(given.ram, server.ram, hardware.tier_ram_bytes)', ('VOS3000 scaling guide: multahost.com blog: VOS3000 Scaling, High-Traffic VoIP Carrier Operations',), '', '', False, True, ('given.ram', 'server.ram', 'hardware.tier_ram_bytes')),
    Figure('server.cores_installed', 'count', 'CPU cores of each server, declared or of the tier', 'where(given.cores, server.cores, hardware.tier_cpu_cores)', ('VOS3000 scaling guide: multahost.com blog: VOS3000 Scaling, High-Traffic VoIP Carrier Operations',), '', '', False, True, ('given.cores', 'server.cores', 'hardware.tier_cpu_cores')),
    Figure('server.disk_installed', 'B', 'Disk of each server, declared or of the tier', 'where(given.disk, server.disk, hardware.tier_disk_bytes)', ('VOS3000 scaling guide: multahost.com blog: VOS3000 Scaling, High-Traffic VoIP Carrier Operations',), '', '', False, True, ('given.disk', 'server.disk', 'hardware.tier_disk_bytes')),
    Figure('hardware.cpu_utilisation', 'ratio', 'CPU utilisation of each server in the busy hour', 'server.cpu_cores / server.cores_installed', ('VOS3000 scaling guide: multahost.com blog: VOS3000 Scaling, High-Traffic VoIP Carrier Operations',), '', '', False, True, ('server.cpu_cores', 'server.cores_installed')),
    Figure('hardware.disk_utilisation', 'ratio', "Use of each server's disk once retention is reached", 'server.disk_bytes * disk.ceiling / server.disk_installed', ('VOS3000 scaling guide: multahost.com blog: VOS3000 Scaling, High-Traffic VoIP Carrier Operations',), '', '', False, True, ('server.disk_bytes', 'disk.ceiling', 'server.disk_installed')),
    Figure('hardware.ram_utilisation', 'ratio', "Use of each server's RAM", 'server.ram_bytes * memory.ceiling / server.ram_installed', ('VOS3000 scaling guide: multahost.com blog: VOS3000 Scaling, High-Traffic VoIP Carrier Operations',), '', '', False, True, ('server.ram_bytes', 'memory.ceiling', 'server.ram_installed')),
    Figure('network.link_utilisation', 'ratio', "Use of each server's link, declared or recommended, each direction", 'server.wire_bits_per_second / where(given.nic, server.nic, network.nic_bits_per_second)', ('IEEE 802.3, Ethernet: frames and link rates',), '', '', False, True, ('server.wire_bits_per_second', 'given.nic', 'server.nic', 'network.nic_bits_per_second')),
    Figure('hardware.capacity_concurrent_calls', 'count', 'Concurrent calls the planned servers carry', 'hardware.servers_planned * min(typical(limit.calls), hardware.tier_concurrent_calls * where(server.media, 1, tier.signalling_factor))', ('VOS3000 scaling guide: multiple server architecture',), '', '', False, True, ('hardware.servers_planned', 'limit.calls', 'hardware.tier_concurrent_calls', 'server.media', 'tier.signalling_factor')),
    Figure('disk.days_until_alert', 'day', 'Days until a disk is 80 % full if nothing is deleted', 'quotient(excess(server.disk_installed * disk.ceiling, disk.fixed_bytes), disk.bytes_per_day, disk.horizon)', ('VOS3000 scaling guide: alert at 80 %',), '', '', False, True, ('server.disk_installed', 'disk.ceiling', 'disk.fixed_bytes', 'disk.bytes_per_day', 'disk.horizon')),
    Figure('disk.days_until_full', 'day', 'Days until a disk is full if nothing is deleted', 'quotient(excess(server.disk_installed, disk.fixed_bytes), disk.bytes_per_day, disk.horizon)', ('By definition: the sum of its parts',), '', '', False, True, ('server.disk_installed', 'disk.fixed_bytes', 'disk.bytes_per_day', 'disk.horizon')),
    Figure('database.buffer_pool_bytes', 'B', 'Setting: InnoDB buffer pool of each server', 'where(database.innodb, max(database.small_cache_bytes, min(server.ram_installed * database.pool_share, excess(server.ram_installed, server.memory_without_cache) / database.pool_overhead)), database.small_cache_bytes)', ('VOS3000 scaling guide: 50-70 % of RAM', 'Planning choice of this product: limited to what the rest of the server leaves'), '', '', False, True, ('database.innodb', 'database.small_cache_bytes', 'server.ram_installed', 'database.pool_share', 'server.memory_without_cache', 'database.pool_overhead')),
    Figure('database.key_buffer_bytes', 'B', 'Setting: MyISAM key buffer of each server', 'where(database.myisam, max(database.small_key_buffer_bytes, min(database.hot_index_bytes * server.share, server.ram_installed * database.key_buffer_share)), database.small_key_buffer_bytes)', ('MySQL reference manual: key_buffer_size',), '', '', False, True, ('database.myisam', 'database.small_key_buffer_bytes', 'database.hot_index_bytes', 'server.share', 'server.ram_installed', 'database.key_buffer_share')),
    Figure('server.memory_bytes', 'B', "Memory of each server with the database's cache as set", 'server.memory_without_cache + max(where(database.innodb, database.buffer_pool_bytes * database.pool_overhead, 0), where(database.myisam, database.key_buffer_bytes, 0))', ('By definition: the sum of its parts',), '', '', False, True, ('server.memory_without_cache', 'database.innodb', 'database.buffer_pool_bytes', 'database.pool_overhead', 'database.myisam', 'database.key_buffer_bytes')),
    Figure('server.memory_share', 'ratio', 'That memory over the RAM installed', 'server.memory_bytes / server.ram_installed', ('By definition: the sum of its parts',), '', '', False, True, ('server.memory_bytes', 'server.ram_installed')),
    Figure('server.udp_memory_pages', 'page', 'Setting: most pages that UDP queues may take', 'server.ram_installed * kernel.udp_memory_share / kernel.page_bytes', ('Linux 3.10 documentation of IP settings: udp_mem',), '', '', False, True, ('server.ram_installed', 'kernel.udp_memory_share', 'kernel.page_bytes')),
    Figure('tier.starter.concurrent_calls_available', 'count', 'Starter: concurrent_calls each server offers', 'min(typical(limit.calls), tier.starter.concurrent_calls * where(server.media, 1, tier.signalling_factor))', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('limit.calls', 'tier.starter.concurrent_calls', 'server.media', 'tier.signalling_factor')),
    Figure('tier.starter.concurrent_calls_load', 'ratio', 'Starter: concurrent_calls needed over offered', 'server.concurrent_calls / tier.starter.concurrent_calls_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.concurrent_calls', 'tier.starter.concurrent_calls_available')),
    Figure('tier.starter.cps_available', '1/s', 'Starter: cps each server offers', 'limit.cps * tier.starter.cps_cores / limit.reference_cores', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('limit.cps', 'tier.starter.cps_cores', 'limit.reference_cores')),
    Figure('tier.starter.cps_load', 'ratio', 'Starter: cps needed over offered', 'server.cps / tier.starter.cps_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.cps', 'tier.starter.cps_available')),
    Figure('tier.starter.cpu_cores_available', 'count', 'Starter: cpu_cores each server offers', 'tier.starter.cpu_cores * cpu.ceiling', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.starter.cpu_cores', 'cpu.ceiling')),
    Figure('tier.starter.cpu_cores_load', 'ratio', 'Starter: cpu_cores needed over offered', 'server.cpu_cores / tier.starter.cpu_cores_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.cpu_cores', 'tier.starter.cpu_cores_available')),
    Figure('tier.starter.ram_available', 'B', 'Starter: ram each server offers', 'tier.starter.ram_bytes', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.starter.ram_bytes',)),
    Figure('tier.starter.ram_load', 'ratio', 'Starter: ram needed over offered', 'server.ram_bytes / tier.starter.ram_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.ram_bytes', 'tier.starter.ram_available')),
    Figure('tier.starter.disk_available', 'B', 'Starter: disk each server offers', 'tier.starter.disk_bytes', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.starter.disk_bytes',)),
    Figure('tier.starter.disk_load', 'ratio', 'Starter: disk needed over offered', 'server.disk_bytes / tier.starter.disk_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.disk_bytes', 'tier.starter.disk_available')),
    Figure('tier.starter.disk_writes_available', '1/s', 'Starter: disk_writes each server offers', 'tier.starter.write_operations_per_second', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.starter.write_operations_per_second',)),
    Figure('tier.starter.disk_writes_load', 'ratio', 'Starter: disk_writes needed over offered', 'server.write_operations_per_second / tier.starter.disk_writes_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.write_operations_per_second', 'tier.starter.disk_writes_available')),
    Figure('tier.starter.packets_per_second_available', '1/s', 'Starter: packets_per_second each server offers', 'tier.starter.cpu_cores * cpu.packets_per_core', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.starter.cpu_cores', 'cpu.packets_per_core')),
    Figure('tier.starter.packets_per_second_load', 'ratio', 'Starter: packets_per_second needed over offered', 'server.packets_per_second / tier.starter.packets_per_second_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.packets_per_second', 'tier.starter.packets_per_second_available')),
    Figure('tier.starter.load', 'ratio', 'Starter: the fullest resource', 'max(tier.starter.concurrent_calls_load, tier.starter.cps_load, tier.starter.cpu_cores_load, tier.starter.ram_load, tier.starter.disk_load, tier.starter.disk_writes_load, tier.starter.packets_per_second_load)', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.starter.concurrent_calls_load', 'tier.starter.cps_load', 'tier.starter.cpu_cores_load', 'tier.starter.ram_load', 'tier.starter.disk_load', 'tier.starter.disk_writes_load', 'tier.starter.packets_per_second_load')),
    Figure('tier.professional.concurrent_calls_available', 'count', 'Professional: concurrent_calls each server offers', 'min(typical(limit.calls), tier.professional.concurrent_calls * where(server.media, 1, tier.signalling_factor))', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('limit.calls', 'tier.professional.concurrent_calls', 'server.media', 'tier.signalling_factor')),
    Figure('tier.professional.concurrent_calls_load', 'ratio', 'Professional: concurrent_calls needed over offered', 'server.concurrent_calls / tier.professional.concurrent_calls_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.concurrent_calls', 'tier.professional.concurrent_calls_available')),
    Figure('tier.professional.cps_available', '1/s', 'Professional: cps each server offers', 'limit.cps * tier.professional.cps_cores / limit.reference_cores', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('limit.cps', 'tier.professional.cps_cores', 'limit.reference_cores')),
    Figure('tier.professional.cps_load', 'ratio', 'Professional: cps needed over offered', 'server.cps / tier.professional.cps_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.cps', 'tier.professional.cps_available')),
    Figure('tier.professional.cpu_cores_available', 'count', 'Professional: cpu_cores each server offers', 'tier.professional.cpu_cores * cpu.ceiling', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.professional.cpu_cores', 'cpu.ceiling')),
    Figure('tier.professional.cpu_cores_load', 'ratio', 'Professional: cpu_cores needed over offered', 'server.cpu_cores / tier.professional.cpu_cores_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.cpu_cores', 'tier.professional.cpu_cores_available')),
    Figure('tier.professional.ram_available', 'B', 'Professional: ram each server offers', 'tier.professional.ram_bytes', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.professional.ram_bytes',)),
    Figure('tier.professional.ram_load', 'ratio', 'Professional: ram needed over offered', 'server.ram_bytes / tier.professional.ram_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.ram_bytes', 'tier.professional.ram_available')),
    Figure('tier.professional.disk_available', 'B', 'Professional: disk each server offers', 'tier.professional.disk_bytes', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.professional.disk_bytes',)),
    Figure('tier.professional.disk_load', 'ratio', 'Professional: disk needed over offered', 'server.disk_bytes / tier.professional.disk_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.disk_bytes', 'tier.professional.disk_available')),
    Figure('tier.professional.disk_writes_available', '1/s', 'Professional: disk_writes each server offers', 'tier.professional.write_operations_per_second', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.professional.write_operations_per_second',)),
    Figure('tier.professional.disk_writes_load', 'ratio', 'Professional: disk_writes needed over offered', 'server.write_operations_per_second / tier.professional.disk_writes_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.write_operations_per_second', 'tier.professional.disk_writes_available')),
    Figure('tier.professional.packets_per_second_available', '1/s', 'Professional: packets_per_second each server offers', 'tier.professional.cpu_cores * cpu.packets_per_core', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.professional.cpu_cores', 'cpu.packets_per_core')),
    Figure('tier.professional.packets_per_second_load', 'ratio', 'Professional: packets_per_second needed over offered', 'server.packets_per_second / tier.professional.packets_per_second_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.packets_per_second', 'tier.professional.packets_per_second_available')),
    Figure('tier.professional.load', 'ratio', 'Professional: the fullest resource', 'max(tier.professional.concurrent_calls_load, tier.professional.cps_load, tier.professional.cpu_cores_load, tier.professional.ram_load, tier.professional.disk_load, tier.professional.disk_writes_load, tier.professional.packets_per_second_load)', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.professional.concurrent_calls_load', 'tier.professional.cps_load', 'tier.professional.cpu_cores_load', 'tier.professional.ram_load', 'tier.professional.disk_load', 'tier.professional.disk_writes_load', 'tier.professional.packets_per_second_load')),
    Figure('tier.enterprise.concurrent_calls_available', 'count', 'Enterprise: concurrent_calls each server offers', 'min(typical(limit.calls), tier.enterprise.concurrent_calls * where(server.media, 1, tier.signalling_factor))', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('limit.calls', 'tier.enterprise.concurrent_calls', 'server.media', 'tier.signalling_factor')),
    Figure('tier.enterprise.concurrent_calls_load', 'ratio', 'Enterprise: concurrent_calls needed over offered', 'server.concurrent_calls / tier.enterprise.concurrent_calls_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.concurrent_calls', 'tier.enterprise.concurrent_calls_available')),
    Figure('tier.enterprise.cps_available', '1/s', 'Enterprise: cps each server offers', 'limit.cps * tier.enterprise.cps_cores / limit.reference_cores', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('limit.cps', 'tier.enterprise.cps_cores', 'limit.reference_cores')),
    Figure('tier.enterprise.cps_load', 'ratio', 'Enterprise: cps needed over offered', 'server.cps / tier.enterprise.cps_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.cps', 'tier.enterprise.cps_available')),
    Figure('tier.enterprise.cpu_cores_available', 'count', 'Enterprise: cpu_cores each server offers', 'tier.enterprise.cpu_cores * cpu.ceiling', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.enterprise.cpu_cores', 'cpu.ceiling')),
    Figure('tier.enterprise.cpu_cores_load', 'ratio', 'Enterprise: cpu_cores needed over offered', 'server.cpu_cores / tier.enterprise.cpu_cores_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.cpu_cores', 'tier.enterprise.cpu_cores_available')),
    Figure('tier.enterprise.ram_available', 'B', 'Enterprise: ram each server offers', 'tier.enterprise.ram_bytes', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.enterprise.ram_bytes',)),
    Figure('tier.enterprise.ram_load', 'ratio', 'Enterprise: ram needed over offered', 'server.ram_bytes / tier.enterprise.ram_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.ram_bytes', 'tier.enterprise.ram_available')),
    Figure('tier.enterprise.disk_available', 'B', 'Enterprise: disk each server offers', 'tier.enterprise.disk_bytes', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.enterprise.disk_bytes',)),
    Figure('tier.enterprise.disk_load', 'ratio', 'Enterprise: disk needed over offered', 'server.disk_bytes / tier.enterprise.disk_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.disk_bytes', 'tier.enterprise.disk_available')),
    Figure('tier.enterprise.disk_writes_available', '1/s', 'Enterprise: disk_writes each server offers', 'tier.enterprise.write_operations_per_second', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.enterprise.write_operations_per_second',)),
    Figure('tier.enterprise.disk_writes_load', 'ratio', 'Enterprise: disk_writes needed over offered', 'server.write_operations_per_second / tier.enterprise.disk_writes_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.write_operations_per_second', 'tier.enterprise.disk_writes_available')),
    Figure('tier.enterprise.packets_per_second_available', '1/s', 'Enterprise: packets_per_second each server offers', 'tier.enterprise.cpu_cores * cpu.packets_per_core', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.enterprise.cpu_cores', 'cpu.packets_per_core')),
    Figure('tier.enterprise.packets_per_second_load', 'ratio', 'Enterprise: packets_per_second needed over offered', 'server.packets_per_second / tier.enterprise.packets_per_second_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.packets_per_second', 'tier.enterprise.packets_per_second_available')),
    Figure('tier.enterprise.load', 'ratio', 'Enterprise: the fullest resource', 'max(tier.enterprise.concurrent_calls_load, tier.enterprise.cps_load, tier.enterprise.cpu_cores_load, tier.enterprise.ram_load, tier.enterprise.disk_load, tier.enterprise.disk_writes_load, tier.enterprise.packets_per_second_load)', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.enterprise.concurrent_calls_load', 'tier.enterprise.cps_load', 'tier.enterprise.cpu_cores_load', 'tier.enterprise.ram_load', 'tier.enterprise.disk_load', 'tier.enterprise.disk_writes_load', 'tier.enterprise.packets_per_second_load')),
    Figure('tier.carrier.concurrent_calls_available', 'count', 'Carrier: concurrent_calls each server offers', 'min(typical(limit.calls), tier.carrier.concurrent_calls * where(server.media, 1, tier.signalling_factor))', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('limit.calls', 'tier.carrier.concurrent_calls', 'server.media', 'tier.signalling_factor')),
    Figure('tier.carrier.concurrent_calls_load', 'ratio', 'Carrier: concurrent_calls needed over offered', 'server.concurrent_calls / tier.carrier.concurrent_calls_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.concurrent_calls', 'tier.carrier.concurrent_calls_available')),
    Figure('tier.carrier.cps_available', '1/s', 'Carrier: cps each server offers', 'limit.cps * tier.carrier.cps_cores / limit.reference_cores', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('limit.cps', 'tier.carrier.cps_cores', 'limit.reference_cores')),
    Figure('tier.carrier.cps_load', 'ratio', 'Carrier: cps needed over offered', 'server.cps / tier.carrier.cps_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.cps', 'tier.carrier.cps_available')),
    Figure('tier.carrier.cpu_cores_available', 'count', 'Carrier: cpu_cores each server offers', 'tier.carrier.cpu_cores * cpu.ceiling', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.carrier.cpu_cores', 'cpu.ceiling')),
    Figure('tier.carrier.cpu_cores_load', 'ratio', 'Carrier: cpu_cores needed over offered', 'server.cpu_cores / tier.carrier.cpu_cores_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.cpu_cores', 'tier.carrier.cpu_cores_available')),
    Figure('tier.carrier.ram_available', 'B', 'Carrier: ram each server offers', 'tier.carrier.ram_bytes', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.carrier.ram_bytes',)),
    Figure('tier.carrier.ram_load', 'ratio', 'Carrier: ram needed over offered', 'server.ram_bytes / tier.carrier.ram_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.ram_bytes', 'tier.carrier.ram_available')),
    Figure('tier.carrier.disk_available', 'B', 'Carrier: disk each server offers', 'tier.carrier.disk_bytes', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.carrier.disk_bytes',)),
    Figure('tier.carrier.disk_load', 'ratio', 'Carrier: disk needed over offered', 'server.disk_bytes / tier.carrier.disk_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.disk_bytes', 'tier.carrier.disk_available')),
    Figure('tier.carrier.disk_writes_available', '1/s', 'Carrier: disk_writes each server offers', 'tier.carrier.write_operations_per_second', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.carrier.write_operations_per_second',)),
    Figure('tier.carrier.disk_writes_load', 'ratio', 'Carrier: disk_writes needed over offered', 'server.write_operations_per_second / tier.carrier.disk_writes_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.write_operations_per_second', 'tier.carrier.disk_writes_available')),
    Figure('tier.carrier.packets_per_second_available', '1/s', 'Carrier: packets_per_second each server offers', 'tier.carrier.cpu_cores * cpu.packets_per_core', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.carrier.cpu_cores', 'cpu.packets_per_core')),
    Figure('tier.carrier.packets_per_second_load', 'ratio', 'Carrier: packets_per_second needed over offered', 'server.packets_per_second / tier.carrier.packets_per_second_available', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('server.packets_per_second', 'tier.carrier.packets_per_second_available')),
    Figure('tier.carrier.load', 'ratio', 'Carrier: the fullest resource', 'max(tier.carrier.concurrent_calls_load, tier.carrier.cps_load, tier.carrier.cpu_cores_load, tier.carrier.ram_load, tier.carrier.disk_load, tier.carrier.disk_writes_load, tier.carrier.packets_per_second_load)', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.carrier.concurrent_calls_load', 'tier.carrier.cps_load', 'tier.carrier.cpu_cores_load', 'tier.carrier.ram_load', 'tier.carrier.disk_load', 'tier.carrier.disk_writes_load', 'tier.carrier.packets_per_second_load')),
    Figure('hardware.tier_index', 'count', 'Smallest tier that fits, counted from 0', 'exceeds(tier.starter.load) + exceeds(min(tier.starter.load, tier.professional.load)) + exceeds(min(tier.starter.load, tier.professional.load, tier.enterprise.load))', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('tier.starter.load', 'tier.professional.load', 'tier.enterprise.load')),
    Figure('hardware.tier_cpu_cores', 'count', 'CPU cores of the tier chosen', 'pick(typical(hardware.tier_index), table.tier_cpu_cores)', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('hardware.tier_index',)),
    Figure('hardware.tier_ram_bytes', 'B', 'RAM of the tier chosen', 'pick(typical(hardware.tier_index), table.tier_ram_bytes)', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('hardware.tier_index',)),
    Figure('hardware.tier_disk_bytes', 'B', 'Disk of the tier chosen', 'pick(typical(hardware.tier_index), table.tier_disk_bytes)', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('hardware.tier_index',)),
    Figure('hardware.tier_concurrent_calls', 'count', 'Documented calls of the tier chosen', 'pick(typical(hardware.tier_index), table.tier_concurrent_calls)', ('VOS3000 scaling guide: hardware by traffic level',), '', '', False, False, ('hardware.tier_index',)),
)
HEADLINE_LEAVES = frozenset(['cdr.every_attempt', 'cdr.has_policy', 'cdr.interval', 'cdr.line_bytes', 'cdr.max_files', 'cdr.policy_days', 'cdr.recording_declared', 'cdr.text_files', 'codec.callee_documented_bits_per_second', 'codec.callee_packets_per_second', 'codec.callee_payload', 'codec.caller_documented_bits_per_second', 'codec.caller_packets_per_second', 'codec.caller_payload', 'codec.transcoded_share', 'cpu.reference_calls', 'cpu.share_media', 'cpu.share_signalling', 'cpu.transcoding_factor', 'database.bytes_per_connection', 'database.connections', 'database.days', 'database.hot_index_window', 'database.hot_rows_window', 'database.index_bytes', 'database.pool_overhead', 'database.row_bytes', 'database.zero_hold_rows', 'disk.ceiling', 'disk.log_bytes', 'disk.system_bytes', 'framing.documented', 'framing.link_bytes', 'framing.vlan_bytes', 'framing.wire_bytes', 'given.by_calls', 'given.by_minutes', 'given.concurrent_calls', 'given.cps', 'given.daily_minutes', 'given.direct', 'given.finite', 'given.nic', 'given.peak', 'header.ipv4', 'header.ipv6', 'header.rtp', 'header.srtp_tag', 'header.udp', 'kernel.conntrack_entry_bytes', 'kernel.conntrack_timeout', 'kernel.ports_available', 'kernel.ports_per_call', 'limit.calls_media', 'limit.calls_signalling', 'limit.cps_media', 'limit.cps_signalling', 'limit.reference_cores', 'link.ceiling', 'memory.call_bytes', 'memory.ceiling', 'memory.java_bytes', 'memory.softswitch_bytes', 'memory.system_bytes', 'option.ipv6', 'option.rtcp', 'option.srtp', 'option.vlan', 'rtcp.interval', 'rtcp.packet_bytes', 'rtcp.share', 'server.media', 'server.nic', 'sip.answered_bytes', 'sip.documented_bits_per_second_per_call', 'sip.failed_bytes', 'sip.peers', 'sip.registration_bytes', 'sip.registrations_per_second', 'sip.retransmission_factor', 'traffic.acd', 'traffic.asr', 'traffic.blocking', 'traffic.egress_attempts', 'traffic.load_factor', 'traffic.peak_factor', 'traffic.setup_time', 'traffic.sources'])


def model(L):
    traffic_setup_time__l, traffic_setup_time__t, traffic_setup_time__h = L['traffic.setup_time']
    traffic_asr__l, traffic_asr__t, traffic_asr__h = L['traffic.asr']
    traffic_acd__l, traffic_acd__t, traffic_acd__h = L['traffic.acd']
    given_daily_minutes__l, given_daily_minutes__t, given_daily_minutes__h = L['given.daily_minutes']
    traffic_peak_factor__l, traffic_peak_factor__t, traffic_peak_factor__h = L['traffic.peak_factor']
    given_by_calls__l, given_by_calls__t, given_by_calls__h = L['given.by_calls']
    given_concurrent_calls__l, given_concurrent_calls__t, given_concurrent_calls__h = L['given.concurrent_calls']
    traffic_blocking__l, traffic_blocking__t, traffic_blocking__h = L['traffic.blocking']
    given_by_minutes__l, given_by_minutes__t, given_by_minutes__h = L['given.by_minutes']
    given_cps__l, given_cps__t, given_cps__h = L['given.cps']
    traffic_egress_attempts__l, traffic_egress_attempts__t, traffic_egress_attempts__h = L['traffic.egress_attempts']
    given_peak__l, given_peak__t, given_peak__h = L['given.peak']
    given_finite__l, given_finite__t, given_finite__h = L['given.finite']
    traffic_sources__l, traffic_sources__t, traffic_sources__h = L['traffic.sources']
    probability_p95__l, probability_p95__t, probability_p95__h = L['probability.p95']
    probability_p99__l, probability_p99__t, probability_p99__h = L['probability.p99']
    probability_median__l, probability_median__t, probability_median__h = L['probability.median']
    traffic_load_factor__l, traffic_load_factor__t, traffic_load_factor__h = L['traffic.load_factor']
    option_ipv6__l, option_ipv6__t, option_ipv6__h = L['option.ipv6']
    header_ipv6__l, header_ipv6__t, header_ipv6__h = L['header.ipv6']
    header_ipv4__l, header_ipv4__t, header_ipv4__h = L['header.ipv4']
    option_vlan__l, option_vlan__t, option_vlan__h = L['option.vlan']
    framing_vlan_bytes__l, framing_vlan_bytes__t, framing_vlan_bytes__h = L['framing.vlan_bytes']
    option_srtp__l, option_srtp__t, option_srtp__h = L['option.srtp']
    header_srtp_tag__l, header_srtp_tag__t, header_srtp_tag__h = L['header.srtp_tag']
    header_rtp__l, header_rtp__t, header_rtp__h = L['header.rtp']
    header_udp__l, header_udp__t, header_udp__h = L['header.udp']
    framing_link_bytes__l, framing_link_bytes__t, framing_link_bytes__h = L['framing.link_bytes']
    framing_wire_bytes__l, framing_wire_bytes__t, framing_wire_bytes__h = L['framing.wire_bytes']
    framing_documented__l, framing_documented__t, framing_documented__h = L['framing.documented']
    codec_caller_documented_bits_per_second__l, codec_caller_documented_bits_per_second__t, codec_caller_documented_bits_per_second__h = L['codec.caller_documented_bits_per_second']
    codec_caller_packets_per_second__l, codec_caller_packets_per_second__t, codec_caller_packets_per_second__h = L['codec.caller_packets_per_second']
    codec_caller_payload__l, codec_caller_payload__t, codec_caller_payload__h = L['codec.caller_payload']
    codec_callee_documented_bits_per_second__l, codec_callee_documented_bits_per_second__t, codec_callee_documented_bits_per_second__h = L['codec.callee_documented_bits_per_second']
    codec_callee_packets_per_second__l, codec_callee_packets_per_second__t, codec_callee_packets_per_second__h = L['codec.callee_packets_per_second']
    codec_callee_payload__l, codec_callee_payload__t, codec_callee_payload__h = L['codec.callee_payload']
    server_media__l, server_media__t, server_media__h = L['server.media']
    option_rtcp__l, option_rtcp__t, option_rtcp__h = L['option.rtcp']
    rtcp_share__l, rtcp_share__t, rtcp_share__h = L['rtcp.share']
    rtcp_packet_bytes__l, rtcp_packet_bytes__t, rtcp_packet_bytes__h = L['rtcp.packet_bytes']
    rtcp_interval__l, rtcp_interval__t, rtcp_interval__h = L['rtcp.interval']
    sip_documented_bits_per_second_per_call__l, sip_documented_bits_per_second_per_call__t, sip_documented_bits_per_second_per_call__h = L['sip.documented_bits_per_second_per_call']
    sip_answered_bytes__l, sip_answered_bytes__t, sip_answered_bytes__h = L['sip.answered_bytes']
    sip_failed_bytes__l, sip_failed_bytes__t, sip_failed_bytes__h = L['sip.failed_bytes']
    sip_registrations_per_second__l, sip_registrations_per_second__t, sip_registrations_per_second__h = L['sip.registrations_per_second']
    sip_registration_bytes__l, sip_registration_bytes__t, sip_registration_bytes__h = L['sip.registration_bytes']
    sip_retransmission_factor__l, sip_retransmission_factor__t, sip_retransmission_factor__h = L['sip.retransmission_factor']
    link_directions__l, link_directions__t, link_directions__h = L['link.directions']
    cdr_text_files__l, cdr_text_files__t, cdr_text_files__h = L['cdr.text_files']
    cdr_every_attempt__l, cdr_every_attempt__t, cdr_every_attempt__h = L['cdr.every_attempt']
    cdr_recording_declared__l, cdr_recording_declared__t, cdr_recording_declared__h = L['cdr.recording_declared']
    cdr_line_bytes__l, cdr_line_bytes__t, cdr_line_bytes__h = L['cdr.line_bytes']
    cdr_interval__l, cdr_interval__t, cdr_interval__h = L['cdr.interval']
    cdr_max_files__l, cdr_max_files__t, cdr_max_files__h = L['cdr.max_files']
    cdr_has_policy__l, cdr_has_policy__t, cdr_has_policy__h = L['cdr.has_policy']
    cdr_policy_days__l, cdr_policy_days__t, cdr_policy_days__h = L['cdr.policy_days']
    cdr_interval_minimum__l, cdr_interval_minimum__t, cdr_interval_minimum__h = L['cdr.interval_minimum']
    cdr_files_maximum__l, cdr_files_maximum__t, cdr_files_maximum__h = L['cdr.files_maximum']
    cdr_comfortable_file_bytes__l, cdr_comfortable_file_bytes__t, cdr_comfortable_file_bytes__h = L['cdr.comfortable_file_bytes']
    database_zero_hold_rows__l, database_zero_hold_rows__t, database_zero_hold_rows__h = L['database.zero_hold_rows']
    database_row_bytes__l, database_row_bytes__t, database_row_bytes__h = L['database.row_bytes']
    database_days__l, database_days__t, database_days__h = L['database.days']
    database_index_bytes__l, database_index_bytes__t, database_index_bytes__h = L['database.index_bytes']
    database_hot_index_window__l, database_hot_index_window__t, database_hot_index_window__h = L['database.hot_index_window']
    database_hot_rows_window__l, database_hot_rows_window__t, database_hot_rows_window__h = L['database.hot_rows_window']
    database_redo_row_bytes__l, database_redo_row_bytes__t, database_redo_row_bytes__h = L['database.redo_row_bytes']
    database_redo_window__l, database_redo_window__t, database_redo_window__h = L['database.redo_window']
    database_log_file_floor__l, database_log_file_floor__t, database_log_file_floor__h = L['database.log_file_floor']
    database_redo_files__l, database_redo_files__t, database_redo_files__h = L['database.redo_files']
    database_redo_limit_bytes__l, database_redo_limit_bytes__t, database_redo_limit_bytes__h = L['database.redo_limit_bytes']
    database_connections__l, database_connections__t, database_connections__h = L['database.connections']
    database_bytes_per_connection__l, database_bytes_per_connection__t, database_bytes_per_connection__h = L['database.bytes_per_connection']
    database_reserved_descriptors__l, database_reserved_descriptors__t, database_reserved_descriptors__h = L['database.reserved_descriptors']
    database_table_cache__l, database_table_cache__t, database_table_cache__h = L['database.table_cache']
    database_descriptors_per_table__l, database_descriptors_per_table__t, database_descriptors_per_table__h = L['database.descriptors_per_table']
    database_descriptors_per_connection__l, database_descriptors_per_connection__t, database_descriptors_per_connection__h = L['database.descriptors_per_connection']
    database_least_descriptors__l, database_least_descriptors__t, database_least_descriptors__h = L['database.least_descriptors']
    database_innodb__l, database_innodb__t, database_innodb__h = L['database.innodb']
    database_flush_every_commit__l, database_flush_every_commit__t, database_flush_every_commit__h = L['database.flush_every_commit']
    database_background_fsyncs__l, database_background_fsyncs__t, database_background_fsyncs__h = L['database.background_fsyncs']
    database_page_writes_per_row__l, database_page_writes_per_row__t, database_page_writes_per_row__h = L['database.page_writes_per_row']
    limit_calls_media__l, limit_calls_media__t, limit_calls_media__h = L['limit.calls_media']
    limit_calls_signalling__l, limit_calls_signalling__t, limit_calls_signalling__h = L['limit.calls_signalling']
    limit_cps_media__l, limit_cps_media__t, limit_cps_media__h = L['limit.cps_media']
    limit_cps_signalling__l, limit_cps_signalling__t, limit_cps_signalling__h = L['limit.cps_signalling']
    given_direct__l, given_direct__t, given_direct__h = L['given.direct']
    kernel_ports_per_call__l, kernel_ports_per_call__t, kernel_ports_per_call__h = L['kernel.ports_per_call']
    kernel_ports_available__l, kernel_ports_available__t, kernel_ports_available__h = L['kernel.ports_available']
    given_nic__l, given_nic__t, given_nic__h = L['given.nic']
    server_nic__l, server_nic__t, server_nic__h = L['server.nic']
    link_ceiling__l, link_ceiling__t, link_ceiling__h = L['link.ceiling']
    given_servers__l, given_servers__t, given_servers__h = L['given.servers']
    topology_servers__l, topology_servers__t, topology_servers__h = L['topology.servers']
    topology_spare__l, topology_spare__t, topology_spare__h = L['topology.spare']
    topology_dr__l, topology_dr__t, topology_dr__h = L['topology.dr']
    kernel_conntrack_timeout__l, kernel_conntrack_timeout__t, kernel_conntrack_timeout__h = L['kernel.conntrack_timeout']
    sip_peers__l, sip_peers__t, sip_peers__h = L['sip.peers']
    kernel_service_descriptors__l, kernel_service_descriptors__t, kernel_service_descriptors__h = L['kernel.service_descriptors']
    kernel_descriptor_headroom__l, kernel_descriptor_headroom__t, kernel_descriptor_headroom__h = L['kernel.descriptor_headroom']
    kernel_conntrack_default__l, kernel_conntrack_default__t, kernel_conntrack_default__h = L['kernel.conntrack_default']
    kernel_conntrack_headroom__l, kernel_conntrack_headroom__t, kernel_conntrack_headroom__h = L['kernel.conntrack_headroom']
    kernel_conntrack_per_bucket__l, kernel_conntrack_per_bucket__t, kernel_conntrack_per_bucket__h = L['kernel.conntrack_per_bucket']
    sip_messages_per_attempt__l, sip_messages_per_attempt__t, sip_messages_per_attempt__h = L['sip.messages_per_attempt']
    kernel_sip_burst__l, kernel_sip_burst__t, kernel_sip_burst__h = L['kernel.sip_burst']
    kernel_packet_memory__l, kernel_packet_memory__t, kernel_packet_memory__h = L['kernel.packet_memory']
    cpu_share_media__l, cpu_share_media__t, cpu_share_media__h = L['cpu.share_media']
    cpu_share_signalling__l, cpu_share_signalling__t, cpu_share_signalling__h = L['cpu.share_signalling']
    cpu_reference_calls__l, cpu_reference_calls__t, cpu_reference_calls__h = L['cpu.reference_calls']
    limit_reference_cores__l, limit_reference_cores__t, limit_reference_cores__h = L['limit.reference_cores']
    codec_transcoded_share__l, codec_transcoded_share__t, codec_transcoded_share__h = L['codec.transcoded_share']
    cpu_transcoding_factor__l, cpu_transcoding_factor__t, cpu_transcoding_factor__h = L['cpu.transcoding_factor']
    memory_system_bytes__l, memory_system_bytes__t, memory_system_bytes__h = L['memory.system_bytes']
    memory_java_bytes__l, memory_java_bytes__t, memory_java_bytes__h = L['memory.java_bytes']
    memory_softswitch_bytes__l, memory_softswitch_bytes__t, memory_softswitch_bytes__h = L['memory.softswitch_bytes']
    memory_call_bytes__l, memory_call_bytes__t, memory_call_bytes__h = L['memory.call_bytes']
    kernel_conntrack_entry_bytes__l, kernel_conntrack_entry_bytes__t, kernel_conntrack_entry_bytes__h = L['kernel.conntrack_entry_bytes']
    database_pool_overhead__l, database_pool_overhead__t, database_pool_overhead__h = L['database.pool_overhead']
    memory_ceiling__l, memory_ceiling__t, memory_ceiling__h = L['memory.ceiling']
    disk_system_bytes__l, disk_system_bytes__t, disk_system_bytes__h = L['disk.system_bytes']
    disk_log_bytes__l, disk_log_bytes__t, disk_log_bytes__h = L['disk.log_bytes']
    disk_ceiling__l, disk_ceiling__t, disk_ceiling__h = L['disk.ceiling']
    tier_starter_concurrent_calls__l, tier_starter_concurrent_calls__t, tier_starter_concurrent_calls__h = L['tier.starter.concurrent_calls']
    tier_signalling_factor__l, tier_signalling_factor__t, tier_signalling_factor__h = L['tier.signalling_factor']
    tier_starter_cps_cores__l, tier_starter_cps_cores__t, tier_starter_cps_cores__h = L['tier.starter.cps_cores']
    tier_starter_cpu_cores__l, tier_starter_cpu_cores__t, tier_starter_cpu_cores__h = L['tier.starter.cpu_cores']
    cpu_ceiling__l, cpu_ceiling__t, cpu_ceiling__h = L['cpu.ceiling']
    tier_starter_ram_bytes__l, tier_starter_ram_bytes__t, tier_starter_ram_bytes__h = L['tier.starter.ram_bytes']
    tier_starter_disk_bytes__l, tier_starter_disk_bytes__t, tier_starter_disk_bytes__h = L['tier.starter.disk_bytes']
    tier_starter_write_operations_per_second__l, tier_starter_write_operations_per_second__t, tier_starter_write_operations_per_second__h = L['tier.starter.write_operations_per_second']
    cpu_packets_per_core__l, cpu_packets_per_core__t, cpu_packets_per_core__h = L['cpu.packets_per_core']
    tier_professional_concurrent_calls__l, tier_professional_concurrent_calls__t, tier_professional_concurrent_calls__h = L['tier.professional.concurrent_calls']
    tier_professional_cps_cores__l, tier_professional_cps_cores__t, tier_professional_cps_cores__h = L['tier.professional.cps_cores']
    tier_professional_cpu_cores__l, tier_professional_cpu_cores__t, tier_professional_cpu_cores__h = L['tier.professional.cpu_cores']
    tier_professional_ram_bytes__l, tier_professional_ram_bytes__t, tier_professional_ram_bytes__h = L['tier.professional.ram_bytes']
    tier_professional_disk_bytes__l, tier_professional_disk_bytes__t, tier_professional_disk_bytes__h = L['tier.professional.disk_bytes']
    tier_professional_write_operations_per_second__l, tier_professional_write_operations_per_second__t, tier_professional_write_operations_per_second__h = L['tier.professional.write_operations_per_second']
    tier_enterprise_concurrent_calls__l, tier_enterprise_concurrent_calls__t, tier_enterprise_concurrent_calls__h = L['tier.enterprise.concurrent_calls']
    tier_enterprise_cps_cores__l, tier_enterprise_cps_cores__t, tier_enterprise_cps_cores__h = L['tier.enterprise.cps_cores']
    tier_enterprise_cpu_cores__l, tier_enterprise_cpu_cores__t, tier_enterprise_cpu_cores__h = L['tier.enterprise.cpu_cores']
    tier_enterprise_ram_bytes__l, tier_enterprise_ram_bytes__t, tier_enterprise_ram_bytes__h = L['tier.enterprise.ram_bytes']
    tier_enterprise_disk_bytes__l, tier_enterprise_disk_bytes__t, tier_enterprise_disk_bytes__h = L['tier.enterprise.disk_bytes']
    tier_enterprise_write_operations_per_second__l, tier_enterprise_write_operations_per_second__t, tier_enterprise_write_operations_per_second__h = L['tier.enterprise.write_operations_per_second']
    given_ram__l, given_ram__t, given_ram__h = L['given.ram']
    server_ram__l, server_ram__t, server_ram__h = L['server.ram']
    given_cores__l, given_cores__t, given_cores__h = L['given.cores']
    server_cores__l, server_cores__t, server_cores__h = L['server.cores']
    given_disk__l, given_disk__t, given_disk__h = L['given.disk']
    server_disk__l, server_disk__t, server_disk__h = L['server.disk']
    disk_horizon__l, disk_horizon__t, disk_horizon__h = L['disk.horizon']
    database_small_cache_bytes__l, database_small_cache_bytes__t, database_small_cache_bytes__h = L['database.small_cache_bytes']
    database_pool_share__l, database_pool_share__t, database_pool_share__h = L['database.pool_share']
    database_myisam__l, database_myisam__t, database_myisam__h = L['database.myisam']
    database_small_key_buffer_bytes__l, database_small_key_buffer_bytes__t, database_small_key_buffer_bytes__h = L['database.small_key_buffer_bytes']
    database_key_buffer_share__l, database_key_buffer_share__t, database_key_buffer_share__h = L['database.key_buffer_share']
    kernel_udp_memory_share__l, kernel_udp_memory_share__t, kernel_udp_memory_share__h = L['kernel.udp_memory_share']
    kernel_page_bytes__l, kernel_page_bytes__t, kernel_page_bytes__h = L['kernel.page_bytes']
    tier_carrier_concurrent_calls__l, tier_carrier_concurrent_calls__t, tier_carrier_concurrent_calls__h = L['tier.carrier.concurrent_calls']
    tier_carrier_cps_cores__l, tier_carrier_cps_cores__t, tier_carrier_cps_cores__h = L['tier.carrier.cps_cores']
    tier_carrier_cpu_cores__l, tier_carrier_cpu_cores__t, tier_carrier_cpu_cores__h = L['tier.carrier.cpu_cores']
    tier_carrier_ram_bytes__l, tier_carrier_ram_bytes__t, tier_carrier_ram_bytes__h = L['tier.carrier.ram_bytes']
    tier_carrier_disk_bytes__l, tier_carrier_disk_bytes__t, tier_carrier_disk_bytes__h = L['tier.carrier.disk_bytes']
    tier_carrier_write_operations_per_second__l, tier_carrier_write_operations_per_second__t, tier_carrier_write_operations_per_second__h = L['tier.carrier.write_operations_per_second']
    traffic_hold_seconds__t = (traffic_setup_time__t + (traffic_asr__t * traffic_acd__t))
    traffic_hold_seconds__l = (traffic_setup_time__l + (traffic_asr__l * traffic_acd__l))
    traffic_hold_seconds__h = (traffic_setup_time__h + (traffic_asr__h * traffic_acd__h))
    traffic_talking_erlangs__t = (((given_daily_minutes__t * 60) / 86400) * traffic_peak_factor__t)
    traffic_talking_erlangs__l = (((given_daily_minutes__l * 60) / 86400) * traffic_peak_factor__l)
    traffic_talking_erlangs__h = (((given_daily_minutes__h * 60) / 86400) * traffic_peak_factor__h)
    traffic_cps__t = ((erlangs(given_concurrent_calls__t, traffic_blocking__t) / traffic_hold_seconds__t) if given_by_calls__t else ((traffic_talking_erlangs__t / (traffic_asr__t * traffic_acd__t)) if given_by_minutes__t else given_cps__t))
    traffic_cps__l = ((erlangs(given_concurrent_calls__l, traffic_blocking__l) / traffic_hold_seconds__h) if given_by_calls__t else ((traffic_talking_erlangs__l / (traffic_asr__h * traffic_acd__h)) if given_by_minutes__t else given_cps__l))
    traffic_cps__h = ((erlangs(given_concurrent_calls__h, traffic_blocking__h) / traffic_hold_seconds__l) if given_by_calls__t else ((traffic_talking_erlangs__h / (traffic_asr__l * traffic_acd__l)) if given_by_minutes__t else given_cps__h))
    traffic_answered_cps__t = (traffic_cps__t * traffic_asr__t)
    traffic_answered_cps__l = (traffic_cps__l * traffic_asr__l)
    traffic_answered_cps__h = (traffic_cps__h * traffic_asr__h)
    traffic_egress_cps__t = (traffic_cps__t * traffic_egress_attempts__t)
    traffic_egress_cps__l = (traffic_cps__l * traffic_egress_attempts__l)
    traffic_egress_cps__h = (traffic_cps__h * traffic_egress_attempts__h)
    traffic_offered_erlangs__t = (erlangs(given_concurrent_calls__t, traffic_blocking__t) if given_by_calls__t else ((traffic_talking_erlangs__t + (traffic_cps__t * traffic_setup_time__t)) if given_by_minutes__t else (traffic_cps__t * traffic_hold_seconds__t)))
    traffic_offered_erlangs__l = (erlangs(given_concurrent_calls__l, traffic_blocking__l) if given_by_calls__t else ((traffic_talking_erlangs__l + (traffic_cps__l * traffic_setup_time__l)) if given_by_minutes__t else (traffic_cps__l * traffic_hold_seconds__l)))
    traffic_offered_erlangs__h = (erlangs(given_concurrent_calls__h, traffic_blocking__h) if given_by_calls__t else ((traffic_talking_erlangs__h + (traffic_cps__h * traffic_setup_time__h)) if given_by_minutes__t else (traffic_cps__h * traffic_hold_seconds__h)))
    traffic_concurrent_calls__t = traffic_offered_erlangs__t
    traffic_concurrent_calls__l = traffic_offered_erlangs__l
    traffic_concurrent_calls__h = traffic_offered_erlangs__h
    traffic_concurrent_calls_peak__t = (given_concurrent_calls__t if given_peak__t else (finite_channels(traffic_offered_erlangs__t, traffic_sources__t, traffic_blocking__t) if given_finite__t else channels(traffic_offered_erlangs__t, traffic_blocking__t)))
    traffic_concurrent_calls_peak__l = (given_concurrent_calls__l if given_peak__t else (finite_channels(traffic_offered_erlangs__l, traffic_sources__t, traffic_blocking__h) if given_finite__t else channels(traffic_offered_erlangs__l, traffic_blocking__h)))
    traffic_concurrent_calls_peak__h = (given_concurrent_calls__h if given_peak__t else (finite_channels(traffic_offered_erlangs__h, traffic_sources__t, traffic_blocking__l) if given_finite__t else channels(traffic_offered_erlangs__h, traffic_blocking__l)))
    traffic_concurrent_calls_p95__t = level(traffic_offered_erlangs__t, probability_p95__t)
    traffic_concurrent_calls_p95__l = level(traffic_offered_erlangs__l, probability_p95__l)
    traffic_concurrent_calls_p95__h = level(traffic_offered_erlangs__h, probability_p95__h)
    traffic_concurrent_calls_p99__t = level(traffic_offered_erlangs__t, probability_p99__t)
    traffic_concurrent_calls_p99__l = level(traffic_offered_erlangs__l, probability_p99__l)
    traffic_concurrent_calls_p99__h = level(traffic_offered_erlangs__h, probability_p99__h)
    traffic_concurrent_calls_busiest__t = busiest(traffic_offered_erlangs__t, traffic_hold_seconds__t, probability_median__t)
    traffic_concurrent_calls_busiest__l = busiest(traffic_offered_erlangs__l, traffic_hold_seconds__h, probability_median__t)
    traffic_concurrent_calls_busiest__h = busiest(traffic_offered_erlangs__h, traffic_hold_seconds__l, probability_median__t)
    traffic_mean_to_peak__t = ((1 / traffic_peak_factor__t) if given_by_minutes__t else traffic_load_factor__t)
    traffic_mean_to_peak__l = ((1 / traffic_peak_factor__h) if given_by_minutes__t else traffic_load_factor__l)
    traffic_mean_to_peak__h = ((1 / traffic_peak_factor__l) if given_by_minutes__t else traffic_load_factor__h)
    traffic_attempts_per_day__t = ((traffic_cps__t * 86400) * traffic_mean_to_peak__t)
    traffic_attempts_per_day__l = ((traffic_cps__l * 86400) * traffic_mean_to_peak__l)
    traffic_attempts_per_day__h = ((traffic_cps__h * 86400) * traffic_mean_to_peak__h)
    traffic_minutes_per_day__t = ((((traffic_answered_cps__t * traffic_acd__t) * 86400) / 60) * traffic_mean_to_peak__t)
    traffic_minutes_per_day__l = ((((traffic_answered_cps__l * traffic_acd__l) * 86400) / 60) * traffic_mean_to_peak__l)
    traffic_minutes_per_day__h = ((((traffic_answered_cps__h * traffic_acd__h) * 86400) / 60) * traffic_mean_to_peak__h)
    network_extra_bytes__t = ((((header_ipv6__t - header_ipv4__t) if option_ipv6__t else 0) + (framing_vlan_bytes__t if option_vlan__t else 0)) + (header_srtp_tag__t if option_srtp__t else 0))
    network_extra_bytes__l = ((((header_ipv6__l - header_ipv4__h) if option_ipv6__t else 0) + (framing_vlan_bytes__l if option_vlan__t else 0)) + (header_srtp_tag__l if option_srtp__t else 0))
    network_extra_bytes__h = ((((header_ipv6__h - header_ipv4__l) if option_ipv6__t else 0) + (framing_vlan_bytes__h if option_vlan__t else 0)) + (header_srtp_tag__h if option_srtp__t else 0))
    network_packet_overhead__t = ((((header_rtp__t + header_udp__t) + header_ipv4__t) + framing_link_bytes__t) + network_extra_bytes__t)
    network_packet_overhead__l = ((((header_rtp__l + header_udp__l) + header_ipv4__l) + framing_link_bytes__l) + network_extra_bytes__l)
    network_packet_overhead__h = ((((header_rtp__h + header_udp__h) + header_ipv4__h) + framing_link_bytes__h) + network_extra_bytes__h)
    network_wire_overhead__t = ((((header_rtp__t + header_udp__t) + header_ipv4__t) + framing_wire_bytes__t) + network_extra_bytes__t)
    network_wire_overhead__l = ((((header_rtp__l + header_udp__l) + header_ipv4__l) + framing_wire_bytes__l) + network_extra_bytes__l)
    network_wire_overhead__h = ((((header_rtp__h + header_udp__h) + header_ipv4__h) + framing_wire_bytes__h) + network_extra_bytes__h)
    network_caller_bits_per_second__t = ((codec_caller_documented_bits_per_second__t + ((codec_caller_packets_per_second__t * network_extra_bytes__t) * 8)) if framing_documented__t else ((codec_caller_payload__t + (codec_caller_packets_per_second__t * network_packet_overhead__t)) * 8))
    network_caller_bits_per_second__l = ((codec_caller_documented_bits_per_second__l + ((codec_caller_packets_per_second__l * network_extra_bytes__l) * 8)) if framing_documented__t else ((codec_caller_payload__l + (codec_caller_packets_per_second__l * network_packet_overhead__l)) * 8))
    network_caller_bits_per_second__h = ((codec_caller_documented_bits_per_second__h + ((codec_caller_packets_per_second__h * network_extra_bytes__h) * 8)) if framing_documented__t else ((codec_caller_payload__h + (codec_caller_packets_per_second__h * network_packet_overhead__h)) * 8))
    network_callee_bits_per_second__t = ((codec_callee_documented_bits_per_second__t + ((codec_callee_packets_per_second__t * network_extra_bytes__t) * 8)) if framing_documented__t else ((codec_callee_payload__t + (codec_callee_packets_per_second__t * network_packet_overhead__t)) * 8))
    network_callee_bits_per_second__l = ((codec_callee_documented_bits_per_second__l + ((codec_callee_packets_per_second__l * network_extra_bytes__l) * 8)) if framing_documented__t else ((codec_callee_payload__l + (codec_callee_packets_per_second__l * network_packet_overhead__l)) * 8))
    network_callee_bits_per_second__h = ((codec_callee_documented_bits_per_second__h + ((codec_callee_packets_per_second__h * network_extra_bytes__h) * 8)) if framing_documented__t else ((codec_callee_payload__h + (codec_callee_packets_per_second__h * network_packet_overhead__h)) * 8))
    network_bits_per_second_per_call_leg__t = max(network_caller_bits_per_second__t, network_callee_bits_per_second__t)
    network_bits_per_second_per_call_leg__l = max(network_caller_bits_per_second__l, network_callee_bits_per_second__l)
    network_bits_per_second_per_call_leg__h = max(network_caller_bits_per_second__h, network_callee_bits_per_second__h)
    network_bits_per_second_per_call__t = (network_caller_bits_per_second__t + network_callee_bits_per_second__t)
    network_bits_per_second_per_call__l = (network_caller_bits_per_second__l + network_callee_bits_per_second__l)
    network_bits_per_second_per_call__h = (network_caller_bits_per_second__h + network_callee_bits_per_second__h)
    network_media_bits_per_second__t = ((traffic_concurrent_calls_peak__t * network_bits_per_second_per_call__t) if server_media__t else 0)
    network_media_bits_per_second__l = ((traffic_concurrent_calls_peak__l * network_bits_per_second_per_call__l) if server_media__t else 0)
    network_media_bits_per_second__h = ((traffic_concurrent_calls_peak__h * network_bits_per_second_per_call__h) if server_media__t else 0)
    network_packets_per_second_per_call__t = (codec_caller_packets_per_second__t + codec_callee_packets_per_second__t)
    network_packets_per_second_per_call__l = (codec_caller_packets_per_second__l + codec_callee_packets_per_second__l)
    network_packets_per_second_per_call__h = (codec_caller_packets_per_second__h + codec_callee_packets_per_second__h)
    network_packets_per_second__t = ((traffic_concurrent_calls_peak__t * network_packets_per_second_per_call__t) if server_media__t else 0)
    network_packets_per_second__l = ((traffic_concurrent_calls_peak__l * network_packets_per_second_per_call__l) if server_media__t else 0)
    network_packets_per_second__h = ((traffic_concurrent_calls_peak__h * network_packets_per_second_per_call__h) if server_media__t else 0)
    network_rtcp_bits_per_second__t = (((traffic_concurrent_calls_peak__t * min((rtcp_share__t * network_bits_per_second_per_call__t), (((rtcp_packet_bytes__t * 8) + (rtcp_packet_bytes__t * 8)) / rtcp_interval__t))) if server_media__t else 0) if option_rtcp__t else 0)
    network_rtcp_bits_per_second__l = (((traffic_concurrent_calls_peak__l * min((rtcp_share__l * network_bits_per_second_per_call__l), (((rtcp_packet_bytes__l * 8) + (rtcp_packet_bytes__l * 8)) / rtcp_interval__h))) if server_media__t else 0) if option_rtcp__t else 0)
    network_rtcp_bits_per_second__h = (((traffic_concurrent_calls_peak__h * min((rtcp_share__h * network_bits_per_second_per_call__h), (((rtcp_packet_bytes__h * 8) + (rtcp_packet_bytes__h * 8)) / rtcp_interval__l))) if server_media__t else 0) if option_rtcp__t else 0)
    network_rtcp_packets_per_second__t = ((((traffic_concurrent_calls_peak__t * (1 + 1)) / rtcp_interval__t) if server_media__t else 0) if option_rtcp__t else 0)
    network_rtcp_packets_per_second__l = ((((traffic_concurrent_calls_peak__l * (1 + 1)) / rtcp_interval__h) if server_media__t else 0) if option_rtcp__t else 0)
    network_rtcp_packets_per_second__h = ((((traffic_concurrent_calls_peak__h * (1 + 1)) / rtcp_interval__l) if server_media__t else 0) if option_rtcp__t else 0)
    network_signalling_documented_bits_per_second__t = (traffic_concurrent_calls_peak__t * sip_documented_bits_per_second_per_call__t)
    network_signalling_documented_bits_per_second__l = (traffic_concurrent_calls_peak__l * sip_documented_bits_per_second_per_call__l)
    network_signalling_documented_bits_per_second__h = (traffic_concurrent_calls_peak__h * sip_documented_bits_per_second_per_call__h)
    network_signalling_modelled_bits_per_second__t = (((((traffic_answered_cps__t * sip_answered_bytes__t) + (excess(traffic_egress_cps__t, traffic_answered_cps__t) * sip_failed_bytes__t)) + (sip_registrations_per_second__t * sip_registration_bytes__t)) * sip_retransmission_factor__t) * 8)
    network_signalling_modelled_bits_per_second__l = (((((traffic_answered_cps__l * sip_answered_bytes__l) + (excess(traffic_egress_cps__l, traffic_answered_cps__h) * sip_failed_bytes__l)) + (sip_registrations_per_second__l * sip_registration_bytes__l)) * sip_retransmission_factor__l) * 8)
    network_signalling_modelled_bits_per_second__h = (((((traffic_answered_cps__h * sip_answered_bytes__h) + (excess(traffic_egress_cps__h, traffic_answered_cps__l) * sip_failed_bytes__h)) + (sip_registrations_per_second__h * sip_registration_bytes__h)) * sip_retransmission_factor__h) * 8)
    network_signalling_bits_per_second__t = max(network_signalling_documented_bits_per_second__t, network_signalling_modelled_bits_per_second__t)
    network_signalling_bits_per_second__l = max(network_signalling_documented_bits_per_second__l, network_signalling_modelled_bits_per_second__l)
    network_signalling_bits_per_second__h = max(network_signalling_documented_bits_per_second__h, network_signalling_modelled_bits_per_second__h)
    network_total_bits_per_second__t = ((network_media_bits_per_second__t + network_rtcp_bits_per_second__t) + network_signalling_bits_per_second__t)
    network_total_bits_per_second__l = ((network_media_bits_per_second__l + network_rtcp_bits_per_second__l) + network_signalling_bits_per_second__l)
    network_total_bits_per_second__h = ((network_media_bits_per_second__h + network_rtcp_bits_per_second__h) + network_signalling_bits_per_second__h)
    network_billed_bits_per_second__t = (network_total_bits_per_second__t * link_directions__t)
    network_billed_bits_per_second__l = (network_total_bits_per_second__l * link_directions__l)
    network_billed_bits_per_second__h = (network_total_bits_per_second__h * link_directions__h)
    network_wire_bits_per_second__t = (((((traffic_concurrent_calls_peak__t * ((codec_caller_payload__t + codec_callee_payload__t) + (network_packets_per_second_per_call__t * network_wire_overhead__t))) * 8) if server_media__t else 0) + network_rtcp_bits_per_second__t) + network_signalling_bits_per_second__t)
    network_wire_bits_per_second__l = (((((traffic_concurrent_calls_peak__l * ((codec_caller_payload__l + codec_callee_payload__l) + (network_packets_per_second_per_call__l * network_wire_overhead__l))) * 8) if server_media__t else 0) + network_rtcp_bits_per_second__l) + network_signalling_bits_per_second__l)
    network_wire_bits_per_second__h = (((((traffic_concurrent_calls_peak__h * ((codec_caller_payload__h + codec_callee_payload__h) + (network_packets_per_second_per_call__h * network_wire_overhead__h))) * 8) if server_media__t else 0) + network_rtcp_bits_per_second__h) + network_signalling_bits_per_second__h)
    cdr_written_share__t = ((1 if cdr_every_attempt__t else traffic_asr__t) if cdr_text_files__t else 0)
    cdr_written_share__l = (((1 if cdr_every_attempt__t else traffic_asr__l) if cdr_recording_declared__t else traffic_asr__l) if cdr_text_files__t else 0)
    cdr_written_share__h = ((1 if cdr_every_attempt__t else traffic_asr__h) if cdr_text_files__t else 0)
    cdr_lines_per_second__t = (traffic_cps__t * cdr_written_share__t)
    cdr_lines_per_second__l = (traffic_cps__l * cdr_written_share__l)
    cdr_lines_per_second__h = (traffic_cps__h * cdr_written_share__h)
    cdr_lines_per_hour__t = (cdr_lines_per_second__t * 3600)
    cdr_lines_per_hour__l = (cdr_lines_per_second__l * 3600)
    cdr_lines_per_hour__h = (cdr_lines_per_second__h * 3600)
    cdr_bytes_per_hour__t = ((cdr_lines_per_second__t * cdr_line_bytes__t) * 3600)
    cdr_bytes_per_hour__l = ((cdr_lines_per_second__l * cdr_line_bytes__l) * 3600)
    cdr_bytes_per_hour__h = ((cdr_lines_per_second__h * cdr_line_bytes__h) * 3600)
    cdr_bytes_per_day__t = (((cdr_lines_per_second__t * cdr_line_bytes__t) * 86400) * traffic_mean_to_peak__t)
    cdr_bytes_per_day__l = (((cdr_lines_per_second__l * cdr_line_bytes__l) * 86400) * traffic_mean_to_peak__l)
    cdr_bytes_per_day__h = (((cdr_lines_per_second__h * cdr_line_bytes__h) * 86400) * traffic_mean_to_peak__h)
    cdr_bytes_per_file__t = ((cdr_lines_per_second__t * cdr_line_bytes__t) * cdr_interval__t)
    cdr_bytes_per_file__l = ((cdr_lines_per_second__l * cdr_line_bytes__l) * cdr_interval__l)
    cdr_bytes_per_file__h = ((cdr_lines_per_second__h * cdr_line_bytes__h) * cdr_interval__h)
    cdr_retention_seconds__t = (cdr_interval__t * cdr_max_files__t)
    cdr_retention_seconds__l = (cdr_interval__l * cdr_max_files__l)
    cdr_retention_seconds__h = (cdr_interval__h * cdr_max_files__h)
    cdr_policy_seconds__t = ((cdr_policy_days__t * 86400) if cdr_has_policy__t else cdr_retention_seconds__t)
    cdr_policy_seconds__l = ((cdr_policy_days__l * 86400) if cdr_has_policy__t else cdr_retention_seconds__l)
    cdr_policy_seconds__h = ((cdr_policy_days__h * 86400) if cdr_has_policy__t else cdr_retention_seconds__h)
    cdr_kept_seconds__t = min(cdr_retention_seconds__t, cdr_policy_seconds__t)
    cdr_kept_seconds__l = min(cdr_retention_seconds__l, cdr_policy_seconds__l)
    cdr_kept_seconds__h = min(cdr_retention_seconds__h, cdr_policy_seconds__h)
    cdr_retained_bytes__t = (((cdr_lines_per_second__t * cdr_line_bytes__t) * traffic_mean_to_peak__t) * cdr_kept_seconds__t)
    cdr_retained_bytes__l = (((cdr_lines_per_second__l * cdr_line_bytes__l) * traffic_mean_to_peak__l) * cdr_kept_seconds__l)
    cdr_retained_bytes__h = (((cdr_lines_per_second__h * cdr_line_bytes__h) * traffic_mean_to_peak__h) * cdr_kept_seconds__h)
    cdr_recommended_interval__t = falling(traffic_cps__t, table_cdr_interval)
    cdr_recommended_interval__l = falling(traffic_cps__h, table_cdr_interval)
    cdr_recommended_interval__h = falling(traffic_cps__l, table_cdr_interval)
    cdr_retention_seconds_at_recommended_interval__t = (cdr_recommended_interval__t * cdr_max_files__t)
    cdr_retention_seconds_at_recommended_interval__l = (cdr_recommended_interval__l * cdr_max_files__l)
    cdr_retention_seconds_at_recommended_interval__h = (cdr_recommended_interval__h * cdr_max_files__h)
    cdr_required_max_files__t = ceil((cdr_policy_seconds__t / cdr_interval__t))
    cdr_required_max_files__l = ceil((cdr_policy_seconds__l / cdr_interval__h))
    cdr_required_max_files__h = ceil((cdr_policy_seconds__h / cdr_interval__l))
    cdr_required_max_files_at_recommended_interval__t = ceil((cdr_policy_seconds__t / cdr_recommended_interval__t))
    cdr_required_max_files_at_recommended_interval__l = ceil((cdr_policy_seconds__l / cdr_recommended_interval__h))
    cdr_required_max_files_at_recommended_interval__h = ceil((cdr_policy_seconds__h / cdr_recommended_interval__l))
    cdr_shortest_interval_for_policy__t = max(cdr_interval_minimum__t, ceil((cdr_policy_seconds__t / cdr_files_maximum__t)))
    cdr_shortest_interval_for_policy__l = max(cdr_interval_minimum__l, ceil((cdr_policy_seconds__l / cdr_files_maximum__h)))
    cdr_shortest_interval_for_policy__h = max(cdr_interval_minimum__h, ceil((cdr_policy_seconds__h / cdr_files_maximum__l)))
    cdr_archive_bytes_per_day__t = (exceeds((cdr_required_max_files__t / cdr_files_maximum__t)) * cdr_bytes_per_day__t)
    cdr_archive_bytes_per_day__l = (exceeds((cdr_required_max_files__l / cdr_files_maximum__h)) * cdr_bytes_per_day__l)
    cdr_archive_bytes_per_day__h = (exceeds((cdr_required_max_files__h / cdr_files_maximum__l)) * cdr_bytes_per_day__h)
    cdr_file_size_share__t = (cdr_bytes_per_file__t / cdr_comfortable_file_bytes__t)
    cdr_file_size_share__l = (cdr_bytes_per_file__l / cdr_comfortable_file_bytes__h)
    cdr_file_size_share__h = (cdr_bytes_per_file__h / cdr_comfortable_file_bytes__l)
    database_inserts_per_second__t = (traffic_cps__t if database_zero_hold_rows__t else traffic_answered_cps__t)
    database_inserts_per_second__l = (traffic_cps__l if database_zero_hold_rows__t else traffic_answered_cps__l)
    database_inserts_per_second__h = (traffic_cps__h if database_zero_hold_rows__t else traffic_answered_cps__h)
    database_inserts_per_minute__t = (database_inserts_per_second__t * 60)
    database_inserts_per_minute__l = (database_inserts_per_second__l * 60)
    database_inserts_per_minute__h = (database_inserts_per_second__h * 60)
    database_rows_per_day__t = ((database_inserts_per_second__t * 86400) * traffic_mean_to_peak__t)
    database_rows_per_day__l = ((database_inserts_per_second__l * 86400) * traffic_mean_to_peak__l)
    database_rows_per_day__h = ((database_inserts_per_second__h * 86400) * traffic_mean_to_peak__h)
    database_bytes_per_day__t = (database_rows_per_day__t * database_row_bytes__t)
    database_bytes_per_day__l = (database_rows_per_day__l * database_row_bytes__l)
    database_bytes_per_day__h = (database_rows_per_day__h * database_row_bytes__h)
    database_retained_bytes__t = (database_bytes_per_day__t * database_days__t)
    database_retained_bytes__l = (database_bytes_per_day__l * database_days__l)
    database_retained_bytes__h = (database_bytes_per_day__h * database_days__h)
    database_hot_index_bytes__t = (((database_inserts_per_second__t * traffic_mean_to_peak__t) * database_index_bytes__t) * database_hot_index_window__t)
    database_hot_index_bytes__l = (((database_inserts_per_second__l * traffic_mean_to_peak__l) * database_index_bytes__l) * database_hot_index_window__l)
    database_hot_index_bytes__h = (((database_inserts_per_second__h * traffic_mean_to_peak__h) * database_index_bytes__h) * database_hot_index_window__h)
    database_hot_bytes__t = (database_hot_index_bytes__t + ((database_inserts_per_second__t * database_row_bytes__t) * database_hot_rows_window__t))
    database_hot_bytes__l = (database_hot_index_bytes__l + ((database_inserts_per_second__l * database_row_bytes__l) * database_hot_rows_window__l))
    database_hot_bytes__h = (database_hot_index_bytes__h + ((database_inserts_per_second__h * database_row_bytes__h) * database_hot_rows_window__h))
    database_redo_bytes__t = min(max(((database_inserts_per_second__t * database_redo_row_bytes__t) * database_redo_window__t), (database_log_file_floor__t * database_redo_files__t)), database_redo_limit_bytes__t)
    database_redo_bytes__l = min(max(((database_inserts_per_second__l * database_redo_row_bytes__l) * database_redo_window__l), (database_log_file_floor__l * database_redo_files__l)), database_redo_limit_bytes__l)
    database_redo_bytes__h = min(max(((database_inserts_per_second__h * database_redo_row_bytes__h) * database_redo_window__h), (database_log_file_floor__h * database_redo_files__h)), database_redo_limit_bytes__h)
    database_log_file_bytes__t = (database_redo_bytes__t / database_redo_files__t)
    database_log_file_bytes__l = (database_redo_bytes__l / database_redo_files__h)
    database_log_file_bytes__h = (database_redo_bytes__h / database_redo_files__l)
    database_connection_bytes__t = (database_connections__t * database_bytes_per_connection__t)
    database_connection_bytes__l = (database_connections__l * database_bytes_per_connection__l)
    database_connection_bytes__h = (database_connections__h * database_bytes_per_connection__h)
    database_file_descriptors__t = max(max(((database_reserved_descriptors__t + database_connections__t) + (database_table_cache__t * database_descriptors_per_table__t)), (database_connections__t * database_descriptors_per_connection__t)), database_least_descriptors__t)
    database_file_descriptors__l = max(max(((database_reserved_descriptors__l + database_connections__l) + (database_table_cache__l * database_descriptors_per_table__l)), (database_connections__l * database_descriptors_per_connection__l)), database_least_descriptors__l)
    database_file_descriptors__h = max(max(((database_reserved_descriptors__h + database_connections__h) + (database_table_cache__h * database_descriptors_per_table__h)), (database_connections__h * database_descriptors_per_connection__h)), database_least_descriptors__h)
    database_fsyncs_per_second__t = (((database_inserts_per_second__t if database_flush_every_commit__t else 0) + database_background_fsyncs__t) if database_innodb__t else 0)
    database_fsyncs_per_second__l = (((database_inserts_per_second__l if database_flush_every_commit__t else 0) + database_background_fsyncs__l) if database_innodb__t else 0)
    database_fsyncs_per_second__h = (((database_inserts_per_second__h if database_flush_every_commit__t else 0) + database_background_fsyncs__h) if database_innodb__t else 0)
    database_write_operations_per_second__t = ((database_inserts_per_second__t * database_page_writes_per_row__t) + database_fsyncs_per_second__t)
    database_write_operations_per_second__l = ((database_inserts_per_second__l * database_page_writes_per_row__l) + database_fsyncs_per_second__l)
    database_write_operations_per_second__h = ((database_inserts_per_second__h * database_page_writes_per_row__h) + database_fsyncs_per_second__h)
    limit_calls__t = (limit_calls_media__t if server_media__t else limit_calls_signalling__t)
    limit_calls__l = (limit_calls_media__l if server_media__t else limit_calls_signalling__l)
    limit_calls__h = (limit_calls_media__h if server_media__t else limit_calls_signalling__h)
    limit_cps__t = (limit_cps_media__t if server_media__t else limit_cps_signalling__t)
    limit_cps__l = (limit_cps_media__l if server_media__t else limit_cps_signalling__l)
    limit_cps__h = (limit_cps_media__h if server_media__t else limit_cps_signalling__h)
    hardware_servers_for_calls__t = (ceil((traffic_concurrent_calls_peak__t / limit_calls__t)) if given_direct__t else ceil((traffic_offered_erlangs__t / erlangs(limit_calls__t, traffic_blocking__t))))
    hardware_servers_for_calls__l = (ceil((traffic_concurrent_calls_peak__l / limit_calls__h)) if given_direct__t else ceil((traffic_offered_erlangs__l / erlangs(limit_calls__h, traffic_blocking__h))))
    hardware_servers_for_calls__h = (ceil((traffic_concurrent_calls_peak__h / limit_calls__l)) if given_direct__t else ceil((traffic_offered_erlangs__h / erlangs(limit_calls__l, traffic_blocking__l))))
    hardware_servers_for_cps__t = ceil((traffic_cps__t / limit_cps__t))
    hardware_servers_for_cps__l = ceil((traffic_cps__l / limit_cps__h))
    hardware_servers_for_cps__h = ceil((traffic_cps__h / limit_cps__l))
    kernel_udp_ports__t = ((traffic_concurrent_calls_peak__t * kernel_ports_per_call__t) if server_media__t else 0)
    kernel_udp_ports__l = ((traffic_concurrent_calls_peak__l * kernel_ports_per_call__l) if server_media__t else 0)
    kernel_udp_ports__h = ((traffic_concurrent_calls_peak__h * kernel_ports_per_call__h) if server_media__t else 0)
    hardware_servers_for_ports__t = ceil((kernel_udp_ports__t / kernel_ports_available__t))
    hardware_servers_for_ports__l = ceil((kernel_udp_ports__l / kernel_ports_available__h))
    hardware_servers_for_ports__h = ceil((kernel_udp_ports__h / kernel_ports_available__l))
    hardware_servers_for_nic__t = (ceil((network_wire_bits_per_second__t / (server_nic__t * link_ceiling__t))) if given_nic__t else 1)
    hardware_servers_for_nic__l = (ceil((network_wire_bits_per_second__l / (server_nic__h * link_ceiling__h))) if given_nic__t else 1)
    hardware_servers_for_nic__h = (ceil((network_wire_bits_per_second__h / (server_nic__l * link_ceiling__l))) if given_nic__t else 1)
    hardware_servers__t = max(1, hardware_servers_for_calls__t, hardware_servers_for_cps__t, hardware_servers_for_ports__t, hardware_servers_for_nic__t)
    hardware_servers__l = max(1, hardware_servers_for_calls__l, hardware_servers_for_cps__l, hardware_servers_for_ports__l, hardware_servers_for_nic__l)
    hardware_servers__h = max(1, hardware_servers_for_calls__h, hardware_servers_for_cps__h, hardware_servers_for_ports__h, hardware_servers_for_nic__h)
    hardware_servers_planned__t = (topology_servers__t if given_servers__t else hardware_servers__t)
    hardware_servers_planned__l = (topology_servers__l if given_servers__t else hardware_servers__l)
    hardware_servers_planned__h = (topology_servers__h if given_servers__t else hardware_servers__h)
    hardware_servers_spare__t = topology_spare__t
    hardware_servers_spare__l = topology_spare__l
    hardware_servers_spare__h = topology_spare__h
    hardware_servers_standby__t = (hardware_servers_planned__t if topology_dr__t else 0)
    hardware_servers_standby__l = (hardware_servers_planned__l if topology_dr__t else 0)
    hardware_servers_standby__h = (hardware_servers_planned__h if topology_dr__t else 0)
    hardware_servers_total__t = ((hardware_servers_planned__t + hardware_servers_spare__t) + hardware_servers_standby__t)
    hardware_servers_total__l = ((hardware_servers_planned__l + hardware_servers_spare__l) + hardware_servers_standby__l)
    hardware_servers_total__h = ((hardware_servers_planned__h + hardware_servers_spare__h) + hardware_servers_standby__h)
    server_share__t = (1 / hardware_servers_planned__t)
    server_share__l = server_share__t
    server_share__h = server_share__t
    server_cps__t = (traffic_cps__t * server_share__t)
    server_cps__l = (traffic_cps__l * server_share__l)
    server_cps__h = (traffic_cps__h * server_share__h)
    server_concurrent_calls__t = (ceil((traffic_concurrent_calls_peak__t * server_share__t)) if given_direct__t else channels((traffic_offered_erlangs__t * server_share__t), traffic_blocking__t))
    server_concurrent_calls__l = (ceil((traffic_concurrent_calls_peak__l * server_share__l)) if given_direct__t else channels((traffic_offered_erlangs__l * server_share__l), traffic_blocking__h))
    server_concurrent_calls__h = (ceil((traffic_concurrent_calls_peak__h * server_share__h)) if given_direct__t else channels((traffic_offered_erlangs__h * server_share__h), traffic_blocking__l))
    server_wire_bits_per_second__t = (network_wire_bits_per_second__t * server_share__t)
    server_wire_bits_per_second__l = (network_wire_bits_per_second__l * server_share__l)
    server_wire_bits_per_second__h = (network_wire_bits_per_second__h * server_share__h)
    server_packets_per_second__t = ((network_packets_per_second__t + network_rtcp_packets_per_second__t) * server_share__t)
    server_packets_per_second__l = ((network_packets_per_second__l + network_rtcp_packets_per_second__l) * server_share__l)
    server_packets_per_second__h = ((network_packets_per_second__h + network_rtcp_packets_per_second__h) * server_share__h)
    network_nic_bits_per_second__t = rung((server_wire_bits_per_second__t / link_ceiling__t), table_link_rates)
    network_nic_bits_per_second__l = rung((server_wire_bits_per_second__l / link_ceiling__h), table_link_rates)
    network_nic_bits_per_second__h = rung((server_wire_bits_per_second__h / link_ceiling__l), table_link_rates)
    server_write_operations_per_second__t = (database_write_operations_per_second__t * server_share__t)
    server_write_operations_per_second__l = (database_write_operations_per_second__l * server_share__l)
    server_write_operations_per_second__h = (database_write_operations_per_second__h * server_share__h)
    kernel_conntrack_entries__t = ((kernel_udp_ports__t + (((traffic_answered_cps__t * kernel_ports_per_call__t) * kernel_conntrack_timeout__t) if server_media__t else 0)) + sip_peers__t)
    kernel_conntrack_entries__l = ((kernel_udp_ports__l + (((traffic_answered_cps__l * kernel_ports_per_call__l) * kernel_conntrack_timeout__l) if server_media__t else 0)) + sip_peers__l)
    kernel_conntrack_entries__h = ((kernel_udp_ports__h + (((traffic_cps__h * kernel_ports_per_call__h) * kernel_conntrack_timeout__h) if server_media__t else 0)) + sip_peers__h)
    kernel_file_descriptors__t = ceil(((kernel_udp_ports__t + kernel_service_descriptors__t) * kernel_descriptor_headroom__t))
    kernel_file_descriptors__l = ceil(((kernel_udp_ports__l + kernel_service_descriptors__l) * kernel_descriptor_headroom__l))
    kernel_file_descriptors__h = ceil(((kernel_udp_ports__h + kernel_service_descriptors__h) * kernel_descriptor_headroom__h))
    server_udp_ports__t = ((server_concurrent_calls__t * kernel_ports_per_call__t) if server_media__t else 0)
    server_udp_ports__l = ((server_concurrent_calls__l * kernel_ports_per_call__l) if server_media__t else 0)
    server_udp_ports__h = ((server_concurrent_calls__h * kernel_ports_per_call__h) if server_media__t else 0)
    server_conntrack_entries__t = ((server_udp_ports__t + ((((traffic_answered_cps__t * server_share__t) * kernel_ports_per_call__t) * kernel_conntrack_timeout__t) if server_media__t else 0)) + sip_peers__t)
    server_conntrack_entries__l = ((server_udp_ports__l + ((((traffic_answered_cps__l * server_share__l) * kernel_ports_per_call__l) * kernel_conntrack_timeout__l) if server_media__t else 0)) + sip_peers__l)
    server_conntrack_entries__h = ((server_udp_ports__h + ((((traffic_cps__h * server_share__h) * kernel_ports_per_call__h) * kernel_conntrack_timeout__h) if server_media__t else 0)) + sip_peers__h)
    server_conntrack_max__t = max(kernel_conntrack_default__t, power_of_two((server_conntrack_entries__t * kernel_conntrack_headroom__t)))
    server_conntrack_max__l = max(kernel_conntrack_default__l, power_of_two((server_conntrack_entries__l * kernel_conntrack_headroom__l)))
    server_conntrack_max__h = max(kernel_conntrack_default__h, power_of_two((server_conntrack_entries__h * kernel_conntrack_headroom__h)))
    server_conntrack_buckets__t = power_of_two((server_conntrack_max__t / kernel_conntrack_per_bucket__t))
    server_conntrack_buckets__l = power_of_two((server_conntrack_max__l / kernel_conntrack_per_bucket__h))
    server_conntrack_buckets__h = power_of_two((server_conntrack_max__h / kernel_conntrack_per_bucket__l))
    server_file_descriptors__t = ceil(((server_udp_ports__t + kernel_service_descriptors__t) * kernel_descriptor_headroom__t))
    server_file_descriptors__l = ceil(((server_udp_ports__l + kernel_service_descriptors__l) * kernel_descriptor_headroom__l))
    server_file_descriptors__h = ceil(((server_udp_ports__h + kernel_service_descriptors__h) * kernel_descriptor_headroom__h))
    server_sip_socket_bytes__t = (((server_cps__t * sip_messages_per_attempt__t) * kernel_sip_burst__t) * kernel_packet_memory__t)
    server_sip_socket_bytes__l = (((server_cps__l * sip_messages_per_attempt__l) * kernel_sip_burst__l) * kernel_packet_memory__l)
    server_sip_socket_bytes__h = (((server_cps__h * sip_messages_per_attempt__h) * kernel_sip_burst__h) * kernel_packet_memory__h)
    cpu_share__t = (cpu_share_media__t if server_media__t else cpu_share_signalling__t)
    cpu_share__l = (cpu_share_media__l if server_media__t else cpu_share_signalling__l)
    cpu_share__h = (cpu_share_media__h if server_media__t else cpu_share_signalling__h)
    hardware_cpu_cores__t = ((((traffic_concurrent_calls_peak__t / cpu_reference_calls__t) * cpu_share__t) * limit_reference_cores__t) * (1 + (codec_transcoded_share__t * excess(cpu_transcoding_factor__t, 1))))
    hardware_cpu_cores__l = ((((traffic_concurrent_calls_peak__l / cpu_reference_calls__h) * cpu_share__l) * limit_reference_cores__l) * (1 + (codec_transcoded_share__l * excess(cpu_transcoding_factor__l, 1))))
    hardware_cpu_cores__h = ((((traffic_concurrent_calls_peak__h / cpu_reference_calls__l) * cpu_share__h) * limit_reference_cores__h) * (1 + (codec_transcoded_share__h * excess(cpu_transcoding_factor__h, 1))))
    server_cpu_cores__t = ((((server_concurrent_calls__t / cpu_reference_calls__t) * cpu_share__t) * limit_reference_cores__t) * (1 + (codec_transcoded_share__t * excess(cpu_transcoding_factor__t, 1))))
    server_cpu_cores__l = ((((server_concurrent_calls__l / cpu_reference_calls__h) * cpu_share__l) * limit_reference_cores__l) * (1 + (codec_transcoded_share__l * excess(cpu_transcoding_factor__l, 1))))
    server_cpu_cores__h = ((((server_concurrent_calls__h / cpu_reference_calls__l) * cpu_share__h) * limit_reference_cores__h) * (1 + (codec_transcoded_share__h * excess(cpu_transcoding_factor__h, 1))))
    memory_fixed_bytes__t = (((memory_system_bytes__t + memory_java_bytes__t) + memory_softswitch_bytes__t) + database_connection_bytes__t)
    memory_fixed_bytes__l = (((memory_system_bytes__l + memory_java_bytes__l) + memory_softswitch_bytes__l) + database_connection_bytes__l)
    memory_fixed_bytes__h = (((memory_system_bytes__h + memory_java_bytes__h) + memory_softswitch_bytes__h) + database_connection_bytes__h)
    server_memory_without_cache__t = ((memory_fixed_bytes__t + (server_concurrent_calls__t * memory_call_bytes__t)) + (server_conntrack_entries__t * kernel_conntrack_entry_bytes__t))
    server_memory_without_cache__l = ((memory_fixed_bytes__l + (server_concurrent_calls__l * memory_call_bytes__l)) + (server_conntrack_entries__l * kernel_conntrack_entry_bytes__l))
    server_memory_without_cache__h = ((memory_fixed_bytes__h + (server_concurrent_calls__h * memory_call_bytes__h)) + (server_conntrack_entries__h * kernel_conntrack_entry_bytes__h))
    server_ram_bytes__t = ((server_memory_without_cache__t + ((database_hot_bytes__t * server_share__t) * database_pool_overhead__t)) / memory_ceiling__t)
    server_ram_bytes__l = ((server_memory_without_cache__l + ((database_hot_bytes__l * server_share__l) * database_pool_overhead__l)) / memory_ceiling__h)
    server_ram_bytes__h = ((server_memory_without_cache__h + ((database_hot_bytes__h * server_share__h) * database_pool_overhead__h)) / memory_ceiling__l)
    hardware_ram_bytes__t = (((((memory_fixed_bytes__t * hardware_servers__t) + (traffic_concurrent_calls_peak__t * memory_call_bytes__t)) + (kernel_conntrack_entries__t * kernel_conntrack_entry_bytes__t)) + (database_hot_bytes__t * database_pool_overhead__t)) / memory_ceiling__t)
    hardware_ram_bytes__l = (((((memory_fixed_bytes__l * hardware_servers__l) + (traffic_concurrent_calls_peak__l * memory_call_bytes__l)) + (kernel_conntrack_entries__l * kernel_conntrack_entry_bytes__l)) + (database_hot_bytes__l * database_pool_overhead__l)) / memory_ceiling__h)
    hardware_ram_bytes__h = (((((memory_fixed_bytes__h * hardware_servers__h) + (traffic_concurrent_calls_peak__h * memory_call_bytes__h)) + (kernel_conntrack_entries__h * kernel_conntrack_entry_bytes__h)) + (database_hot_bytes__h * database_pool_overhead__h)) / memory_ceiling__l)
    disk_fixed_bytes__t = (disk_system_bytes__t + disk_log_bytes__t)
    disk_fixed_bytes__l = (disk_system_bytes__l + disk_log_bytes__l)
    disk_fixed_bytes__h = (disk_system_bytes__h + disk_log_bytes__h)
    hardware_disk_bytes__t = (((cdr_retained_bytes__t + database_retained_bytes__t) + (disk_fixed_bytes__t * hardware_servers__t)) / disk_ceiling__t)
    hardware_disk_bytes__l = (((cdr_retained_bytes__l + database_retained_bytes__l) + (disk_fixed_bytes__l * hardware_servers__l)) / disk_ceiling__h)
    hardware_disk_bytes__h = (((cdr_retained_bytes__h + database_retained_bytes__h) + (disk_fixed_bytes__h * hardware_servers__h)) / disk_ceiling__l)
    server_disk_bytes__t = ((((cdr_retained_bytes__t + database_retained_bytes__t) * server_share__t) + disk_fixed_bytes__t) / disk_ceiling__t)
    server_disk_bytes__l = ((((cdr_retained_bytes__l + database_retained_bytes__l) * server_share__l) + disk_fixed_bytes__l) / disk_ceiling__h)
    server_disk_bytes__h = ((((cdr_retained_bytes__h + database_retained_bytes__h) * server_share__h) + disk_fixed_bytes__h) / disk_ceiling__l)
    disk_bytes_per_day__t = ((cdr_bytes_per_day__t + database_bytes_per_day__t) * server_share__t)
    disk_bytes_per_day__l = ((cdr_bytes_per_day__l + database_bytes_per_day__l) * server_share__l)
    disk_bytes_per_day__h = ((cdr_bytes_per_day__h + database_bytes_per_day__h) * server_share__h)
    tier_starter_concurrent_calls_available__t = min(limit_calls__t, (tier_starter_concurrent_calls__t * (1 if server_media__t else tier_signalling_factor__t)))
    tier_starter_concurrent_calls_available__l = min(limit_calls__t, (tier_starter_concurrent_calls__l * (1 if server_media__t else tier_signalling_factor__l)))
    tier_starter_concurrent_calls_available__h = min(limit_calls__t, (tier_starter_concurrent_calls__h * (1 if server_media__t else tier_signalling_factor__h)))
    tier_starter_concurrent_calls_load__t = (server_concurrent_calls__t / tier_starter_concurrent_calls_available__t)
    tier_starter_concurrent_calls_load__l = (server_concurrent_calls__l / tier_starter_concurrent_calls_available__h)
    tier_starter_concurrent_calls_load__h = (server_concurrent_calls__h / tier_starter_concurrent_calls_available__l)
    tier_starter_cps_available__t = ((limit_cps__t * tier_starter_cps_cores__t) / limit_reference_cores__t)
    tier_starter_cps_available__l = ((limit_cps__l * tier_starter_cps_cores__l) / limit_reference_cores__h)
    tier_starter_cps_available__h = ((limit_cps__h * tier_starter_cps_cores__h) / limit_reference_cores__l)
    tier_starter_cps_load__t = (server_cps__t / tier_starter_cps_available__t)
    tier_starter_cps_load__l = (server_cps__l / tier_starter_cps_available__h)
    tier_starter_cps_load__h = (server_cps__h / tier_starter_cps_available__l)
    tier_starter_cpu_cores_available__t = (tier_starter_cpu_cores__t * cpu_ceiling__t)
    tier_starter_cpu_cores_available__l = (tier_starter_cpu_cores__l * cpu_ceiling__l)
    tier_starter_cpu_cores_available__h = (tier_starter_cpu_cores__h * cpu_ceiling__h)
    tier_starter_cpu_cores_load__t = (server_cpu_cores__t / tier_starter_cpu_cores_available__t)
    tier_starter_cpu_cores_load__l = (server_cpu_cores__l / tier_starter_cpu_cores_available__h)
    tier_starter_cpu_cores_load__h = (server_cpu_cores__h / tier_starter_cpu_cores_available__l)
    tier_starter_ram_available__t = tier_starter_ram_bytes__t
    tier_starter_ram_available__l = tier_starter_ram_bytes__l
    tier_starter_ram_available__h = tier_starter_ram_bytes__h
    tier_starter_ram_load__t = (server_ram_bytes__t / tier_starter_ram_available__t)
    tier_starter_ram_load__l = (server_ram_bytes__l / tier_starter_ram_available__h)
    tier_starter_ram_load__h = (server_ram_bytes__h / tier_starter_ram_available__l)
    tier_starter_disk_available__t = tier_starter_disk_bytes__t
    tier_starter_disk_available__l = tier_starter_disk_bytes__l
    tier_starter_disk_available__h = tier_starter_disk_bytes__h
    tier_starter_disk_load__t = (server_disk_bytes__t / tier_starter_disk_available__t)
    tier_starter_disk_load__l = (server_disk_bytes__l / tier_starter_disk_available__h)
    tier_starter_disk_load__h = (server_disk_bytes__h / tier_starter_disk_available__l)
    tier_starter_disk_writes_available__t = tier_starter_write_operations_per_second__t
    tier_starter_disk_writes_available__l = tier_starter_write_operations_per_second__l
    tier_starter_disk_writes_available__h = tier_starter_write_operations_per_second__h
    tier_starter_disk_writes_load__t = (server_write_operations_per_second__t / tier_starter_disk_writes_available__t)
    tier_starter_disk_writes_load__l = (server_write_operations_per_second__l / tier_starter_disk_writes_available__h)
    tier_starter_disk_writes_load__h = (server_write_operations_per_second__h / tier_starter_disk_writes_available__l)
    tier_starter_packets_per_second_available__t = (tier_starter_cpu_cores__t * cpu_packets_per_core__t)
    tier_starter_packets_per_second_available__l = (tier_starter_cpu_cores__l * cpu_packets_per_core__l)
    tier_starter_packets_per_second_available__h = (tier_starter_cpu_cores__h * cpu_packets_per_core__h)
    tier_starter_packets_per_second_load__t = (server_packets_per_second__t / tier_starter_packets_per_second_available__t)
    tier_starter_packets_per_second_load__l = (server_packets_per_second__l / tier_starter_packets_per_second_available__h)
    tier_starter_packets_per_second_load__h = (server_packets_per_second__h / tier_starter_packets_per_second_available__l)
    tier_starter_load__t = max(tier_starter_concurrent_calls_load__t, tier_starter_cps_load__t, tier_starter_cpu_cores_load__t, tier_starter_ram_load__t, tier_starter_disk_load__t, tier_starter_disk_writes_load__t, tier_starter_packets_per_second_load__t)
    tier_starter_load__l = max(tier_starter_concurrent_calls_load__l, tier_starter_cps_load__l, tier_starter_cpu_cores_load__l, tier_starter_ram_load__l, tier_starter_disk_load__l, tier_starter_disk_writes_load__l, tier_starter_packets_per_second_load__l)
    tier_starter_load__h = max(tier_starter_concurrent_calls_load__h, tier_starter_cps_load__h, tier_starter_cpu_cores_load__h, tier_starter_ram_load__h, tier_starter_disk_load__h, tier_starter_disk_writes_load__h, tier_starter_packets_per_second_load__h)
    tier_professional_concurrent_calls_available__t = min(limit_calls__t, (tier_professional_concurrent_calls__t * (1 if server_media__t else tier_signalling_factor__t)))
    tier_professional_concurrent_calls_available__l = min(limit_calls__t, (tier_professional_concurrent_calls__l * (1 if server_media__t else tier_signalling_factor__l)))
    tier_professional_concurrent_calls_available__h = min(limit_calls__t, (tier_professional_concurrent_calls__h * (1 if server_media__t else tier_signalling_factor__h)))
    tier_professional_concurrent_calls_load__t = (server_concurrent_calls__t / tier_professional_concurrent_calls_available__t)
    tier_professional_concurrent_calls_load__l = (server_concurrent_calls__l / tier_professional_concurrent_calls_available__h)
    tier_professional_concurrent_calls_load__h = (server_concurrent_calls__h / tier_professional_concurrent_calls_available__l)
    tier_professional_cps_available__t = ((limit_cps__t * tier_professional_cps_cores__t) / limit_reference_cores__t)
    tier_professional_cps_available__l = ((limit_cps__l * tier_professional_cps_cores__l) / limit_reference_cores__h)
    tier_professional_cps_available__h = ((limit_cps__h * tier_professional_cps_cores__h) / limit_reference_cores__l)
    tier_professional_cps_load__t = (server_cps__t / tier_professional_cps_available__t)
    tier_professional_cps_load__l = (server_cps__l / tier_professional_cps_available__h)
    tier_professional_cps_load__h = (server_cps__h / tier_professional_cps_available__l)
    tier_professional_cpu_cores_available__t = (tier_professional_cpu_cores__t * cpu_ceiling__t)
    tier_professional_cpu_cores_available__l = (tier_professional_cpu_cores__l * cpu_ceiling__l)
    tier_professional_cpu_cores_available__h = (tier_professional_cpu_cores__h * cpu_ceiling__h)
    tier_professional_cpu_cores_load__t = (server_cpu_cores__t / tier_professional_cpu_cores_available__t)
    tier_professional_cpu_cores_load__l = (server_cpu_cores__l / tier_professional_cpu_cores_available__h)
    tier_professional_cpu_cores_load__h = (server_cpu_cores__h / tier_professional_cpu_cores_available__l)
    tier_professional_ram_available__t = tier_professional_ram_bytes__t
    tier_professional_ram_available__l = tier_professional_ram_bytes__l
    tier_professional_ram_available__h = tier_professional_ram_bytes__h
    tier_professional_ram_load__t = (server_ram_bytes__t / tier_professional_ram_available__t)
    tier_professional_ram_load__l = (server_ram_bytes__l / tier_professional_ram_available__h)
    tier_professional_ram_load__h = (server_ram_bytes__h / tier_professional_ram_available__l)
    tier_professional_disk_available__t = tier_professional_disk_bytes__t
    tier_professional_disk_available__l = tier_professional_disk_bytes__l
    tier_professional_disk_available__h = tier_professional_disk_bytes__h
    tier_professional_disk_load__t = (server_disk_bytes__t / tier_professional_disk_available__t)
    tier_professional_disk_load__l = (server_disk_bytes__l / tier_professional_disk_available__h)
    tier_professional_disk_load__h = (server_disk_bytes__h / tier_professional_disk_available__l)
    tier_professional_disk_writes_available__t = tier_professional_write_operations_per_second__t
    tier_professional_disk_writes_available__l = tier_professional_write_operations_per_second__l
    tier_professional_disk_writes_available__h = tier_professional_write_operations_per_second__h
    tier_professional_disk_writes_load__t = (server_write_operations_per_second__t / tier_professional_disk_writes_available__t)
    tier_professional_disk_writes_load__l = (server_write_operations_per_second__l / tier_professional_disk_writes_available__h)
    tier_professional_disk_writes_load__h = (server_write_operations_per_second__h / tier_professional_disk_writes_available__l)
    tier_professional_packets_per_second_available__t = (tier_professional_cpu_cores__t * cpu_packets_per_core__t)
    tier_professional_packets_per_second_available__l = (tier_professional_cpu_cores__l * cpu_packets_per_core__l)
    tier_professional_packets_per_second_available__h = (tier_professional_cpu_cores__h * cpu_packets_per_core__h)
    tier_professional_packets_per_second_load__t = (server_packets_per_second__t / tier_professional_packets_per_second_available__t)
    tier_professional_packets_per_second_load__l = (server_packets_per_second__l / tier_professional_packets_per_second_available__h)
    tier_professional_packets_per_second_load__h = (server_packets_per_second__h / tier_professional_packets_per_second_available__l)
    tier_professional_load__t = max(tier_professional_concurrent_calls_load__t, tier_professional_cps_load__t, tier_professional_cpu_cores_load__t, tier_professional_ram_load__t, tier_professional_disk_load__t, tier_professional_disk_writes_load__t, tier_professional_packets_per_second_load__t)
    tier_professional_load__l = max(tier_professional_concurrent_calls_load__l, tier_professional_cps_load__l, tier_professional_cpu_cores_load__l, tier_professional_ram_load__l, tier_professional_disk_load__l, tier_professional_disk_writes_load__l, tier_professional_packets_per_second_load__l)
    tier_professional_load__h = max(tier_professional_concurrent_calls_load__h, tier_professional_cps_load__h, tier_professional_cpu_cores_load__h, tier_professional_ram_load__h, tier_professional_disk_load__h, tier_professional_disk_writes_load__h, tier_professional_packets_per_second_load__h)
    tier_enterprise_concurrent_calls_available__t = min(limit_calls__t, (tier_enterprise_concurrent_calls__t * (1 if server_media__t else tier_signalling_factor__t)))
    tier_enterprise_concurrent_calls_available__l = min(limit_calls__t, (tier_enterprise_concurrent_calls__l * (1 if server_media__t else tier_signalling_factor__l)))
    tier_enterprise_concurrent_calls_available__h = min(limit_calls__t, (tier_enterprise_concurrent_calls__h * (1 if server_media__t else tier_signalling_factor__h)))
    tier_enterprise_concurrent_calls_load__t = (server_concurrent_calls__t / tier_enterprise_concurrent_calls_available__t)
    tier_enterprise_concurrent_calls_load__l = (server_concurrent_calls__l / tier_enterprise_concurrent_calls_available__h)
    tier_enterprise_concurrent_calls_load__h = (server_concurrent_calls__h / tier_enterprise_concurrent_calls_available__l)
    tier_enterprise_cps_available__t = ((limit_cps__t * tier_enterprise_cps_cores__t) / limit_reference_cores__t)
    tier_enterprise_cps_available__l = ((limit_cps__l * tier_enterprise_cps_cores__l) / limit_reference_cores__h)
    tier_enterprise_cps_available__h = ((limit_cps__h * tier_enterprise_cps_cores__h) / limit_reference_cores__l)
    tier_enterprise_cps_load__t = (server_cps__t / tier_enterprise_cps_available__t)
    tier_enterprise_cps_load__l = (server_cps__l / tier_enterprise_cps_available__h)
    tier_enterprise_cps_load__h = (server_cps__h / tier_enterprise_cps_available__l)
    tier_enterprise_cpu_cores_available__t = (tier_enterprise_cpu_cores__t * cpu_ceiling__t)
    tier_enterprise_cpu_cores_available__l = (tier_enterprise_cpu_cores__l * cpu_ceiling__l)
    tier_enterprise_cpu_cores_available__h = (tier_enterprise_cpu_cores__h * cpu_ceiling__h)
    tier_enterprise_cpu_cores_load__t = (server_cpu_cores__t / tier_enterprise_cpu_cores_available__t)
    tier_enterprise_cpu_cores_load__l = (server_cpu_cores__l / tier_enterprise_cpu_cores_available__h)
    tier_enterprise_cpu_cores_load__h = (server_cpu_cores__h / tier_enterprise_cpu_cores_available__l)
    tier_enterprise_ram_available__t = tier_enterprise_ram_bytes__t
    tier_enterprise_ram_available__l = tier_enterprise_ram_bytes__l
    tier_enterprise_ram_available__h = tier_enterprise_ram_bytes__h
    tier_enterprise_ram_load__t = (server_ram_bytes__t / tier_enterprise_ram_available__t)
    tier_enterprise_ram_load__l = (server_ram_bytes__l / tier_enterprise_ram_available__h)
    tier_enterprise_ram_load__h = (server_ram_bytes__h / tier_enterprise_ram_available__l)
    tier_enterprise_disk_available__t = tier_enterprise_disk_bytes__t
    tier_enterprise_disk_available__l = tier_enterprise_disk_bytes__l
    tier_enterprise_disk_available__h = tier_enterprise_disk_bytes__h
    tier_enterprise_disk_load__t = (server_disk_bytes__t / tier_enterprise_disk_available__t)
    tier_enterprise_disk_load__l = (server_disk_bytes__l / tier_enterprise_disk_available__h)
    tier_enterprise_disk_load__h = (server_disk_bytes__h / tier_enterprise_disk_available__l)
    tier_enterprise_disk_writes_available__t = tier_enterprise_write_operations_per_second__t
    tier_enterprise_disk_writes_available__l = tier_enterprise_write_operations_per_second__l
    tier_enterprise_disk_writes_available__h = tier_enterprise_write_operations_per_second__h
    tier_enterprise_disk_writes_load__t = (server_write_operations_per_second__t / tier_enterprise_disk_writes_available__t)
    tier_enterprise_disk_writes_load__l = (server_write_operations_per_second__l / tier_enterprise_disk_writes_available__h)
    tier_enterprise_disk_writes_load__h = (server_write_operations_per_second__h / tier_enterprise_disk_writes_available__l)
    tier_enterprise_packets_per_second_available__t = (tier_enterprise_cpu_cores__t * cpu_packets_per_core__t)
    tier_enterprise_packets_per_second_available__l = (tier_enterprise_cpu_cores__l * cpu_packets_per_core__l)
    tier_enterprise_packets_per_second_available__h = (tier_enterprise_cpu_cores__h * cpu_packets_per_core__h)
    tier_enterprise_packets_per_second_load__t = (server_packets_per_second__t / tier_enterprise_packets_per_second_available__t)
    tier_enterprise_packets_per_second_load__l = (server_packets_per_second__l / tier_enterprise_packets_per_second_available__h)
    tier_enterprise_packets_per_second_load__h = (server_packets_per_second__h / tier_enterprise_packets_per_second_available__l)
    tier_enterprise_load__t = max(tier_enterprise_concurrent_calls_load__t, tier_enterprise_cps_load__t, tier_enterprise_cpu_cores_load__t, tier_enterprise_ram_load__t, tier_enterprise_disk_load__t, tier_enterprise_disk_writes_load__t, tier_enterprise_packets_per_second_load__t)
    tier_enterprise_load__l = max(tier_enterprise_concurrent_calls_load__l, tier_enterprise_cps_load__l, tier_enterprise_cpu_cores_load__l, tier_enterprise_ram_load__l, tier_enterprise_disk_load__l, tier_enterprise_disk_writes_load__l, tier_enterprise_packets_per_second_load__l)
    tier_enterprise_load__h = max(tier_enterprise_concurrent_calls_load__h, tier_enterprise_cps_load__h, tier_enterprise_cpu_cores_load__h, tier_enterprise_ram_load__h, tier_enterprise_disk_load__h, tier_enterprise_disk_writes_load__h, tier_enterprise_packets_per_second_load__h)
    hardware_tier_index__t = ((exceeds(tier_starter_load__t) + exceeds(min(tier_starter_load__t, tier_professional_load__t))) + exceeds(min(tier_starter_load__t, tier_professional_load__t, tier_enterprise_load__t)))
    hardware_tier_index__l = ((exceeds(tier_starter_load__l) + exceeds(min(tier_starter_load__l, tier_professional_load__l))) + exceeds(min(tier_starter_load__l, tier_professional_load__l, tier_enterprise_load__l)))
    hardware_tier_index__h = ((exceeds(tier_starter_load__h) + exceeds(min(tier_starter_load__h, tier_professional_load__h))) + exceeds(min(tier_starter_load__h, tier_professional_load__h, tier_enterprise_load__h)))
    hardware_tier_ram_bytes__t = pick(hardware_tier_index__t, table_tier_ram_bytes)
    hardware_tier_ram_bytes__l = hardware_tier_ram_bytes__t
    hardware_tier_ram_bytes__h = hardware_tier_ram_bytes__t
    server_ram_installed__t = (server_ram__t if given_ram__t else hardware_tier_ram_bytes__t)
    server_ram_installed__l = (server_ram__l if given_ram__t else hardware_tier_ram_bytes__l)
    server_ram_installed__h = (server_ram__h if given_ram__t else hardware_tier_ram_bytes__h)
    hardware_tier_cpu_cores__t = pick(hardware_tier_index__t, table_tier_cpu_cores)
    hardware_tier_cpu_cores__l = hardware_tier_cpu_cores__t
    hardware_tier_cpu_cores__h = hardware_tier_cpu_cores__t
    server_cores_installed__t = (server_cores__t if given_cores__t else hardware_tier_cpu_cores__t)
    server_cores_installed__l = (server_cores__l if given_cores__t else hardware_tier_cpu_cores__l)
    server_cores_installed__h = (server_cores__h if given_cores__t else hardware_tier_cpu_cores__h)
    hardware_tier_disk_bytes__t = pick(hardware_tier_index__t, table_tier_disk_bytes)
    hardware_tier_disk_bytes__l = hardware_tier_disk_bytes__t
    hardware_tier_disk_bytes__h = hardware_tier_disk_bytes__t
    server_disk_installed__t = (server_disk__t if given_disk__t else hardware_tier_disk_bytes__t)
    server_disk_installed__l = (server_disk__l if given_disk__t else hardware_tier_disk_bytes__l)
    server_disk_installed__h = (server_disk__h if given_disk__t else hardware_tier_disk_bytes__h)
    hardware_cpu_utilisation__t = (server_cpu_cores__t / server_cores_installed__t)
    hardware_cpu_utilisation__l = (server_cpu_cores__l / server_cores_installed__h)
    hardware_cpu_utilisation__h = (server_cpu_cores__h / server_cores_installed__l)
    hardware_disk_utilisation__t = ((server_disk_bytes__t * disk_ceiling__t) / server_disk_installed__t)
    hardware_disk_utilisation__l = ((server_disk_bytes__l * disk_ceiling__l) / server_disk_installed__h)
    hardware_disk_utilisation__h = ((server_disk_bytes__h * disk_ceiling__h) / server_disk_installed__l)
    hardware_ram_utilisation__t = ((server_ram_bytes__t * memory_ceiling__t) / server_ram_installed__t)
    hardware_ram_utilisation__l = ((server_ram_bytes__l * memory_ceiling__l) / server_ram_installed__h)
    hardware_ram_utilisation__h = ((server_ram_bytes__h * memory_ceiling__h) / server_ram_installed__l)
    network_link_utilisation__t = (server_wire_bits_per_second__t / (server_nic__t if given_nic__t else network_nic_bits_per_second__t))
    network_link_utilisation__l = (server_wire_bits_per_second__l / (server_nic__h if given_nic__t else network_nic_bits_per_second__h))
    network_link_utilisation__h = (server_wire_bits_per_second__h / (server_nic__l if given_nic__t else network_nic_bits_per_second__l))
    hardware_tier_concurrent_calls__t = pick(hardware_tier_index__t, table_tier_concurrent_calls)
    hardware_tier_concurrent_calls__l = hardware_tier_concurrent_calls__t
    hardware_tier_concurrent_calls__h = hardware_tier_concurrent_calls__t
    hardware_capacity_concurrent_calls__t = (hardware_servers_planned__t * min(limit_calls__t, (hardware_tier_concurrent_calls__t * (1 if server_media__t else tier_signalling_factor__t))))
    hardware_capacity_concurrent_calls__l = (hardware_servers_planned__l * min(limit_calls__t, (hardware_tier_concurrent_calls__l * (1 if server_media__t else tier_signalling_factor__l))))
    hardware_capacity_concurrent_calls__h = (hardware_servers_planned__h * min(limit_calls__t, (hardware_tier_concurrent_calls__h * (1 if server_media__t else tier_signalling_factor__h))))
    disk_days_until_alert__t = quotient(excess((server_disk_installed__t * disk_ceiling__t), disk_fixed_bytes__t), disk_bytes_per_day__t, disk_horizon__t)
    disk_days_until_alert__l = quotient(excess((server_disk_installed__l * disk_ceiling__l), disk_fixed_bytes__h), disk_bytes_per_day__h, disk_horizon__l)
    disk_days_until_alert__h = quotient(excess((server_disk_installed__h * disk_ceiling__h), disk_fixed_bytes__l), disk_bytes_per_day__l, disk_horizon__h)
    disk_days_until_full__t = quotient(excess(server_disk_installed__t, disk_fixed_bytes__t), disk_bytes_per_day__t, disk_horizon__t)
    disk_days_until_full__l = quotient(excess(server_disk_installed__l, disk_fixed_bytes__h), disk_bytes_per_day__h, disk_horizon__l)
    disk_days_until_full__h = quotient(excess(server_disk_installed__h, disk_fixed_bytes__l), disk_bytes_per_day__l, disk_horizon__h)
    database_buffer_pool_bytes__t = (max(database_small_cache_bytes__t, min((server_ram_installed__t * database_pool_share__t), (excess(server_ram_installed__t, server_memory_without_cache__t) / database_pool_overhead__t))) if database_innodb__t else database_small_cache_bytes__t)
    database_buffer_pool_bytes__l = (max(database_small_cache_bytes__l, min((server_ram_installed__l * database_pool_share__l), (excess(server_ram_installed__l, server_memory_without_cache__h) / database_pool_overhead__h))) if database_innodb__t else database_small_cache_bytes__l)
    database_buffer_pool_bytes__h = (max(database_small_cache_bytes__h, min((server_ram_installed__h * database_pool_share__h), (excess(server_ram_installed__h, server_memory_without_cache__l) / database_pool_overhead__l))) if database_innodb__t else database_small_cache_bytes__h)
    database_key_buffer_bytes__t = (max(database_small_key_buffer_bytes__t, min((database_hot_index_bytes__t * server_share__t), (server_ram_installed__t * database_key_buffer_share__t))) if database_myisam__t else database_small_key_buffer_bytes__t)
    database_key_buffer_bytes__l = (max(database_small_key_buffer_bytes__l, min((database_hot_index_bytes__l * server_share__l), (server_ram_installed__l * database_key_buffer_share__l))) if database_myisam__t else database_small_key_buffer_bytes__l)
    database_key_buffer_bytes__h = (max(database_small_key_buffer_bytes__h, min((database_hot_index_bytes__h * server_share__h), (server_ram_installed__h * database_key_buffer_share__h))) if database_myisam__t else database_small_key_buffer_bytes__h)
    server_memory_bytes__t = (server_memory_without_cache__t + max(((database_buffer_pool_bytes__t * database_pool_overhead__t) if database_innodb__t else 0), (database_key_buffer_bytes__t if database_myisam__t else 0)))
    server_memory_bytes__l = (server_memory_without_cache__l + max(((database_buffer_pool_bytes__l * database_pool_overhead__l) if database_innodb__t else 0), (database_key_buffer_bytes__l if database_myisam__t else 0)))
    server_memory_bytes__h = (server_memory_without_cache__h + max(((database_buffer_pool_bytes__h * database_pool_overhead__h) if database_innodb__t else 0), (database_key_buffer_bytes__h if database_myisam__t else 0)))
    server_memory_share__t = (server_memory_bytes__t / server_ram_installed__t)
    server_memory_share__l = (server_memory_bytes__l / server_ram_installed__h)
    server_memory_share__h = (server_memory_bytes__h / server_ram_installed__l)
    server_udp_memory_pages__t = ((server_ram_installed__t * kernel_udp_memory_share__t) / kernel_page_bytes__t)
    server_udp_memory_pages__l = ((server_ram_installed__l * kernel_udp_memory_share__l) / kernel_page_bytes__h)
    server_udp_memory_pages__h = ((server_ram_installed__h * kernel_udp_memory_share__h) / kernel_page_bytes__l)
    tier_carrier_concurrent_calls_available__t = min(limit_calls__t, (tier_carrier_concurrent_calls__t * (1 if server_media__t else tier_signalling_factor__t)))
    tier_carrier_concurrent_calls_available__l = min(limit_calls__t, (tier_carrier_concurrent_calls__l * (1 if server_media__t else tier_signalling_factor__l)))
    tier_carrier_concurrent_calls_available__h = min(limit_calls__t, (tier_carrier_concurrent_calls__h * (1 if server_media__t else tier_signalling_factor__h)))
    tier_carrier_concurrent_calls_load__t = (server_concurrent_calls__t / tier_carrier_concurrent_calls_available__t)
    tier_carrier_concurrent_calls_load__l = (server_concurrent_calls__l / tier_carrier_concurrent_calls_available__h)
    tier_carrier_concurrent_calls_load__h = (server_concurrent_calls__h / tier_carrier_concurrent_calls_available__l)
    tier_carrier_cps_available__t = ((limit_cps__t * tier_carrier_cps_cores__t) / limit_reference_cores__t)
    tier_carrier_cps_available__l = ((limit_cps__l * tier_carrier_cps_cores__l) / limit_reference_cores__h)
    tier_carrier_cps_available__h = ((limit_cps__h * tier_carrier_cps_cores__h) / limit_reference_cores__l)
    tier_carrier_cps_load__t = (server_cps__t / tier_carrier_cps_available__t)
    tier_carrier_cps_load__l = (server_cps__l / tier_carrier_cps_available__h)
    tier_carrier_cps_load__h = (server_cps__h / tier_carrier_cps_available__l)
    tier_carrier_cpu_cores_available__t = (tier_carrier_cpu_cores__t * cpu_ceiling__t)
    tier_carrier_cpu_cores_available__l = (tier_carrier_cpu_cores__l * cpu_ceiling__l)
    tier_carrier_cpu_cores_available__h = (tier_carrier_cpu_cores__h * cpu_ceiling__h)
    tier_carrier_cpu_cores_load__t = (server_cpu_cores__t / tier_carrier_cpu_cores_available__t)
    tier_carrier_cpu_cores_load__l = (server_cpu_cores__l / tier_carrier_cpu_cores_available__h)
    tier_carrier_cpu_cores_load__h = (server_cpu_cores__h / tier_carrier_cpu_cores_available__l)
    tier_carrier_ram_available__t = tier_carrier_ram_bytes__t
    tier_carrier_ram_available__l = tier_carrier_ram_bytes__l
    tier_carrier_ram_available__h = tier_carrier_ram_bytes__h
    tier_carrier_ram_load__t = (server_ram_bytes__t / tier_carrier_ram_available__t)
    tier_carrier_ram_load__l = (server_ram_bytes__l / tier_carrier_ram_available__h)
    tier_carrier_ram_load__h = (server_ram_bytes__h / tier_carrier_ram_available__l)
    tier_carrier_disk_available__t = tier_carrier_disk_bytes__t
    tier_carrier_disk_available__l = tier_carrier_disk_bytes__l
    tier_carrier_disk_available__h = tier_carrier_disk_bytes__h
    tier_carrier_disk_load__t = (server_disk_bytes__t / tier_carrier_disk_available__t)
    tier_carrier_disk_load__l = (server_disk_bytes__l / tier_carrier_disk_available__h)
    tier_carrier_disk_load__h = (server_disk_bytes__h / tier_carrier_disk_available__l)
    tier_carrier_disk_writes_available__t = tier_carrier_write_operations_per_second__t
    tier_carrier_disk_writes_available__l = tier_carrier_write_operations_per_second__l
    tier_carrier_disk_writes_available__h = tier_carrier_write_operations_per_second__h
    tier_carrier_disk_writes_load__t = (server_write_operations_per_second__t / tier_carrier_disk_writes_available__t)
    tier_carrier_disk_writes_load__l = (server_write_operations_per_second__l / tier_carrier_disk_writes_available__h)
    tier_carrier_disk_writes_load__h = (server_write_operations_per_second__h / tier_carrier_disk_writes_available__l)
    tier_carrier_packets_per_second_available__t = (tier_carrier_cpu_cores__t * cpu_packets_per_core__t)
    tier_carrier_packets_per_second_available__l = (tier_carrier_cpu_cores__l * cpu_packets_per_core__l)
    tier_carrier_packets_per_second_available__h = (tier_carrier_cpu_cores__h * cpu_packets_per_core__h)
    tier_carrier_packets_per_second_load__t = (server_packets_per_second__t / tier_carrier_packets_per_second_available__t)
    tier_carrier_packets_per_second_load__l = (server_packets_per_second__l / tier_carrier_packets_per_second_available__h)
    tier_carrier_packets_per_second_load__h = (server_packets_per_second__h / tier_carrier_packets_per_second_available__l)
    tier_carrier_load__t = max(tier_carrier_concurrent_calls_load__t, tier_carrier_cps_load__t, tier_carrier_cpu_cores_load__t, tier_carrier_ram_load__t, tier_carrier_disk_load__t, tier_carrier_disk_writes_load__t, tier_carrier_packets_per_second_load__t)
    tier_carrier_load__l = max(tier_carrier_concurrent_calls_load__l, tier_carrier_cps_load__l, tier_carrier_cpu_cores_load__l, tier_carrier_ram_load__l, tier_carrier_disk_load__l, tier_carrier_disk_writes_load__l, tier_carrier_packets_per_second_load__l)
    tier_carrier_load__h = max(tier_carrier_concurrent_calls_load__h, tier_carrier_cps_load__h, tier_carrier_cpu_cores_load__h, tier_carrier_ram_load__h, tier_carrier_disk_load__h, tier_carrier_disk_writes_load__h, tier_carrier_packets_per_second_load__h)
    return {'traffic.hold_seconds': (traffic_hold_seconds__l, traffic_hold_seconds__t, traffic_hold_seconds__h), 'traffic.talking_erlangs': (traffic_talking_erlangs__l, traffic_talking_erlangs__t, traffic_talking_erlangs__h), 'traffic.cps': (traffic_cps__l, traffic_cps__t, traffic_cps__h), 'traffic.answered_cps': (traffic_answered_cps__l, traffic_answered_cps__t, traffic_answered_cps__h), 'traffic.egress_cps': (traffic_egress_cps__l, traffic_egress_cps__t, traffic_egress_cps__h), 'traffic.offered_erlangs': (traffic_offered_erlangs__l, traffic_offered_erlangs__t, traffic_offered_erlangs__h), 'traffic.concurrent_calls': (traffic_concurrent_calls__l, traffic_concurrent_calls__t, traffic_concurrent_calls__h), 'traffic.concurrent_calls_peak': (traffic_concurrent_calls_peak__l, traffic_concurrent_calls_peak__t, traffic_concurrent_calls_peak__h), 'traffic.concurrent_calls_p95': (traffic_concurrent_calls_p95__l, traffic_concurrent_calls_p95__t, traffic_concurrent_calls_p95__h), 'traffic.concurrent_calls_p99': (traffic_concurrent_calls_p99__l, traffic_concurrent_calls_p99__t, traffic_concurrent_calls_p99__h), 'traffic.concurrent_calls_busiest': (traffic_concurrent_calls_busiest__l, traffic_concurrent_calls_busiest__t, traffic_concurrent_calls_busiest__h), 'traffic.mean_to_peak': (traffic_mean_to_peak__l, traffic_mean_to_peak__t, traffic_mean_to_peak__h), 'traffic.attempts_per_day': (traffic_attempts_per_day__l, traffic_attempts_per_day__t, traffic_attempts_per_day__h), 'traffic.minutes_per_day': (traffic_minutes_per_day__l, traffic_minutes_per_day__t, traffic_minutes_per_day__h), 'network.extra_bytes': (network_extra_bytes__l, network_extra_bytes__t, network_extra_bytes__h), 'network.packet_overhead': (network_packet_overhead__l, network_packet_overhead__t, network_packet_overhead__h), 'network.wire_overhead': (network_wire_overhead__l, network_wire_overhead__t, network_wire_overhead__h), 'network.caller_bits_per_second': (network_caller_bits_per_second__l, network_caller_bits_per_second__t, network_caller_bits_per_second__h), 'network.callee_bits_per_second': (network_callee_bits_per_second__l, network_callee_bits_per_second__t, network_callee_bits_per_second__h), 'network.bits_per_second_per_call_leg': (network_bits_per_second_per_call_leg__l, network_bits_per_second_per_call_leg__t, network_bits_per_second_per_call_leg__h), 'network.bits_per_second_per_call': (network_bits_per_second_per_call__l, network_bits_per_second_per_call__t, network_bits_per_second_per_call__h), 'network.media_bits_per_second': (network_media_bits_per_second__l, network_media_bits_per_second__t, network_media_bits_per_second__h), 'network.packets_per_second_per_call': (network_packets_per_second_per_call__l, network_packets_per_second_per_call__t, network_packets_per_second_per_call__h), 'network.packets_per_second': (network_packets_per_second__l, network_packets_per_second__t, network_packets_per_second__h), 'network.rtcp_bits_per_second': (network_rtcp_bits_per_second__l, network_rtcp_bits_per_second__t, network_rtcp_bits_per_second__h), 'network.rtcp_packets_per_second': (network_rtcp_packets_per_second__l, network_rtcp_packets_per_second__t, network_rtcp_packets_per_second__h), 'network.signalling_documented_bits_per_second': (network_signalling_documented_bits_per_second__l, network_signalling_documented_bits_per_second__t, network_signalling_documented_bits_per_second__h), 'network.signalling_modelled_bits_per_second': (network_signalling_modelled_bits_per_second__l, network_signalling_modelled_bits_per_second__t, network_signalling_modelled_bits_per_second__h), 'network.signalling_bits_per_second': (network_signalling_bits_per_second__l, network_signalling_bits_per_second__t, network_signalling_bits_per_second__h), 'network.total_bits_per_second': (network_total_bits_per_second__l, network_total_bits_per_second__t, network_total_bits_per_second__h), 'network.billed_bits_per_second': (network_billed_bits_per_second__l, network_billed_bits_per_second__t, network_billed_bits_per_second__h), 'network.wire_bits_per_second': (network_wire_bits_per_second__l, network_wire_bits_per_second__t, network_wire_bits_per_second__h), 'cdr.written_share': (cdr_written_share__l, cdr_written_share__t, cdr_written_share__h), 'cdr.lines_per_second': (cdr_lines_per_second__l, cdr_lines_per_second__t, cdr_lines_per_second__h), 'cdr.lines_per_hour': (cdr_lines_per_hour__l, cdr_lines_per_hour__t, cdr_lines_per_hour__h), 'cdr.bytes_per_hour': (cdr_bytes_per_hour__l, cdr_bytes_per_hour__t, cdr_bytes_per_hour__h), 'cdr.bytes_per_day': (cdr_bytes_per_day__l, cdr_bytes_per_day__t, cdr_bytes_per_day__h), 'cdr.bytes_per_file': (cdr_bytes_per_file__l, cdr_bytes_per_file__t, cdr_bytes_per_file__h), 'cdr.retention_seconds': (cdr_retention_seconds__l, cdr_retention_seconds__t, cdr_retention_seconds__h), 'cdr.policy_seconds': (cdr_policy_seconds__l, cdr_policy_seconds__t, cdr_policy_seconds__h), 'cdr.kept_seconds': (cdr_kept_seconds__l, cdr_kept_seconds__t, cdr_kept_seconds__h), 'cdr.retained_bytes': (cdr_retained_bytes__l, cdr_retained_bytes__t, cdr_retained_bytes__h), 'cdr.recommended_interval': (cdr_recommended_interval__l, cdr_recommended_interval__t, cdr_recommended_interval__h), 'cdr.retention_seconds_at_recommended_interval': (cdr_retention_seconds_at_recommended_interval__l, cdr_retention_seconds_at_recommended_interval__t, cdr_retention_seconds_at_recommended_interval__h), 'cdr.required_max_files': (cdr_required_max_files__l, cdr_required_max_files__t, cdr_required_max_files__h), 'cdr.required_max_files_at_recommended_interval': (cdr_required_max_files_at_recommended_interval__l, cdr_required_max_files_at_recommended_interval__t, cdr_required_max_files_at_recommended_interval__h), 'cdr.shortest_interval_for_policy': (cdr_shortest_interval_for_policy__l, cdr_shortest_interval_for_policy__t, cdr_shortest_interval_for_policy__h), 'cdr.archive_bytes_per_day': (cdr_archive_bytes_per_day__l, cdr_archive_bytes_per_day__t, cdr_archive_bytes_per_day__h), 'cdr.file_size_share': (cdr_file_size_share__l, cdr_file_size_share__t, cdr_file_size_share__h), 'database.inserts_per_second': (database_inserts_per_second__l, database_inserts_per_second__t, database_inserts_per_second__h), 'database.inserts_per_minute': (database_inserts_per_minute__l, database_inserts_per_minute__t, database_inserts_per_minute__h), 'database.rows_per_day': (database_rows_per_day__l, database_rows_per_day__t, database_rows_per_day__h), 'database.bytes_per_day': (database_bytes_per_day__l, database_bytes_per_day__t, database_bytes_per_day__h), 'database.retained_bytes': (database_retained_bytes__l, database_retained_bytes__t, database_retained_bytes__h), 'database.hot_index_bytes': (database_hot_index_bytes__l, database_hot_index_bytes__t, database_hot_index_bytes__h), 'database.hot_bytes': (database_hot_bytes__l, database_hot_bytes__t, database_hot_bytes__h), 'database.redo_bytes': (database_redo_bytes__l, database_redo_bytes__t, database_redo_bytes__h), 'database.log_file_bytes': (database_log_file_bytes__l, database_log_file_bytes__t, database_log_file_bytes__h), 'database.connection_bytes': (database_connection_bytes__l, database_connection_bytes__t, database_connection_bytes__h), 'database.file_descriptors': (database_file_descriptors__l, database_file_descriptors__t, database_file_descriptors__h), 'database.fsyncs_per_second': (database_fsyncs_per_second__l, database_fsyncs_per_second__t, database_fsyncs_per_second__h), 'database.write_operations_per_second': (database_write_operations_per_second__l, database_write_operations_per_second__t, database_write_operations_per_second__h), 'limit.calls': (limit_calls__l, limit_calls__t, limit_calls__h), 'limit.cps': (limit_cps__l, limit_cps__t, limit_cps__h), 'hardware.servers_for_calls': (hardware_servers_for_calls__l, hardware_servers_for_calls__t, hardware_servers_for_calls__h), 'hardware.servers_for_cps': (hardware_servers_for_cps__l, hardware_servers_for_cps__t, hardware_servers_for_cps__h), 'kernel.udp_ports': (kernel_udp_ports__l, kernel_udp_ports__t, kernel_udp_ports__h), 'hardware.servers_for_ports': (hardware_servers_for_ports__l, hardware_servers_for_ports__t, hardware_servers_for_ports__h), 'hardware.servers_for_nic': (hardware_servers_for_nic__l, hardware_servers_for_nic__t, hardware_servers_for_nic__h), 'hardware.servers': (hardware_servers__l, hardware_servers__t, hardware_servers__h), 'hardware.servers_planned': (hardware_servers_planned__l, hardware_servers_planned__t, hardware_servers_planned__h), 'hardware.servers_spare': (hardware_servers_spare__l, hardware_servers_spare__t, hardware_servers_spare__h), 'hardware.servers_standby': (hardware_servers_standby__l, hardware_servers_standby__t, hardware_servers_standby__h), 'hardware.servers_total': (hardware_servers_total__l, hardware_servers_total__t, hardware_servers_total__h), 'server.share': (server_share__l, server_share__t, server_share__h), 'server.cps': (server_cps__l, server_cps__t, server_cps__h), 'server.concurrent_calls': (server_concurrent_calls__l, server_concurrent_calls__t, server_concurrent_calls__h), 'server.wire_bits_per_second': (server_wire_bits_per_second__l, server_wire_bits_per_second__t, server_wire_bits_per_second__h), 'server.packets_per_second': (server_packets_per_second__l, server_packets_per_second__t, server_packets_per_second__h), 'network.nic_bits_per_second': (network_nic_bits_per_second__l, network_nic_bits_per_second__t, network_nic_bits_per_second__h), 'server.write_operations_per_second': (server_write_operations_per_second__l, server_write_operations_per_second__t, server_write_operations_per_second__h), 'kernel.conntrack_entries': (kernel_conntrack_entries__l, kernel_conntrack_entries__t, kernel_conntrack_entries__h), 'kernel.file_descriptors': (kernel_file_descriptors__l, kernel_file_descriptors__t, kernel_file_descriptors__h), 'server.udp_ports': (server_udp_ports__l, server_udp_ports__t, server_udp_ports__h), 'server.conntrack_entries': (server_conntrack_entries__l, server_conntrack_entries__t, server_conntrack_entries__h), 'server.conntrack_max': (server_conntrack_max__l, server_conntrack_max__t, server_conntrack_max__h), 'server.conntrack_buckets': (server_conntrack_buckets__l, server_conntrack_buckets__t, server_conntrack_buckets__h), 'server.file_descriptors': (server_file_descriptors__l, server_file_descriptors__t, server_file_descriptors__h), 'server.sip_socket_bytes': (server_sip_socket_bytes__l, server_sip_socket_bytes__t, server_sip_socket_bytes__h), 'cpu.share': (cpu_share__l, cpu_share__t, cpu_share__h), 'hardware.cpu_cores': (hardware_cpu_cores__l, hardware_cpu_cores__t, hardware_cpu_cores__h), 'server.cpu_cores': (server_cpu_cores__l, server_cpu_cores__t, server_cpu_cores__h), 'memory.fixed_bytes': (memory_fixed_bytes__l, memory_fixed_bytes__t, memory_fixed_bytes__h), 'server.memory_without_cache': (server_memory_without_cache__l, server_memory_without_cache__t, server_memory_without_cache__h), 'server.ram_bytes': (server_ram_bytes__l, server_ram_bytes__t, server_ram_bytes__h), 'hardware.ram_bytes': (hardware_ram_bytes__l, hardware_ram_bytes__t, hardware_ram_bytes__h), 'disk.fixed_bytes': (disk_fixed_bytes__l, disk_fixed_bytes__t, disk_fixed_bytes__h), 'hardware.disk_bytes': (hardware_disk_bytes__l, hardware_disk_bytes__t, hardware_disk_bytes__h), 'server.disk_bytes': (server_disk_bytes__l, server_disk_bytes__t, server_disk_bytes__h), 'disk.bytes_per_day': (disk_bytes_per_day__l, disk_bytes_per_day__t, disk_bytes_per_day__h), 'tier.starter.concurrent_calls_available': (tier_starter_concurrent_calls_available__l, tier_starter_concurrent_calls_available__t, tier_starter_concurrent_calls_available__h), 'tier.starter.concurrent_calls_load': (tier_starter_concurrent_calls_load__l, tier_starter_concurrent_calls_load__t, tier_starter_concurrent_calls_load__h), 'tier.starter.cps_available': (tier_starter_cps_available__l, tier_starter_cps_available__t, tier_starter_cps_available__h), 'tier.starter.cps_load': (tier_starter_cps_load__l, tier_starter_cps_load__t, tier_starter_cps_load__h), 'tier.starter.cpu_cores_available': (tier_starter_cpu_cores_available__l, tier_starter_cpu_cores_available__t, tier_starter_cpu_cores_available__h), 'tier.starter.cpu_cores_load': (tier_starter_cpu_cores_load__l, tier_starter_cpu_cores_load__t, tier_starter_cpu_cores_load__h), 'tier.starter.ram_available': (tier_starter_ram_available__l, tier_starter_ram_available__t, tier_starter_ram_available__h), 'tier.starter.ram_load': (tier_starter_ram_load__l, tier_starter_ram_load__t, tier_starter_ram_load__h), 'tier.starter.disk_available': (tier_starter_disk_available__l, tier_starter_disk_available__t, tier_starter_disk_available__h), 'tier.starter.disk_load': (tier_starter_disk_load__l, tier_starter_disk_load__t, tier_starter_disk_load__h), 'tier.starter.disk_writes_available': (tier_starter_disk_writes_available__l, tier_starter_disk_writes_available__t, tier_starter_disk_writes_available__h), 'tier.starter.disk_writes_load': (tier_starter_disk_writes_load__l, tier_starter_disk_writes_load__t, tier_starter_disk_writes_load__h), 'tier.starter.packets_per_second_available': (tier_starter_packets_per_second_available__l, tier_starter_packets_per_second_available__t, tier_starter_packets_per_second_available__h), 'tier.starter.packets_per_second_load': (tier_starter_packets_per_second_load__l, tier_starter_packets_per_second_load__t, tier_starter_packets_per_second_load__h), 'tier.starter.load': (tier_starter_load__l, tier_starter_load__t, tier_starter_load__h), 'tier.professional.concurrent_calls_available': (tier_professional_concurrent_calls_available__l, tier_professional_concurrent_calls_available__t, tier_professional_concurrent_calls_available__h), 'tier.professional.concurrent_calls_load': (tier_professional_concurrent_calls_load__l, tier_professional_concurrent_calls_load__t, tier_professional_concurrent_calls_load__h), 'tier.professional.cps_available': (tier_professional_cps_available__l, tier_professional_cps_available__t, tier_professional_cps_available__h), 'tier.professional.cps_load': (tier_professional_cps_load__l, tier_professional_cps_load__t, tier_professional_cps_load__h), 'tier.professional.cpu_cores_available': (tier_professional_cpu_cores_available__l, tier_professional_cpu_cores_available__t, tier_professional_cpu_cores_available__h), 'tier.professional.cpu_cores_load': (tier_professional_cpu_cores_load__l, tier_professional_cpu_cores_load__t, tier_professional_cpu_cores_load__h), 'tier.professional.ram_available': (tier_professional_ram_available__l, tier_professional_ram_available__t, tier_professional_ram_available__h), 'tier.professional.ram_load': (tier_professional_ram_load__l, tier_professional_ram_load__t, tier_professional_ram_load__h), 'tier.professional.disk_available': (tier_professional_disk_available__l, tier_professional_disk_available__t, tier_professional_disk_available__h), 'tier.professional.disk_load': (tier_professional_disk_load__l, tier_professional_disk_load__t, tier_professional_disk_load__h), 'tier.professional.disk_writes_available': (tier_professional_disk_writes_available__l, tier_professional_disk_writes_available__t, tier_professional_disk_writes_available__h), 'tier.professional.disk_writes_load': (tier_professional_disk_writes_load__l, tier_professional_disk_writes_load__t, tier_professional_disk_writes_load__h), 'tier.professional.packets_per_second_available': (tier_professional_packets_per_second_available__l, tier_professional_packets_per_second_available__t, tier_professional_packets_per_second_available__h), 'tier.professional.packets_per_second_load': (tier_professional_packets_per_second_load__l, tier_professional_packets_per_second_load__t, tier_professional_packets_per_second_load__h), 'tier.professional.load': (tier_professional_load__l, tier_professional_load__t, tier_professional_load__h), 'tier.enterprise.concurrent_calls_available': (tier_enterprise_concurrent_calls_available__l, tier_enterprise_concurrent_calls_available__t, tier_enterprise_concurrent_calls_available__h), 'tier.enterprise.concurrent_calls_load': (tier_enterprise_concurrent_calls_load__l, tier_enterprise_concurrent_calls_load__t, tier_enterprise_concurrent_calls_load__h), 'tier.enterprise.cps_available': (tier_enterprise_cps_available__l, tier_enterprise_cps_available__t, tier_enterprise_cps_available__h), 'tier.enterprise.cps_load': (tier_enterprise_cps_load__l, tier_enterprise_cps_load__t, tier_enterprise_cps_load__h), 'tier.enterprise.cpu_cores_available': (tier_enterprise_cpu_cores_available__l, tier_enterprise_cpu_cores_available__t, tier_enterprise_cpu_cores_available__h), 'tier.enterprise.cpu_cores_load': (tier_enterprise_cpu_cores_load__l, tier_enterprise_cpu_cores_load__t, tier_enterprise_cpu_cores_load__h), 'tier.enterprise.ram_available': (tier_enterprise_ram_available__l, tier_enterprise_ram_available__t, tier_enterprise_ram_available__h), 'tier.enterprise.ram_load': (tier_enterprise_ram_load__l, tier_enterprise_ram_load__t, tier_enterprise_ram_load__h), 'tier.enterprise.disk_available': (tier_enterprise_disk_available__l, tier_enterprise_disk_available__t, tier_enterprise_disk_available__h), 'tier.enterprise.disk_load': (tier_enterprise_disk_load__l, tier_enterprise_disk_load__t, tier_enterprise_disk_load__h), 'tier.enterprise.disk_writes_available': (tier_enterprise_disk_writes_available__l, tier_enterprise_disk_writes_available__t, tier_enterprise_disk_writes_available__h), 'tier.enterprise.disk_writes_load': (tier_enterprise_disk_writes_load__l, tier_enterprise_disk_writes_load__t, tier_enterprise_disk_writes_load__h), 'tier.enterprise.packets_per_second_available': (tier_enterprise_packets_per_second_available__l, tier_enterprise_packets_per_second_available__t, tier_enterprise_packets_per_second_available__h), 'tier.enterprise.packets_per_second_load': (tier_enterprise_packets_per_second_load__l, tier_enterprise_packets_per_second_load__t, tier_enterprise_packets_per_second_load__h), 'tier.enterprise.load': (tier_enterprise_load__l, tier_enterprise_load__t, tier_enterprise_load__h), 'hardware.tier_index': (hardware_tier_index__l, hardware_tier_index__t, hardware_tier_index__h), 'hardware.tier_ram_bytes': (hardware_tier_ram_bytes__l, hardware_tier_ram_bytes__t, hardware_tier_ram_bytes__h), 'server.ram_installed': (server_ram_installed__l, server_ram_installed__t, server_ram_installed__h), 'hardware.tier_cpu_cores': (hardware_tier_cpu_cores__l, hardware_tier_cpu_cores__t, hardware_tier_cpu_cores__h), 'server.cores_installed': (server_cores_installed__l, server_cores_installed__t, server_cores_installed__h), 'hardware.tier_disk_bytes': (hardware_tier_disk_bytes__l, hardware_tier_disk_bytes__t, hardware_tier_disk_bytes__h), 'server.disk_installed': (server_disk_installed__l, server_disk_installed__t, server_disk_installed__h), 'hardware.cpu_utilisation': (hardware_cpu_utilisation__l, hardware_cpu_utilisation__t, hardware_cpu_utilisation__h), 'hardware.disk_utilisation': (hardware_disk_utilisation__l, hardware_disk_utilisation__t, hardware_disk_utilisation__h), 'hardware.ram_utilisation': (hardware_ram_utilisation__l, hardware_ram_utilisation__t, hardware_ram_utilisation__h), 'network.link_utilisation': (network_link_utilisation__l, network_link_utilisation__t, network_link_utilisation__h), 'hardware.tier_concurrent_calls': (hardware_tier_concurrent_calls__l, hardware_tier_concurrent_calls__t, hardware_tier_concurrent_calls__h), 'hardware.capacity_concurrent_calls': (hardware_capacity_concurrent_calls__l, hardware_capacity_concurrent_calls__t, hardware_capacity_concurrent_calls__h), 'disk.days_until_alert': (disk_days_until_alert__l, disk_days_until_alert__t, disk_days_until_alert__h), 'disk.days_until_full': (disk_days_until_full__l, disk_days_until_full__t, disk_days_until_full__h), 'database.buffer_pool_bytes': (database_buffer_pool_bytes__l, database_buffer_pool_bytes__t, database_buffer_pool_bytes__h), 'database.key_buffer_bytes': (database_key_buffer_bytes__l, database_key_buffer_bytes__t, database_key_buffer_bytes__h), 'server.memory_bytes': (server_memory_bytes__l, server_memory_bytes__t, server_memory_bytes__h), 'server.memory_share': (server_memory_share__l, server_memory_share__t, server_memory_share__h), 'server.udp_memory_pages': (server_udp_memory_pages__l, server_udp_memory_pages__t, server_udp_memory_pages__h), 'tier.carrier.concurrent_calls_available': (tier_carrier_concurrent_calls_available__l, tier_carrier_concurrent_calls_available__t, tier_carrier_concurrent_calls_available__h), 'tier.carrier.concurrent_calls_load': (tier_carrier_concurrent_calls_load__l, tier_carrier_concurrent_calls_load__t, tier_carrier_concurrent_calls_load__h), 'tier.carrier.cps_available': (tier_carrier_cps_available__l, tier_carrier_cps_available__t, tier_carrier_cps_available__h), 'tier.carrier.cps_load': (tier_carrier_cps_load__l, tier_carrier_cps_load__t, tier_carrier_cps_load__h), 'tier.carrier.cpu_cores_available': (tier_carrier_cpu_cores_available__l, tier_carrier_cpu_cores_available__t, tier_carrier_cpu_cores_available__h), 'tier.carrier.cpu_cores_load': (tier_carrier_cpu_cores_load__l, tier_carrier_cpu_cores_load__t, tier_carrier_cpu_cores_load__h), 'tier.carrier.ram_available': (tier_carrier_ram_available__l, tier_carrier_ram_available__t, tier_carrier_ram_available__h), 'tier.carrier.ram_load': (tier_carrier_ram_load__l, tier_carrier_ram_load__t, tier_carrier_ram_load__h), 'tier.carrier.disk_available': (tier_carrier_disk_available__l, tier_carrier_disk_available__t, tier_carrier_disk_available__h), 'tier.carrier.disk_load': (tier_carrier_disk_load__l, tier_carrier_disk_load__t, tier_carrier_disk_load__h), 'tier.carrier.disk_writes_available': (tier_carrier_disk_writes_available__l, tier_carrier_disk_writes_available__t, tier_carrier_disk_writes_available__h), 'tier.carrier.disk_writes_load': (tier_carrier_disk_writes_load__l, tier_carrier_disk_writes_load__t, tier_carrier_disk_writes_load__h), 'tier.carrier.packets_per_second_available': (tier_carrier_packets_per_second_available__l, tier_carrier_packets_per_second_available__t, tier_carrier_packets_per_second_available__h), 'tier.carrier.packets_per_second_load': (tier_carrier_packets_per_second_load__l, tier_carrier_packets_per_second_load__t, tier_carrier_packets_per_second_load__h), 'tier.carrier.load': (tier_carrier_load__l, tier_carrier_load__t, tier_carrier_load__h)}


def headlines(L):
    given_daily_minutes__t = L['given.daily_minutes']
    traffic_peak_factor__t = L['traffic.peak_factor']
    traffic_setup_time__t = L['traffic.setup_time']
    traffic_asr__t = L['traffic.asr']
    traffic_acd__t = L['traffic.acd']
    given_by_calls__t = L['given.by_calls']
    given_concurrent_calls__t = L['given.concurrent_calls']
    traffic_blocking__t = L['traffic.blocking']
    given_by_minutes__t = L['given.by_minutes']
    given_cps__t = L['given.cps']
    given_peak__t = L['given.peak']
    given_finite__t = L['given.finite']
    traffic_sources__t = L['traffic.sources']
    option_ipv6__t = L['option.ipv6']
    header_ipv6__t = L['header.ipv6']
    header_ipv4__t = L['header.ipv4']
    option_vlan__t = L['option.vlan']
    framing_vlan_bytes__t = L['framing.vlan_bytes']
    option_srtp__t = L['option.srtp']
    header_srtp_tag__t = L['header.srtp_tag']
    header_rtp__t = L['header.rtp']
    header_udp__t = L['header.udp']
    framing_link_bytes__t = L['framing.link_bytes']
    framing_documented__t = L['framing.documented']
    codec_caller_documented_bits_per_second__t = L['codec.caller_documented_bits_per_second']
    codec_caller_packets_per_second__t = L['codec.caller_packets_per_second']
    codec_caller_payload__t = L['codec.caller_payload']
    codec_callee_documented_bits_per_second__t = L['codec.callee_documented_bits_per_second']
    codec_callee_packets_per_second__t = L['codec.callee_packets_per_second']
    codec_callee_payload__t = L['codec.callee_payload']
    server_media__t = L['server.media']
    kernel_ports_per_call__t = L['kernel.ports_per_call']
    cpu_share_media__t = L['cpu.share_media']
    cpu_share_signalling__t = L['cpu.share_signalling']
    cpu_reference_calls__t = L['cpu.reference_calls']
    limit_reference_cores__t = L['limit.reference_cores']
    codec_transcoded_share__t = L['codec.transcoded_share']
    cpu_transcoding_factor__t = L['cpu.transcoding_factor']
    database_connections__t = L['database.connections']
    database_bytes_per_connection__t = L['database.bytes_per_connection']
    memory_system_bytes__t = L['memory.system_bytes']
    memory_java_bytes__t = L['memory.java_bytes']
    memory_softswitch_bytes__t = L['memory.softswitch_bytes']
    limit_calls_media__t = L['limit.calls_media']
    limit_calls_signalling__t = L['limit.calls_signalling']
    given_direct__t = L['given.direct']
    limit_cps_media__t = L['limit.cps_media']
    limit_cps_signalling__t = L['limit.cps_signalling']
    kernel_ports_available__t = L['kernel.ports_available']
    framing_wire_bytes__t = L['framing.wire_bytes']
    option_rtcp__t = L['option.rtcp']
    rtcp_share__t = L['rtcp.share']
    rtcp_packet_bytes__t = L['rtcp.packet_bytes']
    rtcp_interval__t = L['rtcp.interval']
    sip_documented_bits_per_second_per_call__t = L['sip.documented_bits_per_second_per_call']
    traffic_egress_attempts__t = L['traffic.egress_attempts']
    sip_answered_bytes__t = L['sip.answered_bytes']
    sip_failed_bytes__t = L['sip.failed_bytes']
    sip_registrations_per_second__t = L['sip.registrations_per_second']
    sip_registration_bytes__t = L['sip.registration_bytes']
    sip_retransmission_factor__t = L['sip.retransmission_factor']
    given_nic__t = L['given.nic']
    server_nic__t = L['server.nic']
    link_ceiling__t = L['link.ceiling']
    kernel_conntrack_timeout__t = L['kernel.conntrack_timeout']
    sip_peers__t = L['sip.peers']
    database_zero_hold_rows__t = L['database.zero_hold_rows']
    traffic_load_factor__t = L['traffic.load_factor']
    database_index_bytes__t = L['database.index_bytes']
    database_hot_index_window__t = L['database.hot_index_window']
    database_row_bytes__t = L['database.row_bytes']
    database_hot_rows_window__t = L['database.hot_rows_window']
    memory_call_bytes__t = L['memory.call_bytes']
    kernel_conntrack_entry_bytes__t = L['kernel.conntrack_entry_bytes']
    database_pool_overhead__t = L['database.pool_overhead']
    memory_ceiling__t = L['memory.ceiling']
    cdr_text_files__t = L['cdr.text_files']
    cdr_every_attempt__t = L['cdr.every_attempt']
    cdr_recording_declared__t = L['cdr.recording_declared']
    cdr_interval__t = L['cdr.interval']
    cdr_max_files__t = L['cdr.max_files']
    cdr_has_policy__t = L['cdr.has_policy']
    cdr_policy_days__t = L['cdr.policy_days']
    cdr_line_bytes__t = L['cdr.line_bytes']
    database_days__t = L['database.days']
    disk_system_bytes__t = L['disk.system_bytes']
    disk_log_bytes__t = L['disk.log_bytes']
    disk_ceiling__t = L['disk.ceiling']
    traffic_talking_erlangs__t = (((given_daily_minutes__t * 60) / 86400) * traffic_peak_factor__t)
    traffic_hold_seconds__t = (traffic_setup_time__t + (traffic_asr__t * traffic_acd__t))
    traffic_cps__t = ((erlangs(given_concurrent_calls__t, traffic_blocking__t) / traffic_hold_seconds__t) if given_by_calls__t else ((traffic_talking_erlangs__t / (traffic_asr__t * traffic_acd__t)) if given_by_minutes__t else given_cps__t))
    traffic_offered_erlangs__t = (erlangs(given_concurrent_calls__t, traffic_blocking__t) if given_by_calls__t else ((traffic_talking_erlangs__t + (traffic_cps__t * traffic_setup_time__t)) if given_by_minutes__t else (traffic_cps__t * traffic_hold_seconds__t)))
    traffic_concurrent_calls_peak__t = (given_concurrent_calls__t if given_peak__t else (finite_channels(traffic_offered_erlangs__t, traffic_sources__t, traffic_blocking__t) if given_finite__t else channels(traffic_offered_erlangs__t, traffic_blocking__t)))
    network_extra_bytes__t = ((((header_ipv6__t - header_ipv4__t) if option_ipv6__t else 0) + (framing_vlan_bytes__t if option_vlan__t else 0)) + (header_srtp_tag__t if option_srtp__t else 0))
    network_packet_overhead__t = ((((header_rtp__t + header_udp__t) + header_ipv4__t) + framing_link_bytes__t) + network_extra_bytes__t)
    network_caller_bits_per_second__t = ((codec_caller_documented_bits_per_second__t + ((codec_caller_packets_per_second__t * network_extra_bytes__t) * 8)) if framing_documented__t else ((codec_caller_payload__t + (codec_caller_packets_per_second__t * network_packet_overhead__t)) * 8))
    network_callee_bits_per_second__t = ((codec_callee_documented_bits_per_second__t + ((codec_callee_packets_per_second__t * network_extra_bytes__t) * 8)) if framing_documented__t else ((codec_callee_payload__t + (codec_callee_packets_per_second__t * network_packet_overhead__t)) * 8))
    network_bits_per_second_per_call__t = (network_caller_bits_per_second__t + network_callee_bits_per_second__t)
    network_media_bits_per_second__t = ((traffic_concurrent_calls_peak__t * network_bits_per_second_per_call__t) if server_media__t else 0)
    kernel_udp_ports__t = ((traffic_concurrent_calls_peak__t * kernel_ports_per_call__t) if server_media__t else 0)
    cpu_share__t = (cpu_share_media__t if server_media__t else cpu_share_signalling__t)
    hardware_cpu_cores__t = ((((traffic_concurrent_calls_peak__t / cpu_reference_calls__t) * cpu_share__t) * limit_reference_cores__t) * (1 + (codec_transcoded_share__t * excess(cpu_transcoding_factor__t, 1))))
    database_connection_bytes__t = (database_connections__t * database_bytes_per_connection__t)
    memory_fixed_bytes__t = (((memory_system_bytes__t + memory_java_bytes__t) + memory_softswitch_bytes__t) + database_connection_bytes__t)
    limit_calls__t = (limit_calls_media__t if server_media__t else limit_calls_signalling__t)
    hardware_servers_for_calls__t = (ceil((traffic_concurrent_calls_peak__t / limit_calls__t)) if given_direct__t else ceil((traffic_offered_erlangs__t / erlangs(limit_calls__t, traffic_blocking__t))))
    limit_cps__t = (limit_cps_media__t if server_media__t else limit_cps_signalling__t)
    hardware_servers_for_cps__t = ceil((traffic_cps__t / limit_cps__t))
    hardware_servers_for_ports__t = ceil((kernel_udp_ports__t / kernel_ports_available__t))
    network_packets_per_second_per_call__t = (codec_caller_packets_per_second__t + codec_callee_packets_per_second__t)
    network_wire_overhead__t = ((((header_rtp__t + header_udp__t) + header_ipv4__t) + framing_wire_bytes__t) + network_extra_bytes__t)
    network_rtcp_bits_per_second__t = (((traffic_concurrent_calls_peak__t * min((rtcp_share__t * network_bits_per_second_per_call__t), (((rtcp_packet_bytes__t * 8) + (rtcp_packet_bytes__t * 8)) / rtcp_interval__t))) if server_media__t else 0) if option_rtcp__t else 0)
    network_signalling_documented_bits_per_second__t = (traffic_concurrent_calls_peak__t * sip_documented_bits_per_second_per_call__t)
    traffic_answered_cps__t = (traffic_cps__t * traffic_asr__t)
    traffic_egress_cps__t = (traffic_cps__t * traffic_egress_attempts__t)
    network_signalling_modelled_bits_per_second__t = (((((traffic_answered_cps__t * sip_answered_bytes__t) + (excess(traffic_egress_cps__t, traffic_answered_cps__t) * sip_failed_bytes__t)) + (sip_registrations_per_second__t * sip_registration_bytes__t)) * sip_retransmission_factor__t) * 8)
    network_signalling_bits_per_second__t = max(network_signalling_documented_bits_per_second__t, network_signalling_modelled_bits_per_second__t)
    network_wire_bits_per_second__t = (((((traffic_concurrent_calls_peak__t * ((codec_caller_payload__t + codec_callee_payload__t) + (network_packets_per_second_per_call__t * network_wire_overhead__t))) * 8) if server_media__t else 0) + network_rtcp_bits_per_second__t) + network_signalling_bits_per_second__t)
    hardware_servers_for_nic__t = (ceil((network_wire_bits_per_second__t / (server_nic__t * link_ceiling__t))) if given_nic__t else 1)
    hardware_servers__t = max(1, hardware_servers_for_calls__t, hardware_servers_for_cps__t, hardware_servers_for_ports__t, hardware_servers_for_nic__t)
    kernel_conntrack_entries__t = ((kernel_udp_ports__t + (((traffic_answered_cps__t * kernel_ports_per_call__t) * kernel_conntrack_timeout__t) if server_media__t else 0)) + sip_peers__t)
    database_inserts_per_second__t = (traffic_cps__t if database_zero_hold_rows__t else traffic_answered_cps__t)
    traffic_mean_to_peak__t = ((1 / traffic_peak_factor__t) if given_by_minutes__t else traffic_load_factor__t)
    database_hot_index_bytes__t = (((database_inserts_per_second__t * traffic_mean_to_peak__t) * database_index_bytes__t) * database_hot_index_window__t)
    database_hot_bytes__t = (database_hot_index_bytes__t + ((database_inserts_per_second__t * database_row_bytes__t) * database_hot_rows_window__t))
    hardware_ram_bytes__t = (((((memory_fixed_bytes__t * hardware_servers__t) + (traffic_concurrent_calls_peak__t * memory_call_bytes__t)) + (kernel_conntrack_entries__t * kernel_conntrack_entry_bytes__t)) + (database_hot_bytes__t * database_pool_overhead__t)) / memory_ceiling__t)
    cdr_written_share__t = ((1 if cdr_every_attempt__t else traffic_asr__t) if cdr_text_files__t else 0)
    cdr_lines_per_second__t = (traffic_cps__t * cdr_written_share__t)
    cdr_retention_seconds__t = (cdr_interval__t * cdr_max_files__t)
    cdr_policy_seconds__t = ((cdr_policy_days__t * 86400) if cdr_has_policy__t else cdr_retention_seconds__t)
    cdr_kept_seconds__t = min(cdr_retention_seconds__t, cdr_policy_seconds__t)
    cdr_retained_bytes__t = (((cdr_lines_per_second__t * cdr_line_bytes__t) * traffic_mean_to_peak__t) * cdr_kept_seconds__t)
    database_rows_per_day__t = ((database_inserts_per_second__t * 86400) * traffic_mean_to_peak__t)
    database_bytes_per_day__t = (database_rows_per_day__t * database_row_bytes__t)
    database_retained_bytes__t = (database_bytes_per_day__t * database_days__t)
    disk_fixed_bytes__t = (disk_system_bytes__t + disk_log_bytes__t)
    hardware_disk_bytes__t = (((cdr_retained_bytes__t + database_retained_bytes__t) + (disk_fixed_bytes__t * hardware_servers__t)) / disk_ceiling__t)
    return {'traffic.talking_erlangs': (traffic_talking_erlangs__t), 'traffic.hold_seconds': (traffic_hold_seconds__t), 'traffic.cps': (traffic_cps__t), 'traffic.offered_erlangs': (traffic_offered_erlangs__t), 'traffic.concurrent_calls_peak': (traffic_concurrent_calls_peak__t), 'network.extra_bytes': (network_extra_bytes__t), 'network.packet_overhead': (network_packet_overhead__t), 'network.caller_bits_per_second': (network_caller_bits_per_second__t), 'network.callee_bits_per_second': (network_callee_bits_per_second__t), 'network.bits_per_second_per_call': (network_bits_per_second_per_call__t), 'network.media_bits_per_second': (network_media_bits_per_second__t), 'kernel.udp_ports': (kernel_udp_ports__t), 'cpu.share': (cpu_share__t), 'hardware.cpu_cores': (hardware_cpu_cores__t), 'database.connection_bytes': (database_connection_bytes__t), 'memory.fixed_bytes': (memory_fixed_bytes__t), 'limit.calls': (limit_calls__t), 'hardware.servers_for_calls': (hardware_servers_for_calls__t), 'limit.cps': (limit_cps__t), 'hardware.servers_for_cps': (hardware_servers_for_cps__t), 'hardware.servers_for_ports': (hardware_servers_for_ports__t), 'network.packets_per_second_per_call': (network_packets_per_second_per_call__t), 'network.wire_overhead': (network_wire_overhead__t), 'network.rtcp_bits_per_second': (network_rtcp_bits_per_second__t), 'network.signalling_documented_bits_per_second': (network_signalling_documented_bits_per_second__t), 'traffic.answered_cps': (traffic_answered_cps__t), 'traffic.egress_cps': (traffic_egress_cps__t), 'network.signalling_modelled_bits_per_second': (network_signalling_modelled_bits_per_second__t), 'network.signalling_bits_per_second': (network_signalling_bits_per_second__t), 'network.wire_bits_per_second': (network_wire_bits_per_second__t), 'hardware.servers_for_nic': (hardware_servers_for_nic__t), 'hardware.servers': (hardware_servers__t), 'kernel.conntrack_entries': (kernel_conntrack_entries__t), 'database.inserts_per_second': (database_inserts_per_second__t), 'traffic.mean_to_peak': (traffic_mean_to_peak__t), 'database.hot_index_bytes': (database_hot_index_bytes__t), 'database.hot_bytes': (database_hot_bytes__t), 'hardware.ram_bytes': (hardware_ram_bytes__t), 'cdr.written_share': (cdr_written_share__t), 'cdr.lines_per_second': (cdr_lines_per_second__t), 'cdr.retention_seconds': (cdr_retention_seconds__t), 'cdr.policy_seconds': (cdr_policy_seconds__t), 'cdr.kept_seconds': (cdr_kept_seconds__t), 'cdr.retained_bytes': (cdr_retained_bytes__t), 'database.rows_per_day': (database_rows_per_day__t), 'database.bytes_per_day': (database_bytes_per_day__t), 'database.retained_bytes': (database_retained_bytes__t), 'disk.fixed_bytes': (disk_fixed_bytes__t), 'hardware.disk_bytes': (hardware_disk_bytes__t)}


def ranks(R, F):
    traffic_setup_time__rank = R['traffic.setup_time']
    traffic_asr__rank = R['traffic.asr']
    traffic_acd__rank = R['traffic.acd']
    given_daily_minutes__rank = R['given.daily_minutes']
    traffic_peak_factor__rank = R['traffic.peak_factor']
    given_by_calls__rank = R['given.by_calls']
    given_concurrent_calls__rank = R['given.concurrent_calls']
    traffic_blocking__rank = R['traffic.blocking']
    given_by_minutes__rank = R['given.by_minutes']
    given_cps__rank = R['given.cps']
    traffic_egress_attempts__rank = R['traffic.egress_attempts']
    given_peak__rank = R['given.peak']
    given_finite__rank = R['given.finite']
    traffic_sources__rank = R['traffic.sources']
    probability_p95__rank = R['probability.p95']
    probability_p99__rank = R['probability.p99']
    probability_median__rank = R['probability.median']
    traffic_load_factor__rank = R['traffic.load_factor']
    option_ipv6__rank = R['option.ipv6']
    header_ipv6__rank = R['header.ipv6']
    header_ipv4__rank = R['header.ipv4']
    option_vlan__rank = R['option.vlan']
    framing_vlan_bytes__rank = R['framing.vlan_bytes']
    option_srtp__rank = R['option.srtp']
    header_srtp_tag__rank = R['header.srtp_tag']
    header_rtp__rank = R['header.rtp']
    header_udp__rank = R['header.udp']
    framing_link_bytes__rank = R['framing.link_bytes']
    framing_wire_bytes__rank = R['framing.wire_bytes']
    framing_documented__rank = R['framing.documented']
    codec_caller_documented_bits_per_second__rank = R['codec.caller_documented_bits_per_second']
    codec_caller_packets_per_second__rank = R['codec.caller_packets_per_second']
    codec_caller_payload__rank = R['codec.caller_payload']
    codec_callee_documented_bits_per_second__rank = R['codec.callee_documented_bits_per_second']
    codec_callee_packets_per_second__rank = R['codec.callee_packets_per_second']
    codec_callee_payload__rank = R['codec.callee_payload']
    server_media__rank = R['server.media']
    option_rtcp__rank = R['option.rtcp']
    rtcp_share__rank = R['rtcp.share']
    rtcp_packet_bytes__rank = R['rtcp.packet_bytes']
    rtcp_interval__rank = R['rtcp.interval']
    sip_documented_bits_per_second_per_call__rank = R['sip.documented_bits_per_second_per_call']
    sip_answered_bytes__rank = R['sip.answered_bytes']
    sip_failed_bytes__rank = R['sip.failed_bytes']
    sip_registrations_per_second__rank = R['sip.registrations_per_second']
    sip_registration_bytes__rank = R['sip.registration_bytes']
    sip_retransmission_factor__rank = R['sip.retransmission_factor']
    link_directions__rank = R['link.directions']
    cdr_text_files__rank = R['cdr.text_files']
    cdr_every_attempt__rank = R['cdr.every_attempt']
    cdr_recording_declared__rank = R['cdr.recording_declared']
    cdr_line_bytes__rank = R['cdr.line_bytes']
    cdr_interval__rank = R['cdr.interval']
    cdr_max_files__rank = R['cdr.max_files']
    cdr_has_policy__rank = R['cdr.has_policy']
    cdr_policy_days__rank = R['cdr.policy_days']
    cdr_interval_minimum__rank = R['cdr.interval_minimum']
    cdr_files_maximum__rank = R['cdr.files_maximum']
    cdr_comfortable_file_bytes__rank = R['cdr.comfortable_file_bytes']
    database_zero_hold_rows__rank = R['database.zero_hold_rows']
    database_row_bytes__rank = R['database.row_bytes']
    database_days__rank = R['database.days']
    database_index_bytes__rank = R['database.index_bytes']
    database_hot_index_window__rank = R['database.hot_index_window']
    database_hot_rows_window__rank = R['database.hot_rows_window']
    database_redo_row_bytes__rank = R['database.redo_row_bytes']
    database_redo_window__rank = R['database.redo_window']
    database_log_file_floor__rank = R['database.log_file_floor']
    database_redo_files__rank = R['database.redo_files']
    database_redo_limit_bytes__rank = R['database.redo_limit_bytes']
    database_connections__rank = R['database.connections']
    database_bytes_per_connection__rank = R['database.bytes_per_connection']
    database_reserved_descriptors__rank = R['database.reserved_descriptors']
    database_table_cache__rank = R['database.table_cache']
    database_descriptors_per_table__rank = R['database.descriptors_per_table']
    database_descriptors_per_connection__rank = R['database.descriptors_per_connection']
    database_least_descriptors__rank = R['database.least_descriptors']
    database_innodb__rank = R['database.innodb']
    database_flush_every_commit__rank = R['database.flush_every_commit']
    database_background_fsyncs__rank = R['database.background_fsyncs']
    database_page_writes_per_row__rank = R['database.page_writes_per_row']
    limit_calls_media__rank = R['limit.calls_media']
    limit_calls_signalling__rank = R['limit.calls_signalling']
    limit_cps_media__rank = R['limit.cps_media']
    limit_cps_signalling__rank = R['limit.cps_signalling']
    given_direct__rank = R['given.direct']
    kernel_ports_per_call__rank = R['kernel.ports_per_call']
    kernel_ports_available__rank = R['kernel.ports_available']
    given_nic__rank = R['given.nic']
    server_nic__rank = R['server.nic']
    link_ceiling__rank = R['link.ceiling']
    given_servers__rank = R['given.servers']
    topology_servers__rank = R['topology.servers']
    topology_spare__rank = R['topology.spare']
    topology_dr__rank = R['topology.dr']
    kernel_conntrack_timeout__rank = R['kernel.conntrack_timeout']
    sip_peers__rank = R['sip.peers']
    kernel_service_descriptors__rank = R['kernel.service_descriptors']
    kernel_descriptor_headroom__rank = R['kernel.descriptor_headroom']
    kernel_conntrack_default__rank = R['kernel.conntrack_default']
    kernel_conntrack_headroom__rank = R['kernel.conntrack_headroom']
    kernel_conntrack_per_bucket__rank = R['kernel.conntrack_per_bucket']
    sip_messages_per_attempt__rank = R['sip.messages_per_attempt']
    kernel_sip_burst__rank = R['kernel.sip_burst']
    kernel_packet_memory__rank = R['kernel.packet_memory']
    cpu_share_media__rank = R['cpu.share_media']
    cpu_share_signalling__rank = R['cpu.share_signalling']
    cpu_reference_calls__rank = R['cpu.reference_calls']
    limit_reference_cores__rank = R['limit.reference_cores']
    codec_transcoded_share__rank = R['codec.transcoded_share']
    cpu_transcoding_factor__rank = R['cpu.transcoding_factor']
    memory_system_bytes__rank = R['memory.system_bytes']
    memory_java_bytes__rank = R['memory.java_bytes']
    memory_softswitch_bytes__rank = R['memory.softswitch_bytes']
    memory_call_bytes__rank = R['memory.call_bytes']
    kernel_conntrack_entry_bytes__rank = R['kernel.conntrack_entry_bytes']
    database_pool_overhead__rank = R['database.pool_overhead']
    memory_ceiling__rank = R['memory.ceiling']
    disk_system_bytes__rank = R['disk.system_bytes']
    disk_log_bytes__rank = R['disk.log_bytes']
    disk_ceiling__rank = R['disk.ceiling']
    tier_starter_concurrent_calls__rank = R['tier.starter.concurrent_calls']
    tier_signalling_factor__rank = R['tier.signalling_factor']
    tier_starter_cps_cores__rank = R['tier.starter.cps_cores']
    tier_starter_cpu_cores__rank = R['tier.starter.cpu_cores']
    cpu_ceiling__rank = R['cpu.ceiling']
    tier_starter_ram_bytes__rank = R['tier.starter.ram_bytes']
    tier_starter_disk_bytes__rank = R['tier.starter.disk_bytes']
    tier_starter_write_operations_per_second__rank = R['tier.starter.write_operations_per_second']
    cpu_packets_per_core__rank = R['cpu.packets_per_core']
    tier_professional_concurrent_calls__rank = R['tier.professional.concurrent_calls']
    tier_professional_cps_cores__rank = R['tier.professional.cps_cores']
    tier_professional_cpu_cores__rank = R['tier.professional.cpu_cores']
    tier_professional_ram_bytes__rank = R['tier.professional.ram_bytes']
    tier_professional_disk_bytes__rank = R['tier.professional.disk_bytes']
    tier_professional_write_operations_per_second__rank = R['tier.professional.write_operations_per_second']
    tier_enterprise_concurrent_calls__rank = R['tier.enterprise.concurrent_calls']
    tier_enterprise_cps_cores__rank = R['tier.enterprise.cps_cores']
    tier_enterprise_cpu_cores__rank = R['tier.enterprise.cpu_cores']
    tier_enterprise_ram_bytes__rank = R['tier.enterprise.ram_bytes']
    tier_enterprise_disk_bytes__rank = R['tier.enterprise.disk_bytes']
    tier_enterprise_write_operations_per_second__rank = R['tier.enterprise.write_operations_per_second']
    given_ram__rank = R['given.ram']
    server_ram__rank = R['server.ram']
    given_cores__rank = R['given.cores']
    server_cores__rank = R['server.cores']
    given_disk__rank = R['given.disk']
    server_disk__rank = R['server.disk']
    disk_horizon__rank = R['disk.horizon']
    database_small_cache_bytes__rank = R['database.small_cache_bytes']
    database_pool_share__rank = R['database.pool_share']
    database_myisam__rank = R['database.myisam']
    database_small_key_buffer_bytes__rank = R['database.small_key_buffer_bytes']
    database_key_buffer_share__rank = R['database.key_buffer_share']
    kernel_udp_memory_share__rank = R['kernel.udp_memory_share']
    kernel_page_bytes__rank = R['kernel.page_bytes']
    tier_carrier_concurrent_calls__rank = R['tier.carrier.concurrent_calls']
    tier_carrier_cps_cores__rank = R['tier.carrier.cps_cores']
    tier_carrier_cpu_cores__rank = R['tier.carrier.cpu_cores']
    tier_carrier_ram_bytes__rank = R['tier.carrier.ram_bytes']
    tier_carrier_disk_bytes__rank = R['tier.carrier.disk_bytes']
    tier_carrier_write_operations_per_second__rank = R['tier.carrier.write_operations_per_second']
    traffic_hold_seconds__rank = max(traffic_setup_time__rank, traffic_asr__rank, traffic_acd__rank)
    traffic_talking_erlangs__rank = max(given_daily_minutes__rank, traffic_peak_factor__rank)
    traffic_cps__rank = (max(given_concurrent_calls__rank, traffic_blocking__rank, traffic_hold_seconds__rank) if F['given.by_calls'] else (max(traffic_talking_erlangs__rank, traffic_asr__rank, traffic_acd__rank) if F['given.by_minutes'] else given_cps__rank))
    traffic_answered_cps__rank = max(traffic_cps__rank, traffic_asr__rank)
    traffic_egress_cps__rank = max(traffic_cps__rank, traffic_egress_attempts__rank)
    traffic_offered_erlangs__rank = (max(given_concurrent_calls__rank, traffic_blocking__rank) if F['given.by_calls'] else (max(traffic_talking_erlangs__rank, traffic_cps__rank, traffic_setup_time__rank) if F['given.by_minutes'] else max(traffic_cps__rank, traffic_hold_seconds__rank)))
    traffic_concurrent_calls__rank = traffic_offered_erlangs__rank
    traffic_concurrent_calls_peak__rank = (given_concurrent_calls__rank if F['given.peak'] else (max(traffic_offered_erlangs__rank, traffic_sources__rank, traffic_blocking__rank) if F['given.finite'] else max(traffic_offered_erlangs__rank, traffic_blocking__rank)))
    traffic_concurrent_calls_p95__rank = max(traffic_offered_erlangs__rank, probability_p95__rank)
    traffic_concurrent_calls_p99__rank = max(traffic_offered_erlangs__rank, probability_p99__rank)
    traffic_concurrent_calls_busiest__rank = max(traffic_offered_erlangs__rank, traffic_hold_seconds__rank, probability_median__rank)
    traffic_mean_to_peak__rank = (traffic_peak_factor__rank if F['given.by_minutes'] else traffic_load_factor__rank)
    traffic_attempts_per_day__rank = max(traffic_cps__rank, traffic_mean_to_peak__rank)
    traffic_minutes_per_day__rank = max(traffic_answered_cps__rank, traffic_acd__rank, traffic_mean_to_peak__rank)
    network_extra_bytes__rank = max((max(header_ipv6__rank, header_ipv4__rank) if F['option.ipv6'] else 0), (framing_vlan_bytes__rank if F['option.vlan'] else 0), (header_srtp_tag__rank if F['option.srtp'] else 0))
    network_packet_overhead__rank = max(header_rtp__rank, header_udp__rank, header_ipv4__rank, framing_link_bytes__rank, network_extra_bytes__rank)
    network_wire_overhead__rank = max(header_rtp__rank, header_udp__rank, header_ipv4__rank, framing_wire_bytes__rank, network_extra_bytes__rank)
    network_caller_bits_per_second__rank = (max(codec_caller_documented_bits_per_second__rank, codec_caller_packets_per_second__rank, network_extra_bytes__rank) if F['framing.documented'] else max(codec_caller_payload__rank, codec_caller_packets_per_second__rank, network_packet_overhead__rank))
    network_callee_bits_per_second__rank = (max(codec_callee_documented_bits_per_second__rank, codec_callee_packets_per_second__rank, network_extra_bytes__rank) if F['framing.documented'] else max(codec_callee_payload__rank, codec_callee_packets_per_second__rank, network_packet_overhead__rank))
    network_bits_per_second_per_call_leg__rank = max(network_caller_bits_per_second__rank, network_callee_bits_per_second__rank)
    network_bits_per_second_per_call__rank = max(network_caller_bits_per_second__rank, network_callee_bits_per_second__rank)
    network_media_bits_per_second__rank = (max(traffic_concurrent_calls_peak__rank, network_bits_per_second_per_call__rank) if F['server.media'] else 0)
    network_packets_per_second_per_call__rank = max(codec_caller_packets_per_second__rank, codec_callee_packets_per_second__rank)
    network_packets_per_second__rank = (max(traffic_concurrent_calls_peak__rank, network_packets_per_second_per_call__rank) if F['server.media'] else 0)
    network_rtcp_bits_per_second__rank = ((max(traffic_concurrent_calls_peak__rank, rtcp_share__rank, network_bits_per_second_per_call__rank, rtcp_packet_bytes__rank, rtcp_interval__rank) if F['server.media'] else 0) if F['option.rtcp'] else 0)
    network_rtcp_packets_per_second__rank = ((max(traffic_concurrent_calls_peak__rank, rtcp_interval__rank) if F['server.media'] else 0) if F['option.rtcp'] else 0)
    network_signalling_documented_bits_per_second__rank = max(traffic_concurrent_calls_peak__rank, sip_documented_bits_per_second_per_call__rank)
    network_signalling_modelled_bits_per_second__rank = max(traffic_answered_cps__rank, sip_answered_bytes__rank, traffic_egress_cps__rank, sip_failed_bytes__rank, sip_registrations_per_second__rank, sip_registration_bytes__rank, sip_retransmission_factor__rank)
    network_signalling_bits_per_second__rank = max(network_signalling_documented_bits_per_second__rank, network_signalling_modelled_bits_per_second__rank)
    network_total_bits_per_second__rank = max(network_media_bits_per_second__rank, network_rtcp_bits_per_second__rank, network_signalling_bits_per_second__rank)
    network_billed_bits_per_second__rank = max(network_total_bits_per_second__rank, link_directions__rank)
    network_wire_bits_per_second__rank = max((max(traffic_concurrent_calls_peak__rank, codec_caller_payload__rank, codec_callee_payload__rank, network_packets_per_second_per_call__rank, network_wire_overhead__rank) if F['server.media'] else 0), network_rtcp_bits_per_second__rank, network_signalling_bits_per_second__rank)
    cdr_written_share__rank = ((0 if F['cdr.every_attempt'] else traffic_asr__rank) if F['cdr.text_files'] else 0)
    cdr_lines_per_second__rank = max(traffic_cps__rank, cdr_written_share__rank)
    cdr_lines_per_hour__rank = cdr_lines_per_second__rank
    cdr_bytes_per_hour__rank = max(cdr_lines_per_second__rank, cdr_line_bytes__rank)
    cdr_bytes_per_day__rank = max(cdr_lines_per_second__rank, cdr_line_bytes__rank, traffic_mean_to_peak__rank)
    cdr_bytes_per_file__rank = max(cdr_lines_per_second__rank, cdr_line_bytes__rank, cdr_interval__rank)
    cdr_retention_seconds__rank = max(cdr_interval__rank, cdr_max_files__rank)
    cdr_policy_seconds__rank = (cdr_policy_days__rank if F['cdr.has_policy'] else cdr_retention_seconds__rank)
    cdr_kept_seconds__rank = max(cdr_retention_seconds__rank, cdr_policy_seconds__rank)
    cdr_retained_bytes__rank = max(cdr_lines_per_second__rank, cdr_line_bytes__rank, traffic_mean_to_peak__rank, cdr_kept_seconds__rank)
    cdr_recommended_interval__rank = traffic_cps__rank
    cdr_retention_seconds_at_recommended_interval__rank = max(cdr_recommended_interval__rank, cdr_max_files__rank)
    cdr_required_max_files__rank = max(cdr_policy_seconds__rank, cdr_interval__rank)
    cdr_required_max_files_at_recommended_interval__rank = max(cdr_policy_seconds__rank, cdr_recommended_interval__rank)
    cdr_shortest_interval_for_policy__rank = max(cdr_interval_minimum__rank, cdr_policy_seconds__rank, cdr_files_maximum__rank)
    cdr_archive_bytes_per_day__rank = max(cdr_required_max_files__rank, cdr_files_maximum__rank, cdr_bytes_per_day__rank)
    cdr_file_size_share__rank = max(cdr_bytes_per_file__rank, cdr_comfortable_file_bytes__rank)
    database_inserts_per_second__rank = (traffic_cps__rank if F['database.zero_hold_rows'] else traffic_answered_cps__rank)
    database_inserts_per_minute__rank = database_inserts_per_second__rank
    database_rows_per_day__rank = max(database_inserts_per_second__rank, traffic_mean_to_peak__rank)
    database_bytes_per_day__rank = max(database_rows_per_day__rank, database_row_bytes__rank)
    database_retained_bytes__rank = max(database_bytes_per_day__rank, database_days__rank)
    database_hot_index_bytes__rank = max(database_inserts_per_second__rank, traffic_mean_to_peak__rank, database_index_bytes__rank, database_hot_index_window__rank)
    database_hot_bytes__rank = max(database_hot_index_bytes__rank, database_inserts_per_second__rank, database_row_bytes__rank, database_hot_rows_window__rank)
    database_redo_bytes__rank = max(database_inserts_per_second__rank, database_redo_row_bytes__rank, database_redo_window__rank, database_log_file_floor__rank, database_redo_files__rank, database_redo_limit_bytes__rank)
    database_log_file_bytes__rank = max(database_redo_bytes__rank, database_redo_files__rank)
    database_connection_bytes__rank = max(database_connections__rank, database_bytes_per_connection__rank)
    database_file_descriptors__rank = max(database_reserved_descriptors__rank, database_connections__rank, database_table_cache__rank, database_descriptors_per_table__rank, database_descriptors_per_connection__rank, database_least_descriptors__rank)
    database_fsyncs_per_second__rank = (max((database_inserts_per_second__rank if F['database.flush_every_commit'] else 0), database_background_fsyncs__rank) if F['database.innodb'] else 0)
    database_write_operations_per_second__rank = max(database_inserts_per_second__rank, database_page_writes_per_row__rank, database_fsyncs_per_second__rank)
    limit_calls__rank = (limit_calls_media__rank if F['server.media'] else limit_calls_signalling__rank)
    limit_cps__rank = (limit_cps_media__rank if F['server.media'] else limit_cps_signalling__rank)
    hardware_servers_for_calls__rank = (max(traffic_concurrent_calls_peak__rank, limit_calls__rank) if F['given.direct'] else max(traffic_offered_erlangs__rank, limit_calls__rank, traffic_blocking__rank))
    hardware_servers_for_cps__rank = max(traffic_cps__rank, limit_cps__rank)
    kernel_udp_ports__rank = (max(traffic_concurrent_calls_peak__rank, kernel_ports_per_call__rank) if F['server.media'] else 0)
    hardware_servers_for_ports__rank = max(kernel_udp_ports__rank, kernel_ports_available__rank)
    hardware_servers_for_nic__rank = (max(network_wire_bits_per_second__rank, server_nic__rank, link_ceiling__rank) if F['given.nic'] else 0)
    hardware_servers__rank = max(hardware_servers_for_calls__rank, hardware_servers_for_cps__rank, hardware_servers_for_ports__rank, hardware_servers_for_nic__rank)
    hardware_servers_planned__rank = (topology_servers__rank if F['given.servers'] else hardware_servers__rank)
    hardware_servers_spare__rank = topology_spare__rank
    hardware_servers_standby__rank = (hardware_servers_planned__rank if F['topology.dr'] else 0)
    hardware_servers_total__rank = max(hardware_servers_planned__rank, hardware_servers_spare__rank, hardware_servers_standby__rank)
    server_share__rank = hardware_servers_planned__rank
    server_cps__rank = max(traffic_cps__rank, server_share__rank)
    server_concurrent_calls__rank = (max(traffic_concurrent_calls_peak__rank, server_share__rank) if F['given.direct'] else max(traffic_offered_erlangs__rank, server_share__rank, traffic_blocking__rank))
    server_wire_bits_per_second__rank = max(network_wire_bits_per_second__rank, server_share__rank)
    server_packets_per_second__rank = max(network_packets_per_second__rank, network_rtcp_packets_per_second__rank, server_share__rank)
    network_nic_bits_per_second__rank = max(server_wire_bits_per_second__rank, link_ceiling__rank)
    server_write_operations_per_second__rank = max(database_write_operations_per_second__rank, server_share__rank)
    kernel_conntrack_entries__rank = max(kernel_udp_ports__rank, (max(traffic_answered_cps__rank, kernel_ports_per_call__rank, kernel_conntrack_timeout__rank) if F['server.media'] else 0), sip_peers__rank)
    kernel_file_descriptors__rank = max(kernel_udp_ports__rank, kernel_service_descriptors__rank, kernel_descriptor_headroom__rank)
    server_udp_ports__rank = (max(server_concurrent_calls__rank, kernel_ports_per_call__rank) if F['server.media'] else 0)
    server_conntrack_entries__rank = max(server_udp_ports__rank, (max(traffic_answered_cps__rank, server_share__rank, kernel_ports_per_call__rank, kernel_conntrack_timeout__rank) if F['server.media'] else 0), sip_peers__rank)
    server_conntrack_max__rank = max(kernel_conntrack_default__rank, server_conntrack_entries__rank, kernel_conntrack_headroom__rank)
    server_conntrack_buckets__rank = max(server_conntrack_max__rank, kernel_conntrack_per_bucket__rank)
    server_file_descriptors__rank = max(server_udp_ports__rank, kernel_service_descriptors__rank, kernel_descriptor_headroom__rank)
    server_sip_socket_bytes__rank = max(server_cps__rank, sip_messages_per_attempt__rank, kernel_sip_burst__rank, kernel_packet_memory__rank)
    cpu_share__rank = (cpu_share_media__rank if F['server.media'] else cpu_share_signalling__rank)
    hardware_cpu_cores__rank = max(traffic_concurrent_calls_peak__rank, cpu_reference_calls__rank, cpu_share__rank, limit_reference_cores__rank, codec_transcoded_share__rank, cpu_transcoding_factor__rank)
    server_cpu_cores__rank = max(server_concurrent_calls__rank, cpu_reference_calls__rank, cpu_share__rank, limit_reference_cores__rank, codec_transcoded_share__rank, cpu_transcoding_factor__rank)
    memory_fixed_bytes__rank = max(memory_system_bytes__rank, memory_java_bytes__rank, memory_softswitch_bytes__rank, database_connection_bytes__rank)
    server_memory_without_cache__rank = max(memory_fixed_bytes__rank, server_concurrent_calls__rank, memory_call_bytes__rank, server_conntrack_entries__rank, kernel_conntrack_entry_bytes__rank)
    server_ram_bytes__rank = max(server_memory_without_cache__rank, database_hot_bytes__rank, server_share__rank, database_pool_overhead__rank, memory_ceiling__rank)
    hardware_ram_bytes__rank = max(memory_fixed_bytes__rank, hardware_servers__rank, traffic_concurrent_calls_peak__rank, memory_call_bytes__rank, kernel_conntrack_entries__rank, kernel_conntrack_entry_bytes__rank, database_hot_bytes__rank, database_pool_overhead__rank, memory_ceiling__rank)
    disk_fixed_bytes__rank = max(disk_system_bytes__rank, disk_log_bytes__rank)
    hardware_disk_bytes__rank = max(cdr_retained_bytes__rank, database_retained_bytes__rank, disk_fixed_bytes__rank, hardware_servers__rank, disk_ceiling__rank)
    server_disk_bytes__rank = max(cdr_retained_bytes__rank, database_retained_bytes__rank, server_share__rank, disk_fixed_bytes__rank, disk_ceiling__rank)
    disk_bytes_per_day__rank = max(cdr_bytes_per_day__rank, database_bytes_per_day__rank, server_share__rank)
    tier_starter_concurrent_calls_available__rank = max(limit_calls__rank, tier_starter_concurrent_calls__rank, (0 if F['server.media'] else tier_signalling_factor__rank))
    tier_starter_concurrent_calls_load__rank = max(server_concurrent_calls__rank, tier_starter_concurrent_calls_available__rank)
    tier_starter_cps_available__rank = max(limit_cps__rank, tier_starter_cps_cores__rank, limit_reference_cores__rank)
    tier_starter_cps_load__rank = max(server_cps__rank, tier_starter_cps_available__rank)
    tier_starter_cpu_cores_available__rank = max(tier_starter_cpu_cores__rank, cpu_ceiling__rank)
    tier_starter_cpu_cores_load__rank = max(server_cpu_cores__rank, tier_starter_cpu_cores_available__rank)
    tier_starter_ram_available__rank = tier_starter_ram_bytes__rank
    tier_starter_ram_load__rank = max(server_ram_bytes__rank, tier_starter_ram_available__rank)
    tier_starter_disk_available__rank = tier_starter_disk_bytes__rank
    tier_starter_disk_load__rank = max(server_disk_bytes__rank, tier_starter_disk_available__rank)
    tier_starter_disk_writes_available__rank = tier_starter_write_operations_per_second__rank
    tier_starter_disk_writes_load__rank = max(server_write_operations_per_second__rank, tier_starter_disk_writes_available__rank)
    tier_starter_packets_per_second_available__rank = max(tier_starter_cpu_cores__rank, cpu_packets_per_core__rank)
    tier_starter_packets_per_second_load__rank = max(server_packets_per_second__rank, tier_starter_packets_per_second_available__rank)
    tier_starter_load__rank = max(tier_starter_concurrent_calls_load__rank, tier_starter_cps_load__rank, tier_starter_cpu_cores_load__rank, tier_starter_ram_load__rank, tier_starter_disk_load__rank, tier_starter_disk_writes_load__rank, tier_starter_packets_per_second_load__rank)
    tier_professional_concurrent_calls_available__rank = max(limit_calls__rank, tier_professional_concurrent_calls__rank, (0 if F['server.media'] else tier_signalling_factor__rank))
    tier_professional_concurrent_calls_load__rank = max(server_concurrent_calls__rank, tier_professional_concurrent_calls_available__rank)
    tier_professional_cps_available__rank = max(limit_cps__rank, tier_professional_cps_cores__rank, limit_reference_cores__rank)
    tier_professional_cps_load__rank = max(server_cps__rank, tier_professional_cps_available__rank)
    tier_professional_cpu_cores_available__rank = max(tier_professional_cpu_cores__rank, cpu_ceiling__rank)
    tier_professional_cpu_cores_load__rank = max(server_cpu_cores__rank, tier_professional_cpu_cores_available__rank)
    tier_professional_ram_available__rank = tier_professional_ram_bytes__rank
    tier_professional_ram_load__rank = max(server_ram_bytes__rank, tier_professional_ram_available__rank)
    tier_professional_disk_available__rank = tier_professional_disk_bytes__rank
    tier_professional_disk_load__rank = max(server_disk_bytes__rank, tier_professional_disk_available__rank)
    tier_professional_disk_writes_available__rank = tier_professional_write_operations_per_second__rank
    tier_professional_disk_writes_load__rank = max(server_write_operations_per_second__rank, tier_professional_disk_writes_available__rank)
    tier_professional_packets_per_second_available__rank = max(tier_professional_cpu_cores__rank, cpu_packets_per_core__rank)
    tier_professional_packets_per_second_load__rank = max(server_packets_per_second__rank, tier_professional_packets_per_second_available__rank)
    tier_professional_load__rank = max(tier_professional_concurrent_calls_load__rank, tier_professional_cps_load__rank, tier_professional_cpu_cores_load__rank, tier_professional_ram_load__rank, tier_professional_disk_load__rank, tier_professional_disk_writes_load__rank, tier_professional_packets_per_second_load__rank)
    tier_enterprise_concurrent_calls_available__rank = max(limit_calls__rank, tier_enterprise_concurrent_calls__rank, (0 if F['server.media'] else tier_signalling_factor__rank))
    tier_enterprise_concurrent_calls_load__rank = max(server_concurrent_calls__rank, tier_enterprise_concurrent_calls_available__rank)
    tier_enterprise_cps_available__rank = max(limit_cps__rank, tier_enterprise_cps_cores__rank, limit_reference_cores__rank)
    tier_enterprise_cps_load__rank = max(server_cps__rank, tier_enterprise_cps_available__rank)
    tier_enterprise_cpu_cores_available__rank = max(tier_enterprise_cpu_cores__rank, cpu_ceiling__rank)
    tier_enterprise_cpu_cores_load__rank = max(server_cpu_cores__rank, tier_enterprise_cpu_cores_available__rank)
    tier_enterprise_ram_available__rank = tier_enterprise_ram_bytes__rank
    tier_enterprise_ram_load__rank = max(server_ram_bytes__rank, tier_enterprise_ram_available__rank)
    tier_enterprise_disk_available__rank = tier_enterprise_disk_bytes__rank
    tier_enterprise_disk_load__rank = max(server_disk_bytes__rank, tier_enterprise_disk_available__rank)
    tier_enterprise_disk_writes_available__rank = tier_enterprise_write_operations_per_second__rank
    tier_enterprise_disk_writes_load__rank = max(server_write_operations_per_second__rank, tier_enterprise_disk_writes_available__rank)
    tier_enterprise_packets_per_second_available__rank = max(tier_enterprise_cpu_cores__rank, cpu_packets_per_core__rank)
    tier_enterprise_packets_per_second_load__rank = max(server_packets_per_second__rank, tier_enterprise_packets_per_second_available__rank)
    tier_enterprise_load__rank = max(tier_enterprise_concurrent_calls_load__rank, tier_enterprise_cps_load__rank, tier_enterprise_cpu_cores_load__rank, tier_enterprise_ram_load__rank, tier_enterprise_disk_load__rank, tier_enterprise_disk_writes_load__rank, tier_enterprise_packets_per_second_load__rank)
    hardware_tier_index__rank = max(tier_starter_load__rank, tier_professional_load__rank, tier_enterprise_load__rank)
    hardware_tier_ram_bytes__rank = hardware_tier_index__rank
    server_ram_installed__rank = (server_ram__rank if F['given.ram'] else hardware_tier_ram_bytes__rank)
    hardware_tier_cpu_cores__rank = hardware_tier_index__rank
    server_cores_installed__rank = (server_cores__rank if F['given.cores'] else hardware_tier_cpu_cores__rank)
    hardware_tier_disk_bytes__rank = hardware_tier_index__rank
    server_disk_installed__rank = (server_disk__rank if F['given.disk'] else hardware_tier_disk_bytes__rank)
    hardware_cpu_utilisation__rank = max(server_cpu_cores__rank, server_cores_installed__rank)
    hardware_disk_utilisation__rank = max(server_disk_bytes__rank, disk_ceiling__rank, server_disk_installed__rank)
    hardware_ram_utilisation__rank = max(server_ram_bytes__rank, memory_ceiling__rank, server_ram_installed__rank)
    network_link_utilisation__rank = max(server_wire_bits_per_second__rank, (server_nic__rank if F['given.nic'] else network_nic_bits_per_second__rank))
    hardware_tier_concurrent_calls__rank = hardware_tier_index__rank
    hardware_capacity_concurrent_calls__rank = max(hardware_servers_planned__rank, limit_calls__rank, hardware_tier_concurrent_calls__rank, (0 if F['server.media'] else tier_signalling_factor__rank))
    disk_days_until_alert__rank = max(server_disk_installed__rank, disk_ceiling__rank, disk_fixed_bytes__rank, disk_bytes_per_day__rank, disk_horizon__rank)
    disk_days_until_full__rank = max(server_disk_installed__rank, disk_fixed_bytes__rank, disk_bytes_per_day__rank, disk_horizon__rank)
    database_buffer_pool_bytes__rank = (max(database_small_cache_bytes__rank, server_ram_installed__rank, database_pool_share__rank, server_memory_without_cache__rank, database_pool_overhead__rank) if F['database.innodb'] else database_small_cache_bytes__rank)
    database_key_buffer_bytes__rank = (max(database_small_key_buffer_bytes__rank, database_hot_index_bytes__rank, server_share__rank, server_ram_installed__rank, database_key_buffer_share__rank) if F['database.myisam'] else database_small_key_buffer_bytes__rank)
    server_memory_bytes__rank = max(server_memory_without_cache__rank, (max(database_buffer_pool_bytes__rank, database_pool_overhead__rank) if F['database.innodb'] else 0), (database_key_buffer_bytes__rank if F['database.myisam'] else 0))
    server_memory_share__rank = max(server_memory_bytes__rank, server_ram_installed__rank)
    server_udp_memory_pages__rank = max(server_ram_installed__rank, kernel_udp_memory_share__rank, kernel_page_bytes__rank)
    tier_carrier_concurrent_calls_available__rank = max(limit_calls__rank, tier_carrier_concurrent_calls__rank, (0 if F['server.media'] else tier_signalling_factor__rank))
    tier_carrier_concurrent_calls_load__rank = max(server_concurrent_calls__rank, tier_carrier_concurrent_calls_available__rank)
    tier_carrier_cps_available__rank = max(limit_cps__rank, tier_carrier_cps_cores__rank, limit_reference_cores__rank)
    tier_carrier_cps_load__rank = max(server_cps__rank, tier_carrier_cps_available__rank)
    tier_carrier_cpu_cores_available__rank = max(tier_carrier_cpu_cores__rank, cpu_ceiling__rank)
    tier_carrier_cpu_cores_load__rank = max(server_cpu_cores__rank, tier_carrier_cpu_cores_available__rank)
    tier_carrier_ram_available__rank = tier_carrier_ram_bytes__rank
    tier_carrier_ram_load__rank = max(server_ram_bytes__rank, tier_carrier_ram_available__rank)
    tier_carrier_disk_available__rank = tier_carrier_disk_bytes__rank
    tier_carrier_disk_load__rank = max(server_disk_bytes__rank, tier_carrier_disk_available__rank)
    tier_carrier_disk_writes_available__rank = tier_carrier_write_operations_per_second__rank
    tier_carrier_disk_writes_load__rank = max(server_write_operations_per_second__rank, tier_carrier_disk_writes_available__rank)
    tier_carrier_packets_per_second_available__rank = max(tier_carrier_cpu_cores__rank, cpu_packets_per_core__rank)
    tier_carrier_packets_per_second_load__rank = max(server_packets_per_second__rank, tier_carrier_packets_per_second_available__rank)
    tier_carrier_load__rank = max(tier_carrier_concurrent_calls_load__rank, tier_carrier_cps_load__rank, tier_carrier_cpu_cores_load__rank, tier_carrier_ram_load__rank, tier_carrier_disk_load__rank, tier_carrier_disk_writes_load__rank, tier_carrier_packets_per_second_load__rank)
    return {'traffic.hold_seconds': traffic_hold_seconds__rank, 'traffic.talking_erlangs': traffic_talking_erlangs__rank, 'traffic.cps': traffic_cps__rank, 'traffic.answered_cps': traffic_answered_cps__rank, 'traffic.egress_cps': traffic_egress_cps__rank, 'traffic.offered_erlangs': traffic_offered_erlangs__rank, 'traffic.concurrent_calls': traffic_concurrent_calls__rank, 'traffic.concurrent_calls_peak': traffic_concurrent_calls_peak__rank, 'traffic.concurrent_calls_p95': traffic_concurrent_calls_p95__rank, 'traffic.concurrent_calls_p99': traffic_concurrent_calls_p99__rank, 'traffic.concurrent_calls_busiest': traffic_concurrent_calls_busiest__rank, 'traffic.mean_to_peak': traffic_mean_to_peak__rank, 'traffic.attempts_per_day': traffic_attempts_per_day__rank, 'traffic.minutes_per_day': traffic_minutes_per_day__rank, 'network.extra_bytes': network_extra_bytes__rank, 'network.packet_overhead': network_packet_overhead__rank, 'network.wire_overhead': network_wire_overhead__rank, 'network.caller_bits_per_second': network_caller_bits_per_second__rank, 'network.callee_bits_per_second': network_callee_bits_per_second__rank, 'network.bits_per_second_per_call_leg': network_bits_per_second_per_call_leg__rank, 'network.bits_per_second_per_call': network_bits_per_second_per_call__rank, 'network.media_bits_per_second': network_media_bits_per_second__rank, 'network.packets_per_second_per_call': network_packets_per_second_per_call__rank, 'network.packets_per_second': network_packets_per_second__rank, 'network.rtcp_bits_per_second': network_rtcp_bits_per_second__rank, 'network.rtcp_packets_per_second': network_rtcp_packets_per_second__rank, 'network.signalling_documented_bits_per_second': network_signalling_documented_bits_per_second__rank, 'network.signalling_modelled_bits_per_second': network_signalling_modelled_bits_per_second__rank, 'network.signalling_bits_per_second': network_signalling_bits_per_second__rank, 'network.total_bits_per_second': network_total_bits_per_second__rank, 'network.billed_bits_per_second': network_billed_bits_per_second__rank, 'network.wire_bits_per_second': network_wire_bits_per_second__rank, 'cdr.written_share': cdr_written_share__rank, 'cdr.lines_per_second': cdr_lines_per_second__rank, 'cdr.lines_per_hour': cdr_lines_per_hour__rank, 'cdr.bytes_per_hour': cdr_bytes_per_hour__rank, 'cdr.bytes_per_day': cdr_bytes_per_day__rank, 'cdr.bytes_per_file': cdr_bytes_per_file__rank, 'cdr.retention_seconds': cdr_retention_seconds__rank, 'cdr.policy_seconds': cdr_policy_seconds__rank, 'cdr.kept_seconds': cdr_kept_seconds__rank, 'cdr.retained_bytes': cdr_retained_bytes__rank, 'cdr.recommended_interval': cdr_recommended_interval__rank, 'cdr.retention_seconds_at_recommended_interval': cdr_retention_seconds_at_recommended_interval__rank, 'cdr.required_max_files': cdr_required_max_files__rank, 'cdr.required_max_files_at_recommended_interval': cdr_required_max_files_at_recommended_interval__rank, 'cdr.shortest_interval_for_policy': cdr_shortest_interval_for_policy__rank, 'cdr.archive_bytes_per_day': cdr_archive_bytes_per_day__rank, 'cdr.file_size_share': cdr_file_size_share__rank, 'database.inserts_per_second': database_inserts_per_second__rank, 'database.inserts_per_minute': database_inserts_per_minute__rank, 'database.rows_per_day': database_rows_per_day__rank, 'database.bytes_per_day': database_bytes_per_day__rank, 'database.retained_bytes': database_retained_bytes__rank, 'database.hot_index_bytes': database_hot_index_bytes__rank, 'database.hot_bytes': database_hot_bytes__rank, 'database.redo_bytes': database_redo_bytes__rank, 'database.log_file_bytes': database_log_file_bytes__rank, 'database.connection_bytes': database_connection_bytes__rank, 'database.file_descriptors': database_file_descriptors__rank, 'database.fsyncs_per_second': database_fsyncs_per_second__rank, 'database.write_operations_per_second': database_write_operations_per_second__rank, 'limit.calls': limit_calls__rank, 'limit.cps': limit_cps__rank, 'hardware.servers_for_calls': hardware_servers_for_calls__rank, 'hardware.servers_for_cps': hardware_servers_for_cps__rank, 'kernel.udp_ports': kernel_udp_ports__rank, 'hardware.servers_for_ports': hardware_servers_for_ports__rank, 'hardware.servers_for_nic': hardware_servers_for_nic__rank, 'hardware.servers': hardware_servers__rank, 'hardware.servers_planned': hardware_servers_planned__rank, 'hardware.servers_spare': hardware_servers_spare__rank, 'hardware.servers_standby': hardware_servers_standby__rank, 'hardware.servers_total': hardware_servers_total__rank, 'server.share': server_share__rank, 'server.cps': server_cps__rank, 'server.concurrent_calls': server_concurrent_calls__rank, 'server.wire_bits_per_second': server_wire_bits_per_second__rank, 'server.packets_per_second': server_packets_per_second__rank, 'network.nic_bits_per_second': network_nic_bits_per_second__rank, 'server.write_operations_per_second': server_write_operations_per_second__rank, 'kernel.conntrack_entries': kernel_conntrack_entries__rank, 'kernel.file_descriptors': kernel_file_descriptors__rank, 'server.udp_ports': server_udp_ports__rank, 'server.conntrack_entries': server_conntrack_entries__rank, 'server.conntrack_max': server_conntrack_max__rank, 'server.conntrack_buckets': server_conntrack_buckets__rank, 'server.file_descriptors': server_file_descriptors__rank, 'server.sip_socket_bytes': server_sip_socket_bytes__rank, 'cpu.share': cpu_share__rank, 'hardware.cpu_cores': hardware_cpu_cores__rank, 'server.cpu_cores': server_cpu_cores__rank, 'memory.fixed_bytes': memory_fixed_bytes__rank, 'server.memory_without_cache': server_memory_without_cache__rank, 'server.ram_bytes': server_ram_bytes__rank, 'hardware.ram_bytes': hardware_ram_bytes__rank, 'disk.fixed_bytes': disk_fixed_bytes__rank, 'hardware.disk_bytes': hardware_disk_bytes__rank, 'server.disk_bytes': server_disk_bytes__rank, 'disk.bytes_per_day': disk_bytes_per_day__rank, 'tier.starter.concurrent_calls_available': tier_starter_concurrent_calls_available__rank, 'tier.starter.concurrent_calls_load': tier_starter_concurrent_calls_load__rank, 'tier.starter.cps_available': tier_starter_cps_available__rank, 'tier.starter.cps_load': tier_starter_cps_load__rank, 'tier.starter.cpu_cores_available': tier_starter_cpu_cores_available__rank, 'tier.starter.cpu_cores_load': tier_starter_cpu_cores_load__rank, 'tier.starter.ram_available': tier_starter_ram_available__rank, 'tier.starter.ram_load': tier_starter_ram_load__rank, 'tier.starter.disk_available': tier_starter_disk_available__rank, 'tier.starter.disk_load': tier_starter_disk_load__rank, 'tier.starter.disk_writes_available': tier_starter_disk_writes_available__rank, 'tier.starter.disk_writes_load': tier_starter_disk_writes_load__rank, 'tier.starter.packets_per_second_available': tier_starter_packets_per_second_available__rank, 'tier.starter.packets_per_second_load': tier_starter_packets_per_second_load__rank, 'tier.starter.load': tier_starter_load__rank, 'tier.professional.concurrent_calls_available': tier_professional_concurrent_calls_available__rank, 'tier.professional.concurrent_calls_load': tier_professional_concurrent_calls_load__rank, 'tier.professional.cps_available': tier_professional_cps_available__rank, 'tier.professional.cps_load': tier_professional_cps_load__rank, 'tier.professional.cpu_cores_available': tier_professional_cpu_cores_available__rank, 'tier.professional.cpu_cores_load': tier_professional_cpu_cores_load__rank, 'tier.professional.ram_available': tier_professional_ram_available__rank, 'tier.professional.ram_load': tier_professional_ram_load__rank, 'tier.professional.disk_available': tier_professional_disk_available__rank, 'tier.professional.disk_load': tier_professional_disk_load__rank, 'tier.professional.disk_writes_available': tier_professional_disk_writes_available__rank, 'tier.professional.disk_writes_load': tier_professional_disk_writes_load__rank, 'tier.professional.packets_per_second_available': tier_professional_packets_per_second_available__rank, 'tier.professional.packets_per_second_load': tier_professional_packets_per_second_load__rank, 'tier.professional.load': tier_professional_load__rank, 'tier.enterprise.concurrent_calls_available': tier_enterprise_concurrent_calls_available__rank, 'tier.enterprise.concurrent_calls_load': tier_enterprise_concurrent_calls_load__rank, 'tier.enterprise.cps_available': tier_enterprise_cps_available__rank, 'tier.enterprise.cps_load': tier_enterprise_cps_load__rank, 'tier.enterprise.cpu_cores_available': tier_enterprise_cpu_cores_available__rank, 'tier.enterprise.cpu_cores_load': tier_enterprise_cpu_cores_load__rank, 'tier.enterprise.ram_available': tier_enterprise_ram_available__rank, 'tier.enterprise.ram_load': tier_enterprise_ram_load__rank, 'tier.enterprise.disk_available': tier_enterprise_disk_available__rank, 'tier.enterprise.disk_load': tier_enterprise_disk_load__rank, 'tier.enterprise.disk_writes_available': tier_enterprise_disk_writes_available__rank, 'tier.enterprise.disk_writes_load': tier_enterprise_disk_writes_load__rank, 'tier.enterprise.packets_per_second_available': tier_enterprise_packets_per_second_available__rank, 'tier.enterprise.packets_per_second_load': tier_enterprise_packets_per_second_load__rank, 'tier.enterprise.load': tier_enterprise_load__rank, 'hardware.tier_index': hardware_tier_index__rank, 'hardware.tier_ram_bytes': hardware_tier_ram_bytes__rank, 'server.ram_installed': server_ram_installed__rank, 'hardware.tier_cpu_cores': hardware_tier_cpu_cores__rank, 'server.cores_installed': server_cores_installed__rank, 'hardware.tier_disk_bytes': hardware_tier_disk_bytes__rank, 'server.disk_installed': server_disk_installed__rank, 'hardware.cpu_utilisation': hardware_cpu_utilisation__rank, 'hardware.disk_utilisation': hardware_disk_utilisation__rank, 'hardware.ram_utilisation': hardware_ram_utilisation__rank, 'network.link_utilisation': network_link_utilisation__rank, 'hardware.tier_concurrent_calls': hardware_tier_concurrent_calls__rank, 'hardware.capacity_concurrent_calls': hardware_capacity_concurrent_calls__rank, 'disk.days_until_alert': disk_days_until_alert__rank, 'disk.days_until_full': disk_days_until_full__rank, 'database.buffer_pool_bytes': database_buffer_pool_bytes__rank, 'database.key_buffer_bytes': database_key_buffer_bytes__rank, 'server.memory_bytes': server_memory_bytes__rank, 'server.memory_share': server_memory_share__rank, 'server.udp_memory_pages': server_udp_memory_pages__rank, 'tier.carrier.concurrent_calls_available': tier_carrier_concurrent_calls_available__rank, 'tier.carrier.concurrent_calls_load': tier_carrier_concurrent_calls_load__rank, 'tier.carrier.cps_available': tier_carrier_cps_available__rank, 'tier.carrier.cps_load': tier_carrier_cps_load__rank, 'tier.carrier.cpu_cores_available': tier_carrier_cpu_cores_available__rank, 'tier.carrier.cpu_cores_load': tier_carrier_cpu_cores_load__rank, 'tier.carrier.ram_available': tier_carrier_ram_available__rank, 'tier.carrier.ram_load': tier_carrier_ram_load__rank, 'tier.carrier.disk_available': tier_carrier_disk_available__rank, 'tier.carrier.disk_load': tier_carrier_disk_load__rank, 'tier.carrier.disk_writes_available': tier_carrier_disk_writes_available__rank, 'tier.carrier.disk_writes_load': tier_carrier_disk_writes_load__rank, 'tier.carrier.packets_per_second_available': tier_carrier_packets_per_second_available__rank, 'tier.carrier.packets_per_second_load': tier_carrier_packets_per_second_load__rank, 'tier.carrier.load': tier_carrier_load__rank}
