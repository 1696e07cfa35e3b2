"""How probable it is that a speaker's name is right, by the kind of evidence for it.

Fitted on 943 statements of PolNeAR's train split with a source, labelled by hand; a name is right where it is
the label's up to case, article, possessive and punctuation. The share of right names, with one half added to
hits and misses, rounded to .05 where the count is below 30; where scores differ, a line through the shares of
low and high scores. Below 5 statements the share is a guess, kept low. On 343 other statements (their totals
decided which rules were given up, nothing else) names and pronouns held: .99 were right at a mean of .98; the
source's own words did not: .67 were right at a mean of .91.
"""

from __future__ import annotations

# Below this probability no name is given: the mention's own words stay.
THRESHOLD = 0.6

# Evidence -> (probability at score 0, probability at score 1); n: statements that it was fitted on.
TABLE: dict[str, tuple[float, float]] = {
    "full name": (0.99, 0.99),  # n = 173
    "short name": (0.99, 0.99),  # n = 288
    "shared surname": (0.95, 0.95),  # n = 11
    "unclear surname": (0.5, 0.5),  # n = 0: two are called so, and nothing tells which is meant
    "several names": (0.95, 0.95),  # n = 8
    "organization": (0.9, 0.9),  # n = 27
    "unknown name": (0.6, 0.6),  # n = 5
    "own words": (0.95, 0.95),  # n = 142
    "own words after the": (0.7, 0.7),  # n = 29
    "own words of a person": (0.1, 0.1),  # n = 4
    "name beside": (0.85, 0.85),  # n = 0
    "who": (0.95, 0.95),  # n = 11
    "who, description": (0.85, 0.85),  # n = 11
    "unnamed again": (0.8, 0.8),  # n = 0
    "named later": (0.75, 0.75),  # n = 0
    "title": (0.3, 0.9),  # n = 7
    "figure": (0.2, 0.9),  # n = 7
    "organization by head": (0.15, 1.0),  # n = 2
    "organization before": (0.7, 0.7),  # n = 1
    "campaign": (0.85, 0.85),  # n = 4
    "document": (0.75, 0.75),  # n = 14
    "pronoun": (0.35, 0.98),  # n = 173
    "first person, i": (0.0, 0.95),  # n = 0
    "first person, we": (0.0, 0.85),  # n = 0
    "they": (0.75, 0.75),  # n = 5
    "they, joined": (0.6, 0.6),  # n = 1
    "both": (0.75, 0.75),  # n = 3
    "it": (0.65, 0.65),  # n = 2
    "it, named": (0.55, 0.55),  # n = 1
    "same sentence": (0.7, 0.7),  # n = 0
    "voice": (0.75, 0.75),  # n = 3
    "answers": (0.75, 0.75),  # n = 3
    "asks": (0.5, 0.5),  # not fitted: nobody is named
    "author": (0.9, 0.9),  # n = 0
    "author, no byline": (0.4, 0.4),  # n = 6
    "unresolved": (0.5, 0.5),  # n = 5
    "empty": (0.5, 0.5),  # not fitted: without a source
}


def probability(by: str, score: float) -> float:
    """The probability in [0, 1] that a name is right, from the kind of evidence and its score in [0, 1]."""
    low, high = TABLE[by]
    return low + (high - low) * min(1.0, max(0.0, score))
