"""The same analysis in DuckDB: one parsing scan into a table, then one aggregation per measure, on all cores.

Left out to DuckDB's advantage: line numbers and examples, the sample of retried calls.

    python duckdb_pass.py FILE...
"""

from __future__ import annotations

import json
import sys

import duckdb

PARSE = """
create temp table record as
with line as (
  select line, string_split(line, '|') as f from read_csv(?, columns={'line': 'VARCHAR'}, delim='\x01',
  quote='', escape='', header=false, auto_detect=false,
                store_rejects=true, strict_mode=true, null_padding=false)
), field as (
  select strlen(line) + 1 as size, f, len(f) as n,
         try_strptime(f[3], '%Y-%m-%d %H:%M:%S') as start, try_strptime(f[4], '%Y-%m-%d %H:%M:%S') as stop,
         try_cast(f[5] as integer) as hold, try_cast(nullif(f[18], '') as integer) as pdd1,
         try_cast(nullif(f[19], '') as integer) as pdd2
  from line
)
select case when size = 1 or f is null then 'empty' when n not in (17, 18, 19) then 'fields'
            when start is null or strftime(start, '%Y-%m-%d %H:%M:%S') <> f[3] then 'start_time' when stop is
            null or strftime(stop, '%Y-%m-%d %H:%M:%S') <> f[4] then 'stop_time' when hold is null or hold <
            0 or ltrim(f[5], '0123456789') <> '' then 'hold_time' when (n > 17 and pdd1 is null and f[18] <>
            '') or (n > 18 and pdd2 is null and f[19] <> '') then 'pdd'
       end as reason, epoch(start)::bigint as start_s, epoch(stop)::bigint as stop_s, hold, pdd1, pdd2, size,
       f[6] as end_reason, f[7] as direction, f[8] as caller, f[9] as callee, f[17] as mode, left(f[2], 4) as
       prefix
from field
"""
GOOD = "from record where reason is null"
ATTEMPTS = (
    f"select {{key}} as k, start_s as s, 1 as d {GOOD} union all select {{key}}, greatest(start_s, stop_s), -1 {GOOD}"
)
TALKING = (
    f"select {{key}} as k, stop_s - (hold + 999) // 1000 as s, 1 as d {GOOD} and hold > 0 "
    f"union all select {{key}}, stop_s, -1 {GOOD} and hold > 0"
)
PEAK = "select max(level) from (select sum(sum(d)) over (order by s) as level from ({}) group by s)"
KEY_PEAK = """
select max(level) from (
  select k, sum(sum(d)) over (partition by k order by s) as level from ({}) group by k, s
)"""
HISTOGRAMS = ("(hold + 999) // 1000", "greatest(stop_s - start_s - hold // 1000, 0)", "pdd1", "pdd2", "size")
KEYS = ("caller", "callee", "end_reason", "direction", "mode", "prefix")


def main(files: list[str]) -> None:
    run = duckdb.connect()
    run.execute("set threads = 2")
    run.execute(PARSE, [files])
    reasons = dict(run.execute("select reason, count(*) from record where reason is not null group by 1").fetchall())
    encoding = run.execute("select count(distinct (file_id, line)) from reject_errors").fetchone()[0]
    totals = run.execute(f"select count(*), count(*) filter (hold > 0), sum(hold) {GOOD}").fetchone()
    cps = run.execute(f"select max(n) from (select count(*) as n {GOOD} group by start_s)").fetchone()[0]  # noqa: S608  no user's text
    peaks = [run.execute(PEAK.format(events.format(key=0))).fetchone()[0] for events in (ATTEMPTS, TALKING)]
    by_key = []
    for value in HISTOGRAMS:
        run.execute(f"select {value} as v, count(*) {GOOD} group by 1 order by 1").fetchall()
    for key in KEYS:
        run.execute(f"select {key}, count(*), count(*) filter (hold > 0), sum(hold) {GOOD} group by 1").fetchall()
        by_key.append(
            [int(run.execute(KEY_PEAK.format(events.format(key=key))).fetchone()[0]) for events in (ATTEMPTS, TALKING)]
        )
    names = ("records", "answered", "hold_ms", "cps_peak", "attempts_peak", "answered_peak")
    print(
        json.dumps(
            {
                **dict(zip(names, map(int, (*totals, cps, *peaks)), strict=True)),
                "reasons": {**reasons, "encoding": encoding},
                "key_peaks": by_key,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
