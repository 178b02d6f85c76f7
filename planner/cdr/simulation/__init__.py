"""Synthetic archives of call records: a known workload, the files it leaves, the truth about them."""
