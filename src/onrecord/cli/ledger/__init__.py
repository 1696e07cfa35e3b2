"""How the ledger's answers are shown: words, tables for eyes, JSON for programs."""
