"""The figures of the model, by topic: one formula each over dotted names."""
