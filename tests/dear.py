"""Which tests cost most: `make test` begins with them, `make test-fast` leaves them out."""

# Files, and folders, whose tests build sites, draw pictures or aggregate much: the dearest first.
DEAR = (
    "browser", "test_content", "test_build", "test_cli", "test_workflow", "test_incremental", "test_reproducible",
    "test_crash", "test_code", "test_every_chart", "findings", "test_sample", "test_sqlite", "test_loose_data",
    "test_edition", "test_table_shapes", "test_flat_table", "test_clean", "test_claims", "test_particular_charts",
    "test_partial_years", "test_real_small", "test_agreement", "test_headlines", "test_partfiles", "test_sources",
    "test_import_killed", "test_preview", "test_slices", "test_populations", "test_checks", "test_contributing",
    "test_disk", "test_lock", "test_hostile", "test_edition_size", "test_measures", "test_time_zone", "test_bench",
    "test_bench_aggregate", "test_bench_compare", "test_bench_imports", "test_editions_command", "test_blank_columns",
    "test_provenance", "test_limits", "test_results", "test_architecture", "test_same_cubes", "test_functions",
    "test_faults",
)  # fmt: skip
