"""CDR text files: how many lines, how large, how long they are kept and when an archive is needed.

Text lines follow answers unless every attempt is recorded; the guide's own example records every attempt.
Where nothing is declared, every attempt is the value and answered calls alone the low end.
"""

from planner.sizing.numbers import Figure

GUIDE = "guide-cdr-file-rotation"

FIGURES = (
    Figure(
        "cdr.written_share",
        "ratio",
        "Attempts that become a text line",
        "where(cdr.text_files, where(cdr.recording_declared, where(cdr.every_attempt, 1, traffic.asr), "
        "traffic.asr + (1 - traffic.asr) * exceeds(cdr.unanswered_recorded + cdr.unanswered_recorded)), 0)",
        (f"{GUIDE}: SS_CDR_RECORD_TO_FILE, SS_CDR_RECORD_NONCONNECT",),
    ),
    Figure("cdr.lines_per_second", "1/s", "CDR text lines per second", "traffic.cps * cdr.written_share", (GUIDE,)),
    Figure("cdr.lines_per_hour", "1/h", "CDR text lines per hour", "cdr.lines_per_second * 3600", (GUIDE,)),
    Figure(
        "cdr.bytes_per_hour",
        "B/h",
        "CDR text per hour",
        "cdr.lines_per_second * cdr.line_bytes * 3600",
        (f"{GUIDE}: disk space requirements",),
    ),
    Figure(
        "cdr.bytes_per_day",
        "B/day",
        "CDR text per day",
        "cdr.lines_per_second * cdr.line_bytes * 86400 * traffic.mean_to_peak",
        (f"{GUIDE}: disk space requirements",),
    ),
    Figure(
        "cdr.bytes_per_file",
        "B",
        "A CDR text file of the busy hour",
        "cdr.lines_per_second * cdr.line_bytes * cdr.interval",
        (GUIDE,),
    ),
    Figure(
        "cdr.retention_seconds",
        "s",
        "Time the rotation keeps",
        "cdr.interval * cdr.max_files",
        (f"{GUIDE}: retention period",),
    ),
    Figure(
        "cdr.policy_seconds",
        "s",
        "Time CDR text must be kept",
        "where(cdr.has_policy, cdr.policy_days * 86400, cdr.retention_seconds)",
        (f"{GUIDE}: retention period",),
    ),
    Figure(
        "cdr.kept_seconds",
        "s",
        "Time CDR text is kept: by the policy, and no longer than a declared rotation keeps it",
        "where(cdr.rotation_declared, min(cdr.retention_seconds, cdr.policy_seconds), cdr.policy_seconds)",
        (GUIDE,),
    ),
    Figure(
        "cdr.retained_bytes",
        "B",
        "CDR text kept on disk",
        "cdr.lines_per_second * cdr.line_bytes * traffic.mean_to_peak * cdr.kept_seconds",
        (f"{GUIDE}: disk space requirements",),
    ),
    Figure(
        "cdr.recommended_interval",
        "s",
        "Interval the traffic calls for",
        "falling(traffic.cps, table.cdr_interval)",
        (f"{GUIDE}: interval by traffic volume",),
    ),
    Figure(
        "cdr.retention_seconds_at_recommended_interval",
        "s",
        "Time the rotation keeps at that interval",
        "cdr.recommended_interval * cdr.max_files",
        (GUIDE,),
    ),
    Figure(
        "cdr.required_max_files",
        "count",
        "Files needed for the time to be kept",
        "ceil(cdr.policy_seconds / cdr.interval)",
        (f"{GUIDE}: required files",),
    ),
    Figure(
        "cdr.required_max_files_at_recommended_interval",
        "count",
        "Files needed at the interval the traffic calls for",
        "ceil(cdr.policy_seconds / cdr.recommended_interval)",
        (f"{GUIDE}: required files",),
    ),
    Figure(
        "cdr.shortest_interval_for_policy",
        "s",
        "Shortest interval whose files can hold the time to be kept",
        "max(cdr.interval_minimum, ceil(cdr.policy_seconds / cdr.files_maximum))",
        (f"{GUIDE}: range of the number of files",),
    ),
    Figure(
        "cdr.archive_bytes_per_day",
        "B/day",
        "CDR text to archive elsewhere, where rotation cannot keep it",
        "exceeds(cdr.required_max_files / cdr.files_maximum) * cdr.bytes_per_day",
        (f"{GUIDE}: external archival",),
    ),
    Figure(
        "cdr.interval_under_attack",
        "s",
        "Interval the guide gives for an attack",
        "cdr.attack_interval",
        (f"{GUIDE}: interval by traffic volume",),
    ),
    Figure(
        "cdr.retention_seconds_under_attack",
        "s",
        "Time the same files keep at that interval",
        "cdr.attack_interval * cdr.max_files",
        (f"{GUIDE}: retention period",),
    ),
    Figure(
        "cdr.archived_bytes",
        "B",
        "CDR text of the policy that must be archived elsewhere",
        "excess(cdr.policy_seconds, cdr.kept_seconds) * cdr.lines_per_second * cdr.line_bytes * traffic.mean_to_peak",
        (f"{GUIDE}: external archival",),
    ),
    Figure(
        "cdr.illegal_lines_per_day",
        "1/day",
        "Lines of illegal calls, where they are recorded",
        "attack.illegal_cps * 86400",
        ("definition: the sum of its parts",),
        shown=False,
    ),
    Figure(
        "cdr.batch_seconds",
        "s",
        "Time in which a batch of records fills, or its interval where that ends first",
        "quotient(batch.records, cdr.lines_per_second, batch.interval)",
        ("guide-scaling: softswitch parameters",),
    ),
    Figure(
        "cdr.push_bits_per_second",
        "bit/s",
        "Load of a real-time push of every record",
        "cdr.lines_per_second * push.record_bytes * 8",
        ("definition: the sum of its parts",),
    ),
    Figure(
        "cdr.file_size_share",
        "ratio",
        "A file's size over a comfortable one",
        "cdr.bytes_per_file / cdr.comfortable_file_bytes",
        ("planning-choice: customary limit of tools",),
    ),
)
