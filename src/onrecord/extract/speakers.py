"""Says who answers for a statement: from the source's words to the fullest name that the article gives.

A name is given only where its probability reaches `THRESHOLD`; below it the mention's own words stay, because
a wrong name is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from onrecord.extract import beside, nouns
from onrecord.extract.confidence import THRESHOLD, probability
from onrecord.extract.entities import Entity
from onrecord.extract.evidence import is_thing
from onrecord.extract.groups import is_pair, pair
from onrecord.extract.interviews import Interview
from onrecord.extract.mentions import Mention, mention_of
from onrecord.extract.namesakes import OF_TWO
from onrecord.extract.pronouns import NOBODY, Answer
from onrecord.extract.relatives import antecedent_end, described, of_place, phrase_start
from onrecord.extract.roles import Roles
from onrecord.extract.sourcekinds import imagined, impersonal, kind_of, speechless, withheld
from onrecord.statement import Article, Span, Speaker, Statement

# Whose spokesman somebody is, told by a name or an office.
_POSSESSED = re.compile(r"\w['’]s?\s|\sfor\s")


def resolve(article: Article, statements: Sequence[Statement]) -> list[Speaker]:
    """One speaker per statement, in the same order. Work is linear in the article and its statements.

    `confidence` is the probability that the name is right; a name of less than `THRESHOLD` is not given, the
    mention's own words stay instead. Statements may stand in any order; `within` is followed by id.
    """
    if not statements:
        return []
    return _Resolver(article, statements).speakers()


class _Resolver(Roles):
    """Answers for each statement by what kind of mention its source is."""

    def speakers(self) -> list[Speaker]:
        """Resolves all statements in the order of their sources."""
        for at, i in self._stops():
            self._advance(at)
            if i is None:
                self._pronoun(at)
            elif self.found[i] is None:
                self._statement(i)
        return [s or NOBODY for s in self.found]

    def _statement(self, i: int) -> None:
        # Two statements with one pronoun as their source have one speaker.
        key = self._at(i) if self.mentions[i].type == "pronoun" else None
        answer = (self.answers.get(key) if key is not None else None) or self._answer(i)
        if key is not None:
            self.answers[key] = answer
        name, entity, mention = answer.name, answer.entity, self.mentions[i]
        sure = probability(answer.by, answer.score)
        wordless = answer.by.startswith(("unresolved", "own words")) and speechless(mention, answer.kind)
        if wordless or answer.by == "asks":
            name, entity = None, None
        elif answer.kind != "author" and (name is None or (sure < THRESHOLD and mention.type != "empty")):
            # "She" is no name: in a ledger it would be one speaker of many articles.
            name, entity = None if mention.type in ("pronoun", "relative") else mention.words or None, None
        anonymous = answer.anonymous or (
            not entity and answer.kind in ("person", "group") and withheld(self.article.text, mention.end)
        )
        self.found[i] = speaker = Speaker(
            name, answer.kind, anonymous, self.statements[i].source, round(sure, 2)
        )
        self.evidence[i] = answer
        self.entity[i] = entity
        if entity and entity.type == "person":
            self._spoke(entity, self._at(i), repeat=mention.type != "names")
        if answer.kind == "organization" and speaker.name:
            self.heard.add(speaker.name)
        words = (speaker.name or "").split() if answer.kind == "organization" else []
        if len(words) > 1 and words[-1].islower():
            self.bodies[words[-1]] = " ".join(words)
        self.last = i

    def _answer(self, i: int) -> Answer:
        mention = self.mentions[i]
        if mention.type == "empty":
            return self._empty(i)
        if mention.words in ("Q", "A") and self.interview.printed:
            return self.interview.speaks(mention.words)
        if mention.type == "pronoun":
            return self._pronominal(i, mention)
        if mention.type == "relative":
            return self._relative(mention)
        if mention.entities:
            return self._named(mention)
        if mention.pronoun:
            return self._he_and(i, mention)
        return self._description(i, mention)

    @cached_property
    def interview(self) -> Interview:
        """The article as questions and answers, looked for once."""
        return Interview(self.names)

    def _named(self, mention: Mention) -> Answer:
        entities, piece = mention.entities, mention.piece
        if len(entities) > 1:
            kind = "organization" if {e.type for e in entities} == {"organization"} else "group"
            return Answer(" and ".join(e.name for e in entities), kind, False, 1.0, None, "several names")
        entity = entities[0]
        if entity.type == "person":
            form = self._form(entity, mention)
            of_two = form != "short name" and mention.words.lower().startswith(OF_TWO)
            if of_two or probability(form, 1.0) < THRESHOLD:
                return Answer(mention.words, "person", False, 1.0, None, "own words of a person")
            return Answer(entity.name, "person", False, 1.0, entity, form)
        if entity.type == "other" and (long := self.descriptions.longer(entity)):
            return Answer(long, "organization", False, 1.0, None, "organization")
        if entity.type == "other" and not mention.determiner and piece and len(piece.words) <= 3:
            firm = self.names.firms.known.get(entity.key[0]) or self.descriptions.is_body(entity)
            thing = len(piece.words) > 1 and is_thing(piece.words)
            kind = "organization" if firm or thing or impersonal(self.article.text, entity) else "person"
            return Answer(entity.name, kind, False, 1.0, entity, "unknown name")
        name = entity.name if entity.type == "organization" else mention.words
        return Answer(name, "organization", False, 1.0, None, "organization")

    def _he_and(self, i: int, mention: Mention) -> Answer:
        """The names of "she and Bo Lind", or of "she and other leaders"."""
        content, he = self.statements[i].content, mention.pronoun == "he"
        person, score = self._he(mention.start, he, None, direct=False, content=content)
        at = mention.start + len(mention.pronoun) + len(" and ")
        others = mention_of(self.names, (Span(at, mention.end),))
        names = [e.name for e in others.entities] or [others.words]
        if person and person not in others.entities and probability("pronoun", score) >= THRESHOLD:
            return Answer(" and ".join([person.name, *names]), "group", False, score, None, "pronoun")
        return Answer(mention.words, "group", False, 1.0, None, "own words after the")

    def _form(self, entity: Entity, mention: Mention) -> str:
        """Which form of a person's name the source has."""
        key = mention.piece.key if mention.piece else ()
        if len(key) > 1 and key[-1] == entity.key[-1]:
            return "full name"
        of_name = self.names.by_last.get(key[-1], ()) or self.names.by_first.get(key[0], ()) if key else ()
        rivals = [e for e in of_name if e.type == "person"]
        if mention.piece and mention.piece.start in self.names.bearers.unclear:
            return "unclear surname"
        return "short name" if len(rivals) < 2 else "shared surname"

    def _relative(self, mention: Mention) -> Answer:
        """The noun phrase that stands directly before "who" or "which"."""
        text, end = self.article.text, antecedent_end(self.article.text, mention.start)
        personal = mention.pronoun in ("who", "whom", "whose")
        last = bisect_left(self.names.starts, end) - 1
        k = of_place(self.names, last, end) if personal else last
        piece, entity = (self.names.pieces[k], self.names.owner[k]) if k >= 0 else (None, None)
        if personal and entity and entity.type != "person" and (before := described(self.names, last, end)):
            return Answer(before.name, "person", False, 1.0, before, "who")
        if piece and entity and not personal and entity.type == "person" and piece.end == end:
            if len(piece.words) == 1 and not piece.title:
                return Answer(piece.words[0], "organization", False, 1.0, None, "who")
            return Answer(None, "unknown", False, 0.0, None, "unresolved")
        if piece and entity and (k < last or piece.end == end):
            inner = mention_of(self.names, (Span(piece.start, piece.end),))
            if inner.entities:
                return self._named(inner)._replace(by="who")
            return self._as_description(inner)
        start = phrase_start(text, max(0, end - 90), end)
        if start is None:
            return Answer(None, "unknown", False, 0.0, None, "unresolved")
        if text[max(0, start - 3) : start].rstrip(" ").endswith(",") and personal:
            k = bisect_left(self.names.starts, start) - 1
            piece, entity = (self.names.pieces[k], self.names.owner[k]) if k >= 0 else (None, None)
            if piece and entity and entity.type == "person" and start - piece.end <= 8:
                return Answer(entity.name, "person", False, 1.0, entity, "name beside")
        return self._as_description(mention_of(self.names, (Span(start, end),)))

    def _as_description(self, mention: Mention) -> Answer:
        if mention.entities:
            return self._named(mention)._replace(by="who")
        kind, anonymous = kind_of(mention)
        anonymous = anonymous and mention.head in nouns.WITHHELD
        return Answer(mention.words, kind, anonymous, 1.0, None, "who, description")

    def _description(self, i: int, mention: Mention) -> Answer:
        kind, anonymous = kind_of(mention)
        anonymous = anonymous and not imagined(self.article.text, self.statements[i].cue)
        if is_pair(self.article.text, mention) and (two := pair(self.context, self.history, mention)):
            return Answer(" and ".join(e.name for e in two), "group", False, 1.0, None, "both")
        if kind == "person" and (person := beside.followed(self.names, mention)):
            return Answer(person.name, "person", False, 1.0, person, "name beside")
        if kind == "person" and mention.determiner in ("the", "own"):
            return self._definite(i, mention, anonymous)
        if kind == "person":
            return self._unnamed(mention, anonymous=anonymous)
        if kind in ("unknown", "document", "group") and (owner := beside.voice(self.names, mention)):
            return Answer(owner.name, "person", False, 1.0, owner, "voice")
        if kind == "organization" and (named := self._organization(mention)):
            return named
        if kind == "document":
            name, score = self.descriptions.papers.of(mention)
            if name:
                return Answer(name, kind, False, score, None, "document")
        by = "own words after the" if mention.determiner == "the" else "own words"
        return Answer(beside.and_others(self.names, mention) or mention.words, kind, anonymous, 1.0, None, by)
