"""Writes statements as the ledger now has them in formats that other programs read.

Each format is a module with `write(entries, out, …) -> int`: it takes any number of entries, looks up
what belongs to them a batch at a time, writes bytes, and returns how many it wrote. The exact and
complete form, which alone can be taken in again, is that of `onrecord.record.exchange`.
"""

from __future__ import annotations

FORMATS = ("csv", "parquet", "claimreview", "webannotation")

__all__ = ["FORMATS"]
