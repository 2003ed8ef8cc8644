"""What sends SQL: the protocol of an engine, and DuckDB connections."""
