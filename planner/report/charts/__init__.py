"""Plotly figures as plain dictionaries: validated against plotly in the tests, without it at run time."""
