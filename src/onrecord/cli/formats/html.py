"""One self-contained page: the articles with their statements marked, and a list of them beside the text.

Nothing is loaded from elsewhere, everything is escaped, and a content security policy lets nothing
run but the one style sheet and the one script of the page, each named by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TextIO

from onrecord.cli.formats.base import Reading
from onrecord.statement import COMMITMENTS, KINDS
from onrecord.views.highlight import Region, numbers, regions
from onrecord.views.rows import Counts, Row, one_line, percent, rows

if TYPE_CHECKING:
    from jinja2 import Environment

    from onrecord.statement import Article


@dataclass(frozen=True, slots=True)
class Section:
    """One article as the template shows it. `key` begins the ids of its anchors."""

    key: str
    name: str
    article: Article
    rows: tuple[Row, ...]
    regions: tuple[Region, ...]
    counts: str

    @property
    def has_headline(self) -> bool:
        """Whether the text itself holds the headline, so that it need not be said above it."""
        return any(region.kind == "headline" for region in self.regions)

    @property
    def heading(self) -> str:
        """What the article is called: its title, its own headline, or the input's name."""
        headline = next((region for region in self.regions if region.kind == "headline"), None)
        words = "".join(segment.text for segment in headline.segments) if headline else ""
        return self.article.title or one_line(words) or self.name

    @property
    def link(self) -> str | None:
        """The article's address, if it is one that a click may safely follow."""
        url = self.article.url or ""
        return url if re.match(r"https?://[^\s/]", url, re.IGNORECASE) else None


@dataclass(slots=True)
class Found:
    """What there is to choose from on the whole page: how many statements of each kind and speaker."""

    deadlines: int = 0
    ranges: int = 0
    _kinds: Counter[str] = field(default_factory=Counter)
    _speakers: Counter[str] = field(default_factory=Counter)

    def add(self, rows: Sequence[Row]) -> None:
        """Count one article's statements."""
        for row in rows:
            self._kinds.update(row.kinds)
            self._speakers[row.speaker] += 1
            self.deadlines += row.deadline
            self.ranges += row.statement.certainty is not None

    @property
    def kinds(self) -> list[tuple[str, int, int]]:
        """Each kind that occurs, how often, and 0; the types of commitment after theirs, with 1."""
        names = [(name, 0) for name in KINDS]
        at = KINDS.index("commitment") + 1
        names[at:at] = [(name, 1) for name in COMMITMENTS]
        return [(name, self._kinds[name], level) for name, level in names if self._kinds[name]]

    @property
    def speakers(self) -> list[tuple[str, int]]:
        """Each speaker with the number of statements, the one with most of them first."""
        return sorted(self._speakers.items(), key=lambda item: (-item[1], item[0].casefold()))


class HtmlWriter:
    """Keeps each article's part of the page, and writes the page at the end, when all are known."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._sections: list[tuple[str, str, str]] = []
        self._counts = Counts()
        self._found = Found()
        self._reader = ""

    def write(self, reading: Reading) -> None:
        """Render one article."""
        document = reading.document
        self._counts.add(document.statements)
        section = section_of(reading, number=len(self._sections) + 1)
        rendered = _environment().get_template("section.html.jinja").render(section=section)
        self._found.add(section.rows)
        self._sections.append((section.key, section.heading, rendered))
        self._reader = f"onrecord {document.reader.version}, model {document.reader.model}"

    def finish(self) -> None:
        """Write the page."""
        from markupsafe import Markup

        style, script = _resource("report.css"), _resource("report.js")
        page = _environment().get_template("page.html.jinja")
        sections = [(key, heading, Markup(html)) for key, heading, html in self._sections]  # noqa: S704
        for piece in page.generate(
            sections=sections,
            counts=str(self._counts),
            kinds=self._found.kinds,
            speakers=self._found.speakers,
            deadlines=self._found.deadlines,
            ranges=self._found.ranges,
            reader=self._reader,
            policy=policy(style, script),
            style=Markup(style),  # noqa: S704  our own files, not the article's
            script=Markup(script),  # noqa: S704
        ):
            self._out.write(piece)


def section_of(reading: Reading, *, number: int) -> Section:
    """What the template needs of one article."""
    document = reading.document
    all_rows = tuple(rows(document))
    counts = Counts()
    counts.add(document.statements)
    return Section(
        key=f"d{number}",
        name=reading.name,
        article=document.article,
        rows=all_rows,
        regions=tuple(regions(document.article, all_rows)),
        counts=str(counts),
    )


def policy(style: str, script: str) -> str:
    """The content security policy of a page with this style sheet and this script, and nothing else."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)};"
        " base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _resource(name: str) -> str:
    return files("onrecord.cli.formats").joinpath(name).read_text("utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from onrecord.views.markup import dated, faithful

    environment = Environment(
        loader=PackageLoader("onrecord.cli.formats", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"dated": dated, "faithful": faithful, "percent": percent, "numbers": numbers}
    return environment
