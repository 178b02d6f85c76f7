"""What is needed: the capacity model."""
