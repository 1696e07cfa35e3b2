"""Says whether the server is well: /healthz and /readyz for what starts and stops it, /metrics in figures."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from onrecord.errors import NotAllowed, NotSignedIn, OnrecordError
from onrecord.flow import Reader
from onrecord.serve.listening import loopback
from onrecord.serve.visit import house_of, seen

if TYPE_CHECKING:
    from fastapi import FastAPI

    from onrecord.serve.house import House
    from onrecord.settings import Settings
    from onrecord.statement import Article, Document

router = APIRouter()
# Seconds; the first steps are where pages should be.
STEPS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# What proxies add: a request that has one came from elsewhere, whatever its last station's address is.
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


class CountingReader(Reader):
    """A reader that loads its model once, whoever asks first, and counts what it read."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._lock = threading.Lock()
        self.reads = 0
        self.seconds = 0.0

    def read(self, article: Article) -> Document:
        """As `Reader.read`."""
        with self._lock:
            self.info  # noqa: B018 - loads the model where that was not done yet
        start = time.perf_counter()
        document = super().read(article)
        with self._lock:
            self.reads += 1
            self.seconds += time.perf_counter() - start
        return document


class Metrics:
    """What was counted since the server started, and how large the ledger is."""

    def __init__(self, house: House) -> None:
        self.registry: Final = CollectorRegistry()
        self._requests = Counter(
            "onrecord_requests", "Requests that were answered.", ["method", "route", "status"],
            registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "onrecord_request_seconds", "How long answers took, until their last byte was handed over.",
            ["route"], buckets=STEPS, registry=self.registry,
        )  # fmt: skip
        self.registry.register(_OfReader(house))
        self.registry.register(_OfLedger(house))
        ProcessCollector(registry=self.registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All figures in the text format of Prometheus."""
        return generate_latest(self.registry)


class _OfReader(Collector):
    """How much was read."""

    def __init__(self, house: House) -> None:
        self._house = house

    def collect(self) -> Iterable[CounterMetricFamily]:
        """How many articles, and how long that took."""
        reader = self._house.reader
        if isinstance(reader, CountingReader):
            yield CounterMetricFamily("onrecord_reads", "Articles that were read.", value=reader.reads)
            told = "How long reading them took, together."
            yield CounterMetricFamily("onrecord_read_seconds", told, value=reader.seconds)


class _OfLedger(Collector):
    """How large the ledger is. Counted again only after it changed, and given as it was meanwhile."""

    def __init__(self, house: House) -> None:
        self._house = house

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """A figure each; none of them where the ledger cannot be read just now."""
        house = self._house
        with suppress(OnrecordError):
            head = house.ledger.newest()
            yield GaugeMetricFamily("onrecord_log_rows", "The newest row of the log.", value=head)
            day = house.clock().date()
            # The same name and key as on the first page, so that both are counted once.
            counts = house.cache.get(
                "counts", day, lambda: house.ledger.counts(day), head=head, stale=True
            ).value  # fmt: skip
            for name in ("statements", "articles", "speakers", "unrated", "overdue"):
                told = f"How many {name} there are." if name.endswith("s") else f"Statements that are {name}."
                yield GaugeMetricFamily(f"onrecord_{name}", told, value=getattr(counts, name))


def install(app: FastAPI, house: House) -> None:
    """Add the routes, and the figures that the server keeps."""
    app.state.metrics = Metrics(house)
    app.include_router(router, include_in_schema=False)


@router.get("/healthz")
def healthz() -> Response:
    """The process answers; whether the ledger does is for /readyz to say."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def readyz(request: Request) -> Response:
    """The ledger can be read."""
    try:
        house_of(request).ledger.newest()
    except OnrecordError as error:
        return PlainTextResponse(f"not ready: {error.code}\n", 503, {"Retry-After": "5"})
    return PlainTextResponse("ready\n")


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """The figures, for this machine or for an administrator's token. Raises NotSignedIn, NotAllowed."""
    if not from_here(request):
        _check(request)
    figures: Metrics = request.app.state.metrics
    return Response(figures.text(), media_type=CONTENT_TYPE_PLAIN_0_0_4)


def _check(request: Request) -> None:
    """Let an administrator in, and nobody else."""
    visit = request.state.visit = seen(request)
    if visit is None:
        raise NotSignedIn
    if not visit.may("admin"):
        raise NotAllowed(name=visit.name, role="admin")


def from_here(request: Request) -> bool:
    """Whether a program on this very machine asks, and not somebody elsewhere through a proxy on it."""
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    return loopback(request.client.host) and loopback(request.url.hostname or "")
