"""The grammar of time expressions: finds the phrases that speak of time, and what form each has.

A pattern is written over names of word classes (`timewords`): a name stands for one token of the class,
capital names are parts of patterns given below, and `? * + | ( ) [ ]` mean what they mean in regular
expressions. Order matters: at one place the first form that fits is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.extract.timefirst import first_characters
from onrecord.extract.timewords import CLASS, OTHER, Tokens

_PARTS = {
    "ABOUT": "(about | over | at least | no? (additional | less) than | up or | well about | some | "
    "(less | additional) than)",
    "COUNT": "(num | day | year | frac | hundred)",
    "NUM": "(a (?= hundred))? COUNT (dash? (num | day | year | hundred) | (?<= [hundred]) and num){0,5} "
    "(and a half | and? frac)?",
    "VAGUE": "(a? additional? (several | few | couple of?) | some)",
    "QTY": "(NUM ((dash? or dash? | dash) NUM)? | half a num | a? half dash num | VAGUE (additional NUM)? )",
    "UNIT": "(unit | hour | sec)",
    "UNITS": "(units | hours)",
    "ANY": "(unit | units | hour | hours | sec | weekend)",
    "MOD": "(the? (early | late | mid) (period of | dash | of | in | portion of)? | the? (end | beginning "
    "| rest) of "
    "| end dash | (earlier | later | early | late) in | earlier | later | sometime)",
    "WHICH": "(the? last | the? past | the? next | the? coming | this past | this coming | this | this last)",
    "ON": "(comma? (on | in | by)?)",
    "WD": "(WHICH? weekday comma?)",
    "THATDAY": "(MDAY | WHICH? weekday part? | adverb part? | (last | this | that) part)",
    "CLOCK": "((clock | day) ampm zone{0,2} | clock zone{1,2} | (day | num) oclock | (day | clock | "
    "num) in the part | (num | year) zone | noon | (?<= [at]) (day | num) (?= adverb | (last | this) part) | "
    "clock (?= (this | that) part) | "
    "(?<=[at about by or before after]) clock)",
    "MDAY": "(WD? month (day | ord | sec) (comma? year)? | WD? the? (day | ord | sec) of? month (comma? "
    "year)? | WD? month (day | ord) of (that | same | last | this | next) unit)",
    "NEARYEAR": "(of? (last | this | next) unit)",
}

# (form, pattern), first fit first.
_FORMS = (
    ("soon", "asword soon asword possible"),
    ("before_christ", "ABOUT? (num | day | year) era"),
    ("clock", "ABOUT? CLOCK (ON THATDAY)? | (WHICH? weekday | adverb | MDAY) comma? at ABOUT? (CLOCK | "
              "day (?= stop "
    "| comma))"),
    ("day_range", "month day (dash | or | and) day (comma? year | (?! dash? [other ANYS month currency "
    "ampm num day]))"),
    ("day_range_before", "the? day (dash | or | and) day month (comma? year)?"),
    ("part_of_date", "((early | late) in the | the? (early | late)?) part of (MDAY | weekday)"),
    ("date", "WD? month (day | ord) NEARYEAR | WD? the? (day | ord) of? month NEARYEAR | MDAY part? | date "
             "| compact"),
    ("day_of_month", "(?<= [on by before or after since from]) the ord (?! dash? [other ANYS ord num half])"),
    ("nth_of", "((the | its) last | (the | its)? (ord | sec)) full? (unit | weekday | weekend) (of | in) "
               "(month "
    "(comma? year)? | year | the (newword | last | next | coming | current)? unit | (last | this | next) "
    "unit)"),
    ("day_by_day", "the unit (before | after) adverb"),
    ("month_year", "MOD? month (comma | of)? year"),
    ("month_of", "MOD? month of? (last | this | next | that same? | the last | the next | the same) unit"),
    (
        "year_spelled",
        "(month comma?)? (the unit)? num ((dash | and)? (num | hundred)){1,4}+ "
        "(?! dash? [ANYS num currency])",
    ),
    ("month", "MOD? WHICH? month"),
    ("quarters", "the? (ord | last) NUM units of (year | the unit | (last | this | next) unit)"),
    ("quarter_named", "quartername (of? year)?"),
    ("year_quarter", "(the? year | (last | this | next) unit) poss? fiscal? dash? (ord | sec) dash? unit"),
    (
        "quarter",
        "MOD? the? (fiscal dash?)? (ord | sec) (dash? fiscal)? dash? (unit | units | half)"
        " (of (fiscal? year | the? last unit | (this | the next | next | the) fiscal? unit | the? "
        "decade)| (?<= [unit]) (comma? year | (last | this | next) "
        "unit | a unit (ago | earlier)))?",
    ),
    ("half", "the? last half of (year | decade | the unit | last unit | this unit)"),
    ("year_before", "the unit (before | after) (?= stop | comma | and) | the (unit | weekday) before last "
                    "(?! weekday | month | unit)"),
    ("year_ago", "the? (like)? same? unit dash (ago | earlier) (unit | period | NUM units) | unit dash "
                 "(ago | "
    "earlier) |"
     " the unit a unit (ago | earlier)"),
    ("same_period", "the? same (unit | period) (of? the? (last | year) unit? | a unit (ago | earlier))?"),
    ("part_of", "(the | its) (latest | current | like) period"),
    ("weekday_of", "weekday (of (the? (last | next | coming | same) | this | that) unit) | (last | this | "
                   "next) unit weekday"),
    ("from_day", "QTY (unit | units) from (adverb | WHICH? weekday) | a unit from (adverb | WHICH? weekday)"),
    ("this_time", "this time (last | next) unit"),
    ("these_days", "these units"),
    ("rel_units", "(the | these | this)? ABOUT? (last | past | next | coming | recent | latest"
     " | future | ord | sec) ABOUT? QTY? (additional | consecutive | full){0,2} (units | hours | QTY "
     "UNIT) ((and | or) units)?"),
    ("years_ahead", "the (units | hours) or? hence"),
    ("ago", "ABOUT? (half a | a half? | QTY)? (additional)? dash? ANY (and a half)? dash? (ago | "
    "earlier | later | before (?= stop | comma) |"
     " hence | from (now | adverb))"),
    ("next_year_or_so", "the (next | coming) UNIT or so"),
    ("year_end", "(the | this | about)? unit poss? dash? end (comma? year)? | mid dash? unit | midunit"),
    ("week_of", "the unit of (MDAY | month year?)"),
    (
        "rel_unit",
        "(MOD | (the? full) of | late)? (the | its)? (last | past | this | this past | this coming | "
        "next | coming |"
        " current | latest | that | the same) (fiscal | full | calendar | consecutive){0,2} unit ((or | "
        "and) (so | num))?",
    ),
    ("holiday", "(last | this | next)? (holiday (holidayday | unit | part | weekday)? | electionword "
                "poss? (unit | weekday | part) | "
    "newword unit poss? "
     "(unit | holidayday)?) year?"),
    ("weekday_set", "each weekday | weekdays"),
    ("weekday", "(early | late | mid dash?)? (WHICH | that)? weekday (dash? (part | parts))?"),
    ("adverb", "(earlier | later | early | late | mid dash? part | part)? adverb (part | at noon)?"),
    ("overnight", "(early | late | later | earlier)? (this | that | last | the next | the last | the) part"),
    ("weekend", "MOD? (WHICH | that | the | a)? weekend"),
    ("year_range", "year (dash | slash) (year | day | num) (?! dash | slash | month)"),
    ("year_period", "the year dash? (fiscal? unit | period)"),
    ("year", "(MOD | the unit of)? (the unit)? fiscal? year ((and | or) (hence | later))?"),
    ("decade", "MOD? (the | its)? MOD? decade"),
    ("season", "MOD? (WHICH | the | that)? MOD? season (of? year | of (last | this | next) unit)?"),
    ("set", "each (additional | NUM)? (unit | units | hour | hours | part | weekend) | set | weekends | "
    "(NUM | several | few | VAGUE)? once (a | each | per) (unit | hour) | per (unit | hour)"),
    ("long", "(a | the)? (QTY dash)? (unit | units | hour | hours) dash near | longword"),
    ("tens", "tens of units"),
    ("quarter_century", "a? unit dash? unit"),
    ("duration", "ABOUT? (a | the)? QTY dash ANY dash? period | the NUM units"),
    ("duration", "ABOUT? (half a | QTY) (dash | additional | consecutive | full){0,2} ANY ((or | and) "
    "(additional |"
     " a half | so))?"),
    ("duration", "(?= additional) additional UNIT (?! dash)"),
    ("duration", "ABOUT? (a | an) (additional | full | near | about){0,2} UNIT (and a half)?"),
    ("duration", "ABOUT? half dash? a? dash? UNIT"),
    ("the_unit", "MOD? the (full | fiscal | calendar | newword){0,2} unit | turn of the unit"),
    ("units", "units (or units)?"),
    ("future", "(the | a)? (near dash?)? future | the near term"),
    ("past", "(the | its) past"),
    ("now", "now | current | soon"),
    ("then", "(?<=[or by]) then"),
)  # fmt: skip

# A phrase of time must hold one of these; all else on its own is not looked at.
_TRIGGERS = (
    "year date compact clock decade unit units hour hours sec weekday weekdays month season part parts "
    "weekend noon "
    "oclock adverb soon set holiday electionword newword future past now current then term "
    "ampm latest half era longword midunit quartername weekends"
)
# Classes of which no form begins, so that most places are passed over at once.
_NEVER_FIRST = (
    "of in on and or for so from between since by than old age period possible comma stop poss dash "
    "currency slash zone ended time ago hence portion before after"
)
# Longer runs of words of time are no language, and are not kept in memory.
LONG_RUN = 40


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that speaks of time: its form, and its tokens `[first, last)`."""

    form: str
    first: int
    last: int
    tokens: Tokens
    classes: str

    @property
    def words(self) -> list[str]:
        """The lower-case tokens."""
        return self.tokens.words(self.first, self.last)

    def has(self, *names: str) -> bool:
        """Whether a token has one of the classes."""
        return any(CLASS[name] in self.classes for name in names)

    def word(self, *names: str) -> str:
        """The first token of one of the classes, or ""."""
        found = self.all(*names)
        return found[0] if found else ""

    def all(self, *names: str) -> list[str]:
        """The tokens of these classes, in order."""
        wanted = {CLASS[name] for name in names}
        return [w for w, c in zip(self.words, self.classes, strict=True) if c in wanted]

    def before(self, distance: int = 1) -> str:
        """The token so far before the phrase, or ""."""
        return self.tokens.word(self.first - distance)

    def after(self, distance: int = 1) -> str:
        """The token so far behind the phrase, or ""."""
        return self.tokens.word(self.last - 1 + distance)


def _compiled(pattern: str) -> str:
    pattern = pattern.replace("ANYS", "unit units hour hours sec")
    while re.search(r"[A-Z]", pattern):
        pattern = re.sub(r"\b[A-Z]+\b", lambda m: f"(?:{_PARTS[m[0]]})", pattern)
    pattern = re.sub(r"[a-z]+", lambda m: CLASS["a" if m[0] == "an" else m[0]], pattern)
    return re.sub(r"\((?!\?)", "(?:", pattern.replace(" ", ""))


def _guarded(pattern: str) -> str:
    """A pattern behind a look at its first characters, so that most are passed over at once."""
    first = first_characters(pattern)
    return f"(?=[{first}])(?:{pattern})" if first else pattern


@cache
def _forms() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """All forms as one pattern, and their names by group number."""
    never = "".join(CLASS[name] for name in _NEVER_FIRST.split())
    either = "|".join(f"({_guarded(_compiled(pattern))})" for _, pattern in _FORMS)
    forms = re.compile(f"(?![{OTHER}{never}])(?:{either})")
    return forms, tuple(form for form, _ in _FORMS)


@cache
def _triggers() -> re.Pattern[str]:
    triggers = "".join(CLASS[name] for name in _TRIGGERS.split())
    number = CLASS["num"]
    within = "".join(CLASS[name] for name in ("on", "by", "before", "after", "since", "from"))
    nth = f"[{within}]{CLASS['the']}{CLASS['ord']}"
    return re.compile(f"[{triggers}]|{number}{CLASS['dash']}?{number}|{nth}")


@lru_cache(maxsize=1 << 15)
def _first_form(run: str, at: int) -> tuple[str, int, int] | None:
    """The form that comes first in a run of classes, from one place on, and where it stands.

    Kept, because articles say "the year" and "on Monday" again and again.
    """
    forms, names = _forms()
    match = forms.search(run, at)
    return (names[(match.lastindex or 1) - 1], *match.span()) if match else None


def phrase_from(tokens: Tokens, run: str, start: int, at: int) -> Phrase | None:
    """The first phrase of a run of tokens, from the token `at` on; the run begins at the token `start`."""
    found = _first_form(run, at - start) if len(run) <= LONG_RUN else _first_form.__wrapped__(run, at - start)
    if found is None:
        return None
    form, first, last = found
    return Phrase(form, start + first, start + last, tokens, run[first:last])


def runs_of(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The stretches of tokens in which a time expression can stand: those around a trigger."""
    classes, done = tokens.classes, 0
    for match in _triggers().finditer(classes):
        if match.start() >= done:
            start = classes.rfind(OTHER, done, match.start()) + 1
            end = classes.find(OTHER, match.start())
            done = len(classes) if end < 0 else end
            yield start, done
