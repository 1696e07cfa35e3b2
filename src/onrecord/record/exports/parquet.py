"""One statement a row, for data frames: Apache Parquet with real dates, numbers and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.entry import Entry, Rating
from onrecord.errors import MissingExtra
from onrecord.record.exports.batches import RatingsOf, batches, plain, with_ratings

if TYPE_CHECKING:
    import pyarrow

# Rows that are held, and written as one group: what readers of the format find quick to skip.
GROUP = 20_000
DATES = ("due_start", "due_end", "published", "settled_on")
NUMBERS = ("certainty_low", "certainty_mid", "certainty_high", "confidence", "kind_confidence")
FLAGS = ("anonymous", "negative", "denied", "corrected", "rejected", "current")


def write(entries: Iterable[Entry], out: BinaryIO, *, ratings_of: RatingsOf) -> int:
    """Write all entries as one table. Returns their number. Raises MissingExtra without pyarrow."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra(feature="Export to Parquet", library="pyarrow", extra="parquet") from None
    schema = schema_of(pyarrow)
    count = 0
    with pyarrow.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in batches(entries, GROUP):
            rows = [_row(entry, ratings) for entry, ratings in with_ratings(batch, ratings_of)]
            writer.write_table(pyarrow.Table.from_pylist(rows, schema))
            count += len(rows)
    return count


def schema_of(pyarrow: Any) -> pyarrow.Schema:
    """The columns: the fields of an `Entry` in their order, then the list of its ratings."""
    evidence = pyarrow.struct([("kind", pyarrow.string()), ("text", pyarrow.string())])
    rating = pyarrow.struct(
        [
            ("actor", pyarrow.string()),
            ("verdict", pyarrow.string()),
            ("on", pyarrow.date32()),
            ("evidence", evidence),
            ("note", pyarrow.string()),
            ("time", pyarrow.string()),
        ]
    )
    columns = [(field.name, _type(pyarrow, field.name)) for field in fields(Entry)]
    return pyarrow.schema([*columns, ("ratings", pyarrow.list_(rating))])


def _type(pyarrow: Any, name: str) -> Any:
    if name in DATES:
        return pyarrow.date32()
    if name in NUMBERS:
        return pyarrow.float64()
    if name in FLAGS:
        return pyarrow.bool_()
    if name == "sequence":
        return pyarrow.int64()
    return pyarrow.list_(pyarrow.string()) if name == "chain" else pyarrow.string()


def _row(entry: Entry, ratings: Sequence[Rating]) -> dict[str, object]:
    row = {field.name: _storable(getattr(entry, field.name)) for field in fields(Entry)}
    return row | {"ratings": [_storable(plain(rating)) | {"on": rating.on} for rating in ratings]}


def _storable(value: Any) -> Any:
    """The value with lone surrogates, which Parquet cannot hold, written out as JSON does."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, tuple | list):
        return [_storable(part) for part in value]
    if isinstance(value, dict):
        return {key: _storable(part) for key, part in value.items()}
    return value
