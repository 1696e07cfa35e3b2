"""Articles of any text at all, with blocks and statements anywhere in them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from onrecord.statement import (
    COMMITMENTS,
    KINDS,
    Article,
    Block,
    Certainty,
    Condition,
    Document,
    ReaderInfo,
    Span,
    Speaker,
    Statement,
    Voice,
    When,
    covered,
)

NASTY = (
    "<script>alert(1)</script>",
    "</script><!--",
    "</style>",
    "]]>",
    '" onmouseover="alert(1)',
    "{{ 7 * 7 }}",
    "&lt;&amp;&#60;",
    "\x1b[31m\x07",
    "\u202egnp.exe",
    "\r\n\r",
    "\x85\u2028",
    "=cmd|' /C calc'!A0",
    "[bold]x[/bold]",
)
texts = st.lists(st.one_of(st.text(max_size=30), st.sampled_from(NASTY)), min_size=1, max_size=8).map("".join)


@st.composite
def spans(draw: st.DrawFn, length: int) -> tuple[Span, ...]:
    """Up to three spans in text order."""
    offsets = draw(st.lists(st.integers(0, length), max_size=6))
    ordered = sorted(offsets)
    return tuple(Span(a, b) for a, b in zip(ordered[::2], ordered[1::2], strict=False) if a < b)


@st.composite
def meanings(draw: st.DrawFn) -> dict[str, Any]:
    """What may be known of a statement, its words any words at all."""
    place, share = Span(0, 1), st.floats(0, 1)
    day = st.one_of(st.none(), st.dates())
    when = st.one_of(st.none(), st.builds(When, texts, st.just(place), day, day))
    certainty = st.builds(Certainty, texts, st.just(place), share, share, share)
    return {
        "kind": draw(st.sampled_from((None, *KINDS))),
        "commitment_type": draw(st.sampled_from((None, *COMMITMENTS))),
        "negative": draw(st.sampled_from((None, True, False))),
        "kind_confidence": draw(st.one_of(st.none(), share)),
        "denied": draw(st.sampled_from((None, True, False))),
        "certainty": draw(st.one_of(st.none(), certainty)),
        "said_at": draw(when),
        "due": draw(when),
        "by": draw(when),
        "condition": draw(st.one_of(st.none(), st.builds(Condition, texts, st.just(place)))),
    }


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(texts)
    kinds = st.sampled_from(["paragraph", "item", "quote", "headline", "summary", "caption"])
    blocks = tuple(Block(draw(kinds), span) for span in draw(spans(len(text))))
    words = st.one_of(st.none(), texts)
    article = Article(
        text,
        blocks,
        url=draw(words),
        outlet=draw(words),
        title=draw(words),
        author=draw(words),
        language="en",
    )
    statements: list[Statement] = []
    for _ in range(draw(st.integers(0, 5 if text else 0))):
        outer = draw(st.one_of(st.none(), st.sampled_from(statements))) if statements else None
        content = draw(spans(len(text))) or (Span(0, len(text)),)
        speaker = draw(words)
        statements.append(
            Statement(
                article_id=article.id,
                source=draw(spans(len(text))),
                cue=draw(spans(len(text))),
                content=content,
                text=covered(text, content),
                speech=draw(st.sampled_from(["direct", "mixed", "indirect"])),
                speaker=Speaker(
                    speaker,
                    draw(st.sampled_from((None, "person", "author", "unknown"))),
                    mention=draw(spans(len(text))),
                ),
                chain=(*(outer.chain if outer else ()), Voice(speaker)),
                confidence=draw(st.floats(0, 1)),
                within=outer.id if outer else None,
                part=draw(st.sampled_from(["body", "headline", "summary", "caption"])),
                **draw(meanings()),
            )
        )
    return Document(article, tuple(statements), ReaderInfo("0.0.0", "sha256:test"))
