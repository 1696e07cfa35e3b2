"""Tells whether a statement denies: its speaker says that something alleged is not so, or disputes a report.

Four forms count: a cue of denial ("denied that", "disputes"), a cue of rejection whose object is an
allegation ("rejected claims that"), a content that calls an allegation untrue ("That is not true"), and a
content that clears somebody ("had nothing to do with it", "never said that", "did nothing wrong") or that
is insisted on and negative ("insisted that there was no leak").
"To deny" as withholding ("denied him a visa"), a refused demand, what somebody will not do (a refusal) and a
plain negative do not. "Denied that she would run" does: the cue says that somebody had alleged it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from onrecord.extract.clauses import Tokens, listed, mentions, sentence_head, tokens_of
from onrecord.extract.phrases import BE, negator
from onrecord.statement import Statement

_HEAD: Final = 400  # characters of the content that decide: a denial is said at its head
_DENY: Final = listed("deny denies denied denying denial denials")
_DISPUTE: Final = listed(
    "dispute disputes disputed disputing refute refutes refuted refuting rebut rebuts rebutted "
    "rebutting debunk debunks debunked debunking quash quashed quashes quashing"
)
_REJECT: Final = listed(
    "reject rejects rejected rejecting dismiss dismisses dismissed dismissing bristled scoffed scoffs "
    "ridiculed called calls calling disagree disagrees disagreed"
)
# With "back", "off", "down", …: "pushed back on", "took issue with".
_PARTICLED: Final = listed(
    "push pushes pushed pushing brushed swatted waved laughed shot shut struck knocked batted tamped beat "
    "beats beating issue"
)
_BACK: Final = listed("back aside off down with at")
_ALLEGATION: Final = listed(
    "claim claims allegation allegations accusation accusations charge charges suggestion suggestions "
    "report reports rumor rumors rumour rumours assertion assertions contention insinuation idea "
    "insinuations speculation notion argument arguments concern concerns criticism story stories narrative "
    "theory theories characterization characterisation description implication implications"
)
# Every cue of denial, dispute or rejection, or of insistence, has one of these in it.
_SIGNS: Final = tuple(
    listed(
        "den disput disagree refut rebut debunk reject dismiss brush push swat wave brist scoff ridicul call "
        "quash issue laugh shot knock batt beat insist maint stress swor swear counter shut struck tamped "
        "reiterat"
    )
)
# Every content that denies has one of these in it.
_NEGATIVE: Final = (
    *("not ", "n't", "n’t", "never", "no ", "nothing", "untrue", "false", " lie", "wrong", "fabricat"),
    *("made up", "disagree", "baseless", "unfounded", "nonsense", "without", "inaccurate", "merit"),
)
_INSIST: Final = listed(
    "insist insists insisted insisting maintain maintains maintained maintaining stress stresses stressed "
    "stressing swore sworn swears countered reiterated reiterates"
)
_WITHHELD: Final = listed(
    "access entry request requests permission application applications bail visa visas license licenses "
    "licence licences benefits coverage status service services right rights funding motion appeal "
    "petition asylum nomination victory majority delegates chance opportunity sanctuary treatment "
    "credit clearance interview tenure change proposal proposals plan plans policy policies trial stay bid "
    "bond permit permits parole"
)
_FINITE: Final = listed(
    "had has have was were is are will would could did does took takes made makes gave gives paid pays got "
    "sought received used knew wanted planned promised offered"
)
_RELUCTANT: Final = listed(
    "declined refused refuses declines refusing declining confirm confirmed confirming nor neither"
)
_UNTRUE: Final = (
    r"not (?:at all )?(?:true|the case|accurate|correct)|untrue|false|a lie|lies|a fabrication|fabricated|"
    r"baseless|unfounded|nonsense|meritless|without (?:any )?(?:merit|foundation)|inaccurate|made up"
)
_SAID: Final = (
    "said|say|told|tell|asked|ask|sent|send|received|receive|pledged|promised|knew|did|met|spoke|"
    "discussed|wrote|took|used|suggested|mentioned|called|expressed|supported|worked|signed|agreed|authorized|made|paid"
)


@cache
def _said_untrue() -> re.Pattern[str]:
    adverbs = (
        r"(?:(?:just|simply|absolutely|totally|completely|categorically|entirely|utterly|plainly|all) ){0,2}"
    )
    named = (
        r"(?:all of )?(?:the|this|these|those|such|his|her|their|\w+['’]s) (?:\w+ ){0,2}(?:"
        + "|".join(sorted(_ALLEGATION))
        + ")"
    )
    verb = r"(?:'s|’s| is| are| was| were| isn't| isn’t| wasn't| wasn’t)"
    open_ = r"[\"“'‘ ]*(?:(?:no|well|look),? )?"
    untrue = rf"{verb}(?:, in my \w+,)? [\"“'‘]?{adverbs}[\"“'‘]?(?:{_UNTRUE}|(?<=n.t )true)\b"
    forms = (
        rf"(?:that |it )?(?:that|this|it|everything|none of (?:it|that)){untrue}",
        rf"(?:that )?{named}\b[^.;?!]{{0,150}}?{untrue}",
        r"(?:that )?there(?:'s|’s| is| was) (?:absolutely )?no truth\b",
        r"(?:that|this|it) (?:never happened|did not happen|didn['’]t happen)\b",
        r"(?:that )?there never (?:was|were|has been)\b",
        r"(?:that )?there (?:is|was|were|has been|had been) (?:absolutely )?no (?:attempt|effort|intent"
        r"|wrongdoing|conspiracy|collusion|cover-?up|quid pro quo|misconduct|bias)\b",
        r"(?:that )?the (?:\w+ ){0,2}(?:polls?|numbers?|figures?|reports?)\b[^.;?!]{0,100}? "
        r"(?:is|are|was|were) wrong\b",
        r"at no (?:time|point)\b",
        rf"(?:that )?(?:i|we|he|she|they)(?:['’]ve| have| has| had)? never (?:ever )?(?:{_SAID})\b",
        r"(?:that )?(?:i|we|he|she|they) never would have\b",
        r"(?:\w+ )?(?:your|the|his|her|their) facts are (?:\w+ )?wrong\b",
        r"[^.;?!\n]{0,80}, (?:that|it)(?:['’]s| is) not true\b",
        r"(?:i|we) (?:\w+ )?disagree (?:\w+ )?with (?:the|that|this|those|these|his|her|their|your) "
        rf"(?:{'|'.join(sorted(_ALLEGATION))})\b",
    )
    return re.compile(f"{open_}(?:{'|'.join(forms)})", re.IGNORECASE)


@cache
def _cleared() -> re.Pattern[str]:
    """Words at a content's head by which somebody is cleared of something."""
    return re.compile(
        r"^[^.;?!]{0,80}?\b(?:(?:had|has|have) (?:absolutely )?nothing to do with"
        r"|(?:did|done) (?:absolutely )?nothing (?:wrong|illegal|improper)"
        r"|(?:had|has|have) no bearing on|not guilty(?! of)"
        r"|(?:had|has|have) no (?:prior )?(?:knowledge|role|involvement|part) (?:of|in)"
        r"|(?:was|were|is|are|am)(?: not|n['’]t) (?:involved|aware|part of|responsible)\b"
        r"|(?:did|do|does)(?: not|n['’]t),? (?:at any time|ever)\b"
        r"|(?:was|were|is|are|am)(?: not|n['’]t| never) (?:contradicting|violating|breaking|lying|hiding"
        r"|evading|encouraging|inciting|covering up|trying to (?:hide|avoid|mislead|influence))\b"
        r"|because there (?:isn['’]t|is not|wasn['’]t) one\b)",
        re.IGNORECASE,
    )


@cache
def _negative() -> re.Pattern[str]:
    """A main clause that is negative, and not about what will be or should be."""
    return re.compile(
        r"^[\"“'‘ ]*(?:that )?[\"“'‘ ]*(?:[\w'’.-]+ ){0,4}?"
        r"(?:there['’]s no|(?:is|are|was|were|did|do|does|has|have|had)(?: not|n['’]t| never| no)"
        r"|(?:give|gave|had|have|has|made|saw|did|see) (?:no|nothing)|never)\b",
        re.IGNORECASE,
    )


def denied(text: str, statement: Statement) -> bool:
    """Whether the speaker of `statement` denies or disputes what somebody alleged or reported."""
    if not statement.content:
        return False
    first = statement.content[0]
    head = text[first.start : min(first.end, first.start + _HEAD)]
    factual = statement.kind in (None, "claim", "assessment")
    if mentions(_NEGATIVE, head):
        if _said_untrue().match(head) or (factual and _cleared().match(head)):
            return True
        if factual and _negative().match(head) and _asked_about_it(text, statement):
            return True
    if not any(mentions(_SIGNS, text[a:b]) for a, b in statement.cue):
        return False
    cue = tokens_of(text, statement.cue)
    if factual and _INSIST.intersection(cue.words) and _negative().match(head):
        return True
    return _by_cue(cue, tokens_of(text, [(first.start, first.start + len(head))]))


def _asked_about_it(text: str, statement: Statement) -> bool:
    """Whether the sentence opens with what the speaker was asked: "Asked about the charges, she said …"."""
    start = min(span.start for span in (*statement.source, *statement.cue, *statement.content))
    ahead = sentence_head(text, start).words if text[max(0, start - 2) : start].strip() == "," else []
    return "asked" in ahead[:2] and bool(_ALLEGATION.intersection(ahead))


def _by_cue(cue: Tokens, content: Tokens) -> bool:
    for i, word in enumerate(cue.words):
        if word in _DENY:
            return not _turned(cue, i) and not _withheld(cue, i, content)
        if word in _DISPUTE:
            named = cue.word(i - 1) in ("in", "a", "the", "heated") or _passive(cue, i)
            return not _turned(cue, i) and not named and not _withheld(cue, i, content)
        if word in _REJECT or (word in _PARTICLED and cue.word(i + 1) in _BACK):
            return not _turned(cue, i) and _of_allegation(word, content, cue)
    return False


def _turned(cue: Tokens, i: int) -> bool:
    """Knows "did not deny", "would neither confirm nor deny", "declined to deny"."""
    before = cue.words[max(0, i - 6) : i]
    return any(negator(word) or word in _RELUCTANT for word in before)


def _passive(cue: Tokens, i: int) -> bool:
    return cue.words[i].endswith("ed") and cue.word(i - 1) in BE


def _withheld(cue: Tokens, i: int, content: Tokens) -> bool:
    """Whether to deny means to withhold here: "denied him a visa", "was denied entry"."""
    if content.word(0) in ("him", "her", "them", "us", "me"):
        return True
    if content.word(0) in ("that", "he", "she", "they", "it", "having", "being", "ever", "there"):
        return False
    if _passive(cue, i):
        return True
    at = next((j for j, word in enumerate(content.words[:6]) if word in _WITHHELD), None)
    if at is None or set(content.words[:3]) & _ALLEGATION or content.word(0).endswith("ing"):
        return False
    # "His company took funding" and "plans to sell" are what somebody had alleged.
    planned = content.words[at].startswith(("plan", "proposal")) and content.word(at + 1) == "to"
    return not planned and not _FINITE.intersection(content.words[:at])


def _of_allegation(word: str, content: Tokens, cue: Tokens) -> bool:
    """Whether what is rejected is an allegation; for "called", whether it is called untrue."""
    named = any(w in _ALLEGATION for w in (*cue.words, *content.words[:7]))
    if word in ("called", "calls", "calling"):
        return named and bool(_CALLED.intersection(content.words))
    return named


_CALLED: Final = listed(
    "false untrue baseless unfounded lie lies nonsense fabricated fabrication inaccurate misleading meritless"
)
