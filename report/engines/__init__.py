"""Engines behind the protocol of `report.sql.engine`: DuckDB, and Spark for archives that are counted elsewhere."""
