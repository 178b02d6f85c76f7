"""One module per output format: each renders a validation, and is a pure function of it."""
