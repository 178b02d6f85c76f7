"""From a summary to the measured profile: rates, concurrency, distributions, tables and assumptions."""
