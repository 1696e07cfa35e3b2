"""The ledger as a whole: exports that are sent as they are written, and imports."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import Path as InPath
from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from onrecord.errors import BadOption
from onrecord.ledger.exporting import LOG
from onrecord.record.exports import FORMATS
from onrecord.serve.api import given, shapes
from onrecord.serve.api.answers import Json, known_or
from onrecord.serve.api.pouring import poured
from onrecord.serve.api.routing import router, says
from onrecord.serve.visit import Administering, Reading

routes = router("exchange")
# By format: the media type, and how the name of a file ends.
TYPES: Final = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "jsonl": ("application/x-ndjson", "jsonl"),
    "parquet": ("application/vnd.apache.parquet", "parquet"),
    "claimreview": ("application/ld+json", "json"),
    "webannotation": ("application/ld+json", "json"),
}
_BYTES: Final = {"type": "string", "format": "binary"}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file, as it is written.",
        "content": {
            kind.partition(";")[0]: {"schema": {"type": ["object", "array"]} if ending == "json" else _BYTES}
            for kind, ending in TYPES.values()
        },
    }
}
_BODY: Final = {
    "requestBody": {
        "required": True,
        "description": "What GET /api/v1/exports/jsonl gives.",
        "content": {"application/x-ndjson": {"schema": _BYTES}},
    }
}


@routes.get("/exports/{format}", responses=_FILE, response_class=StreamingResponse)
def export(
    visit: Reading,
    format: Annotated[str, given.OneOf(LOG, *FORMATS), InPath()],  # noqa: A002
    asked: Annotated[given.Export, Query()],
) -> Response:
    """The ledger in another form. jsonl: the whole log, exactly, without filters; the others: statements.

    Statements as they now stand: csv, parquet, webannotation (W3C). Verdicts: claimreview (schema.org).
    """
    today = visit.house.clock().date()
    chosen = asked.model_fields_set - {"today", "site"}
    if format == LOG and chosen:
        expected = "for jsonl, which is the whole ledger"
        raise BadOption(option=min(chosen), value="given", expected=expected, example="not at all")
    ledger, query = visit.ledger, asked.query(today)
    media, ending = TYPES[format]

    def make(headers: dict[str, str]) -> Response:
        pieces = poured(lambda out: ledger.export(format, out, query=query, site=asked.site))
        headers["Content-Disposition"] = f'attachment; filename="onrecord-{today}.{ending}"'
        return StreamingResponse(pieces, media_type=media, headers=headers)

    return known_or(visit, make)


@routes.post("/imports", openapi_extra=_BODY, **says(shapes.Imported))
async def import_ledger(visit: Administering, request: Request) -> Response:
    """Take in an export of a whole ledger: all of it into an empty one, else what is new in it.

    Every row is checked first; where one is not as it was written, or this ledger has another history,
    nothing is changed.
    """
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        path = Path(folder, "import.jsonl")
        await _saved(request.stream(), path)
        new = await run_in_threadpool(visit.ledger.import_, path)
    return Json({"new": new, "checkpoint": await run_in_threadpool(visit.ledger.checkpoint)})


async def _saved(pieces: AsyncIterator[bytes], path: Path) -> None:
    with path.open("wb") as file:
        async for piece in pieces:
            await run_in_threadpool(file.write, piece)
