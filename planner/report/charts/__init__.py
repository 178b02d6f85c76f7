"""Plotly figures as plain dictionaries: no plotly import at run time, validated against plotly in the tests."""
