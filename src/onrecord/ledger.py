"""The ledger as one object: composes reading, record, track and score."""
