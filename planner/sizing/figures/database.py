"""The CDR database: rows, disk, what should stay in memory, redo, connections and writes to disk.

Rows follow attempts unless records without hold time are switched off. Which cache matters depends on the
engine: InnoDB's buffer pool or MyISAM's key buffer; where the engine is unknown, both are planned.
"""

from planner.sizing.numbers import Figure

GUIDE = "guide-scaling: database optimization"
SCHEMA = "vos3000-schema-dump: the CDR table"
MANUAL = "mysql-manual"

FIGURES = (
    Figure(
        "database.inserts_per_second",
        "1/s",
        "CDR rows inserted per second",
        "where(database.zero_hold_rows, traffic.cps, traffic.answered_cps)",
        (GUIDE, "vos3000-manual: SERVER_BILLING_RECORD_ZERO_HOLD_TIME"),
    ),
    Figure(
        "database.inserts_per_minute",
        "1/min",
        "CDR rows inserted per minute",
        "database.inserts_per_second * 60",
        (GUIDE,),
    ),
    Figure(
        "database.rows_per_day",
        "1/day",
        "CDR rows per day",
        "database.inserts_per_second * 86400 * traffic.mean_to_peak",
        (GUIDE,),
    ),
    Figure(
        "database.bytes_per_day",
        "B/day",
        "CDR rows and indexes per day",
        "database.rows_per_day * database.row_bytes",
        (SCHEMA,),
    ),
    Figure(
        "database.retained_bytes", "B", "CDR rows and indexes kept", "database.bytes_per_day * database.days", (SCHEMA,)
    ),
    Figure(
        "database.hot_index_bytes",
        "B",
        "Indexes of the active day",
        "database.inserts_per_second * traffic.mean_to_peak * database.index_bytes * database.hot_index_window",
        (SCHEMA,),
    ),
    Figure(
        "database.hot_bytes",
        "B",
        "Indexes of the active day and rows of the last hour",
        "database.hot_index_bytes + database.inserts_per_second * database.row_bytes * database.hot_rows_window",
        (SCHEMA,),
    ),
    Figure(
        "database.redo_bytes",
        "B",
        "Redo log that holds an hour of writes, within the version's limit",
        "min(max(database.inserts_per_second * database.redo_row_bytes * database.redo_window, "
        "database.log_file_floor * database.redo_files), database.redo_limit_bytes)",
        (GUIDE, "percona-redo-log"),
    ),
    Figure(
        "database.log_file_bytes",
        "B",
        "Each redo log file",
        "database.redo_bytes / database.redo_files",
        (GUIDE, MANUAL),
    ),
    Figure(
        "database.connection_bytes",
        "B",
        "Memory of all connections at the defaults of the version",
        "database.connections * database.bytes_per_connection",
        (MANUAL,),
    ),
    Figure(
        "database.file_descriptors",
        "count",
        "Descriptors the database server wants",
        "max(max(database.reserved_descriptors + database.connections + "
        "database.table_cache * database.descriptors_per_table, "
        "database.connections * database.descriptors_per_connection), database.least_descriptors)",
        ("mysql-5.6-source: mysqld.cc",),
    ),
    Figure(
        "database.fsyncs_per_second",
        "1/s",
        "fsync calls per second: one per row where every commit is flushed",
        "where(database.innodb, where(database.flush_every_commit, "
        "database.inserts_per_second, 0) + database.background_fsyncs, 0)",
        (GUIDE, MANUAL),
    ),
    Figure(
        "database.write_operations_per_second",
        "1/s",
        "Writes to disk per second for CDR rows",
        "database.inserts_per_second * database.page_writes_per_row + database.fsyncs_per_second",
        (MANUAL,),
    ),
    Figure(
        "database.sync_bits_per_second",
        "bit/s",
        "Volume of keeping a standby's database in step",
        "database.inserts_per_second * database.redo_row_bytes * 8",
        (MANUAL,),
    ),
)
