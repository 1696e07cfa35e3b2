"""`onrecord search`: the statements of the ledger that fit, newest on record first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import ledger_options as options
from onrecord.cli.options import Kinds

if TYPE_CHECKING:
    from onrecord.cli.ledger.sheet import Sheet
    from onrecord.record.query import Query
    from onrecord.record.search import Found

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WORDS",
        help='Words that all occur; "a phrase", -without, begin*, this OR that, in quotation marks for the'
        " shell. None: all statements.",
    ),
]
Status = Annotated[
    str | None,
    typer.Option(
        metavar="STATUS,…",
        help="Only statements that stand so: open, upcoming, due, overdue, settled, disputed, or a verdict"
        " such as kept or did-not.",
    ),
]
Article = Annotated[str | None, typer.Option(metavar="ID", help="Only statements of this article.")]
Rejected = Annotated[bool, typer.Option("--rejected", help="Rejected statements as well.")]
Before = Annotated[
    int | None, typer.Option(metavar="ROW", help="Go on behind a page: as the page before says.")
]
CUT = "So many have these words that only the newest were looked at: add words or filters."


def search(
    words: Words = None,
    speaker: options.Speaker = None,
    kind: Kinds = None,
    outlet: options.OutletName = None,
    topic: options.Topic = None,
    since: options.Since = None,
    until: options.Until = None,
    due_before: options.DueBefore = None,
    status: Status = None,
    article: Article = None,
    rejected: Rejected = False,
    limit: options.Limit = 20,
    before: Before = None,
    today: options.Today = None,
    db: options.Db = None,
    as_json: options.AsJson = False,
) -> None:
    """Find statements on record: who said what, how sure, by when, and how it came out.

    Example: onrecord search ferry --speaker Varga --kind promise --status open
    """
    from onrecord.cli.read import kinds_of
    from onrecord.record.query import Query

    query = Query(
        words=" ".join(words or ()),
        speaker=speaker,
        kinds=kinds_of("--kind", kind),
        outlet=outlet,
        topic=topic,
        since=options.day("--since", since),
        until=options.day("--until", until),
        due_before=options.day("--due-before", due_before),
        status=_statuses(status),
        article=article,
        rejected=rejected,
        limit=limit,
        before=before,
        today=options.today_or(today),
    )
    with options.opened(db, read_only=True) as ledger:
        found = ledger.search(query)
    if as_json:
        _print_json(found)
        return
    from onrecord.cli.ledger.sheet import page

    with page() as sheet:
        _show(sheet, found, query, db)


def _statuses(value: str | None) -> frozenset[str]:
    """Statuses with commas between them. Raises BadOption."""
    from onrecord.errors import BadOption
    from onrecord.record.query import STATUSES

    if value is None:
        return frozenset()
    names = frozenset(part.strip().lower() for part in value.split(",") if part.strip())
    if not names or not names <= frozenset(STATUSES):
        expected = "a list, with commas, of any of " + ", ".join(STATUSES)
        raise BadOption(option="--status", value=value or '""', expected=expected, example="open,overdue")
    return names


def _print_json(found: Found) -> None:
    from onrecord.cli.ledger.sheet import print_json
    from onrecord.views.plain import plain

    cursor = found.entries[-1].sequence if found.more and found.entries else None
    print_json({"statements": plain(found.entries), "more": found.more, "before": cursor, "cut": found.cut})


def _show(sheet: Sheet, found: Found, query: Query, db: str | None) -> None:
    from onrecord.cli.ledger.entries import entries
    from onrecord.views import words

    if not found.entries:
        sheet.line("Nothing on record fits." if not found.cut else f"Nothing was found. {CUT}")
        sheet.closing(*_wider(query, db))
        return
    entries(sheet, found.entries)
    lines = [
        words.counted(len(found.entries), "statement") + (", and there are more." if found.more else ".")
    ]
    if found.more:
        lines.append(f"The next page: the same with --before {found.entries[-1].sequence}")
    if found.cut:
        lines.append(CUT)
    mine = words.short(found.entries[0].id)
    lines.append(f"All about one of them: {words.command(f'show {mine}', db)}")
    sheet.closing(*lines)


def _wider(query: Query, db: str | None) -> list[str]:
    """What may help where nothing was found."""
    from onrecord.views import words

    lines = []
    if query.words:
        lines.append("All words must occur: give fewer, the beginning of one (ferr*), or this OR that.")
    if query.speaker:
        lines.append(f"How names are written: {words.command('speakers list', db)}")
    lines.append(f"Everything on record: {words.command('search', db)}")
    lines.append(f"Put an article on record: {words.command('add article.txt', db)}")
    return lines
