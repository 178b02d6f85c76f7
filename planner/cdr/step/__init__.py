"""The vectorised step: a window of lines becomes columns of integers, and the few odd lines a list."""
