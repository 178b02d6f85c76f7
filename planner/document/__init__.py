"""Text to values that know where they stand."""
