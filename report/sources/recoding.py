"""Parquet whose text is not UTF-8, though the format says so: copied with its text decoded as that of a CSV file is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from report.core.errors import SourceError
from report.sources.partfiles import Files
from report.sources.table.encoding import ERRORS, SAMPLE, Encoding, decide

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

# Under this name a table that is made of such copies keeps what their text was taken for.
READ_AS = "text"


def recode(files: Files, folder: Path) -> tuple[Files, Encoding]:
    """Write copies of the files below `folder`, with text that is UTF-8; give them and what the text was taken for.

    Different bytes give different text.

    Raises:
        SourceError: Arrow can't read it either.
    """
    import pyarrow as pa

    try:
        return _recode(files, folder)
    except pa.ArrowInvalid as error:
        hint = "write the table again, with text that is UTF-8"
        raise SourceError("there is text that is not UTF-8, and it cannot be read", files.place, hint) from error


def _recode(files: Files, folder: Path) -> tuple[Files, Encoding]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    encoding = _decide(files)
    base = files.place if files.place.is_dir() else files.place.parent
    paths = [folder / path.relative_to(base) for path in files.paths]
    for path, to in zip(files.paths, paths, strict=True):
        to.parent.mkdir(parents=True, exist_ok=True)
        with pq.ParquetFile(path) as reader:
            schema = pa.schema([field.with_type(_with(field.type, pa.string())) for field in reader.schema_arrow])
            with pq.ParquetWriter(to, schema, compression="zstd", compression_level=1) as writer:
                for columns in _columns(reader):
                    arrays = [
                        pa.array(_decoded(values, encoding.codec), field.type) if isinstance(values, list) else values
                        for values, field in zip(columns, schema, strict=True)
                    ]
                    writer.write_batch(pa.record_batch(arrays, schema=schema))
    return Files(folder if files.place.is_dir() else paths[0], tuple(paths)), encoding


def _columns(reader: pq.ParquetFile) -> Iterator[list[list | pa.Array]]:
    """The columns of each batch: those with text as lists of values, in which text is bytes."""
    import pyarrow as pa

    for batch in reader.iter_batches(use_threads=False):
        kinds = [_with(array.type, pa.binary()) for array in batch]
        yield [a if a.type == kind else a.cast(kind).to_pylist() for a, kind in zip(batch, kinds, strict=True)]


def _with(kind: pa.DataType, text: pa.DataType) -> pa.DataType:
    """The type with another for the text in it."""
    import pyarrow as pa

    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return text
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(kind.value_field.with_type(_with(kind.value_type, text)))
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_with(field.type, text)) for field in kind])
    return kind


def _decoded(value: object, codec: str) -> object:
    if isinstance(value, bytes):
        return value.decode(codec, ERRORS)
    if isinstance(value, list):
        return [_decoded(inner, codec) for inner in value]
    if isinstance(value, dict):
        return {name: _decoded(inner, codec) for name, inner in value.items()}
    return value


def _texts(value: object) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _decide(files: Files) -> Encoding:
    """What the text is, by the first different values that are not ASCII."""
    encoding = decide(io.BytesIO(b"\n".join(dict.fromkeys(islice(_beyond_ascii(files), SAMPLE)))))
    return encoding if encoding.is_guessed else replace(encoding, has_faults=True)


def _beyond_ascii(files: Files) -> Iterator[bytes]:
    import pyarrow.parquet as pq

    for path in files.paths:
        with pq.ParquetFile(path) as reader:
            for columns in _columns(reader):
                for column in columns:
                    yield from (text for text in _texts(column) if not text.isascii())
