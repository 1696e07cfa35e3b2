"""Completes the OpenAPI document that FastAPI makes: errors in our one shape, examples, how to come in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from fastapi.openapi.utils import get_openapi

from onrecord.serve.api.shapes import Problem
from onrecord.serve.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from fastapi import FastAPI

Described = dict[str, Any]
TAGS: Final = {
    "statements": "What was said, by whom, and how it turned out.",
    "changes": "What people do to statements. Each is a new fact on the log, and can be undone.",
    "articles": "What was read, and new articles.",
    "speakers": "Who said it, and which names are one speaker.",
    "outcomes": "What is to be settled, and whose word was good.",
    "log": "Every act, and the proof that none was changed.",
    "feeds": "Feeds that are followed.",
    "exchange": "The ledger as a whole, in and out.",
    "server": "Who asks, and how much there is.",
}
# What may go wrong with any operation, with those that look for an id or a name, with those that change.
EVERYWHERE: Final = {
    401: "Nobody is signed in, or the token is missing, wrong or revoked.",
    403: "The role, or the token's scope, does not reach so far.",
    414: "The address is too long.",
    422: "What was given is not as documented, or makes no sense in this ledger.",
    503: "The database is locked or gone, or the server is busy: again after `Retry-After` seconds.",
}
_FINDING: Final = {
    404: "There is nothing of this id or name.",
    409: "Several have an id or a name like this.",
}
_CHANGING: Final = {
    400: "The body is no JSON.",
    413: "The body is larger than the limit.",
    507: "There is no space left on the server's disk.",
}
_CONDITIONAL: Final = {
    412: "The statement was changed since the state that If-Match names; nothing was done."
}
_NOT_MODIFIED: Final = {"description": "As it was when the ETag was given that If-None-Match names."}
_IF_MATCH: Final = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of the statement as it was read: the change is made only if it still is so.",
}
_METHODS: Final = ("get", "post", "delete")


def install(app: FastAPI) -> None:
    """Let the application describe itself so."""
    app.openapi = lambda: described(app)  # type: ignore[method-assign]


def described(app: FastAPI) -> Described:
    """The OpenAPI document; made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title="onrecord",
            version=app.version,
            description=app.description,
            routes=app.routes,
            tags=[{"name": name, "description": text} for name, text in TAGS.items()],
        )
        app.openapi_schema = _completed(made)
    return app.openapi_schema


def operations(document: Described) -> Iterator[tuple[str, str, Described]]:
    """Path, method and description of each operation, in the order of the document."""
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _completed(document: Described) -> Described:
    parts = document["components"]
    parts["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token, `onr_…`, of your account's page.",
        }
    }
    document["security"] = [{"token": []}]
    schemas = parts["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for name, example in examples().items():
        schemas[name]["examples"] = [example]
    for path, method, operation in operations(document):
        _complete(path, method, operation)
    return document


def _complete(path: str, method: str, operation: Described) -> None:
    first, _, rest = operation.get("description", "").partition("\n\n")
    operation["summary"] = " ".join(first.split())
    operation["description"] = " ".join(rest.split()) or operation["summary"]
    answers = operation["responses"]
    answers.pop("422", None)
    errors = EVERYWHERE | (_FINDING if "{" in path or _has_name(operation, method) else {})
    if method == "get":
        answers["304"] = _NOT_MODIFIED
    else:
        errors = errors | _CHANGING | _FINDING
    if path.startswith("/api/v1/statements/{") and method != "get":
        errors = errors | _CONDITIONAL
        operation.setdefault("parameters", []).append(_IF_MATCH)
    if path.endswith("/verifications"):
        errors = errors | {500: "The log is not as it was written (E409)."}
    if "/exports/" in path:
        errors = errors | {501: "The server lacks what writes this format."}
    answers |= {str(status): _problem(text) for status, text in sorted(errors.items())}


def _has_name(operation: Described, method: str) -> bool:
    """Whether it takes a name or an id that may mean nobody, or several."""
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    return bool(names & {"name", "speaker", "article", "subject"})


def _problem(text: str) -> Described:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {MEDIA_TYPE: {"schema": schema}}}


@cache
def examples() -> dict[str, Any]:
    """By the name of a schema, an example of it; all of the same invented ledger."""
    text = files("onrecord.serve.api").joinpath("examples.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
