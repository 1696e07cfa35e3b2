"""Checks a person's verdict before it goes on the log, and says in plain words what it means."""

from __future__ import annotations

from datetime import date

from onrecord.entry import Entry, Evidence, short, verdicts_for
from onrecord.errors import BadOption, BadVerdict, NotSettleable
from onrecord.track.verdicts import normalised


def checked_rating(
    entry: Entry,
    verdict: str,
    evidence: Evidence,
    *,
    on: date | None = None,
    note: str | None = None,
    today: date,
) -> dict[str, object]:
    """The payload of a `rating` act. `on`: the day of the outcome, where it is known.

    Raises NotSettleable for what is neither a commitment nor a prediction, BadVerdict for a verdict that
    its kind cannot have, BadOption for a day after `today`.
    """
    expected = verdicts_for(entry.kind)
    if not expected:
        raise NotSettleable(id=short(entry.id), kind=entry.kind or "statement of unknown kind")
    chosen = normalised(verdict)
    if chosen not in expected:
        raise BadVerdict(verdict=verdict, kind=entry.kind, expected=", ".join(expected))
    if on is not None and on > today:
        example = today.isoformat()
        raise BadOption(option="--on", value=on.isoformat(), expected="a day that has come", example=example)
    return {
        "verdict": chosen,
        "on": on.isoformat() if on else None,
        "evidence": {"kind": evidence.kind, "text": evidence.text},
        "note": (note or "").strip() or None,
    }


def plainly(entry: Entry, verdict: str) -> str:
    """What a verdict says of this statement, in a sentence to be shown to whoever gives it.

    A prediction's verdict is about what it says with the words of likelihood taken out, as its
    probability is. Where these say that it will probably not happen, "came true" is easily misread.
    """
    if entry.kind != "prediction" or verdict not in ("came-true", "did-not"):
        return f"{verdict.replace('-', ' ')}."
    happened = "it happened" if verdict == "came-true" else "it did not happen"
    if entry.denied:
        return f"{happened}: what the speaker denied."
    if entry.certainty_mid is None:
        return f"{happened}."
    said = f"“{entry.certainty_phrase}”, " if entry.certainty_phrase else ""
    return f"{happened}; the speaker gave it {said}about {entry.certainty_mid:.0%}."
