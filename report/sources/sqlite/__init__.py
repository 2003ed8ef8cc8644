"""Archives as SQLite databases: imported range by range into Parquet."""
