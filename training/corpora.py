"""Reads the training corpora: PolNeAR's brat standoff, and plain news text without labels.

Nothing of the corpora is kept in the repository; `--data` names the folder that holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_SPAN = re.compile(r"^(T\d+)\t(\w+) ([\d ;]+)\t")
_EVENT = re.compile(r"^(E\d+)\t(.+)")
ROLES = ("source", "cue", "content")


@dataclass(slots=True)
class Example:
    """A text with its gold attributions: role -> list of (start, end) code points."""

    name: str
    text: str
    gold: list[dict[str, list[tuple[int, int]]]] = field(default_factory=list)
    labelled: bool = True


def polnear(folder: Path, *, every_annotator: bool) -> list[Example]:
    """The texts of one split; of several annotators all, or the first by name."""
    found = []
    for text_file in sorted((folder / "text").glob("*.txt")):
        text = text_file.read_bytes().decode("utf-8")
        annotations = sorted((folder / "attributions").glob(f"{_escaped(text_file.stem)}_*.ann"))
        annotations = [a for a in annotations if a.stem.rpartition("_")[0] == text_file.stem]
        for annotation in annotations if every_annotator else annotations[:1]:
            found.append(Example(text_file.stem, text, read_brat(annotation)))
    return found


def _escaped(name: str) -> str:
    return re.sub(r"([\[\]*?])", r"[\1]", name)


def read_brat(path: Path) -> list[dict[str, list[tuple[int, int]]]]:
    """The attributions of one .ann file; malformed lines are passed over."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events = []
    for line in path.read_bytes().decode("utf-8").split("\n"):
        if match := _SPAN.match(line):
            pairs = [part.split() for part in match[3].split(";")]
            spans[match[1]] = [(int(start), int(end)) for start, end in pairs]
        elif match := _EVENT.match(line):
            events.append(match[2].split())
    return [gold for gold in (_attribution(event, spans) for event in events) if any(gold.values())]


def _attribution(
    event: list[str], spans: dict[str, list[tuple[int, int]]]
) -> dict[str, list[tuple[int, int]]]:
    gold: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
    for argument in event:
        role, _, target = argument.partition(":")
        role = role.rstrip("0123456789").lower()
        if role in gold:
            gold[role] += spans.get(target, [])
    return gold


def unlabelled(data: Path) -> Iterator[Example]:
    """News text without attributions, for distillation: NewsDiscourse and Worldwide newswire."""
    for path in sorted((data / "kinds/newsdiscourse/train").rglob("*.txt")):
        text = _without_numbers(path.read_bytes().decode("utf-8", "replace"))
        yield Example(f"nd_{path.stem}", text, labelled=False)
    for path in sorted((data / "ner/worldwide/processed_annotated").glob("*.tsv")):
        yield Example(f"ww_{path.stem}", _detokenized(path), labelled=False)


def _without_numbers(text: str) -> str:
    """NewsDiscourse puts H or S1, S2, … before each sentence; a blank line ends a paragraph."""
    paragraphs = []
    for block in re.split(r"\n\s*\n", text):
        lines = [re.sub(r"^(H|S\d+)\s+", "", line).strip() for line in block.splitlines()]
        paragraphs.append(" ".join(line for line in lines if len(line) > 2))
    return "\n\n".join(p for p in paragraphs if p)


def _detokenized(path: Path) -> str:
    paragraphs = []
    for block in path.read_text("utf-8").split("\n\n"):
        tokens = [line.split("\t")[0] for line in block.splitlines() if line.strip()]
        paragraphs.append(_joined(tokens))
    return "\n\n".join(p for p in paragraphs if p and not p.startswith("http"))


def _joined(tokens: list[str]) -> str:
    text, glue, quoted = "", True, False
    for token in tokens:
        closing = token in {".", ",", ";", ":", "?", "!", ")", "]", "%", "”", "’", "'s", "’s", "n't", "'"}
        if token == '"':
            closing, quoted = quoted, not quoted
        text += ("" if glue or closing else " ") + token
        glue = token in {"(", "[", "$", "“", "‘", "£"} or (token == '"' and quoted)
    return text
