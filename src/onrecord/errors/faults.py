"""E111: onrecord itself fails at one input. That is told of this input; the others are read."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors.base import OnrecordError, shown
from onrecord.errors.inputs import InputError


class ReadingFailed(InputError):
    """E111: an error of the program at this input."""

    code = "E111"
    what = "{name}: could not be read, because onrecord failed at it ({reason})."
    why = "This is an error of onrecord itself, not of the article."
    remedy = "Please report it, with this line and, if you may, the article. The others are read."


@contextmanager
def failing(name: str) -> Iterator[None]:
    """What is raised inside and is no error of ours becomes ReadingFailed, of the input `name`.

    A lack of memory, an interruption and an exit concern the whole run, and go through.
    """
    try:
        yield
    except (OnrecordError, MemoryError):
        raise
    except Exception as error:  # whatever it is, it is one input's
        raise ReadingFailed(name=name, reason=_told(error)) from error


def _told(error: Exception) -> str:
    """The error with its place, as a report needs it: "ValueError: no number, at dates.py:88"."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    said = ": ".join(filter(None, [type(error).__name__, shown(error, 140)]))
    return f"{said}, at {Path(frame.filename).name}:{frame.lineno}"
