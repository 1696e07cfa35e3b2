"""What all parts of a ledger behind a server share: the connection, and how its answers become values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Self, TypeVar

from onrecord.remote.connection import Connection
from onrecord.remote.rebuilding import Unfit, rebuilt

T = TypeVar("T")


class Reached:
    """A server that has a ledger."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection up."""
        self._connection.close()

    @property
    def place(self) -> str:
        """Where the ledger is: the server's address."""
        return self._connection.server

    @cached_property
    def actor(self) -> str:
        """The name under which acts go on the log: that of the token's owner."""
        return self._rebuilt(str, self._part(self._connection.get("/me"), "name"))

    def _part(self, value: Any, name: str) -> Any:
        return self._connection.part(value, name)

    def _list(self, kind: type[T], where: str, count: int, **query: Any) -> list[T]:
        return [self._rebuilt(kind, item) for item in self._connection.items(where, count, **query)]

    def _rebuilt(self, kind: type[T], value: Any) -> T:
        with self._fit():
            return rebuilt(kind, value)

    @contextmanager
    def _fit(self) -> Iterator[None]:
        """What is no answer of ours is ServerRefused."""
        try:
            yield
        except Unfit:
            raise self._connection.strange() from None
