"""The shapes of the API's answers as models, derived from the types that the ledger gives.

They document: what is answered is written by `onrecord.views.plain`, as the command line does it.
"""

from __future__ import annotations

import sys
import types
import typing
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final, Literal, Union

from pydantic import BaseModel, Field, create_model

from onrecord import entry, statement
from onrecord.ledger import following, results
from onrecord.record import browsing, lookup, people, verify, versions
from onrecord.score import figures
from onrecord.serve import verifying
from onrecord.serve.accounts import roles, tokens
from onrecord.statement import Article, Document, Span

Model = type[BaseModel]
# Where the names in the types' annotations are found, those under TYPE_CHECKING included.
_NAMES: Final[dict[str, Any]] = {"Scope": roles.Scope} | {
    name: value
    for module in (statement, entry, lookup, people, versions, figures, results)
    for name, value in vars(module).items()
    if isinstance(value, type) or name in ("Schedule", "EvidenceKind", "Ids", "Spans", "State")
}
# The contract's statement: its id, and these in the order in which they are printed.
_PRINTED: Final = statement._PRINTED
_SCORED: Final = (figures.Commitments, figures.Predictions)


@cache
def model(kind: type) -> Model:
    """The model of a frozen type as `plain` writes it."""
    doc = (kind.__doc__ or "").strip() or None
    return _made(kind.__name__, doc, _fields(kind))


def _made(name: str, doc: str | None, given: dict[str, Any]) -> Model:
    values: dict[str, Any] = {name: (hint, ...) for name, hint in given.items() if name != "schema"}
    if "schema" in given:  # a model has a method of this name
        values["schema_"] = (given["schema"], Field(alias="schema"))
    return create_model(name, __doc__=doc, **values)


def _fields(kind: type) -> dict[str, Any]:
    own = vars(sys.modules[kind.__module__])  # before the others: two modules may use the same name
    hints = typing.get_type_hints(kind, localns=_NAMES | own)
    if kind is statement.Statement:
        return {"id": str} | {name: _shape(hints[name]) for name in _PRINTED}
    if kind in _SCORED:
        return _scored(kind, hints)
    shapes = {name: _shape(hint) for name, hint in hints.items()}
    return shapes | ({"payload": Any} if kind is entry.LogRow else {})


def _scored(kind: type, hints: dict[str, Any]) -> dict[str, Any]:
    lists = [field.name for field in fields(kind) if field.type == "Ids"]  # as `Scored.to_dict` does
    figures_ = {name: _shape(hint) for name, hint in hints.items() if name not in lists}
    ids = {"statements": dict[str, list[str]]}
    return {"n": int} | dict.fromkeys(lists, int) | figures_ | ids


def _shape(hint: Any) -> Any:
    """What stands in JSON for a value of this type."""
    if hint is Span:
        return tuple[int, int]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        return Union[tuple(_shape(each) for each in inner)]  # noqa: UP007 - of a computed list
    if origin is tuple and inner[-1] is Ellipsis:
        return list[_shape(inner[0])]  # type: ignore[misc]
    if origin in (tuple, list, dict):
        return origin[tuple(_shape(each) for each in inner)]
    if is_dataclass(hint) or hasattr(hint, "_fields"):
        return model(hint)
    return hint


@cache
def listed(kind: Model) -> Model:
    """A page of a list: its items, and the cursor of the next page, null on the last one."""
    return _paged(f"{kind.__name__}Page", kind)


def _paged(name: str, kind: Model, **more: Any) -> Model:
    following_: Any = (str | None, Field(description="Give it as `cursor`; null on the last page."))
    values: dict[str, Any] = {key: (hint, ...) for key, hint in more.items()}
    items: Any = (list[kind], ...)  # type: ignore[valid-type]
    return create_model(name, __doc__=listed.__doc__, items=items, next=following_, **values)


Entry: Final = model(entry.Entry)
Shown: Final = model(results.Shown)
Due: Final = model(results.Due)
Scored: Final = model(figures.Scored)
Scores: Final = model(results.Scores)
Row: Final = model(entry.LogRow)
ArticleShown: Final = model(results.ArticleShown)
ArticleRow: Final = model(browsing.ArticleRow)
Added: Final = model(results.Added)
Changes: Final = model(versions.Changes)
SpeakerRow: Final = model(people.SpeakerRow)
Feed: Final = model(following.FollowedFeed)
Token: Final = model(tokens.Token)
Made: Final = _made(
    "Made", "A new token; `secret` is shown this once.", _fields(tokens.Token) | {"secret": str}
)
Revoked: Final = _made(
    "Revoked",
    "Tokens that are worth nothing any more.",
    {"state": Literal["revoked"], "name": str, "revoked": int},
)
Check: Final = model(verifying.Check)
Verified: Final = model(verify.Verified)
_ContractArticle: Final = _made(
    "ContractArticle", Article.__doc__, {"id": str} | _fields(Article)
)  # fmt: skip
Contract: Final = _made(
    "Document",
    Document.__doc__,
    {"schema": Literal["onrecord.document/1"], "article": _ContractArticle}
    | {name: shape for name, shape in _fields(Document).items() if name != "article"},
)
Counts: Final = _made(
    "Ledger", "How much the ledger holds.", _fields(browsing.Counts) | {"newest": int, "version": str}
)
Statements: Final = _paged("Found", Entry, more=bool, before=int | None, cut=bool)
ScoredPage: Final = _paged(
    "ScoresFound", Scored, population=_shape(figures.Scored | None), left_out=dict[str, int]
)
Noted: Final = _made(
    "Noted", "A note that was put on the log.", dict.fromkeys(("subject", "note", "actor"), str)
)
Named: Final = _made(
    "Named", "A topic that was put on the log.", dict.fromkeys(("subject", "topic", "actor"), str)
)
Merged: Final = _made(
    "Merged", "Names that are one speaker now.", {"into": str, "merged": list[str], "why": str | None}
)
Parted: Final = _made(
    "Parted", "A name that is a speaker of its own again.", {"split": str, "why": str | None}
)
Redacted: Final = _made(
    "Redacted", "Rows of the log whose words are gone.", {"target": str, "why": str, "rows": list[int]}
)
Followed: Final = _made(
    "Followed",
    "A feed that is followed now. entries: how many it had, null where nobody looked.",
    {
        "state": Literal["new", "changed", "known"],
        "url": str,
        "title": str | None,
        "outlet": str | None,
        "topic": str | None,
        "entries": int | None,
    },
)
Left: Final = _made(
    "Left", "A feed that is not followed any more.", {"state": Literal["removed"], "url": str}
)
Checkpoint: Final = _made(
    "Checkpoint", "The newest row of the log and its hash.", {"checkpoint": str, "row": int, "hash": str}
)
Imported: Final = _made("Imported", "What an import brought.", {"new": int, "checkpoint": str})
Me: Final = _made(
    "Me", "Who asks.", {"name": str, "role": roles.Role, "way": Literal["token", "session"]}
)  # fmt: skip


class Problem(BaseModel):
    """What went wrong (RFC 9457). `code`: of the errors' list, null where the status says all."""

    type: str
    title: str
    status: int
    detail: str
    code: str | None
    what: str
    why: str
    remedy: str
    instance: str
    values: dict[str, str]
    fields: list[dict[str, str]]
