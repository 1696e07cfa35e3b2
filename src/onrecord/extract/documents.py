"""The fullest title that the article gives to a poll, a report or a letter, for "the poll" or "a survey"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache

from onrecord.extract.mentions import Mention
from onrecord.extract.names import Names
from onrecord.extract.nounphrases import POSTMODIFIERS
from onrecord.extract.pieces import Piece
from onrecord.extract.wordlists import words

# Words before "poll" that tell of no particular one.
_ANY = words(
    """
    a an the this that these those its another new newest latest recent same one first second separate own
    recently single earlier previous fresh
    """
)
_SAME = {"survey": "poll", "polling": "poll", "story": "article", "piece": "article", "law": "bill"}
NEAR = 4000  # characters around a mention in which its title is looked for


@cache
def _head(head: str) -> re.Pattern[str]:
    words = [head, *(w for w, same in _SAME.items() if same == head)]
    return re.compile(rf"\b({'|'.join(f'[{w[0]}{w[0].upper()}]{re.escape(w[1:])}' for w in words)})\b")


@lru_cache(maxsize=64)
def _introduction(head: str) -> re.Pattern[str]:
    return re.compile(rf"\b[Aa]n?\s((?:[\w-]+\s){{1,3}}{re.escape(head)})\b(?!['’-])")


_BETWEEN = re.compile(
    r"(?:['’]s?)?\s(?:(?:new|national|nationwide|statewide|state|recent|latest|own|annual|weekly|monthly|daily|"
    r"exit|tracking|opinion|online|joint|internal|bipartisan|tv|television|news|press|campaign|cover|first|"
    r"[a-z]*-?[a-z]*(?:day|page|second|minute|month|year))\s){0,2}"
)
_OWNED = re.compile(r"['’]s\s(?:inspector general|[a-z]+(?:\soffice)?)")
_BY = re.compile(r"\s(?:by|from|of)\s")


_MAKER = re.compile(r"\s(?:by|from|(?:conducted|released|published|written|issued) by|in)\s(?:the\s)?")


class Papers:
    """Names of documents in an article, by head noun, in text order."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.known: dict[str, list[tuple[int, str]]] = {}

    def _found(self, head: str) -> list[tuple[int, str]]:
        """Where documents of one head noun are named, and how; read once a head."""
        if head in self.known:
            return self.known[head]
        text, found = self.names.text, list[tuple[int, str]]()
        for match in _head(head).finditer(text):
            title = _before(self.names, match.start()) or _titled(self.names, match)
            maker = None if title else _after(self.names, match.end())
            name = title or (match[0] + text[match.end() : maker] if maker else None)
            if name:
                found.append((match.start(), " ".join(name.split())))
        self.known[head] = found
        return found

    def of(self, mention: Mention) -> tuple[str | None, float]:
        """The title of the document that a description without a name means, and its probability."""
        bare = mention.plural and not mention.determiner  # "polls show" means no poll that is named
        if bare or set(mention.modifiers) - _ANY or _BY.search(mention.words):
            return None, 0.0
        found = self._found(_SAME.get(mention.head, mention.head))
        low = bisect_left(found, mention.start - NEAR, key=lambda f: f[0])
        k = bisect_left(found, mention.start, key=lambda f: f[0])
        high = bisect_right(found, mention.start + NEAR, key=lambda f: f[0])
        own = [f for f in found[k:high] if f[0] < mention.end + 60]
        names = {f[1].casefold() for f in found[low:high]}
        if own and len(names) == 1:
            return own[0][1], 0.7
        if mention.determiner == "the" and low < k:
            return found[k - 1][1], 0.7
        if len(names) == 1:
            return found[low][1], 0.65
        if low == k < high and not mention.modifiers:
            return found[k][1], 0.6
        if mention.determiner == "the" and not mention.modifiers and not found:
            return self._introduced(mention)
        return None, 0.0

    def _introduced(self, mention: Mention) -> tuple[str | None, float]:
        """What "the ad" was called where it was brought in, if that was once ("a new 30-second ad")."""
        begin = max(0, mention.start - NEAR)
        text = self.names.text
        forms = {
            " ".join(m[1].split()) for m in _introduction(mention.head).finditer(text, begin, mention.start)
        }
        forms = {f for f in forms if not POSTMODIFIERS & set(f.lower().split())}
        return (forms.pop(), 0.6) if len(forms) == 1 else (None, 0.0)


def _before(names: Names, head: int) -> str | None:
    """The name that stands before the head ("Lund Courier poll", "Quist’s first report")."""
    k = bisect_left(names.starts, head) - 1
    if k < 0 or head - names.pieces[k].end > 40:
        return None
    piece = names.pieces[k]
    if piece.heading or not _BETWEEN.fullmatch(names.text, piece.end, head):
        return None
    word = re.compile(r"[\w-]+").match(names.text, head)
    return names.text[piece.start : word.end() if word else head]


def _titled(names: Names, match: re.Match[str]) -> str | None:
    """A name that the head itself ends ("Field Poll")."""
    k = bisect_right(names.starts, match.start()) - 1
    piece = names.pieces[k] if k >= 0 else None
    if piece and not piece.heading and piece.end == match.end() and len(piece.words) > 1:
        return names.text[piece.start : piece.end]
    return None


def _after(names: Names, end: int) -> int | None:
    """Where the maker's name ends that follows the head ("report by the Harbour Trust")."""
    maker = _MAKER.match(names.text, end)
    if not maker:
        return None
    k = bisect_left(names.starts, maker.end())
    piece: Piece | None = names.pieces[k] if k < len(names.pieces) else None
    if not piece or piece.start - len(piece.title) - bool(piece.title) != maker.end():
        return None
    owned = _OWNED.match(names.text, piece.end)
    return owned.end() if owned else piece.end
