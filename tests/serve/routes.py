"""What ways there are into the server: every method of every path of the application."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts


class Way(NamedTuple):
    """A method and a path, with its parameters in braces."""

    method: str
    path: str

    @property
    def filled(self) -> str:
        """The path with something for each parameter that is nothing's id."""
        return re.sub(r"\{\w+(:\w+)?\}", "0123456789ab", self.path)

    @property
    def api(self) -> bool:
        """Whether a program may ask, with a token."""
        return self.path.startswith("/api/") or self.path == "/metrics"

    @property
    def changes(self) -> bool:
        return self.method not in ("GET", "HEAD")


def ways(app: FastAPI) -> Iterator[Way]:
    """All ways in; HEAD, which comes with some GETs, is left out."""
    for route in iter_route_contexts(app.routes):
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield Way(method, route.path)
