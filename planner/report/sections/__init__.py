"""The sections of a report, one module each, in the order a reader meets them."""
