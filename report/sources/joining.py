"""Texts with the same first line joined as one table, in Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from report.core.errors import SourceError
from report.sources.table.columns import listed
from report.sources.table.encoding import Encoding
from report.sources.table.records import TextTable

if TYPE_CHECKING:
    import pyarrow as pa

# Batches of records that are a row group.
BATCHES = 50


def check_alike(texts: Sequence[TextTable], folder: Path) -> None:
    """Refuse texts that are no parts of one table, since their first lines differ.

    Raises:
        SourceError: naming two of them.
    """
    for text in texts:
        if text.header != texts[0].header:
            one, other = (
                f"{each.path.relative_to(folder)} begins with {listed(each.header, 4)}" for each in (texts[0], text)
            )
            hint = "give one of them; parts of one table have the same first line, which names the columns"
            raise SourceError(f"there are several tables in this folder: {one}, {other}", folder, hint)


def write_records(
    texts: Sequence[TextTable],
    encodings: Sequence[Encoding],
    told: Sequence[Sequence[str]],
    columns: dict[str, int],
    to: Path,
) -> None:
    """Write the records of texts with one header as Parquet, columns as text; an empty field, NA or the like is NULL.

    There are `row_number` and `part` from 0, `line`, `is_well_formed` (a record with too many or too few fields keeps
    its place, all NULL), `field_count`, `is_mended`, and the columns.

    Args:
        told: of each text, fields that all of its records have after their own.
        columns: name of each column wanted and its position in the record.

    Raises:
        SourceError: as of `TextTable.records`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = (pa.int64(), pa.int32(), pa.int64(), pa.bool_(), pa.int32(), pa.bool_())
    names = ("row_number", "part", "line", "is_well_formed", "field_count", "is_mended")
    own = zip(names, kinds, strict=True)
    schema = pa.schema([*own, *((name, pa.string()) for name in columns)])

    def batches() -> Iterator[pa.RecordBatch]:
        row = 0
        for part, (text, encoding, also) in enumerate(zip(texts, encodings, told, strict=True)):
            for arrays in text.columns(list(columns.values()), encoding, also):
                count = len(arrays[0])
                own = [list(range(row, row + count)), [part] * count]
                yield pa.record_batch([*own, *map(list, arrays)], schema=schema)
                row += count

    rows = batches()
    with pq.ParquetWriter(to, schema, compression="zstd", compression_level=1) as writer:
        while group := list(islice(rows, BATCHES)):
            writer.write_table(pa.Table.from_batches(group))
