"""The options of `onrecord read`: what each is called, takes and means. Their help is the reference."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Format = Literal["table", "json", "jsonl", "csv", "html"]
Color = Literal["auto", "always", "never"]
Scale = Literal["capphrase", "icd203", "uk", "ipcc", "nato"]

Inputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="INPUT", help="Files, directories, http(s) addresses, or - for standard input."),
]
OutputFormat = Annotated[
    Format,
    typer.Option("--format", "-f", help="table for eyes, html for a browser; json, jsonl, csv for programs."),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE, whole or not at all; an existing one is replaced.",
    ),
]
Urls = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Read the addresses in FILE (- for standard input), one a line; # begins a comment.",
    ),
]
Published = Annotated[str | None, typer.Option(metavar="DATE", help="When it was published, as 2018-03-06.")]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")]
Url = Annotated[str | None, typer.Option(metavar="URL", help="Its address on the web (one article only).")]
Title = Annotated[str | None, typer.Option(metavar="TEXT", help="Its title (one article only).")]
Author = Annotated[str | None, typer.Option(metavar="NAME", help="Who wrote it.")]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="Its language; en stops the check for English.")
]
AllowPrivateAddresses = Annotated[
    bool,
    typer.Option("--allow-private-addresses", help="Fetch from this machine and private networks as well."),
]
MinConfidence = Annotated[
    float,
    typer.Option(
        metavar="NUMBER",
        help="Leave out statements less sure than this, 0 to 1, with all that is inside them.",
    ),
]
Kinds = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND,…",
        help="Only statements of these kinds: commitment (or its types promise, offer, agreement, refusal,"
        " threat, intention), directive, question, prediction, expression, assessment, claim.",
    ),
]
SpeakerName = Annotated[
    str | None,
    typer.Option(
        "--speaker", metavar="NAME", help="Only statements of speakers whose name has all these words in it."
    ),
]
AuthorVoice = Annotated[
    bool | None,
    typer.Option(
        "--author-voice/--no-author-voice",
        help="Read predictions and commitments in the article's own voice, too, or do not; read if nothing"
        " else is set.",
    ),
]
ProbabilityScale = Annotated[
    Scale | None,
    typer.Option(
        "--probability-scale",
        help="Whose numbers stand behind words of probability; capphrase if nothing else is set.",
    ),
]
Workers = Annotated[
    int, typer.Option(min=1, metavar="N", help="How many articles are read at the same time.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]
Coloring = Annotated[
    Color, typer.Option("--color", help="Colour in tables; auto: on a terminal, unless NO_COLOR is set.")
]
