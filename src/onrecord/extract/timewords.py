"""The words of time: cuts a text into tokens and gives each its class, so that a grammar can run on classes.

A class is one character; the string of classes of a text is what the patterns of `timegrammar` match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, repeat

from onrecord.extract.wordlists import words
from onrecord.statement import Span

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNIT_WORDS = {
    "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
    "fortnight": "W", "yr": "Y", "centurie": "C",
}  # fmt: skip
CLOCK_UNITS = {"hour": "H", "minute": "M", "second": "S", "hr": "H", "min": "M"}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midafternoon": "AF",
    "midmorning": "MO", "lunchtime": "12:00", "daytime": "DT",
}  # fmt: skip
HOLIDAYS = (
    "christmas", "thanksgiving", "easter", "halloween", "hanukkah", "ramadan", "pentecost", "juneteenth",
)  # fmt: skip
SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
SMALL = SMALL_WORDS.split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
HUNDREDS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
NUMBERS = (
    {word: n for n, word in enumerate(SMALL)}
    | {word: 10 * n for n, word in enumerate(TENS, 2)}
    | {"dozen": 12}
) | HUNDREDS
ORDINALS_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = ORDINALS_WORDS.split()
ORDINALS = {word: n for n, word in enumerate(_ORDINALS, 1)} | {"thirtieth": 30, "final": 4}
DECADE_WORDS = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7,
                "eighties": 8, "nineties": 9}  # fmt: skip

# Classes of single words, by name. What is not listed is "other".
_WORDS: dict[str, str] = {
    "era": "bc bce b.c. b.c.e. b.c",
    "a": "a an", "the": "the", "this": "this", "that": "that", "these": "these those",
    "its": "its his her their our my your", "last": "last previous preceding prior", "past": "past",
    "latest": "latest", "like": "comparable corresponding",
    "next": "next following subsequent", "coming": "coming upcoming",
    "current": "current", "recent": "recent", "future": "future",
    "near": "near foreseeable immediate short medium long distant", "term": "term", "same": "same",
    "additional": "additional extra further another more other", "each": "each every", "ago": "ago",
    "earlier": "earlier", "later": "later", "sometime": "sometime", "before": "before", "after": "after",
    "hence": "hence ahead come", "now": "now", "then": "then", "early": "early", "late": "late latter",
    "mid": "mid middle", "end": "end close", "beginning": "beginning start", "rest": "rest remainder balance",
    "portion": "part portion", "turn": "turn",
    "about": "about around approximately nearly almost roughly", "over": "over", "at": "at",
    "least": "least most", "than": "than", "less": "less fewer", "no": "no", "up": "up", "well": "well",
    "several": "several many", "few": "few", "couple": "couple", "some": "some", "half": "half", "of": "of",
    "in": "in during", "on": "on", "and": "and", "or": "or to through thru until till", "for": "for",
    "so": "so", "from": "from", "between": "between", "since": "since", "by": "by", "old": "old",
    "age": "age", "fiscal": "fiscal financial", "calendar": "calendar", "full": "full whole entire",
    "period": "period stretch span",
    "consecutive": "consecutive straight successive trading business working school",
    "weekend": "weekend", "weekends": "weekends",
    "longword": "yearlong monthlong weeklong daylong hourlong decadelong", "midunit": "midyear midweek "
        "midmonth "
    "midsummer midwinter", "tens": "tens dozens hundreds thousands",
    "noon": "noon midday midnight", "oclock": "o'clock", "holidayday": "day eve week",
    "adverb": "today yesterday tomorrow tonight currently recently lately nowadays presently overnight",
    "soon": "soon", "asword": "as", "possible": "possible", "set": "daily annually hourly nightly",
    "once": "once twice thrice times", "per": "per", "time": "time moment",
    "zone": "est edt et gmt cst cdt mst mdt pst pdt bst utc cet local eastern pacific",
    "ended": "ended ending ends", "newword": "new",
    "electionword": "election inauguration independence memorial labor labour veterans boxing valentine palm "
    "good ash holy maundy black columbus presidents groundhog mother father patrick flag earth king saints",
}  # fmt: skip

_SHAPES = (
    "other num day year frac date clock decade ord unit units hour hours sec weekday weekdays month "
    "season part parts "
    "dash comma stop poss ampm currency slash paren compact hundred quartername"
)
NAMES = tuple(dict.fromkeys([*_SHAPES.split(), *_WORDS, "holiday", "christ"]))
# Characters of classes: from the letters on, none of which means anything in a pattern.
CLASS = {name: chr(0x100 + i) for i, name in enumerate(NAMES)}
OTHER = CLASS["other"]

# Longest first where two could start at one place. A full stop belongs to "Sept." and "a.m.".
# Blanks before a token belong to its match, a blank line is a match of its own: so all of a text is matched.
_TOKENS = r"""
    [^\S\n]*+\n?[^\S\n]*+(?:
        [^\W\d_]++(?![.'’\d])
      | (?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri)\.
      | (?:Sat|Sun)\.(?=,?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d))
      | [ap]\.m\.? | [AP]\.M\.? | o['’]clock | [Bb]\.[Cc]\.(?:E\.)? | [QH][1-4]\b | [^\W\d_]+
      | [^\w\s'’`]
      | \d{4}-\d\d-\d\d(?!\d) | \d{4}/\d\d?/\d\d?(?!\d)
      | \d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?!\d) | \d{1,2}-\d{1,2}-(?:\d{4}|\d\d)(?!\d)
      | \d{1,2}[:.]\d\d(?=\s?[AaPp]\.?[Mm]\b)
      | (?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])
      | (?:1\d|20)\d0['’]?s\b | ['’`]?\d0['’]?s\b | [1-9]/[2-9](?![\d/]) | \d{1,2}(?:st|nd|rd|th)\b
      | \d+(?:,\d{3})*(?:\.\d+)?
      | ['’]s?\b | [^\w\s] | _+
    ) | \s+
"""
_SHAPED = (
    ("year", r"[12]\d{3}"),
    ("day", r"[1-9]|[12]\d|3[01]|0[1-9]"),
    ("compact", r"(?:19|20)\d\d[01]\d[0-3]\d"),
    ("num", r"\d+(?:,\d{3})*(?:\.\d+)?"),
    ("date", r"\d+/\d+/\d+|\d+-\d+-\d+"),
    ("clock", r"\d+[:.]\d\d"),
    ("quartername", r"[QH][1-4]"),
    ("decade", r"['’`]?\d+['’]?s"),
    ("frac", r"\d/\d|[½¼¾]"),
    ("ord", r"\d+(?:st|nd|rd|th)"),
    ("oclock", r"o['’]clock"),
    ("poss", r"['’]s?"),
    ("dash", r"[-–—‑]"),
    ("comma", r","),
    ("currency", r"[$£€#¥%]"),
    ("slash", r"/"),
    ("stop", r"[.!?\n]"),
)


@cache
def _token_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    shaped = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _SHAPED)
    return re.compile(_TOKENS, re.VERBOSE), re.compile(shaped)


@cache
def lexicon() -> dict[str, str]:
    """Lower-case word -> class character."""
    named = {word: name for name, words in _WORDS.items() for word in words.split()}
    named |= dict.fromkeys(UNIT_WORDS, "unit") | dict.fromkeys((f"{u}s" for u in UNIT_WORDS), "units")
    named |= {"centuries": "units"}
    named |= dict.fromkeys(CLOCK_UNITS, "hour") | dict.fromkeys((f"{u}s" for u in CLOCK_UNITS), "hours")
    named |= dict.fromkeys(NUMBERS, "num") | dict.fromkeys(ORDINALS, "ord") | {"second": "sec"}
    named |= (
        dict.fromkeys(HUNDREDS, "hundred") | dict.fromkeys(SEASONS, "season") | dict.fromkeys(PARTS, "part")
    )
    named |= dict.fromkeys((f"{p}s" for p in PARTS), "parts") | dict.fromkeys(DECADE_WORDS, "decade")
    named |= dict.fromkeys(WEEKDAYS, "weekday") | dict.fromkeys((f"{w}s" for w in WEEKDAYS), "weekdays")
    named |= dict.fromkeys(MONTHS, "month") | dict.fromkeys(HOLIDAYS, "holiday")
    named |= {word[:3]: "month" for word in MONTHS if word != "may"} | {"sept": "month"}
    named |= {f"{word[:3]}.": "month" for word in MONTHS} | {"sept.": "month"}
    named |= dict.fromkeys(["am", "pm", "a.m.", "p.m.", "a.m", "p.m"], "ampm")
    named |= dict.fromkeys(
        ["mon.", "tue.", "tues.", "wed.", "thur.", "thurs.", "fri.", "sat.", "sun."], "weekday"
    )
    return {word: CLASS[name] for word, name in named.items()}


# Names of times that are also other words: only these written with a capital letter are times.
CAPITAL_ONLY = words("march may mar dec jan jun jul sep nov oct apr feb aug easter")


@cache
def _written() -> dict[str, str]:
    """Token as written -> class character: words in their usual spellings, marks, days and years."""
    spelled: dict[str, str] = {}
    for word, kind in lexicon().items():
        forms = (
            [word.capitalize(), word.upper()]
            if word in CAPITAL_ONLY
            else [word, word.capitalize(), word.upper()]
        )
        spelled |= dict.fromkeys(forms, kind)
    marks = {"stop": ".!?", "comma": ",", "dash": "-–—‑", "currency": "$£€#¥%", "slash": "/"}
    spelled |= {mark: CLASS[name] for name, group in marks.items() for mark in group}
    spelled |= {str(n): CLASS["day"] for n in range(1, 32)} | {
        str(n): CLASS["year"] for n in range(1000, 3000)
    }
    # What does not begin with a digit or a low mark is looked up here alone.
    spelled |= {f"{quote}{n}0s": CLASS["decade"] for quote in "'’`" for n in range(10)}
    spelled |= {f"{letter}{n}": CLASS["quartername"] for letter in "QH" for n in range(1, 5)}
    spelled |= dict.fromkeys("½¼¾", CLASS["frac"]) | {
        "": CLASS["stop"],
        "o’clock": CLASS["oclock"],
        "’s": CLASS["poss"],
    }
    return spelled | dict.fromkeys("\"“”():;_&'`’‘", OTHER) | {"'s": CLASS["poss"], "’s": CLASS["poss"]}


def _shape(token: str) -> str:
    match = _token_patterns()[1].fullmatch(token)
    return CLASS[match.lastgroup] if match and match.lastgroup else OTHER


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: how they are written, where each ends, and the string of their classes."""

    text: str
    written: list[str]
    ends: list[int]
    classes: str

    def words(self, first: int, last: int) -> list[str]:
        """The tokens `[first, last)` in lower case."""
        return [word.lower() for word in self.written[max(0, first) : last]]

    def word(self, at: int) -> str:
        """One token in lower case; "" outside the text."""
        return self.written[at].lower() if 0 <= at < len(self.written) else ""

    def span(self, first: int, last: int) -> Span:
        """The characters of the tokens `[first, last)`."""
        return Span(self.ends[first] - len(self.written[first]), self.ends[last - 1])


def tokens_of(text: str) -> Tokens:
    """Cuts a text into tokens, in one pass; a blank line is a token of its own, a line break."""
    raw = _token_patterns()[0].findall(text)
    written = list(map(str.strip, raw))
    classes = list(map(_written().get, written, repeat(OTHER)))
    for at in [i for i, word in enumerate(written) if word < ":"]:
        if classes[at] == OTHER:
            classes[at] = _shape(written[at])
    return Tokens(text, written, list(accumulate(map(len, raw))), "".join(classes))


def number_of(words: list[str]) -> float | None:
    """The number that a run of tokens spells ("twenty-one", "2 1/2", "two and a half", "1,500"), or None."""
    total, current, seen = 0.0, 0.0, False
    for word in words:
        if word in ("half", "½") or "/" in word:
            over, _, under = ("1", "/", "2") if "/" not in word else word.partition("/")
            current, seen = current + int(over) / int(under), True
        elif word[0].isdigit() and word[-1].isdigit():
            current, seen = current + float(word.replace(",", "")), True
        elif word == "dozen":
            current, seen = (current or 1) * 12, True
        elif word in NUMBERS:
            current, seen = _spelled(current, NUMBERS[word]), True
            if NUMBERS[word] >= 1000:
                total, current = total + current, 0.0
    return total + current if seen else None


def _spelled(current: float, number: int) -> float:
    return (current or 1) * number if number >= 100 else current + number


def year_spelled(words: list[str]) -> int | None:
    """The year that words spell ("nineteen ninety-six", "two thousand"), or None."""
    numbers = [NUMBERS[w] for w in words if w in NUMBERS]
    if len(numbers) >= 2 and numbers[0] in (18, 19, 20) and 10 <= numbers[1] < 100:
        return numbers[0] * 100 + sum(numbers[1:])
    if numbers[:2] == [2, 1000]:
        return 2000 + sum(numbers[2:])
    return None
