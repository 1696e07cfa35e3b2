"""Articles of any text at all, with blocks and statements anywhere in them."""

from __future__ import annotations

from hypothesis import strategies as st

from onrecord.statement import (
    Article,
    Block,
    Document,
    ReaderInfo,
    Span,
    Speaker,
    Statement,
    Voice,
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
                speaker=Speaker(speaker),
                chain=(*(outer.chain if outer else ()), Voice(speaker)),
                confidence=draw(st.floats(0, 1)),
                within=outer.id if outer else None,
                part=draw(st.sampled_from(["body", "headline", "summary", "caption"])),
            )
        )
    return Document(article, tuple(statements), ReaderInfo("0.0.0", "sha256:test"))
