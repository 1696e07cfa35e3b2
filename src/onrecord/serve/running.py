"""Runs the server: opens what it needs, listens, tells where it is, and ends when it is told to.

What is asked for when it is told to end gets its answer, if that takes no longer than `GRACE`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from anyio.to_thread import current_default_thread_limiter

from onrecord.serve import pages
from onrecord.serve.accounts import Accounts
from onrecord.serve.app import create_app
from onrecord.serve.caching import Cache
from onrecord.serve.drafts import Drafts
from onrecord.serve.health import CountingReader
from onrecord.serve.house import House
from onrecord.serve.listening import own_name
from onrecord.serve.logs import Watched
from onrecord.serve.notices import Notices
from onrecord.serve.verifying import Verifying
from onrecord.serve.warming import warm

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from onrecord.ledger.base import Clock
    from onrecord.ledger.core import Ledger
    from onrecord.serve.listening import Asked
    from onrecord.settings import Settings

# Seconds that requests have to end in when the server is told to.
GRACE: Final = 10
# Requests that are worked on at the same time; others wait their turn, and are quicker by it: one interpreter
# works on one thing at a time, and hands over after each row of the database. Measured with 50 users, p95:
# 16 threads 689 ms, 4 threads 383 ms, 2 threads 412 ms.
THREADS: Final = 4
# Bytes of a request's first line and headers together.
HEAD: Final = 32 * 1024
_log: Final = logging.getLogger("onrecord.serve")


@contextmanager
def opened(ledger: Ledger, place: str, settings: Settings, asked: Asked, *, clock: Clock) -> Iterator[House]:
    """The house of a server, for as long as the block lasts; closing the ledger is the caller's.

    place: where the ledger is, with a password if it needs one. Raises what opening the accounts does.
    """
    accounts = Accounts.open(place, team=asked.team, clock=clock)
    try:
        yield House(
            ledger=ledger,
            reader=CountingReader(settings),
            settings=settings,
            clock=clock,
            accounts=accounts,
            notices=Notices(),
            drafts=Drafts(),
            cache=Cache(),
            verifying=Verifying(accounts),
            team=asked.team,
            site=asked.site,
            hosts=tuple(filter(None, (asked.host, own_name(asked.host)))),
            private_addresses=asked.private_addresses,
        )
    finally:
        accounts.close()


def application(house: House) -> ASGIApp:
    """The application of a house, watched."""
    app = create_app(house)
    return Watched(app, app.state.metrics)


class Server(uvicorn.Server):
    """uvicorn's server, for which being told to end is a normal end, and not a death by a signal.

    ready: called once it answers.
    """

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], object] | None = None) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        # Each may hold a connection to the ledger; beside them there are those that count in the background.
        current_default_thread_limiter().total_tokens = THREADS
        await super().startup(sockets)
        if self._ready is not None:
            await asyncio.to_thread(self._ready)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """SIGINT and SIGTERM end the server; a second SIGINT does not wait for requests."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {
            number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def server(app: ASGIApp, *, behind: Sequence[str] = (), ready: Callable[[], object] | None = None) -> Server:
    """A server of an application, not yet started: `run(sockets=[listening(…)])` starts it.

    ready: called once it answers. behind: see `Asked`.
    """
    trusted: dict[str, Any] = {"proxy_headers": bool(behind), "forwarded_allow_ips": list(behind)}
    return Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            h11_max_incomplete_event_size=HEAD,
            timeout_graceful_shutdown=GRACE,
            **trusted,
        ),
        ready=ready,
    )


def run(house: House, listener: socket.socket, asked: Asked, *, tell: Callable[[], object]) -> bool:
    """Answer requests until SIGINT or SIGTERM.

    tell: called in a thread of its own when the server answers, and again at each SIGUSR1.
    Returns whether all work had ended by then: where it had not, the process must be left by force.
    """
    facts = {"pid": os.getpid(), "port": listener.getsockname()[1], "team": house.team}
    app = application(house)
    with _at_sigusr1(tell), warm(house, pages.counts()):
        _log.info("started", extra={"facts": facts})
        server(app, behind=asked.behind, ready=tell).run(sockets=[listener])
    left = unfinished()
    _log.info("ended", extra={"facts": {"unfinished": left}})
    return not left


@contextmanager
def _at_sigusr1(again: Callable[[], object]) -> Iterator[None]:
    if not hasattr(signal, "SIGUSR1"):
        yield
        return
    # Not in the handler itself: that may interrupt anything, and what holds a lock would wait for itself.
    before = signal.signal(signal.SIGUSR1, lambda *_: threading.Thread(target=again, daemon=True).start())
    try:
        yield
    finally:
        signal.signal(signal.SIGUSR1, before)


def unfinished(patience: float = 1.0) -> int:
    """How many threads are still at work on requests. patience: seconds for them all to end."""
    workers = [
        thread
        for thread in threading.enumerate()
        if not thread.daemon and thread is not threading.main_thread()
    ]
    for thread in workers:
        with suppress(RuntimeError):
            thread.join(patience / len(workers))
    return sum(thread.is_alive() for thread in workers)
