"""Style sheets, scripts and the icon, which browsers may keep for ever: the address has their hash."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response

from onrecord.serve.rendering import STATIC, static

router = APIRouter()
_TYPES: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_KEPT: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.get("/static/{digest}/{name}")
def file(digest: str, name: str) -> Response:
    """A file of ours; nothing but names of this folder is looked up."""
    names = {entry.name for entry in STATIC.iterdir()}
    if name not in names or static(name) != f"/static/{digest}/{name}":
        return Response(status_code=404)
    media = _TYPES[name.rpartition(".")[2]] + "; charset=utf-8"
    return Response(STATIC.joinpath(name).read_bytes(), media_type=media, headers=_KEPT)
