"""What the API takes: parameters and bodies as models, strict, so that a slip is never passed over."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from onrecord.entry import ACTS, COMMITMENT_VERDICTS, PREDICTION_VERDICTS
from onrecord.record.query import STATUSES, Query
from onrecord.serve.accounts.roles import SCOPES
from onrecord.serve.api.cursors import GREATEST, number_of
from onrecord.statement import COMMITMENTS, KINDS

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST: Final = 10_000
VERDICTS: Final = tuple(dict.fromkeys((*COMMITMENT_VERDICTS, *PREDICTION_VERDICTS)))


class OneOf:
    """In an annotation: one of these words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """As pydantic asks for it."""
        return core_schema.literal_schema(list(self.words))


def _day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, date):
        return value
    raise ValueError("should be a day written as 2031-06-15")


Day = Annotated[date, BeforeValidator(_day)]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"\S")]
Name = Annotated[str, Field(min_length=1, max_length=1_000, pattern=r"\S")]
Why = Annotated[str | None, Field(max_length=2_000, description="Why; it stays on the log beside the act.")]
Row = Annotated[int, Field(ge=0, le=GREATEST)]
Today = Annotated[Day | None, Field(description="Judge dates as on this day instead of today (UTC).")]


class Strict(BaseModel):
    """Nothing besides the fields is taken."""

    model_config = ConfigDict(extra="forbid")


class Body(Strict):
    """What is sent as JSON: numbers, truths and texts are what they are there."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Paged(Strict):
    """A list a page at a time."""

    limit: int = Field(50, ge=1, le=500, description="So many items at most.")
    cursor: str | None = Field(
        None, min_length=1, max_length=100, description="As `next` of the page before."
    )

    def start(self, name: str) -> int:
        """How many items come before this page. Raises BadOption."""
        return 0 if self.cursor is None else number_of(name, self.cursor)


class Backwards(Paged):
    """A list from the newest row of the log on backwards."""

    before: Row | None = Field(None, description="Go on behind this `sequence`, instead of a cursor.")

    def behind(self, name: str) -> int | None:
        """The row behind which the page begins; None for the first one. Raises BadOption."""
        return self.before if self.cursor is None else number_of(name, self.cursor)


class Filters(Strict):
    """Which statements are meant."""

    speaker: Name | None = Field(None, description="A name, or words that only one speaker's name has.")
    kind: list[Annotated[str, OneOf(*KINDS, *COMMITMENTS)]] = Field(
        [], max_length=20, description="Any of these."
    )
    outlet: Name | None = None
    topic: Name | None = None
    since: Day | None = Field(None, description="Published on this day or later.")
    until: Day | None = Field(None, description="Published on this day or before.")
    due_before: Day | None = Field(None, description="To be settled before this day.")
    status: list[Annotated[str, OneOf(*STATUSES)]] = Field([], max_length=20, description="Any of these.")
    article: str | None = Field(None, description="The id of an article; six hex digits or more.")
    rejected: bool = Field(False, description="Rejected statements as well.")
    today: Today = None

    def query(self, today: date, **more: Any) -> Query:
        """The ledger's own query. today: where none is given."""
        names = ("speaker", "outlet", "topic", "since", "until", "due_before", "article", "rejected")
        return Query(
            kinds=frozenset(self.kind),
            status=frozenset(self.status),
            today=self.today or today,
            **{name: getattr(self, name) for name in names},
            **more,
        )


class Search(Filters, Backwards):
    """What statements to look for."""

    words: str = Field(
        "", max_length=2_000, description='All must occur: "a phrase", -without, begin*, this OR that.'
    )
    limit: int = Field(20, ge=1, le=500, description="So many items at most.")


class Export(Filters):
    """What is exported."""

    site: str | None = Field(
        None, max_length=1_000, description="Only claimreview: where the reviews will stand."
    )


class Due(Paged):
    """What is to be settled."""

    within: int | None = Field(None, ge=0, le=1_000_000, description="Only overdue, or due in so many days.")
    overdue: bool = Field(False, description="Only what is overdue.")
    speaker: Name | None = None
    today: Today = None


class Scoring(Strict):
    """What is scored, and by whose verdicts."""

    by: Annotated[str, OneOf("speaker", "outlet", "topic", "year")] = "speaker"
    min_n: int = Field(5, ge=1, le=GREATEST, description="Rank nobody with fewer settled statements.")
    since: Day | None = None
    until: Day | None = None
    outlet: Name | None = None
    topic: Name | None = None
    rater: Name | None = Field(None, description="Count this person's verdicts alone.")
    early: bool = Field(False, description="Count predictions that came true before their date at once.")
    today: Today = None
    ids: bool = Field(False, description="List the ids of the statements under each count.")


class Score(Scoring):
    """Whose score."""

    name: Name


class Scores(Scoring, Paged):
    """A page of scores."""


class Logged(Backwards):
    """Which rows of the log."""

    act: Annotated[str, OneOf(*ACTS)] | None = None
    actor: Name | None = None
    subject: Name | None = None


class Speakers(Paged):
    """Which speakers."""

    words: str | None = Field(
        None, max_length=1_000, description="Only names that have all these words in them."
    )


class Lookup(Body):
    """Whole ids of statements."""

    ids: list[Annotated[str, Field(max_length=71)]] = Field(max_length=500, examples=[["sha256:…"]])


class Correction(Body):
    """A person's reading beside the machine's: by field, what it should be; `none` empties a field."""

    values: dict[str, Annotated[str, Field(max_length=LONGEST)]] = Field(
        min_length=1, max_length=20, examples=[{"kind": "prediction", "due": "2031-04-01..2031-04-30"}]
    )
    why: Why = Field(None, examples=["see line 4"])


class Rejection(Body):
    """Why this is no statement, or not this speaker's."""

    why: Words = Field(examples=["a caption, nobody says it"])


class Rating(Body):
    """A verdict, and what it rests on: an address, the id of an article, a reason of three words or more."""

    verdict: str = Field(max_length=100, description=f"One of {', '.join(VERDICTS)}.", examples=["kept"])
    evidence: str = Field(max_length=LONGEST, examples=["https://news.example/ferry"])
    on: Day | None = Field(None, description="The day of the outcome.", examples=["2031-04-27"])
    note: str | None = Field(None, max_length=LONGEST, examples=[None])


class Note(Body):
    """A remark beside a statement or an article."""

    subject: Name = Field(examples=["3f9c2a41d07b"])
    text: Words = Field(examples=["the council's minutes of May say the same"])


class Topic(Body):
    """A topic for a statement, or for an article with all its statements."""

    subject: Name = Field(examples=["3f9c2a41d07b"])
    topic: Name = Field(examples=["ferries"])


class Merge(Body):
    """Names that are the same speaker as `into`."""

    names: list[Name] = Field(min_length=1, max_length=100, examples=[["T. Varga", "Ms Varga"]])
    into: Name = Field(examples=["Tessa Varga"])
    why: Why = None


class Redaction(Body):
    """Words to be removed for good: of a statement, an article, or a row of the log (row:12)."""

    target: Name = Field(examples=["3f9c2a41d07b"])
    why: Words = Field(examples=["order 12/31 of the district court"])


class Feed(Body):
    """A feed to follow. check: look at it first, whether it is one; its title is then known."""

    url: Name = Field(examples=["https://news.example/feed.xml"])
    outlet: Name | None = Field(None, examples=["The Ellery Post"])
    title: Name | None = None
    topic: Name | None = Field(None, examples=["ferries"])
    check: bool = True


class Proof(Body):
    """What the log is held against."""

    against: str | None = Field(
        None, max_length=100, description="A checkpoint of before, or its hash.", examples=[None]
    )


class Token(Body):
    """A token for a program. days: after which it expires; null: never."""

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")] = Field(
        examples=["nightly export"]
    )
    scope: Annotated[str, OneOf(*SCOPES)] = Field("read", examples=["read"])
    days: int | None = Field(None, ge=1, le=3_650, examples=[90])


class Facts(Body):
    """What is stated of an article; what is not stated is looked for in it."""

    title: Annotated[str | None, Field(max_length=1_000)] = Field(None, examples=["Night ferry returns"])
    outlet: Annotated[str | None, Field(max_length=1_000)] = Field(None, examples=["The Ellery Post"])
    author: Annotated[str | None, Field(max_length=1_000)] = Field(None, examples=[None])
    published: Day | None = Field(
        None, description="Every “on Tuesday” is counted from it.", examples=["2031-06-02"]
    )
    language: Annotated[str | None, Field(max_length=35)] = Field(None, examples=[None])
    url_of: Annotated[str | None, Field(max_length=2_000)] = Field(
        None, description="Its address, where its text was given.", examples=["https://news.example/ferry"]
    )


class Reading(Facts):
    """An article: its text, its page, or an address from which the server fetches it; one of these three."""

    text: str | None = Field(
        None,
        examples=["The harbour master said on Tuesday that the night ferry would sail by the end of June."],
    )
    markdown: bool = Field(False, description="The text is Markdown.", examples=[False])
    html: str | None = Field(None, description="The page as it is on the web.", examples=[None])
    url: Annotated[str | None, Field(max_length=2_000)] = Field(None, examples=[None])


class Adding(Reading):
    """An article, or a document that was read elsewhere, to be put on record; one of these four."""

    document: dict[str, Any] | None = Field(None, description="As `onrecord read --format json` prints it.")
    topic: Name | None = Field(None, examples=["ferries"])
    reread: bool = Field(False, description="Read it again, where another version of the reader did before.")
