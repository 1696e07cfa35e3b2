"""`onrecord show`: one statement, or one article, with all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import ledger_options as options

if TYPE_CHECKING:
    from onrecord.ledger.core import Ledger
    from onrecord.ledger.results import ArticleShown, Shown
    from onrecord.record.versions import Changes

Id = Annotated[
    str, typer.Argument(metavar="ID", help="Of a statement or an article; six hex digits or more.")
]


def show(id: Id, db: options.Db = None, as_json: options.AsJson = False) -> None:  # noqa: A002
    """Show a statement: its words in context, the machine's reading beside people's, verdicts, history.

    The id of an article shows the article with its versions, what changed, and its statements.

    Example: onrecord show 3f9c2a41d07b
    """
    from onrecord.cli.ledger.sheet import page, print_json
    from onrecord.ledger.results import ArticleShown
    from onrecord.views.plain import plain

    with options.opened(db, read_only=True) as ledger:
        found = _found(ledger, id)
        changes = _changes(ledger, found) if isinstance(found, ArticleShown) else None
    if as_json:
        print_json(plain(found) | ({"changes": plain(changes)} if isinstance(found, ArticleShown) else {}))
        return
    from onrecord.cli.ledger.article import article
    from onrecord.cli.ledger.shown import shown

    with page() as sheet:
        if isinstance(found, ArticleShown):
            article(sheet, found, changes, db=db)
        else:
            shown(sheet, found, db=db)


def _found(ledger: Ledger, given: str) -> Shown | ArticleShown:
    """The statement of this id, or else the article. Raises NothingFound, Ambiguous."""
    from onrecord.errors import NothingFound

    try:
        return ledger.show(given)
    except NothingFound:
        try:
            return ledger.article(given)
        except NothingFound:
            raise NothingFound(id=given, expected="statement and no article") from None


def _changes(ledger: Ledger, found: ArticleShown) -> Changes | None:
    """What changed since the version before; None for a first version."""
    return ledger.differences(found.id) if found.before else None
