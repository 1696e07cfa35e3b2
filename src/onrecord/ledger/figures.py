"""Figures of a score in words: never a rate without its n and its interval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.views import words
from onrecord.views.rows import between

if TYPE_CHECKING:
    from onrecord.score import Commitments, Estimate, Predictions, Rate, Spread

# What is counted but does not enter a rate, and what it is called.
LEFT_OUT = (
    ("pending", "in the works or stalled"),
    ("open", "not rated"),
    ("disputed", "disputed"),
    ("void", "void"),
    ("unverifiable", "unverifiable"),
    ("waiting", "rated before their last day"),
)


def share(value: float) -> str:
    """A share as a whole percentage."""
    return between(value, value)


def rate(given: Rate | None) -> str:
    """A rate with its interval: 60 % (27–87 %)."""
    return "" if given is None else f"{share(given.share)} ({between(given.low, given.high)})"


def of_n(given: Rate | None) -> str:
    """What a rate was counted from: 3 of 5."""
    return "" if given is None else f"{given.k} of {given.n}"


def estimate(given: Estimate | None) -> str:
    """A shrunk share with its interval."""
    return "" if given is None else f"{share(given.mid)} ({between(given.low, given.high)})"


def spread(given: Spread | None) -> str:
    """A mean score, and what the words' quartiles would give: 0.12 (0.08 to 0.21)."""
    if given is None:
        return ""
    low, mid, high = (minus(f"{value:.2f}") for value in (given.low, given.mid, given.high))
    return mid if low == high else f"{mid} ({low} to {high})"


def minus(number: str) -> str:
    """A number as it is printed, with a minus sign instead of a hyphen."""
    return number.replace("-", "−")


def signed(value: float | None) -> str:
    """A skill score with its sign: +0.31; nothing where there is none."""
    return "" if value is None else minus(f"{value:+.2f}")


def left_out(part: Commitments | Predictions) -> Iterator[str]:
    """What was counted but does not enter the rates: "2 not rated"."""
    for name, label in LEFT_OUT:
        if ids := getattr(part, name, ()):
            yield f"{len(ids)} {label}"


def commitments(part: Commitments) -> Iterator[tuple[str, str]]:
    """The figures of commitments with what each is called."""
    if part.n:
        counts = f"{len(part.kept)} kept, {len(part.partly_kept)} partly kept, {len(part.broken)} broken"
        yield f"settled (n = {part.n})", counts
    for name, given in (("kept", part.kept_rate), ("kept or partly kept", part.kept_or_partly_rate)):
        if given is not None:
            yield name, f"{rate(given)}, {of_n(given)}"
            if given.shrunk is not None:
                yield "", f"shrunk towards all others: {estimate(given.shrunk)}"
    if rest := ", ".join(left_out(part)):
        yield "not counted", rest
    if part.overdue:
        yield "overdue", words.counted(len(part.overdue), "statement") + " without a final verdict"
    if part.ahead:
        yield (
            "ahead of its date",
            words.counted(len(part.ahead), "statement") + " settled before its last day",
        )


def predictions(part: Predictions) -> Iterator[tuple[str, str]]:
    """The figures of predictions with what each is called."""
    if part.n:
        yield f"settled (n = {part.n})", f"{len(part.came_true)} came true, {len(part.did_not)} did not"
    if part.brier is not None:
        probable = f"n = {part.n_with_probability}"
        yield "Brier score", f"{spread(part.brier)}, {probable}; mean of (p − o)², 0 is best, 1 is worst"
        yield "log score", f"{spread(part.log_score)}, {probable}; mean of ln p, 0 is best"
        yield "base rate", f"{rate(part.base_rate)}, {of_n(part.base_rate)}"
        if part.mean_forecast is not None:
            yield "mean forecast", share(part.mean_forecast)
        if part.skill is not None:
            yield "skill", f"{signed(part.skill)} against always saying the base rate; above 0 is better"
    if part.murphy is not None:
        m = part.murphy
        yield (
            "made of",
            f"reliability {m.reliability:.3f} − resolution {m.resolution:.3f} + uncertainty"
            f" {m.uncertainty:.3f} + within bins {minus(f'{m.within_variance - m.within_covariance:.3f}')}",
        )
    if part.flat_rate is not None:
        yield "put flatly", f"{rate(part.flat_rate)} came true, {of_n(part.flat_rate)}; no probability given"
    if rest := ", ".join(left_out(part)):
        yield "not counted", rest
    if part.overdue:
        yield "overdue", words.counted(len(part.overdue), "statement") + " without a verdict"
