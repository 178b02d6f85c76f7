"""Records out of CDR files into Parquet, CSV or a database: typed, none lost, none twice."""
