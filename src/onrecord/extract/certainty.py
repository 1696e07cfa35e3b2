"""Reads how likely the speaker of a statement says it is: the phrase, and what readers take it to mean.

The figures are those of what is said with the phrase taken out: "unlikely to win" gives a low probability
of winning. What people who label differ on is decided thus:

- A negation in front belongs to the phrase ("not likely", "I don't think"), one behind it to what is said
  ("may not hold" is "may", "will probably not hold" is "probably"); only "could not happen" is one phrase.
- "I" and "we" belong to the phrase ("I think", "I'm not sure"), a third person does not ("believes").
- A copula counts with who is sure ("is sure", "I'm certain"), not with what is likely or expected.
- "that" counts with "doubts" alone; a cue with "it" or "there" and no source counts whole ("it is obvious").
- How things look ("seems to", "appears") and words that stress ("it is obvious", "definitely") count; hope,
  fear, "would", what is allegedly or reportedly so, and a hedge of whether it was said do not. "Should" and
  "can't" count in predictions alone.
- A cue of belief counts in the past too ("thought", "believed"), since news reports speech in the past;
  not "had thought", "was once thought", and not "did not expect", which tells of what came about.
- A main clause counts in whichever sentence of a quotation it stands: the first that has a phrase. Then the
  cue, then a clause with "that"; a phrase in a relative, adverbial or conditional clause is none.
- Of doubt as a noun and of what is left open the words themselves count ("serious doubts", "unclear", "less
  certain"), not the verb or the "it is" before them.
- A question says nothing of how likely it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from onrecord.extract.beliefs import ADJECTIVES, VERBS, believed
from onrecord.extract.chances import Hedge
from onrecord.extract.clauses import Tokens, listed, mentions, tokens_of
from onrecord.extract.depth import levels
from onrecord.extract.hedges import hedges
from onrecord.extract.phrases import BE, SEEMING, negator
from onrecord.extract.scales import band_of
from onrecord.statement import Certainty, Span, Spans, Statement

_READ: Final = 4_000  # characters: a phrase further on does not speak for a content of that length
# Every phrase that is looked for has one of these in it.
_SIGNS: Final = (
    *("could", "may", "might", "perhaps", "possib", "probab", "potential", "presumabl", "conceiv", "plausib"),
    *("likel", "certain", "sure", "definite", "doubt", "undeniabl", "unquestion", "inevitabl", "unavoid"),
    *("unthink", "think", "thought", "believ", "suspect", "expect", "guess", "suppos", "imagin", "assum"),
    *("reckon", "bet ", "guarantee", "confiden", "convinced", "positive", "bound"),
    *("chance", "odds", "shot", "question", "no way", "50-", "fifty", "toss", "idea", "looks", "sounds"),
    *("surpris", "shocked", "stunned", "keptic", "ceptic", "anticipat", "clear"),
    *("amazed", "seem", "appear", "obvious", "evident", "absolutely", "should", "can't", "can’t", "cannot"),
    *("can not", "my opinion", "our opinion", "my view", "our view"),
)
# A cue with a modal hedges whether it was thought at all.
_HEDGED: Final = listed("may might could would should can")
_COPULA: Final = BE | listed("not isn't aren't wasn't weren't")
_OWN: Final = listed("i we i'm we're i'd we'd")
_REJECTED: Final = listed("rejected rejects rejecting dismissed dismisses dismissing denied denies denying")
_UNABLE: Final = listed("afford help bring get stand wait imagine he she they we it")
_LEAVES_OPEN: Final = listed("rule ruled exclude excluded say predict denied deny overstated guarantee")
_PREPOSITIONS: Final = listed("to for of about on against with over at")
_OPENS_A_CLAUSE: Final = listed("that he she it they we i there whether")
_PAST: Final = listed("did didn't was wasn't were weren't had hadn't")
_IDIOMS: Final = listed("of about in highly twice over on")  # "thinks of", "believes in", "expects twice"
_IMPERSONAL: Final = (
    dict.fromkeys(SEEMING, "seem")
    | dict.fromkeys(("obvious", "evident", "certain", "bound", "sure"), "sure")
    | {"anticipated": "expect", "expected": "expect", "thought": "think"}
    | {"believed": "believe", "suspected": "suspect"}
    | {word: word for word in ("likely", "unlikely", "probable", "impossible")}
    | {"possible": "may", "doubt": "sure", "doubtful": "doubt", "inevitable": "certain"}
)
_LEFT_OPEN: Final = listed("clear certain sure")
_DOUBTS: Final = listed("doubt doubts skepticism scepticism uncertainty")
_HAS_DOUBTS: Final = listed("expresses expressed expressing voices voiced voicing raises raised have has had")
_GRADES: Final = listed("serious grave strong deep some considerable great real significant much")
_BARE: Final = listed("s also is are was were be been still widely now reportedly generally had to")
_CUES: Final = VERBS.keys() - {"assumes", "assumed", "assume"}  # to assume is to start from, not to believe
_NOBODY: Final = listed("none few nobody neither hardly no")


def certainty_of(text: str, statement: Statement, *, scale: str = "capphrase") -> Certainty | None:
    """How likely the speaker of `statement` says it is; None where it is put flatly.

    `text` is the article's; `scale` one of `scales.SCALES`. Raises ValueError for an unknown scale.
    Where several phrases stand in the content, that of the main clause counts, else the cue's
    ("doubts that"), else that of a clause with "that".
    """
    band_of("may", scale)  # an unknown scale is refused whatever is said
    spans = _head(statement.content)
    by_cue, by_content = _signed(text, statement.cue), _signed(text, spans)
    if statement.kind == "question" or not (by_cue or by_content):
        return None
    content = tokens_of(text, spans if by_content else ())
    found = _own(text, statement, content)
    deep = levels(content) if found else []
    main = next((h for h in found if deep[h.last] == 0), None)
    cue = _of_cue(text, statement) if by_cue else None
    if cue and (main is None or cue[1].row in ("doubt", "not believe", "not sure")):
        return _certainty(cue[0], cue[1], scale)
    chosen = main or next((h for h in found if deep[h.last] == 1 or content.words[h.first] in _OWN), None)
    chosen = chosen or (_foreseen(content) if statement.kind == "prediction" and not found else None)
    return _certainty(content, chosen, scale) if chosen else None


def phrases(text: str, statement: Statement, *, scale: str = "capphrase") -> list[Certainty]:
    """All words of content and cue that can say how likely something is, wherever they stand.

    Raises ValueError for an unknown scale.
    """
    band_of("may", scale)
    spans = _head(statement.content)
    content = tokens_of(text, spans if _signed(text, spans) else ())
    found = [_certainty(content, hedge, scale) for hedge in hedges(content)]
    if foreseen := _foreseen(content):
        found.append(_certainty(content, foreseen, scale))
    if _signed(text, statement.cue) and (cue := _of_cue(text, statement)):
        found.append(_certainty(*cue, scale))
    return found


def _signed(text: str, spans: Iterable[Span]) -> bool:
    return any(mentions(_SIGNS, text[a:b]) for a, b in spans)


def _head(content: Spans) -> list[Span]:
    start = content[0].start if content else 0
    return [Span(a, min(b, start + _READ)) for a, b in content if a < start + _READ]


def _own(text: str, statement: Statement, content: Tokens) -> list[Hedge]:
    asked = "?" in [w for w, n in zip(content.words, content.sentence, strict=True) if n == 0]
    if statement.kind is None and asked and content.words.count("?") * 2 > content.sentence[-1] + 1:
        return []
    found = list(hedges(content))
    if found and (_names_a_thing(text, statement) or _rejected(text, statement)):
        return []
    if not _plural(text, statement):
        return found
    third = ("thinks", "believes", "doubts", "expects")
    return [h for h in found if content.words[h.last] not in third]


def _rejected(text: str, statement: Statement) -> bool:
    """Whether the content is what others say: "rejected [the idea that it could fail]"."""
    return bool(_REJECTED.intersection(tokens_of(text, statement.cue).words))


def _foreseen(content: Tokens) -> Hedge | None:
    """In a forecast "should" tells what is expected, and "can't" rules something out."""
    deep: list[int] = []
    for i, word in enumerate(content.words):
        last = i + (word in ("could", "can") and content.word(i + 1) == "not")
        row = "impossible" if last > i or word in ("can't", "cannot", "couldn't") else ""
        row = "expect" if word == "should" and content.word(i - 1) not in (",", "") else row
        if row == "impossible" and _LEAVES_OPEN.intersection(content.words[last + 1 : last + 4]):
            continue
        if row and content.word(last + 1) not in _UNABLE and (deep := deep or levels(content))[i] == 0:
            return Hedge(i, last, row)
    return None


def _names_a_thing(text: str, statement: Statement) -> bool:
    """Whether the content is the object of a preposition, not a clause: "called for [a ban that could …]"."""
    if not statement.cue or not 0 <= statement.content[0].start - statement.cue[-1].end < 3:
        return False
    cue = text[statement.cue[-1].start : statement.cue[-1].end].lower().split()
    opens = tokens_of(text, [(statement.content[0].start, statement.content[0].start + 12)])
    clause = opens.word(0) in _OPENS_A_CLAUSE or not opens.word(0).isalnum()
    return cue[-1:] != [] and cue[-1] in _PREPOSITIONS and cue != ["according", "to"] and not clause


def _plural(text: str, statement: Statement) -> bool:
    """Whether the source is several people, so that "she thinks" in the content is not their own thought."""
    words = text[statement.source[-1].start : statement.source[-1].end].split() if statement.source else []
    head = words[: words.index("of")] if "of" in words[1:] else words
    return bool(head) and head[-1][:1].islower() and head[-1].endswith("s")


def _certainty(tokens: Tokens, hedge: Hedge, scale: str) -> Certainty:
    band = hedge.figure or band_of(hedge.row, scale)
    band = band.complement if hedge.opposite else band
    span = tokens.span(hedge.first, hedge.last)
    low, mid, high = (round(x / 100, 4) for x in band)
    return Certainty(tokens.text[span.start : span.end], span, low, mid, high)


def _of_cue(text: str, statement: Statement) -> tuple[Tokens, Hedge] | None:
    """A cue of belief: "doubts that", "is sure", "is expected"; the source's "few" or "no one" denies it."""
    tokens = tokens_of(text, statement.cue)
    if not tokens.words or statement.text in ("than", "as"):
        return None
    if not statement.source:
        return _impersonal(tokens)
    if tokens.words[-2:] in (["expressed", "confidence"], ["expressing", "confidence"]):
        return tokens, Hedge(len(tokens) - 1, len(tokens) - 1, "confident")
    source = tokens_of(text, statement.source[:1]).words
    if _HEDGED.intersection(tokens.words) or source == ["you"]:
        return None
    for i, word in enumerate(tokens.words):
        if (
            (word in _CUES or (word == "assume" and source in (["i"], ["we"])))
            and tokens.word(i - 1) != "-"
            and not _noun_or_idiom(text, tokens, i)
        ):
            return None if _told_of(tokens, i) else _held(text, statement, tokens, i, VERBS[word])
        copula = any(tokens.words[j] in _COPULA for j in range(i)) or word in ("confident", "convinced")
        if word in ADJECTIVES and tokens.word(i + 1) != "of" and copula:
            return _held(text, statement, tokens, i, ADJECTIVES[word])
        if word in ("doubt", "doubts") and tokens.word(i - 1) == "no":
            return tokens, Hedge(0, len(tokens) - 1 - (tokens.words[-1] == "that"), "sure")
        first = i - (tokens.word(i - 1) in _GRADES)
        if word in _DOUBTS and tokens.word(first - 1) in _HAS_DOUBTS and not any(map(negator, tokens.words)):
            return tokens, Hedge(first, i, "doubt")
    return None


def _impersonal(tokens: Tokens) -> tuple[Tokens, Hedge] | None:
    """A cue with nobody behind it: "are [expected]", "[seems] to", and whole "[it is obvious] that"."""
    words = tokens.words
    if found := _left_open(tokens):
        return tokens, found
    last = max((i for i, w in enumerate(words) if w not in ("to", "that", ":", ",")), default=0)
    at, held = next(((i, w) for i, w in enumerate(words) if w in _IMPERSONAL), (0, None))
    foreseen = held in ("anticipated", "expected") and _BARE.issuperset(words[:at])
    said = held in SEEMING or BE.intersection(words) or foreseen
    if held is None or not said:
        return None
    if held in ("thought", "believed") and {"was", "were", "had"}.intersection(words):
        return None
    denied = next((i for i in range(at) if negator(words[i])), None)
    if words[0] in ("it", "there"):
        return tokens, Hedge(0, last, _IMPERSONAL[held], denied is not None)
    found = next((h for h in hedges(tokens) if h.last == at), None)
    first = at if denied is None else denied - (words[denied] == "not" and denied > 0)
    return tokens, found or Hedge(first, at, _IMPERSONAL[held], denied is not None)


def _left_open(tokens: Tokens) -> Hedge | None:
    """A cue that leaves open whether: "it is [unclear]", "it's [not clear]", "what is [less certain] is"."""
    for i, word in enumerate(tokens.words):
        less = negator(tokens.word(i - 1)) or tokens.word(i - 1) == "less"
        if word in ("unclear", "uncertain") or (word in _LEFT_OPEN and less):
            return Hedge(i - less, i, "uncertain")
    return None


def _told_of(tokens: Tokens, i: int) -> bool:
    """Whether the cue tells of a belief that was given up, or of what came about: "had thought"."""
    words = tokens.words[:i]
    if tokens.words[i] in ("expect", "expected", "expecting"):
        return (bool(_PAST.intersection(words)) and any(map(negator, words))) or "had" in words
    return "had" in words or "once" in words


def _noun_or_idiom(text: str, tokens: Tokens, i: int) -> bool:
    after = tokens.word(i + 1) or tokens_of(text, [(tokens.ends[i], tokens.ends[i] + 12)]).word(0)
    return after in _IDIOMS or tokens.word(i - 1) in ("a", "the", "no", "any")


def _held(text: str, statement: Statement, tokens: Tokens, i: int, row: str) -> tuple[Tokens, Hedge]:
    denied = next((j for j in range(i) if negator(tokens.words[j])), None)
    source = tokens_of(text, statement.source[:1])
    nobody = bool(_NOBODY.intersection(source.words[:2]))
    row = believed(row, (denied is not None) != nobody)
    first = i
    if tokens.words[i] in ADJECTIVES:
        first = next((j for j in range(i) if tokens.words[j] in _COPULA or negator(tokens.words[j])), i)
    elif denied is not None:
        first = denied - (tokens.words[denied] == "not" and tokens.word(denied - 1) in ("do", "does", "did"))
    if source.words in (["i"], ["we"]) and 0 < tokens.starts[0] - source.ends[0] < 3:
        tokens, first, i = tokens_of(text, [*statement.source, *statement.cue]), 0, i + 1
    elif tokens.words[i] in ("doubts", "doubt", "doubted") and tokens.word(i + 1) != "that":
        tokens = _with_that(text, tokens, i)
        i += len(tokens) > i + 1 and tokens.words[i + 1] == "that"
    return tokens, Hedge(first, i, row)


def _with_that(text: str, tokens: Tokens, i: int) -> Tokens:
    """The cue's tokens up to `i`, and a "that" which stands straight after it."""
    after = tokens_of(text, [(tokens.ends[i], tokens.ends[i] + 6)])
    if after.words[:1] != ["that"]:
        return tokens
    return tokens_of(text, [(tokens.starts[0], after.ends[0])])
