"""What a run's end means to the shell: exit codes, and one line for each error.

| code | meaning |
|---|---|
| 0 | everything was read |
| 1 | an error of the program itself |
| 2 | a bad option or setting, or an output that cannot be written |
| 3 | some inputs could not be read; the rest was |
| 4 | nothing could be read |
| 5 | the model is missing or broken |
| 6 | the ledger cannot be used, or the act makes no sense in it |
| 7 | the ledger's log is not as it was written |
| 8 | a server cannot be reached, refuses, or cannot be started |
| 130 | interrupted |
"""

from __future__ import annotations

import sys

from onrecord.errors import (
    BadOption,
    ChainBroken,
    LedgerError,
    ModelError,
    OnrecordError,
    ServeError,
    UsageError,
)

DONE = 0
PROGRAM_ERROR = 1
USAGE = 2
SOME_UNREAD = 3
NOTHING_READ = 4
MODEL = 5
LEDGER = 6
CHAIN_BROKEN = 7
SERVER = 8
INTERRUPTED = 130


def code_of(error: OnrecordError) -> int:
    """The exit code of a run that `error` ended."""
    if isinstance(error, ModelError):
        return MODEL
    if isinstance(error, LedgerError):
        return CHAIN_BROKEN if isinstance(error, ChainBroken) else LEDGER
    if isinstance(error, ServeError):
        return SERVER
    if isinstance(error, UsageError | BadOption):
        return USAGE
    return NOTHING_READ


def code_for(*, read: int, failed: int) -> int:
    """The exit code of a run that came to its end, from how many inputs were read and failed."""
    if not failed:
        return DONE
    return SOME_UNREAD if read else NOTHING_READ


def complain(message: object) -> None:
    """Print one line on standard error; a closed standard error is no reason to fail."""
    line = " ".join(str(message).split())
    try:
        sys.stderr.write(f"onrecord: {line}\n")
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        return
