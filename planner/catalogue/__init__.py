"""Parameters, constants and sources: the data in `schemas/`, located in a checkout and in a wheel alike."""
