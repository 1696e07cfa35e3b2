"""A ledger that another machine serves: the same methods, over its API."""
