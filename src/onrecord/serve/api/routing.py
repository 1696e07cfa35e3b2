"""A router of the API: its operations are named as their functions, and say what they answer."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute

from onrecord.serve.api.shapes import Model


def router(tag: str) -> APIRouter:
    """A router whose operations stand under one heading of the documentation."""
    return APIRouter(tags=[tag], generate_unique_id_function=_named)


def _named(route: APIRoute) -> str:
    return route.name


def says(model: Model, status: int = 200, **more: Model) -> dict[str, Any]:
    """What an operation answers where all goes well. more: `s201=…`, of other statuses."""
    answers: dict[int | str, Any] = {status: {"model": model}}
    answers |= {int(name[1:]): {"model": other} for name, other in more.items()}
    return {"responses": answers, "status_code": status}
