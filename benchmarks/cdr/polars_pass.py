"""The same analysis in Polars: one lazy scan per file, streaming, aggregations over the parsed columns.

Left out to Polars' advantage: line numbers and examples, duplicates.

    python polars_pass.py FILE...
"""

from __future__ import annotations

import json
import sys

import polars as pl

CLOCK = "%Y-%m-%d %H:%M:%S"
KEYS = {"caller": 7, "callee": 8, "end_reason": 5, "direction": 6, "mode": 16}


def whole(text: pl.Expr) -> pl.Expr:
    """One to nine digits; a cast alone takes a sign."""
    return pl.when(text.str.contains("^[0-9]{1,9}$")).then(text.cast(pl.Int64, strict=False))


def parsed(path: str) -> pl.LazyFrame:
    line = pl.col("line").fill_null("")
    scan = pl.scan_csv(
        path, separator="\x01", quote_char=None, has_header=False, schema={"line": pl.String}, encoding="utf8-lossy"
    )
    f = line.str.split("|")
    shape = scan.with_columns(f=f, size=line.str.len_bytes() + 1, lossy=line.str.contains("\ufffd", literal=True))
    get = pl.col("f").list.get
    columns = shape.with_columns(
        n=pl.col("f").list.len(),
        start=get(2, null_on_oob=True).str.to_datetime(CLOCK, strict=False),
        stop=get(3, null_on_oob=True).str.to_datetime(CLOCK, strict=False),
        hold=whole(get(4, null_on_oob=True)),
        pdd1=whole(get(17, null_on_oob=True)),
        pdd2=whole(get(18, null_on_oob=True)),
        prefix=get(1, null_on_oob=True).str.head(4),
        caller_tail=get(0, null_on_oob=True).str.tail(8),
        callee_tail=get(1, null_on_oob=True).str.tail(8),
        **{name: get(index, null_on_oob=True) for name, index in KEYS.items()},
    )
    reason = (
        pl.when(pl.col("size") == 1)
        .then(pl.lit("empty"))
        .when(pl.col("lossy"))
        .then(pl.lit("encoding"))
        .when(~pl.col("n").is_in([17, 18, 19]))
        .then(pl.lit("fields"))
        .when(pl.col("start").is_null())
        .then(pl.lit("start_time"))
        .when(pl.col("stop").is_null())
        .then(pl.lit("stop_time"))
        .when(pl.col("hold").is_null())
        .then(pl.lit("hold_time"))
        .when((pl.col("n") > 17) & pl.col("pdd1").is_null())
        .then(pl.lit("pdd"))
        .when((pl.col("n") > 18) & pl.col("pdd2").is_null())
        .then(pl.lit("pdd"))
    )
    seconds = {name: pl.col(name).dt.epoch("s") for name in ("start", "stop")}
    return columns.with_columns(reason=reason, **seconds).drop("line", "f", "lossy")


def changes(calls: pl.LazyFrame, begin: pl.Expr, end: pl.Expr, *keys: str) -> pl.LazyFrame:
    """Return by how much the calls in progress grow, by second (and key)."""
    rising = calls.select(*keys, begin.alias("s"), pl.lit(1).alias("d"))
    falling = calls.select(*keys, end.alias("s"), pl.lit(-1).alias("d"))
    return pl.concat([rising, falling]).group_by(*keys, "s").sum()


def measure(path: str) -> tuple[pl.DataFrame, ...]:
    frame = parsed(path).collect(engine="streaming").lazy()
    good = frame.filter(pl.col("reason").is_null())
    talk = good.filter(pl.col("hold") > 0)
    end = pl.max_horizontal("start", "stop")
    answer = pl.col("stop") - (pl.col("hold") + 999) // 1000
    both = ((good, pl.col("start"), end), (talk, answer, pl.col("stop")))
    plans = [
        frame.group_by("reason").len(),
        good.select(pl.len().alias("records"), (pl.col("hold") > 0).sum().alias("answered"), pl.col("hold").sum()),
        good.group_by("start").len(),
        *(changes(*kind) for kind in both),
        *(
            good.group_by(value.alias("v")).len()
            for value in (
                (pl.col("hold") + 999) // 1000,
                (end - pl.col("start") - pl.col("hold") // 1000).clip(0),
                pl.col("pdd1"),
                pl.col("pdd2"),
                pl.col("size"),
            )
        ),
        *(
            good.group_by(key).agg(pl.len(), (pl.col("hold") > 0).sum().alias("a"), pl.col("hold").sum())
            for key in (*KEYS, "prefix")
        ),
        *(changes(*kind, key) for key in (*KEYS, "prefix") for kind in both),
        good.with_columns(call=pl.struct("caller_tail", "callee_tail", pl.col("start") // 600).hash())
        .filter(pl.col("call") % 341 == 0)
        .group_by("call")
        .agg(pl.len(), pl.col("callee").n_unique().alias("gateways")),
    ]
    return tuple(pl.collect_all(plans))


def main(files: list[str]) -> None:
    parts = list(zip(*map(measure, files), strict=True))
    merged = [pl.concat(part) for part in parts[:5]]
    reasons = merged[0].group_by("reason").sum().filter(pl.col("reason").is_not_null())
    by_key = [
        pl.concat(part).group_by(key, "s").sum().sort(key, "s").select(pl.col("d").cum_sum().over(key)).max().item()
        for key, part in zip([key for key in (*KEYS, "prefix") for _ in range(2)], parts[-13:-1], strict=True)
    ]
    totals = merged[1].sum().row(0)
    cps = merged[2].group_by("start").sum()["len"].max()
    peaks = [part.group_by("s").sum().sort("s")["d"].cum_sum().max() for part in merged[3:5]]
    names = ("records", "answered", "hold_ms", "cps_peak", "attempts_peak", "answered_peak")
    print(
        json.dumps(
            {
                **dict(zip(names, (*totals, cps, *peaks), strict=True)),
                "reasons": dict(reasons.iter_rows()),
                "key_peaks": [by_key[i : i + 2] for i in range(0, len(by_key), 2)],
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
