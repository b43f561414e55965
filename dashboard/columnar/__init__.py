"""Events in columnar form: datasets as Parquet, and the engine that answers for them."""
