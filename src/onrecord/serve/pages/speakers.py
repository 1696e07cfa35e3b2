"""Speakers: what they said, how it turned out, and under which names they go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Response

from onrecord.errors import Ambiguous, NothingToUndo, OnrecordError, UnknownSpeaker
from onrecord.record.query import Query
from onrecord.serve import drawings
from onrecord.serve.forms import Filled, done, ours
from onrecord.serve.notices import Undo
from onrecord.serve.patience import within
from onrecord.serve.problems import status_of
from onrecord.serve.records import Record, name_of, of_bin, record_of
from onrecord.serve.rendering import query, render, speaker_path
from onrecord.serve.visit import Editing, Reading, Visit
from onrecord.statement import KINDS

if TYPE_CHECKING:
    from onrecord.record.people import SpeakerRow
    from onrecord.serve.caching import Kept

router = APIRouter()

LISTED: Final = 60
SAID: Final = 20
# Commitments on a timeline: more cannot be read.
DRAWN: Final = 24
# Seconds that a page waits for figures: those of a few speakers with very many statements take longer.
PATIENCE: Final = 1.0
_FARTHEST: Final = 100_000
# The signs of verdicts, those of the style sheet's chips among them.
SIGNS: Final = {
    "kept": "✓", "partly-kept": "◐", "broken": "✕", "disputed": "≠", "stalled": "‖", "in-the-works": "⋯",
    "void": "–", "unverifiable": "?",
}  # fmt: skip


@router.get("/speakers")
def speakers(visit: Reading, words: str = "", before: int = 0) -> Response:
    """Those with most statements that count first. before: how many were listed on the pages before."""
    ledger, past = visit.ledger, min(max(before, 0), _FARTHEST)
    limit = past + LISTED + 1
    kept: Kept[list[SpeakerRow]] = visit.house.cache.get(
        "speakers", (words, limit), lambda: ledger.speakers(words or None, limit=limit),
        head=ledger.newest(), stale=True,
    )  # fmt: skip
    rows = kept.value[past:]
    return render(
        visit, "speakers.html.jinja", rows=rows[:LISTED], words=words, kept=kept, past=past,
        more=query("/speakers", words=words, before=past + LISTED) if len(rows) > LISTED else "",
    )  # fmt: skip


@router.get("/speaker")
def speaker(
    visit: Reading,
    name: str,
    kind: str = "",
    year: str = "",
    topic: str = "",
    before: int | None = None,
    bin: str = "",  # noqa: A002
    part: str = "",
) -> Response:
    """A speaker. bin: list the forecasts in a bin of the calibration curve instead, 0 to 9.

    part: `figures` gives these alone, however long it takes to count them.
    """
    ledger = visit.ledger
    row = visit.house.cache.get("speaker", name, lambda: ledger.speaker(name), head=ledger.newest()).value
    if bin:
        return _bin(visit, row, bin, before or 0)
    if part == "figures":
        scored = _scored(visit, row.name, visit.ledger.newest())
        return render(visit, "_speaker_figures.html.jinja", row=row, **_figures(scored))
    wanted = {"kind": kind, "year": year, "topic": topic}
    return _page(visit, row, wanted, before)


def _page(
    visit: Visit, row: SpeakerRow, wanted: dict[str, str], before: int | None = None, *, status: int = 200,
    wrong: str = "", other: str = "",
) -> Response:  # fmt: skip
    ledger, cache, head = visit.ledger, visit.house.cache, visit.ledger.newest()
    today, name = visit.house.clock().date(), row.name
    since, until = _of_year(wanted["year"])
    asked = Query(
        speaker=name, kinds=frozenset(filter(None, [wanted["kind"]])), topic=wanted["topic"] or None,
        before=before, limit=SAID, today=today, since=since, until=until,
    )  # fmt: skip
    promises = Query(speaker=name, kinds=frozenset({"commitment"}), limit=DRAWN)
    drawn = cache.get("timeline", name, lambda: ledger.search(promises), head=head).value
    topics = cache.get("topics of speaker", name, lambda: ledger.topics_by(name), head=head, stale=True)
    return render(
        visit, "speaker.html.jinja", status=status, row=row, wanted=wanted, before=before,
        found=ledger.search(asked), topics=topics.value, kinds=KINDS,
        years=cache.get("years", None, ledger.years, head=head).value,
        timeline=drawings.timeline(drawn.entries, today), drawn=drawn, signs=SIGNS,
        alike=_alike(visit, row, head) if visit.may("editor") else (), wrong=wrong, other=other,
        **_figures(within(PATIENCE, lambda: _scored(visit, name, head))),
    )  # fmt: skip


def _figures(scored: Kept[Record] | None) -> dict[str, Any]:
    """What a template needs to show a record; None: it is still being counted."""
    bins = scored.value.bins if scored else ()
    return {"scored": scored, "points": drawings.calibration(bins), "drawings": drawings, "bin_name": name_of}


def _of_year(year: str) -> tuple[date | None, date | None]:
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and int(year)):
        return None, None
    return date(int(year), 1, 1), date(int(year), 12, 31)


def _scored(visit: Visit, name: str, head: int) -> Kept[Record]:
    """A speaker's score; of one with very many statements perhaps as it was before the ledger's last rows."""
    today, ledger = visit.house.clock().date(), visit.ledger

    def count() -> Record:
        return record_of(ledger.score(name=name, min_n=1, today=today, ids=False))

    # Out of what is known of all it is there at once; after a change it may take seconds.
    return visit.house.cache.get("speaker's record", (name, today), count, head=head, stale=True, long=0)


def _alike(visit: Visit, row: SpeakerRow, head: int) -> Sequence[str]:
    """Other names with the last word of this one: perhaps the same speaker."""
    ledger, last = visit.ledger, row.name.split()[-1]
    found = visit.house.cache.get(
        "alike", last, lambda: ledger.names_alike(last, limit=20), head=head, stale=True
    ).value
    return [name for name in found if name != row.name]


def _bin(visit: Visit, row: SpeakerRow, name: str, past: int) -> Response:
    scored = _scored(visit, row.name, visit.ledger.newest())
    past = min(max(past, 0), _FARTHEST)
    today = visit.house.clock().date()
    page = of_bin(visit.ledger, row.name, scored.value, name, today=today, past=past, limit=SAID)
    more = query("/speaker", name=row.name, bin=name, before=page.next)
    return render(visit, "speaker_bin.html.jinja", row=row, page=page, more=more, past=past, scored=scored)


@router.post("/speakers/merge")
def merge(visit: Editing, fields: Filled) -> Response:
    """Judge that two names are one speaker's; `into` says under which of them."""
    name, other = fields.get("name", ""), fields.get("other", "")
    row = visit.ledger.speaker(name)
    into, joined = (other, row.name) if fields.get("into") == "other" else (row.name, other)
    nothing = {"kind": "", "year": "", "topic": ""}
    if not other:
        return _page(visit, row, nothing, status=422, wrong="Say which other name is meant.")
    try:
        kept, names = visit.ledger.merge([joined], into, why=fields.get("why") or None)
    except (UnknownSpeaker, Ambiguous) as error:
        return _page(visit, row, nothing, status=status_of(error), wrong=_told(error, row), other=other)
    undo = Undo("/speakers/split", {"name": names[0], "back": speaker_path(kept)})
    visit.tell(f"One speaker: {', '.join(names)} goes under the name {kept} now.", undo=undo)
    return done(visit, ours(fields.get("back"), speaker_path(kept)))


def _told(error: OnrecordError, row: SpeakerRow) -> str:
    if isinstance(error, UnknownSpeaker) and error.values.get("name", "").casefold() == row.name.casefold():
        return "This is the speaker’s own name already: give another one."
    return " ".join(error.parts[:2])


@router.post("/speakers/split")
def split(visit: Editing, fields: Filled) -> Response:
    """Judge that a name is a speaker's of its own after all."""
    name = fields.get("name", "")
    whole = visit.ledger.speaker(name).name
    try:
        parted = visit.ledger.split(name, why=fields.get("why") or None)
    except NothingToUndo as error:
        visit.warn(error.parts[0])
    else:
        again = {"name": whole, "other": parted, "back": speaker_path(whole)}
        visit.tell(f"{parted} is a speaker of its own again.", undo=Undo("/speakers/merge", again))
    return done(visit, ours(fields.get("back"), speaker_path(whole)))
