"""Finds what an article predicts or promises in its own voice, outside all that it attributes to others.

Only a sentence that itself judges what is to come counts: "We would be mildly surprised if …", "is likely to
lose", "could prolong the fight", "if he loses Ohio, he will …", "we will publish the list". Plain
narration and announcements ("The vote will be held on Tuesday") do not; nor do questions, quotations and
sentences that report speech.

The confidences are set by hand, not calibrated: there are too few labelled sentences (18 in 28 articles;
the rules found 8 of them and read 2 others).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from onrecord.extract.chances import Hedge
from onrecord.extract.clauses import Tokens, listed, mentions, sentences, tokens_of
from onrecord.extract.depth import levels
from onrecord.extract.hedges import hedges
from onrecord.extract.phrases import BE
from onrecord.statement import Article, Span, Statement

_LONGEST: Final = 600  # characters; a longer sentence is a table or a list
# Set by hand, in the order in which the signs held good in sentences that were read one by one.
_SURE: Final = {
    "belief": 0.9,
    "promise": 0.85,
    "likely": 0.75,
    "condition": 0.7,
    "judgement": 0.65,
    "possible": 0.6,
    "going": 0.6,
}
# Every sentence that is taken has one of these in it.
_SIGNS: Final = (
    *(
        "will ",
        "won't",
        "won’t",
        "'ll",
        "’ll",
        "going to",
        "on track",
        "likely",
        "probabl",
        "inevitabl",
        "bound to",
        "surely",
    ),
    *(
        "could ",
        "may ",
        "might ",
        "undoubt",
        "doubt",
        "surpris",
        "shocked",
        "expect",
        "bet ",
        "if ",
        "unless",
        "we plan",
        "we intend",
    ),
    *("we promise", "we pledge", "i plan", "i intend", "i promise", "i pledge"),
)
_FIRST: Final = listed("i we i'm we're i'd we'd i'll we'll")
_WILL: Final = listed("will won't i'll we'll he'll she'll they'll it'll")
_FUTURE: Final = _WILL | listed("would could may might wouldn't")
_PUBLISH: Final = listed(
    "publish update post report print correct add cover follow return revisit continue keep bring link "
    "list explain answer track refrain withhold name respond remove disclose honor honour share"
)
_JUDGED: Final = listed(
    "tough hard harder difficult easy easier impossible interesting painful costly disastrous crucial "
    "critical remembered forgotten regret suffer backfire struggle fail succeed prevail worse worsen"
)
_LIKELY: Final = listed(
    "likely unlikely probably inevitably inevitable surely undoubtedly doubtless bound certain"
)
_REPORTED: Final = listed(
    "said says say told tells according asked reported reports announced warned argued argues believes "
    "believe predicted predicts expects think thinks suggests shows show added wrote tweeted voters "
    "promised vowed pledged reasoning logic theory"
)
_TOLD: Final = listed("was were had did wasn't weren't hadn't didn't been")
_NOT_AHEAD: Final = listed("seen heard felt found spent used said")  # with "could be": what one can do
_ADVERBS: Final = listed("also well very still not even soon only yet now")
_QUOTED: Final = listed("\" “ ” ''")


@dataclass(frozen=True, slots=True)
class OwnVoice:
    """A sentence of the article's own: its span, what it does, and how sure the rule is (0 to 1)."""

    content: Span
    kind: Literal["prediction", "commitment"]
    confidence: float


def own_voice(article: Article, statements: Sequence[Statement]) -> list[OwnVoice]:
    """The predictions and commitments of the article's own voice, in text order.

    A sentence that touches the source, the cue or the content of any of `statements` is left out, and so
    are headlines, summaries and captions. The span leaves out the closing full stop.
    """
    taken = sorted(s for t in statements for s in (*t.source, *t.cue, *t.content))
    reach = _reach(taken)
    found = []
    for span in _candidates(article.text):
        if not _touches(span, taken, reach) and article.part_at(span.start) == "body":
            read = _read(tokens_of(article.text, [span]))
            if read:
                kind, sign = read
                found.append(OwnVoice(_without_stop(article.text, span), kind, _SURE[sign]))
    return found


def _candidates(text: str) -> Iterator[Span]:
    """Sentences worth reading: not too long, with a word of the future in them."""
    for span in sentences(text):
        if span.end - span.start <= _LONGEST and mentions(_SIGNS, text[span.start : span.end]):
            yield span


def _reach(taken: Sequence[Span]) -> list[int]:
    """For each span, the furthest end so far: spans of statements may lie inside one another."""
    ends: list[int] = []
    for span in taken:
        ends.append(max(span.end, ends[-1]) if ends else span.end)
    return ends


def _touches(span: Span, taken: Sequence[Span], reach: Sequence[int]) -> bool:
    before = bisect_right(taken, span.end - 1, key=lambda s: s.start)
    return before > 0 and reach[before - 1] > span.start


def _without_stop(text: str, span: Span) -> Span:
    end = span.end
    while end > span.start and text[end - 1] in ".!;: ":
        end -= 1
    return Span(span.start, end)


def _read(tokens: Tokens) -> tuple[Literal["prediction", "commitment"], str] | None:
    """What a sentence does in its own voice and by which sign, or None."""
    words = tokens.words
    if len(words) < 5 or "?" in words or _QUOTED.intersection(words) or tokens.word(1) == ":":
        return None
    deep = levels(tokens)
    own = next((i for i, w in enumerate(words) if w in _FIRST and deep[i] == 0), None)
    if own is not None and _promised(tokens, own):
        return "commitment", "promise"
    held = [h for h in hedges(tokens) if deep[h.first] == 0]
    if any(words[h.first] in _FIRST or words[h.last] == "surprised" for h in held):
        return ("prediction", "belief") if _ahead(tokens, held) else None
    if _REPORTED.intersection(words):
        return None
    if any(_likely_ahead(tokens, h) for h in held):
        return "prediction", "likely"
    if any(_possible(tokens, h) for h in held):
        return "prediction", "possible"
    sign = _other_sign(tokens, deep)
    return ("prediction", sign) if sign else None


def _promised(tokens: Tokens, i: int) -> bool:
    """Knows "we will publish", "I'll update this page", "we plan to return to it"."""
    words = tokens.words[i : i + 6]
    at = 1 if words[0].endswith("'ll") else 2
    if at == 2 and words[1:2] != ["will"]:
        if words[1:3] not in (["plan", "to"], ["intend", "to"], ["promise", "to"], ["pledge", "to"]):
            return False
        at = 3
    at += words[at : at + 1] in (["not"], ["never"], ["also"], ["soon"], ["then"])
    return bool(_PUBLISH.intersection(words[at : at + 1]))


def _ahead(tokens: Tokens, held: Sequence[Hedge]) -> bool:
    """Whether what is held to be likely is still to come."""
    words = set(tokens.words)
    surprise = any(tokens.words[h.last] in ("surprised", "shocked") for h in held)
    expected = any(tokens.words[h.last] == "expect" for h in held)
    return surprise or expected or bool(words & _WILL) or "going" in words


def _likely_ahead(tokens: Tokens, hedge: Hedge) -> bool:
    """Knows "is likely to lose", "there will likely be"; not "likely has", "was likely"."""
    words = tokens.words
    if (
        not _LIKELY.intersection(words[hedge.first : hedge.last + 1])
        or "have" in words[hedge.last : hedge.last + 3]
    ):
        return False
    near = words[max(0, hedge.first - 4) : hedge.last + 4]
    compared = words[hedge.first] in ("more", "less") and words[hedge.last] == "likely"
    if compared or {"was", "were", "had", "seemed"} & set(near):
        return False
    if (
        words[hedge.last] in ("likely", "unlikely", "bound", "certain")
        and tokens.word(hedge.last + 1) == "to"
    ):
        return True
    return bool(_WILL.intersection(near))


def _possible(tokens: Tokens, hedge: Hedge) -> bool:
    """Knows "could prolong the fight"; not "could have", what she was able to do, "may be small, but"."""
    words, i = tokens.words, hedge.first
    if words[i] not in ("could", "may", "might") or _TOLD.intersection(words) or "than" in words[:i]:
        return False
    after = [w for w in words[hedge.last + 1 : hedge.last + 4] if w not in _ADVERBS]
    plain = words[i] != "could" or tokens.word(i - 1) in ("it", "this") or _NOT_AHEAD.intersection(after)
    now = after[:1] == ["be"] and bool(plain)
    proposed = after[:2] in (["want", "to"], ["do", "with"]) or after[:1] == ["have"] or now
    able = words[i] == "could" and tokens.word(i - 1) in ("he", "she", "they", "we", "you", "i")
    return not (proposed or able or "but" in words[i:])


def _be(tokens: Tokens, i: int) -> bool:
    word = tokens.word(i)
    return word in BE or word.endswith(("'s", "'re", "n't")) or word == "not"


def _other_sign(tokens: Tokens, deep: Sequence[int]) -> str | None:
    """An if-clause with a main clause that says what will follow; "will" with a word of judgement."""
    words = tokens.words
    ahead = [i for i, w in enumerate(words) if w in _FUTURE and deep[i] == 0]
    will = [i for i in ahead if words[i] in _WILL]
    going = any(
        words[i : i + 2] == ["going", "to"] and deep[i] == 0 and _be(tokens, i - 1) for i in range(len(words))
    )
    track = any(words[i : i + 3] == ["on", "track", "to"] and deep[i] == 0 for i in range(len(words)))
    if (going or track) and not _TOLD.intersection(words) and not _FIRST.intersection(words):
        return "going"
    if any(_JUDGED.intersection(words[i : i + 7]) for i in will):
        return "judgement"
    conditional = words[0] in ("if", "unless") or (
        words[0] in ("but", "and", "so") and tokens.word(1) == "if"
    )
    past = {"had", "was", "were", "have", "anything", "never", "existed"} & set(words)
    return "condition" if conditional and (ahead or going) and not past else None
