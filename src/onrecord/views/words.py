"""A statement of the ledger in words: its id, who said it, what it is, how sure, by when, how it came out.

All words that come from articles or people are made harmless here; what these functions return can be
shown on a terminal as it is.
"""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING

from onrecord.entry import DISPUTED, Entry, misfits, verdicts_for
from onrecord.entry import short as short_id
from onrecord.views.harmless import harmless
from onrecord.views.rows import ARROW, AUTHOR, NOBODY, between, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

REDACTED_BEFORE = (
    "Words were redacted from an earlier version of this article. Where the new version has them, they are on"
    " record again: look at it, and redact it as well."
)


def short(identifier: str) -> str:
    """An id as it is shown, harmless whatever it is."""
    return harmless(short_id(identifier))


def command(words: str, db: str | None = None) -> str:
    """A command to go on with, for the same ledger; an address with a password is not repeated.

    db: as it was given, or the http(s) address of a server that has the ledger.
    """
    if db is None:
        return f"onrecord {words}"
    place = "…" if "://" in db and "@" in db else harmless(shlex.quote(db))
    option = "--server" if db.startswith(("http://", "https://")) else "--db"
    return f"onrecord {words} {option} {place}"


def speaker(entry: Entry) -> str:
    """Who answers for the words."""
    known = entry.speaker or entry.speaker_read
    return harmless(known) if known else AUTHOR if entry.speaker_kind == "author" else NOBODY


def through(entry: Entry) -> str:
    """The names through whom the words came, each with an arrow behind it; empty where nobody relays."""
    return "".join(harmless(name) + ARROW for name in entry.chain[:-1])


def named_otherwise(entry: Entry) -> str:
    """The name as the article has it, in quotation marks, where another name stands for it."""
    read = entry.speaker_read
    return f"“{harmless(read)}”" if read and entry.speaker and read != entry.speaker else ""


def kind(entry: Entry) -> str:
    """The kind in one or two words: a commitment is named by its type, "not to" where it is to refrain."""
    if entry.kind != "commitment" or not entry.commitment_type:
        return entry.kind or ""
    refrains = entry.negative and entry.commitment_type != "refusal"
    return entry.commitment_type + (" not to" if refrains else "")


def origin(entry: Entry) -> str:
    """Outlet and day, or the title, or the address: by what the article is known."""
    day = entry.published.isoformat() if entry.published else None
    known = [harmless(entry.outlet) if entry.outlet else None, day]
    told = " · ".join(filter(None, known))
    return told or shortened(harmless(entry.title or entry.url or "")) or f"article {short(entry.article)}"


def verdict(entry: Entry) -> str:
    """The verdict; "not rated" or "open" where there is none yet, nothing where there can be none."""
    if entry.verdict:
        return entry.verdict
    return {"commitment": "not rated", "prediction": "open"}.get(entry.kind or "", "")


def settled(entry: Entry) -> str:
    """The verdict with its day: "kept on 2031-06-02"."""
    day = f" on {entry.settled_on}" if entry.verdict and entry.settled_on else ""
    return verdict(entry) + day


def certainty(entry: Entry) -> str:
    """The words of certainty and their numbers, median first: “could”, 40 % (25–50 %)."""
    low, mid, high = entry.certainty_low, entry.certainty_mid, entry.certainty_high
    phrase = f"“{harmless(entry.certainty_phrase)}”" if entry.certainty_phrase else ""
    numbers = "" if mid is None else between(mid, mid)
    if low is not None and high is not None and low != high:
        numbers += f" ({between(low, high)})" if numbers else between(low, high)
    return ", ".join(filter(None, (phrase, numbers)))


def days(start: date | None, end: date | None) -> str:
    """An interval of days in words: one day, from a day to a day, or open at one end."""
    if start == end:
        return start.isoformat() if start else ""
    if start and end:
        return f"{start} to {end}"
    return f"from {start}" if start else f"until {end}"


def deadline(entry: Entry) -> str:
    """The words of the deadline and its days: “in April”, 2031-04-01 to 2031-04-30."""
    given = entry.due_text or ""  # a person's correction has no words but the days themselves
    words = f"“{harmless(given)}”" if given.strip("0123456789-.") else ""
    return ", ".join(filter(None, (words, days(entry.due_start, entry.due_end))))


def facts(entry: Entry, *, due: bool = True) -> Iterator[str]:
    """What is known of a statement beyond its words, a line each. `due`: the deadline as well."""
    if sure := certainty(entry):
        yield f"certainty {sure}"
    if entry.denied:
        yield "denied by the speaker"
    if due and (until := deadline(entry)):
        yield ("to be settled " if entry.kind == "prediction" else "due ") + until
    if entry.condition:
        yield f"condition “{harmless(entry.condition)}”"
    yield from standing(entry)


def standing(entry: Entry) -> Iterator[str]:
    """Whether it stands outside the running text, and whether people and later readings stand behind it."""
    if entry.part != "body":
        yield f"{entry.part}, not counted"
    if entry.rejected:
        yield "rejected: kept, and counted nowhere"
    if entry.corrected:
        yield "corrected by a person"
    if not entry.current:
        yield "no longer found by the newest reading"
    if entry.verdict == DISPUTED:
        yield "raters disagree"
    if misfits(entry):
        yield "its verdict is of another kind, and settles nothing"


def no_score(entry: Entry) -> str:
    """A sentence for whoever settles a statement that scores do not count; empty for all others."""
    return "" if entry.part == "body" else f"It stands in the {entry.part}: scores do not count it."


def settleable(entry: Entry) -> bool:
    """Whether it waits for a verdict: it counts, it can come out, and nobody has said yet how it did."""
    counts = entry.part == "body" and not entry.rejected
    return bool(verdicts_for(entry.kind)) and (entry.verdict is None or misfits(entry)) and counts


def distance(number: int, *, running: bool = False) -> str:
    """Days from today to the last day in words: "in 5 days", "today", "12 days over".

    running: the interval has begun: "5 days left".
    """
    if number == 0:
        return "today"
    days_ = counted(abs(number), "day")
    if number < 0:
        return f"{days_} over"
    return f"{days_} left" if running else f"in {days_}"


def counted(number: int, thing: str) -> str:
    """A number with its noun: "1 statement", "3 statements"."""
    return f"{number} {thing}" + ("" if number == 1 else "s")


def moment(time: str) -> str:
    """A UTC time of the log to the minute: 2031-03-06 09:30."""
    return harmless(time)[:16].replace("T", " ")
