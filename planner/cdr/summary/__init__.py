"""What was measured, as values that add up: every part merges exactly, in any order and any grouping."""
