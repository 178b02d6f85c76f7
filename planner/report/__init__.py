"""The customer's report: one HTML file."""
