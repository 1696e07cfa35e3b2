"""Tells how deep a word stands in its sentence: in the main clause, in what is said or thought, or deeper.

An approximation without a parser: a subordinator opens a deeper clause until a comma, a dash or the
sentence's end.
"""

from __future__ import annotations

from typing import Final

from onrecord.extract.clauses import Tokens, listed

_SUBORDINATORS: Final = listed(
    "if unless although though while whereas when whenever where wherever once whether how why who whom "
    "whose which what"
)
_VERBAL: Final = listed("could may might is are was were will would has have had can should must does did")
_PURPOSE: Final = listed("ensure ensures ensured ensuring sure so such hope hopes hoped hoping wish")
_DETERMINERS: Final = listed(
    "the a an those these any some many most people anyone everyone his her their its our"
)
_NOT_MAIN: Final = listed(
    "who which that whom i you he she it we they and or , whether if how what when where there"
)
_MODALS: Final = listed("could may might")
_FUTURE: Final = listed("could may might will would should")
_RELATIVES: Final = listed("who which that whose who've who's")
_NOTIONS: Final = listed(
    "idea notion argument claim claims suggestion contention fears concerns assumption theory rumors "
    "rumours allegation allegations accusation accusations"
)
_EMBEDS: Final = listed("whether what how who why")
_BEFORE_A_CLAUSE: Final = listed("as than before after since until till")
_PRONOUNS: Final = listed("i you he she it we they there anyone anybody everyone")
_ANYBODY: Final = listed("those people anyone everyone anything everything all somebody someone")
# After these a "that" opens what is said or thought, not a relative clause.
_OPENS_THAT: Final = listed(
    "say says said saying think thinks thought believe believes believed know knows knew feel feels "
    "felt warn warns warned argue argues argued suggest suggests suggested note notes noted add added "
    "adds told tell fear fears feared concerned worried afraid likely possible clear so"
)


def levels(tokens: Tokens) -> list[int]:
    """How deep each token stands: 0 main clause, 1 a clause with "that", 2 a relative or adverbial one."""
    out: list[int] = []
    level, opener = 0, ""
    asked = 1 if tokens.word(0) in _EMBEDS and "?" not in tokens.words else 0
    led, main = _led_by_a_noun(tokens, 0), _main_modal(tokens, 0)
    for i, word in enumerate(tokens.words):
        if i and tokens.sentence[i] != tokens.sentence[i - 1]:
            level, asked, led, main = 0, 0, _led_by_a_noun(tokens, i), _main_modal(tokens, i)
        if i == main or _closes(tokens, i):
            level = 0
        elif opened := _opens(tokens, i, level):
            level, opener = opened
        elif level == 2 and _resumes(tokens, i, opener, led=led):
            level = 0
        led = led and (level == 2 or not (word in _VERBAL or word in _PRONOUNS or "'" in word))
        out.append(max(level, asked))
    return out


def _closes(tokens: Tokens, i: int) -> bool:
    """Whether a clause ends at `i`: at a comma, at a dash with a space before it, at "and I"."""
    word = tokens.words[i]
    if word in ",;:–—)" or (word == "-" and tokens.starts[i] > tokens.ends[i - 1]):
        return True
    return word in ("and", "but") and tokens.word(i + 1) in ("i", "we")


def _opens(tokens: Tokens, i: int, level: int) -> tuple[int, str] | None:
    """The level of a clause that opens at `i`, and the word that opens it; None where none does."""
    word, before = tokens.words[i], tokens.word(i - 1)
    if word in _EMBEDS and before in ("is", "was"):
        return 1, word
    if (word in _SUBORDINATORS and not _asks(tokens, i)) or _relative(tokens, i):
        return 2, "" if before in _NOTIONS or before in _PURPOSE else word
    if word in ("because", "(") or (word == "long" and tokens.word(i + 1) == "as"):
        return 2, ""
    if word in _BEFORE_A_CLAUSE and tokens.word(i + 1) in _PRONOUNS:
        return 2, ""
    return (1, word) if word == "that" and level == 0 and i and before.isalpha() else None


def _resumes(tokens: Tokens, i: int, opener: str, *, led: bool) -> bool:
    """Whether the main clause goes on at `i` without a comma: "the men who fled [could] return"."""
    if opener == "if":
        return _after_if(tokens, i)
    subject = tokens.word(i - 1) not in _NOT_MAIN
    return led and opener in _RELATIVES and tokens.words[i] in _MODALS and subject


def _main_modal(tokens: Tokens, i: int) -> int | None:
    """The modal of the main clause where no comma marks its start: "Unless they pay the dam could fail"."""
    while tokens.word(i) in ("that", '"', "“", "but", "and"):
        i += 1
    if tokens.word(i) not in ("if", "unless"):
        return None
    end = next((j for j in range(i, len(tokens)) if tokens.sentence[j] != tokens.sentence[i]), len(tokens))
    modal = [j for j in range(i, end) if tokens.words[j] in _FUTURE]
    return modal[-1] if modal and "," not in tokens.words[i:end] and modal[-1] > i + 3 else None


def _after_if(tokens: Tokens, i: int) -> bool:
    """Where a main clause begins without a comma: "if elected [she could …]"."""
    plain = tokens.words[i] in _PRONOUNS and tokens.words[i - 1] not in _OPENS_THAT
    return plain and tokens.word(i + 1) in _FUTURE and tokens.words[i - 1] not in ("if", "that", "and", "or")


def _relative(tokens: Tokens, i: int) -> bool:
    """Whether a relative or a purpose clause without a mark of its own opens at `i`.

    "a hole that could", "those they might persuade", "to ensure that no one could", "so everybody could".
    """
    word, before, after = tokens.words[i], tokens.word(i - 1), tokens.word(i + 1)
    if not i or tokens.sentence[i - 1] != tokens.sentence[i] or not before.isalpha():
        return False
    if word == "that":
        held = after in ("i", "we") and tokens.word(i + 2) in ("think", "believe", "guess", "suspect")
        if before in ("and", "but", "or"):
            return False
        return (
            before in _PURPOSE
            or before in _NOTIONS
            or ((held or after in _VERBAL) and before not in _OPENS_THAT)
        )
    if word == "so":
        return after not in _PURPOSE and before not in ("and", "think", "is")
    return before in _ANYBODY and word in ("i", "you", "he", "she", "it", "we", "they")


def _led_by_a_noun(tokens: Tokens, i: int) -> bool:
    """Whether a sentence opens with a noun: a modal after its relative clause is the main verb.

    "The hackers who struck the party could try again": the second verb is the subject's own.
    """
    while tokens.word(i) in ("that", '"', "“", "but", "and"):
        i += 1
    if tokens.word(i) in _DETERMINERS:
        return True
    plural = [j for j in range(i, min(i + 3, len(tokens))) if tokens.words[j].endswith("s")]
    return bool(plural) and not tokens.capital(i) and tokens.word(plural[0] + 1) in ("who", "that", "which")


def _asks(tokens: Tokens, i: int) -> bool:
    """Whether a question word opens the sentence, so that its own clause is the main one."""
    asking = tokens.words[i] in ("how", "why", "who", "whom", "whose", "which", "what", "where", "when")
    asking = asking and (tokens.words[i] not in ("where", "when") or "?" in tokens.words)
    return asking and tokens.first_of_sentence(i)
