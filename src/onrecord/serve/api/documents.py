"""From what a program sends to an article or a document; one that was read elsewhere is checked first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from pydantic import ValidationError

from onrecord import collect
from onrecord.collect.decoding import check_text
from onrecord.errors import BadOption, TooLarge
from onrecord.record.contract import article_of, statement_of, times_of
from onrecord.record.corrections import SPEAKER_KINDS
from onrecord.serve.api import given, shapes
from onrecord.serve.house import House
from onrecord.statement import COMMITMENTS, KINDS, Article, Document, ReaderInfo, Span, Statement

ONE: Final = "one of text, html, url and document"


def metadata(asked: given.Facts) -> collect.Metadata:
    """What is stated of the article, without blanks around it."""
    names = ("outlet", "title", "author", "language")
    words = {name: (getattr(asked, name) or "").strip() or None for name in names}
    return collect.Metadata(url=(asked.url_of or "").strip() or None, published=asked.published, **words)


def article(house: House, asked: given.Reading) -> Article:
    """The article that is meant. Raises BadOption, InputErrors, FetchErrors."""
    sources = {name: getattr(asked, name) for name in ("text", "html", "url")}
    there = [name for name, value in sources.items() if value is not None]
    if len(there) != 1:
        raise BadOption(option="text", value="and ".join(there) or "nothing", expected=ONE, example='"…"')
    known, settings = metadata(asked), house.settings
    if asked.url is not None:
        allowed = house.private_addresses
        return collect.from_url(
            asked.url.strip(), given=known, settings=settings, allow_private_addresses=allowed
        )
    words = asked.text if asked.text is not None else asked.html or ""
    check_text(words, name=there[0])  # before it is encoded
    if len(data := words.encode()) > settings.max_bytes:
        raise TooLarge(name=there[0], size=f"{len(data):,} bytes", limit=f"{settings.max_bytes:,} bytes")
    if asked.text is not None:
        return collect.from_text(words, name="text", given=known, markdown=asked.markdown)
    media = "text/html; charset=utf-8"
    return collect.from_bytes(data, name="html", media_type=media, given=known, settings=settings)


def document(values: dict[str, Any]) -> Document:
    """A document of the contract. Raises BadOption where it is none, or not in itself consistent."""
    try:
        shapes.Contract.model_validate(values)
        made = _made(values)
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        reason = error.errors()[0]["loc"] if isinstance(error, ValidationError) else type(error).__name__
        raise _wrong(f"its part {reason}") from None
    check_text(made.article.text, name="document")
    for slip in _slips(made):
        raise _wrong(slip)
    return made


def _made(values: dict[str, Any]) -> Document:
    article = article_of(values["article"])
    statements = tuple(statement_of(each, article.id) for each in values["statements"])
    for whole, each in zip(statements, values["statements"], strict=True):
        if each["id"] != whole.id:
            raise _wrong(f"the id {each['id']} of a statement")
    if values["article"]["id"] != article.id:
        raise _wrong("the id of its article")
    return Document(article, statements, ReaderInfo(**values["reader"]), times_of(values["times"]))


def _slips(document: Document) -> Iterator[str]:
    """What of a document contradicts the rest of it."""
    ids: set[str] = set()
    length = len(document.article.text)
    for each in document.statements:
        if each.id in ids or each.within not in {None, *ids}:
            yield f"the statement {each.id}, which is there twice or inside one that is not there"
        ids.add(each.id)
        if not each.content or not all(_inside(span, length) for span in _spans(each)):
            yield f"the spans of the statement {each.id}"
        if slip := _label(each):
            yield f"{slip} of the statement {each.id}"
    blocks = [block.span for block in document.article.blocks]
    if not all(_inside(span, length) for span in (*blocks, *(time.span for time in document.times))):
        yield "the spans of its blocks or times"


def _spans(statement: Statement) -> Iterable[Span]:
    parts = (statement.certainty, statement.said_at, statement.due, statement.by, statement.condition)
    whole = (*statement.source, *statement.cue, *statement.content, *statement.speaker.mention)
    return (*whole, *(part.span for part in parts if part is not None))


def _inside(span: Span, length: int) -> bool:
    return 0 <= span.start < span.end <= length


def _label(statement: Statement) -> str | None:
    """The first label of a statement that is none of those that there are."""
    labels = (
        ("the kind", statement.kind, KINDS),
        ("the type of commitment", statement.commitment_type, COMMITMENTS),
        ("the kind of speaker", statement.speaker.kind, SPEAKER_KINDS),
    )
    numbers = [statement.confidence, statement.kind_confidence, statement.speaker.confidence]
    if statement.certainty is not None:
        numbers += [statement.certainty.low, statement.certainty.mid, statement.certainty.high]
    if not all(number is None or 0 <= number <= 1 for number in numbers):
        return "a probability"
    return next((name for name, value, known in labels if value not in (None, *known)), None)


def _wrong(what: str) -> BadOption:
    expected = "a document as onrecord read --format json prints it"
    return BadOption(
        option="document", value=what, expected=expected, example='{"schema": "onrecord.document/1", …}'
    )
