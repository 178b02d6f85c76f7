"""`plan cdr`: measure, check, export and simulate call detail records."""

from planner.cli.commands import lazy_group
from planner.cli.console import application

COMMANDS = {
    "profile": ("planner.cli.cdr.profile", "Measure real CDR files: CPS, ASR, ACD, PDD, concurrency, bytes per line."),
    "check": ("planner.cli.cdr.check", "Validate CDR files line by line; the gate for archives."),
    "backtest": ("planner.cli.cdr.backtest", "Compare what the sizing model predicts with what was measured."),
    "compare": ("planner.cli.cdr.compare", "Put two periods side by side: what changed by more than chance."),
    "watch": ("planner.cli.cdr.watch", "Follow a live folder: tell when it leaves the plan."),
    "export": ("planner.cli.cdr.export", "Write typed, unit-corrected records: Parquet, CSV or a database table."),
    "simulate": ("planner.cli.cdr.simulate", "Write a synthetic, seeded CDR archive of a known workload."),
}

app = application(
    name="cdr",
    cls=lazy_group(COMMANDS),
    help="Measure, check, export and simulate call detail records.",
    epilog="Example: plan cdr profile /home/vos3000/cdr --format json -o profile.json",
)


@app.callback()
def group() -> None:
    """Measure, check, export and simulate call detail records."""
