"""The base of all errors: a number, what is wrong, the likely cause, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar


class OnrecordError(Exception):
    """Base of all errors. `code` numbers the message; `what`, `why` and `remedy` are its parts.

    The three class attributes are `str.format` templates, filled from the keyword arguments.
    """

    code: ClassVar[str] = ""
    what: ClassVar[str] = ""
    why: ClassVar[str] = ""
    remedy: ClassVar[str] = ""

    def __init__(self, **values: Any) -> None:
        self.values = {key: shown(value) for key, value in values.items()}
        parts = (self.what, self.why, self.remedy)
        self.parts = tuple(part.format_map(self.values) for part in parts)
        super().__init__(f"[{self.code}] " + " ".join(part for part in self.parts if part))

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors cross process borders (worker pools) whole."""
        return _rebuild, (type(self), self.values)


def _rebuild(kind: type[OnrecordError], values: dict[str, str]) -> OnrecordError:
    return kind(**values)


def shown(value: object, limit: int = 200) -> str:
    """A value fit for a message: control characters escaped, at most `limit` characters."""
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(value)[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def catalogue() -> Iterator[type[OnrecordError]]:
    """All numbered error classes, in the order of their numbers."""
    found: list[type[OnrecordError]] = []
    waiting: list[type[OnrecordError]] = [OnrecordError]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if "code" in vars(kind) and kind.code:
            found.append(kind)
    yield from sorted(found, key=lambda kind: kind.code)
