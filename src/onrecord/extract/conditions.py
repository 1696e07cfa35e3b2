"""Finds the condition of a commitment or a prediction: "if he loses", "as long as it is guaranteed".

The condition is looked for in the content first, then in the rest of its sentence (in front of it or
straight after it), then at the head of the sentence that follows ("But only if …").
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from onrecord.extract.clauses import REACH, Tokens, listed, mentions, sentence_head, sentence_rest, tokens_of
from onrecord.extract.phrases import negator
from onrecord.extract.timewords import NUMBERS
from onrecord.statement import Span, Statement

# Every mark of a condition has one of these in it.
_SIGNS: Final = (
    *("if ", "if\n", "unless", "long as", "provid", "assuming", "condition", "event", "case", "depending"),
    *("contingent", "subject to", "without", "absent", "barring", "should", "were", "only when", "while"),
    *("until ",),
)
_OPENS: Final = (
    *("if", "only if", "but only", "only when", "unless", "as long", "so long", "provid", "depending"),
    *("on condition", "on the condition", "in case", "in the event", "without", "absent", "barring"),
    *("subject to", "contingent", "assuming", "should", "were"),
)
_TEXT: Final = 40_000  # a longer content is no single commitment or prediction: only its head is read
_QUOTES: Final = listed("\" “ ” ‘ ’ ' `")
_OPENING: Final = _QUOTES | listed(", ; : – — - ( that and but or then")
# Before "if" these ask, compare or concede.
_ASKING: Final = listed(
    "ask asked asks asking wonder wonders wondered wondering know knows knew see sure unsure determine "
    "decide decided question clear unclear tell matter matters surprised shocked stunned amazed as even "
    "what care cares doubt check unknown find"
)
_ALONE: Final = listed("elected necessary needed asked required chosen nominated confirmed re-elected")
_ASIDE: Final = listed("not any anything only ever at nothing you'll anyone possible")
_COMPARING: Final = listed("why what how when where who whom which nor neither so as than that")
_SUBJECT: Final = listed(
    "i you he she it we they there this that the a an any his her their its our my these those someone "
    "anyone everyone nobody somebody such another all"
)
_CONTINUED: Final = listed("and or who which whose including especially as nor perhaps")
_WILL: Final = listed(
    "will would could can may might should must won't wouldn't can't is are am would've could've"
)
_FINITE: Final = listed("i'll you'll he'll she'll it'll we'll they'll i'd you'd he'd she'd it'd we'd they'd")
_TOLD: Final = listed(
    "that think thinks believe believes say says said know knows hope hopes feel sure and or than as"
)
_VERBS: Final = listed("is are has have does do agrees agree can will")
_PLAIN: Final = listed("i you he she it we they there that this")


def condition_of(text: str, statement: Statement) -> Span | None:
    """The span of `text` (code points) with the condition of `statement`; None when there is none.

    Meant for commitments and predictions: of other kinds the clause would be found all the same. The
    span begins with the marking word and leaves out the comma or the mark that closes the clause.
    """
    if not statement.content:
        return None
    spans = _head(statement)
    if any(mentions(_SIGNS, text[a:b]) for a, b in spans):
        content = tokens_of(text, spans)
        if _asked(text, statement, content):
            return None
        found = _find(content, negative=_negative(text, statement, content))
        if found:
            return found
    return _around(text, statement) or _next_sentence(text, statement)


def _negative(text: str, statement: Statement, content: Tokens) -> bool:
    """Whether somebody commits himself not to act: then "while talks go on" is a condition too."""
    words = (*tokens_of(text, statement.cue).words, *content.words[:20])
    return statement.kind == "commitment" and (bool(statement.negative) or any(map(negator, words)))


def _head(statement: Statement) -> list[tuple[int, int]]:
    start = statement.content[0].start
    return [(a, min(b, start + _TEXT)) for a, b in statement.content if a < start + _TEXT]


def _asked(text: str, statement: Statement, content: Tokens) -> bool:
    """Whether the content is what somebody asks: "asked if he would run"."""
    cue = tokens_of(text, statement.cue).words
    return content.word(0) == "if" and bool(_ASKING.intersection(cue))


def _find(tokens: Tokens, *, negative: bool) -> Span | None:
    for i, word in enumerate(tokens.words):
        if word in _MARKERS and (opened := _opens(tokens, i, negative=negative)) is not None:
            last = _end(tokens, opened[1], front=_starts_clause(tokens, opened[0]))
            if last > opened[1] or (last == opened[1] and word != "without"):
                return tokens.span(opened[0], last)
    return None


_MARKERS: Final = listed(
    "if unless long provided providing assuming condition event case depending contingent conditional "
    "subject without absent barring should were when while until"
)


def _opens(tokens: Tokens, i: int, *, negative: bool) -> tuple[int, int] | None:
    """The first token of a condition marked at `i`, and the first that the mark governs; else None."""
    word, before, after = tokens.words[i], tokens.word(i - 1), tokens.word(i + 1)
    if word == "if":
        return _if(tokens, i)
    if word == "unless":
        return i, i + 1
    if word == "long":
        than = tokens.word(i + 2)  # "as long as two years" is a length
        length = than[:1].isdigit() or than in NUMBERS or than in ("possible", "a", "necessary", "several")
        return (i - 1, i + 2) if before in ("as", "so") and after == "as" and not length else None
    if word in ("provided", "providing", "assuming"):
        held = after == "that" or (_starts_clause(tokens, i) and after in _SUBJECT)
        return (i, i + 1) if held else None
    if word in ("depending", "contingent", "conditional"):
        return (i, i + 2) if after in ("on", "upon") else None
    if word in ("condition", "event", "case"):
        return _phrase(tokens, i)
    if word == "subject":
        return (i, i + 2) if after == "to" and before not in ("the", "a") else None
    if word == "while":
        held = negative and after in _SUBJECT and not _starts_clause(tokens, i)
        return (i, i + 1) if held else None
    if word == "until":
        return (i, i + 1) if _not_before(tokens, i) else None
    if word == "when":
        return (i - 1, i + 1) if before == "only" else None
    return _loose(tokens, i)


def _if(tokens: Tokens, i: int) -> tuple[int, int] | None:
    before, after = tokens.word(i - 1), tokens.word(i + 1)
    if before in _ASKING or after in _ASIDE or "saying" in tokens.words[max(0, i - 12) : i]:
        return None
    return (i - 1 if before == "only" else i), i + 1


def _phrase(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Knows "on (the) condition that", "in the event of", "in case of"."""
    word, back, after = tokens.words[i], tokens.words[max(0, i - 2) : i], tokens.word(i + 1)
    if word == "condition" and after == "that" and "on" in back:
        return i - (1 if back[-1] == "on" else 2), i + 2
    if word == "event" and back == ["in", "the"] and after in ("of", "that"):
        return i - 2, i + 2
    held = word == "case" and back[-1:] == ["in"] and (after == "of" or after in _SUBJECT)
    return (i - 1, i + 1) if held else None


def _loose(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Knows "without", "absent", "barring" before a noun; "should he win", "were he to win"."""
    word, after, ahead = tokens.words[i], tokens.word(i + 1), tokens.words[i + 1 : i + 9]
    named = word == "should" and tokens.capital(i + 1) and tokens.word(i - 1) not in _COMPARING
    starts = named or _starts_clause(tokens, i)
    if word == "without" and tokens.word(i - 2) != "with":
        bare = not after.endswith("ing") and after not in ("a", "any", "question", "doubt")
        front = tokens.first_of_sentence(i) and "," in tokens.words[i : i + 25]
        told = front or (_would(tokens, i) and tokens.word(i + 2) != "doubt")
        return (i, i + 1) if bare and told else None
    if word in ("absent", "barring"):
        return (i, i + 1) if starts and (after in _SUBJECT or tokens.word(i + 1).isalpha()) else None
    inverted = starts and "?" not in tokens.words and (after in _SUBJECT or tokens.capital(i + 1))
    if word == "should":
        return (i, i + 1) if inverted and after not in ("that", "be") else None
    return (i, i + 1) if inverted and word == "were" and "to" in ahead else None


def _not_before(tokens: Tokens, i: int) -> bool:
    """Knows "nothing will change until they pay": what has not happened before depends on it."""
    same = [j for j in range(max(0, i - 20), i) if tokens.sentence[j] == tokens.sentence[i]]
    ahead = tokens.words[i + 1 : i + 16]
    clause = tokens.word(i + 1) in _PLAIN or bool(_VERBS.intersection(ahead))
    return clause and any(negator(tokens.words[j]) or tokens.words[j] in ("nothing", "nobody") for j in same)


def _would(tokens: Tokens, i: int) -> bool:
    """Whether the clause before "without" says what would or could not be."""
    if "if" in tokens.words[max(0, i - 15) : i]:
        return False
    same = [tokens.words[j] for j in range(max(0, i - 15), i) if tokens.sentence[j] == tokens.sentence[i]]
    held = {"would", "wouldn't", "can't", "cannot", "couldn't", "won't"} & set(same)
    return bool(held) or any(a in ("could", "can", "will") and b == "not" for a, b in pairwise(same))


def _starts_clause(tokens: Tokens, i: int) -> bool:
    """Whether a clause begins at `i`: a condition there stands in front of the main clause."""
    return tokens.first_of_sentence(i) or tokens.word(i - 1) in _OPENING


def _end(tokens: Tokens, first: int, *, front: bool) -> int:
    """The last token of the clause that begins at `first`."""
    for i in range(first, len(tokens)):
        if tokens.sentence[i] != tokens.sentence[first]:
            return _trim(tokens, i - 1)
        word = tokens.words[i]
        if word == "(" and front:
            continue
        stops = word in ";:–—(?" or (word == "because" and not front) or _closes(tokens, first, i)
        if i > first and (stops or (word == "-" and tokens.text[tokens.starts[i] - 1].isspace())):
            return _trim(tokens, i - 1)
        if word == "," and not _goes_on(tokens, i, front=front):
            return _trim(tokens, i - 1)
        if word == "to" and tokens.words[i - 1] in _ALONE and i == first + 1:
            return i - 1
        if word == "then" or (front and i > first + 1 and _main_clause(tokens, first, i)):
            return _trim(tokens, i - 1)
    return _trim(tokens, len(tokens) - 1)


def _closes(tokens: Tokens, first: int, i: int) -> bool:
    """A closing mark of a quotation, or of brackets, that were open where the clause began."""
    if tokens.words[i] == ")":
        return "(" not in tokens.words[first:i]
    if tokens.words[i] not in _QUOTES or tokens.words[i] in ("‘", "“", "`"):
        return False
    if tokens.text[tokens.starts[i] - 1 : tokens.starts[i]].isspace():
        return False
    opened = [w for w in tokens.words[first:i] if w in _QUOTES]
    return not opened


def _goes_on(tokens: Tokens, i: int, *, front: bool) -> bool:
    """Whether the clause goes on after the comma at `i`: a list of names, an aside, "and" with a verb."""
    after = tokens.word(i + 1)
    ahead = tokens.words[i + 1 : i + 16]
    if front:
        return after in _CONTINUED and "," in ahead
    names = tokens.capital(i + 1) and tokens.capital(i - 1) and {"and", "or", ","} & set(ahead[1:5])
    aside = after in ("who", "which", "whose") and "," in ahead
    return bool(names) or aside or _listed_on(tokens, i, ahead)


def _listed_on(tokens: Tokens, i: int, ahead: list[str]) -> bool:
    """Whether the comma at `i` stands in a list of things: "ferries, [the pier, buses] and roads"."""
    items = ahead[: next((j for j, w in enumerate(ahead) if w in ("and", "or")), 0)]
    more = "," in items or "," in tokens.words[max(0, i - 6) : i]
    return bool(items) and more and not (_WILL | _FINITE | _PLAIN).intersection(items)


def _main_clause(tokens: Tokens, first: int, i: int) -> bool:
    """Knows where the main clause begins without a comma: "if he wins [he will …]"."""
    word, before = tokens.words[i], tokens.words[i - 1]
    if tokens.word(first) == "for" or before in _TOLD or (before in _QUOTES and tokens.word(i - 2) in _TOLD):
        return False
    return word in _FINITE or (word in _PLAIN and tokens.word(i + 1) in _WILL and i > first + 1)


def _trim(tokens: Tokens, last: int) -> int:
    while last > 0 and (tokens.words[last] in _QUOTES or tokens.words[last] in ".,;!?-–—:)…"):
        last -= 1
    return last


def _around(text: str, statement: Statement) -> Span | None:
    """A condition in the same sentence, straight after what was read or at the head of the sentence."""
    spans = [*statement.content, *statement.cue, *statement.source]
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    for at in sorted({statement.content[-1].end, end}):
        if not text[at : at + 40].lower().lstrip(" ,.;\"”’'").startswith(_OPENS):
            continue
        after = sentence_rest(text, at)
        i = next((j for j, w in enumerate(after.words) if w not in _QUOTES and w != ","), -1)
        if i >= 0 and (opened := _opens_if(after, i)) is not None:
            return after.span(opened[0], _end(after, opened[1], front=False))
    if not text[max(0, start - 3) : start].rstrip().endswith(","):
        return None
    ahead = sentence_head(text, start)
    opened = _opens_if(ahead, 0)
    last = _end(ahead, opened[1], front=True) if opened else 0
    return ahead.span(opened[0], last) if opened and last >= opened[1] else None


def _opens_if(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A mark at the very start; "but" and the parts of "as long as", "in case" stand before some marks."""
    for j in range(i, min(i + 4, len(tokens))):
        if tokens.words[j] in _MARKERS:
            opened = _opens(tokens, j, negative=False)
            return opened if opened and opened[0] <= i + 1 else None
    return None


def _next_sentence(text: str, statement: Statement) -> Span | None:
    """Knows "But only if …", as a sentence of its own straight after the statement's."""
    end = max(b for _, b in (*statement.content, *statement.cue, *statement.source))
    if not any(sign in text[end : end + REACH] for sign in ("But ", "Only ", "Unless", "If ", "Provided")):
        return None
    rest = sentence_rest(text, end)
    following = sentence_rest(text, rest.ends[-1] if rest.words else end)
    i = 1 if following.word(0) in ("but", "and") else 0
    if following.word(i) not in ("only", "unless", "provided", "if") or "," in following.words:
        return None
    opened = _opens_if(following, i)
    return following.span(opened[0], _trim(following, len(following) - 1)) if opened else None
