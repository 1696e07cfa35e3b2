"""Keeps what was read: an append-only, hash-chained log and the tables that it adds up to."""
