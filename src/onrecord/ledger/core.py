"""The ledger as one object: composes record, track and score over one store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from onrecord.ledger import adding, picturing, scoring, showing
from onrecord.ledger.browsing import Browsing
from onrecord.ledger.following import Following
from onrecord.ledger.keeping import Keeping
from onrecord.ledger.people import ActsOfPeople
from onrecord.ledger.scheduling import Scheduling
from onrecord.ledger.voices import Voices
from onrecord.record import acts, counting, due, lookup, people, search
from onrecord.record.counting import Period

if TYPE_CHECKING:
    from onrecord.entry import Entry
    from onrecord.errors import OnrecordError
    from onrecord.ledger.picturing import Form, Picture
    from onrecord.ledger.results import Added, ArticleShown, Due, Scores, Shown, Spread
    from onrecord.ledger.scoring import Numbers
    from onrecord.record.counting import Behind
    from onrecord.record.people import SpeakerRow
    from onrecord.record.query import Query
    from onrecord.record.search import Found
    from onrecord.record.versions import Changes
    from onrecord.score import By
    from onrecord.statement import Article, Document


class Ledger(ActsOfPeople, Browsing, Following, Keeping, Scheduling, Voices):
    """A ledger that is open. Everything it keeps is an act on its log, under the name of `actor`.

    Made by `onrecord.open`. Ids may be shortened to six hex digits or more. All methods may raise the
    LedgerErrors of `onrecord.errors`; those that look something up raise NothingFound or Ambiguous.
    Safe to use from several threads and processes at once.
    """

    # Adding

    def has(self, article: Article) -> bool:
        """Whether this article was read before, by any reader: see `known`."""
        return self.known(article) is not None

    def known(self, article: Article) -> str | None:
        """The id of the article on record that this one is; None where it is not there, or was not read.

        It has exactly this text, and the same is said of it in address, outlet, title and day; author and
        language stay as they were stated first. Or all that this one says of these six, and more, is said.
        """
        with self.store.reading() as connection:
            return adding.known(connection, article)

    def add(self, document: Document, *, topic: str | None = None, reread: bool = False) -> Added:
        """Put an article on record with all that was read in it: whole or, if it fails, not at all.

        The same article again stays as it is (`reread`: what another reader finds in it is put beside
        the first reading, unless words of the article were redacted), and so does its text with fewer
        metadata. Another text under the same address becomes a new version, and so does the same text with
        metadata that were missing. Where metadata contradict each other, they are two articles.
        """
        (added,) = self._add([document], topic=topic, reread=reread)
        return added

    def add_many(self, documents: Iterable[Document], *, topic: str | None = None) -> Iterator[Added]:
        """`add` for each document, faster: some of them, or those of a second, in one transaction.

        What is given back is on record, and an article is there whole or not at all.
        """
        for batch in adding.batches(documents):
            yield from self._add(batch, topic=topic)

    def _add(self, documents: Sequence[Document], *, topic: str | None, reread: bool = False) -> list[Added]:
        return self._write(
            lambda connection: adding.add(
                connection, documents, actor=self.actor, now=self._clock(), topic=topic, reread=reread
            )
        )

    def refuse(self, name: str, error: OnrecordError) -> None:
        """Put on the log that `name` could not be read, and why; once, until the reason changes."""
        self._write(
            lambda connection: adding.refuse(
                connection, name, error.code, str(error), actor=self.actor, now=self._clock()
            )
        )

    # Finding and showing

    def search(self, query: Query) -> Found:
        """Statements that fit, newest on record first."""
        with self.store.reading() as connection:
            return search.search(connection, query)

    def due(
        self,
        *,
        within: int | None = None,
        overdue: bool = False,
        today: date | None = None,
        speaker: str | None = None,
        limit: int = 50,
    ) -> list[Due]:
        """Commitments and predictions without a final verdict, the first due first.

        within: only those due in so many days from `today` on, or overdue; overdue: only these.
        """
        day = self._today(today)
        with self.store.reading() as connection:
            entries = due.due(
                connection, today=day, within=within, overdue=overdue, speaker=speaker, limit=limit
            )
        return [showing.due_of(entry, day) for entry in entries]

    def show(self, id: str) -> Shown:  # noqa: A002
        """A statement with its words in context, its readings, its verdicts and its history."""
        with self.store.reading() as connection:
            return showing.statement(connection, id, self._today())

    def entries(self, ids: Sequence[str]) -> list[Entry]:
        """The statements of these whole ids as they now stand, in this order; unknown ones are left out."""
        with self.store.reading() as connection:
            return lookup.entries(connection, ids)

    def article(self, id: str) -> ArticleShown:  # noqa: A002
        """An article with its statements and its versions."""
        with self.store.reading() as connection:
            return showing.article(connection, id)

    def spread(self, id: str) -> Spread:  # noqa: A002
        """An article with what the machine read in it, and what people put beside that."""
        with self.store.reading() as connection:
            return showing.spread(connection, id)

    def document(self, id: str) -> Document:  # noqa: A002
        """An article with its newest reading as the machine gave it; redacted words are blanked."""
        with self.store.reading() as connection:
            return acts.document_of(connection, lookup.article_id(connection, id))

    def differences(self, id: str) -> Changes:  # noqa: A002
        """What changed in an article since the version before it. Raises NothingFound for a first version."""
        with self.store.reading() as connection:
            return showing.differences(connection, id)

    # Speakers and scores

    def speakers(self, words: str | None = None, *, limit: int = 50) -> list[SpeakerRow]:
        """Speakers of statements that count, those with most of them first.

        words: all speakers who have these in one of their names, those of whom nothing counts last.
        """
        with self.store.reading() as connection:
            return people.speakers(connection, words, limit=limit)

    def speaker(self, name: str) -> SpeakerRow:
        """The speaker that is meant by a name, under all names. Raises UnknownSpeaker, Ambiguous."""
        with self.store.reading() as connection:
            return people.speaker(connection, name)

    def picture(self, what: Picture, name: str, *, form: Form = "svg", today: date | None = None) -> bytes:
        """A speaker's calibration curve, or the timeline of a speaker's commitments, as SVG or PNG.

        Raises UnknownSpeaker, Ambiguous, and MissingExtra without the extra `plots`.
        """
        with self.store.reading() as connection:
            return picturing.picture(connection, what, name, form=form, today=self._today(today))

    def score(
        self,
        *,
        by: By = "speaker",
        name: str | None = None,
        min_n: int = 5,
        since: date | None = None,
        until: date | None = None,
        outlet: str | None = None,
        topic: str | None = None,
        rater: str | None = None,
        early: bool = False,
        today: date | None = None,
        ids: bool = True,
    ) -> Scores:
        """How commitments and predictions came out, with an interval beside every figure.

        name: of this speaker (outlet, topic, year) alone; the population is everybody all the same.
        rater: count this person's verdicts alone, instead of those on which all raters agree.
        early: count predictions that came true before their date at once, not only from that date on.
        ids: list the statements under each count; their number alone is there much sooner.
        """
        wanted = scoring.Wanted(by, name, since, until, outlet, topic, rater)
        with self.store.reading() as connection:
            return scoring.score(
                connection,
                wanted,
                min_n=min_n,
                early=early,
                today=self._today(today),
                memory=self.store.memory,
                ids=ids,
            )

    def behind(
        self, wanted: Behind, period: Period | None = None, *, today: date | None = None, past: int = 0,
        limit: int = 50,
    ) -> list[Entry]:  # fmt: skip
        """The statements under one count of a score, all raters taken together, first on record first.

        past: go on behind so many of them.
        """
        with self.store.reading() as connection:
            return counting.behind(
                connection, wanted, period or Period(), today=self._today(today), past=past, limit=limit
            )

    def first_behind(
        self, by: By, name: str, numbers: Numbers, period: Period | None = None, *, early: bool = False,
        today: date | None = None, each: int = 3,
    ) -> dict[tuple[str, str], list[str]]:  # fmt: skip
        """The ids of the first few statements under each of these counts of one score."""
        wanted = scoring.Wanted(by, name, **(period or Period())._asdict())
        with self.store.reading() as connection:
            return scoring.firsts(
                connection, wanted, numbers, early=early, today=self._today(today), each=each
            )
