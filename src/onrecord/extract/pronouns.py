"""Walks an article from source to source and says whom pronouns and empty sources stand for."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from onrecord.extract.confidence import THRESHOLD
from onrecord.extract.descriptions import Descriptions
from onrecord.extract.entities import Entity
from onrecord.extract.evidence import is_thing
from onrecord.extract.groups import both
from onrecord.extract.mentions import Mention, mention_of
from onrecord.extract.names import Names
from onrecord.extract.salience import WINDOW, Context, Pronoun, Reference, candidates, choose, learn_sexes
from onrecord.extract.signatures import signed
from onrecord.extract.sourcekinds import impersonal
from onrecord.statement import Article, Spans, Speaker, Statement, covered

_SEEMS = re.compile(r"\b(?:seem(?:s|ed)?|appear(?:s|ed)?|obvious(?:ly)?|clear(?:ly)?|evident|apparent)\b")
_CLAUSE = re.compile(
    r"[\"“]?(?:Ever since|Since|While|When|As|After|Before|Although|Though|If|Because|Until|Once|Even though|"
    r"Even as|Where|Whenever|Unlike|Despite|In|During|On|By|With)\b"
)
_PARTICIPLE = re.compile(r"\w+ing\b", re.IGNORECASE)
_HE_SHE = re.compile(r"\b[Ss]?[Hh]e\b")


class Answer(NamedTuple):
    """What a source was found to stand for, by which kind of evidence, and how strong that is, 0 to 1."""

    name: str | None
    kind: str
    anonymous: bool
    score: float
    entity: Entity | None = None
    by: str = "own words"


NOBODY = Speaker(None, "unknown", False, (), 0.0)


class Walk(ABC):
    """The state of one walk: who has been mentioned, who has spoken, what is resolved."""

    def __init__(self, article: Article, statements: Sequence[Statement]) -> None:
        self.article, self.statements = article, statements
        self.names = Names(article.text)
        self.mentions = self._read()
        self.descriptions = Descriptions(self.names)
        self.context = Context(self.names)
        learn_sexes(self.context)
        self.by_id = {s.id: i for i, s in enumerate(statements)} if any(s.within for s in statements) else {}
        self.outside = self._outsides()
        self.found: list[Speaker | None] = [None] * len(statements)
        self.entity: list[Entity | None] = [None] * len(statements)
        self.history: list[Reference] = []
        self.done = 0  # references of the text that are in the history
        self.recency: dict[int, int] = {}
        self.spoken: list[Entity] = []  # persons who spoke, the last first
        self.spoke_at = -1
        self.evidence: list[Answer | None] = [None] * len(statements)
        self.answers: dict[int, Answer] = {}
        self.last: int | None = None  # the statement resolved before
        self.unnamed: dict[str, Entity] = {}  # unnamed speakers by head noun
        self.heard: set[str] = set()  # organisations that spoke, by their names
        self.bodies: dict[str, str] = {}  # organisations that spoke, by the noun that names them ("office")

    def _read(self) -> list[Mention]:
        """The mentions; a source's name of two or three words is a person's if no article precedes it."""
        mentions = [mention_of(self.names, s.source) for s in self.statements]
        unknown = {
            e.number: e
            for m in mentions
            for e in m.entities
            if e.type == "other"
            and 2 <= len(e.name.split()) <= 3
            and m.type == "names"
            and not m.determiner
            and not is_thing(tuple(e.name.split()))
            and not impersonal(self.article.text, e)
        }
        if not unknown:
            return mentions
        self.names.promote(list(unknown.values()))
        return [mention_of(self.names, s.source) for s in self.statements]

    def _stops(self) -> list[tuple[int, int | None]]:
        """Positions of sources (with the statement's number) and of other pronouns, in text order."""
        stops: list[tuple[int, int | None]] = [(self._at(i), i) for i in range(len(self.statements))]
        taken = {at for at, _ in stops}
        stops += [(m.start(), None) for m in _HE_SHE.finditer(self.article.text) if m.start() not in taken]
        return sorted(stops, key=lambda s: (s[0], s[1] is None, s[1] or 0))

    def _at(self, i: int) -> int:
        mention, statement = self.mentions[i], self.statements[i]
        if mention.type != "empty":
            return mention.start
        return min((s.start for s in (*statement.cue, *statement.content)), default=0)

    def _advance(self, at: int) -> None:
        references, done = self.context.references, self.done
        while done < len(references) and references[done].start < at:
            self.history.append(references[done])
            self.recency[references[done].entity.number] = references[done].start
            done += 1
        self.done = done

    def _spoke(self, entity: Entity, at: int, *, repeat: bool) -> None:
        self.spoke_at = at
        self.spoken = [entity, *(e for e in self.spoken[:4] if e is not entity)]
        if repeat:
            self._refresh(at, entity)

    def _refresh(self, at: int, entity: Entity) -> None:
        self.context.refresh(at, entity, subject=True)
        self.history.append(self.context.refreshed[-1])
        self.recency[entity.number] = at

    def _pronoun(self, at: int) -> None:
        entity, sure = self._he(at, self.article.text[at].lower() == "h", None, direct=False)
        if entity and sure >= 0.5:
            self._refresh(at, entity)

    def _he(
        self, at: int, male: bool | None, outer: Entity | None, *, direct: bool, content: Spans = ()
    ) -> tuple[Entity | None, float]:
        following = self.context.references[self.done : self.done + 1]
        if following and following[0].sentence != self.context.sentence(at):
            following = []
        opens = bool(following) and self._opens(at, following[0])
        pronoun = Pronoun(
            at, male, tuple(self.spoken[:2]), outer, direct, tuple(following), content, self.spoke_at, opens
        )
        return choose(candidates(self.context, pronoun, self.history[: -WINDOW - 1 : -1]))

    def _opens(self, at: int, following: Reference) -> bool:
        """Whether a pronoun stands in a clause before the main one, and a name is the main one's subject."""
        begin = self.context.sentences[self.context.sentence(at)]
        text = self.article.text
        if not following.subject or not _CLAUSE.match(text, begin, at):
            return False
        return text[following.start - 2 : following.start] == ", " and "," not in text[begin:at]

    def _outsides(self) -> dict[int, int]:
        """For statements without `within`: the last one whose content their source stands in."""
        stops = [(s.start, 0, s.end, i) for i, st in enumerate(self.statements) for s in st.content]
        stops += [(self._at(i), 1, 0, i) for i, m in enumerate(self.mentions) if m.type != "empty"]
        found: dict[int, int] = {}
        open_: list[tuple[int, int]] = []
        for at, is_source, end, i in sorted(stops):
            while open_ and open_[-1][0] <= at:
                open_.pop()
            if not is_source:
                open_.append((end, i))
            elif open_ and open_[-1][1] != i:
                found[i] = open_[-1][1]
        return found

    def _outer(self, i: int) -> int | None:
        """The number of the enclosing statement, resolved; by id or by its place, or None."""
        within = self.statements[i].within
        outer = self.by_id.get(within) if within else self.outside.get(i)
        if outer is None or outer == i:
            return None
        if self.found[outer] is None:
            self.found[outer] = NOBODY  # against circles
            self._statement(outer)
        return outer

    def _pronominal(self, i: int, mention: Mention) -> Answer:
        kind = {"he": "person", "she": "person", "they": "group", "we": "group", "i": "person"}
        if mention.pronoun in ("he", "she"):
            outer = self._outer(i)
            person, score = self._he(
                mention.start,
                mention.pronoun == "he",
                self.entity[outer] if outer is not None else None,
                direct=outer is not None and self.context.quote(mention.start) >= 0,
                content=self.statements[i].content,
            )
            if person:
                return Answer(person.name, "person", person.anonymous, score, person, "pronoun")
        elif mention.pronoun in ("i", "we"):
            return self._first_person(i, mention)
        elif mention.pronoun in ("they", "it"):
            return self._they(i, mention)
        return Answer(None, kind.get(mention.pronoun, "unknown"), False, 0.0, None, "unresolved")

    def _same_as(self, j: int, by: str) -> Answer | None:
        """The speaker of statement `j`, if it has a name."""
        speaker = self.found[j]
        found = self.evidence[j]
        if not speaker or not speaker.name or not speaker.kind or (found and found.by == "unresolved"):
            return None
        score = speaker.confidence or 0.0
        return Answer(speaker.name, speaker.kind, bool(speaker.anonymous), score, self.entity[j], by)

    @cached_property
    def signed(self) -> str | None:
        """The author whom the end of the article introduces, looked for once."""
        return signed(self.names)

    def _first_person(self, i: int, mention: Mention) -> Answer:
        outer = self._outer(i)
        if outer is not None and (same := self._same_as(outer, "first person, " + mention.pronoun)):
            return same
        if self.context.quote(mention.start) >= 0:
            kind = "person" if mention.pronoun == "i" else "group"
            return Answer(None, kind, False, 0.0, None, "unresolved")
        author = self.article.author or self.signed
        return Answer(author, "author", False, 1.0, None, "author" if author else "author, no byline")

    def _they(self, i: int, mention: Mention) -> Answer:
        """Groups and organisations that have just spoken, or two persons who have just been named."""
        outer = self._outer(i)
        they = mention.pronoun == "they"
        wanted = ("group", "organization") if they else ("organization", "document")
        for j in (outer, self.last):
            if j is not None and (same := self._same_as(j, mention.pronoun)) and same.kind in wanted:
                gap = self.context.sentence(mention.start) - self.context.sentence(self._at(j))
                if 0 <= gap <= 1:
                    return same
        if not they and (name := self._organization_before(mention.start)):
            return Answer(name, "organization", False, 1.0, None, "it, named")
        if they and (two := both(self.context, self.history, mention)):
            return Answer(" and ".join(e.name for e in two), "group", False, 1.0, None, "they, joined")
        return Answer(None, "group" if they else "unknown", False, 0.0, None, "unresolved")

    def _empty(self, i: int) -> Answer:
        """A participle that goes on with the sentence before it has the same speaker ("…, adding that …")."""
        cue = covered(self.article.text, self.statements[i].cue)
        last = self.last
        if last is not None and last != self._outer(i) and self.statements[i].cue:
            at = self.statements[i].cue[0].start
            same = self.context.sentence(at) == self.context.sentence(self._at(last))
            found = self._same_as(last, "same sentence")
            if same and found and found.score >= THRESHOLD and _PARTICIPLE.match(cue):
                return found
        kind = "author" if _SEEMS.search(cue) else "unknown"
        return Answer(None, kind, False, 0.5, None, "empty")

    @abstractmethod
    def _statement(self, i: int) -> None:
        """Resolves statement `i` and notes it."""

    @abstractmethod
    def _organization_before(self, at: int) -> str | None:
        """The one organisation named in the same sentence before."""
