"""What was measured: call detail records."""
