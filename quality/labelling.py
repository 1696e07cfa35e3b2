r"""Sheets for those who label statements, and their answers as standoff files without any text.

    python quality/labelling.py sheets dev --data ../shared/data --out FOLDER --count 330 --seed 1
    python quality/labelling.py sheets train --data ../shared/data --out FOLDER --count 800 --seed 1
    python quality/labelling.py sheets ahead --data ../shared/data --out FOLDER --count 600 --seed 1 \
        --skip training/labels/documents.jsonl
    python quality/labelling.py sheets marks --data ../shared/data --out FOLDER --count 5760 --seed 1
    python quality/labelling.py take FOLDER --data ../shared/data --split dev --out quality/gold/dev.jsonl

A sheet shows articles of PolNeAR, or the words around an attribution, with the attributions numbered;
key.json says what the numbers stand for. An answer is one JSON object a line: {"id": "005/3",
"kind": "claim", ...}; words of the article are quoted in it as they stand there. `take` turns
every quotation into offsets, and refuses what it does not find. On sheets of marks only words are
asked for; {"id": "005", "rest": "none"} says that the others of sheet 005 have been read and have none.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from onrecord.statement import COMMITMENTS, KINDS, Span, covered  # noqa: E402
from training.corpora import Example, polnear  # noqa: E402

SPEAKERS = ("person", "organization", "group", "document", "author", "unknown")
TIMES = ("said_at", "due", "by")
ROLES = ("source", "cue", "content")
# What is asked on sheets of marks: words only. `when`: by when it is to be kept or settled.
MARKS = ("certainty", "condition", "said_at", "when")
# Words that make a rare kind more likely: so that labellers see enough of each.
RARE = re.compile(
    r"\b(will|won't|would|plan(?:s|ned)?|vow\w*|promis\w*|pledg\w*|agree\w*|refus\w*|threat\w*|offer\w*|intend\w*"
    r"|urg\w*|call(?:ed|s|ing)? (?:on|for)|should|must|demand\w*|hop(?:e|es|ed|ing)|wish\w*|thank\w*"
    r"|endors\w*|support\w*|ask\w*|may|might|could|expect\w*|predict\w*|fear\w*|likely)\b|\?",
    re.IGNORECASE,
)
# Words without which hardly anything looks ahead, and those of a time to come or of a condition: so that
# labellers see deadlines and conditions, which one statement in forty has.
AHEAD = re.compile(
    r"\b(will|won't|would|shall|plan(?:s|ned|ning)?|vow\w*|promis\w*|pledg\w*|agree\w*|refus\w*|threat\w*"
    r"|offer\w*|intend\w*|going to|expect\w*|predict\w*|forecast\w*|project(?:s|ed)|may|might|could|likely"
    r"|hopes? to|wants? to|ready|willing|aim\w*)\b|['’]ll\b",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(by (?:the|this|next|late|early|mid|\d|[A-Z])|until|within|next|tomorrow|tonight|later (?:this|in|on)"
    r"|this (?:week|month|year|fall|summer|spring|winter|weekend)|in (?:the )?(?:coming|\d|a few|two|three"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|20[12]\d)"
    r"|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|soon|years?|months?|weeks?|days?|decade|unless|if|once"
    r"|provided|as long as|only when|whether)\b"
)
# Words that may say how sure a speaker is.
UNSURE = re.compile(
    r"\b(may|might|could|would|should|can|must|likel\w*|unlikel\w*|prob\w+|possib\w*|impossib\w*|certain\w*|sure\w*"
    r"|perhaps|maybe|doubt\w*|chances?|odds|think\w*|thought|believ\w*|expect\w*|guess\w*|suspect\w*|feels?|felt"
    r"|seem\w*|appear\w*|suggest\w*|predict\w*|fear\w*|hop(?:e|es|ed|ing)|convinced|confident\w*|clear\w*|inevitabl\w*"
    r"|potential\w*|question\w*|know|risk\w*|never|definite\w*|absolute\w*|almost|bound|apparent\w*)\b",
    re.IGNORECASE,
)


class LabelError(ValueError):
    """An answer does not fit its article or the labels."""


@dataclass(frozen=True, slots=True)
class Item:
    """One attribution that is asked about: its number in the document, in text order."""

    example: Example
    number: int

    @property
    def id(self) -> str:
        """DOC#number."""
        return f"{self.example.name}#{self.number}"

    def spans(self, role: str) -> tuple[Span, ...]:
        """The spans of source, cue or content."""
        return tuple(Span(*pair) for pair in sorted(self.example.gold[self.number][role]))

    def words(self, role: str) -> str:
        """Its words on one line."""
        return " ".join(covered(self.example.text, self.spans(role)).split())


def published(name: str) -> date | None:
    """The date in a PolNeAR document's name: outlet_YYYY-MM-DD_title."""
    match = re.search(r"_(\d{4}-\d{2}-\d{2})_", name)
    return date.fromisoformat(match[1]) if match else None


def texts(data: Path, split: str) -> dict[str, Example]:
    """Documents by name, the gold of the first annotator, statements in text order."""
    found = {}
    for example in polnear(data / "polnear" / split, every_annotator=False):
        example.gold = sorted(
            (g for g in example.gold if g["cue"] and g["content"]), key=lambda g: min(g["cue"])
        )
        found[example.name] = example
    return found


def items(example: Example) -> list[Item]:
    """Everything that can be asked about a document."""
    return [Item(example, i) for i in range(len(example.gold))]


def whole_documents(data: Path, split: str, count: int, seed: int, skip: set[str]) -> list[list[Item]]:
    """Documents drawn at random until they hold `count` attributions; not those to skip."""
    names = sorted((texts_ := texts(data, split)).keys() - skip)
    random.Random(seed).shuffle(names)
    chosen: list[list[Item]] = []
    for name in names:
        if sum(map(len, chosen)) >= count:
            break
        if rows := items(texts_[name]):
            chosen.append(rows)
    return chosen


def mixed_statements(data: Path, count: int, seed: int) -> list[Item]:
    """Train attributions: two fifths by chance, the rest among those with words of a rare kind."""
    rng = random.Random(seed)
    every = [i for e in texts(data, "train").values() for i in items(e)]
    rng.shuffle(every)
    plain, rest = every[: count * 2 // 5], every[count * 2 // 5 :]
    rare = [i for i in rest if RARE.search(i.words("cue") + " " + i.words("content"))]
    return plain + rare[: count - len(plain)]


def looking_ahead(data: Path, count: int, seed: int, skip: set[str]) -> list[Item]:
    """Train attributions, drawn among those whose words look ahead to a time or hang on something."""
    rows = [
        i
        for name, e in texts(data, "train").items()
        if name not in skip
        for i in items(e)
        if AHEAD.search(words := i.words("cue") + " " + i.words("content")) and DATED.search(words)
    ]
    random.Random(seed).shuffle(rows)
    return rows[:count]


def with_marks(data: Path, count: int, seed: int, skip: set[str]) -> list[Item]:
    """Train attributions: a third by chance, the rest with words of certainty, time or condition."""
    rng = random.Random(seed)
    every = [i for name, e in texts(data, "train").items() if name not in skip for i in items(e)]
    rng.shuffle(every)
    plain, rest = every[: count // 3], every[count // 3 :]
    said = ((i, i.words("cue") + " " + i.words("content")) for i in rest)
    likely = [i for i, words in said if UNSURE.search(words) or DATED.search(words)]
    rows = plain + likely[: count - len(plain)]
    rng.shuffle(rows)
    return rows


def sheet(rows: Sequence[Item], *, whole: bool) -> Iterator[str]:
    """Lines to read: the article, then its attributions; or each attribution where it stands."""
    if whole:
        name = rows[0].example.name
        yield f"=== {name}   published {published(name)}"
        yield rows[0].example.text.strip()
        yield "--- attributions"
    for i, row in enumerate(rows, 1):
        if whole:
            roles = ((role, row.words(role) or "(none)") for role in ROLES)
            yield f"[{i}] " + " | ".join(f"{role.upper()}: {words}" for role, words in roles)
        else:
            yield f"[{i}] ({published(row.example.name)}) ... {around(row)} ...\n"


def around(row: Item, reach: int = 260) -> str:
    """The words around an attribution, its parts in marks: <S source> <Q cue> <C content>."""
    text = row.example.text
    spans = [(s, letter) for role, letter in zip(ROLES, "SQC", strict=True) for s in row.spans(role)]
    start, end = min(s.start for s, _ in spans), max(s.end for s, _ in spans)
    begin, stop = max(0, start - reach), end + reach // 2
    opens: dict[int, str] = defaultdict(str)
    closes: dict[int, str] = defaultdict(str)
    for span, letter in spans:
        opens[span.start] += f"<{letter} "
        closes[span.end] += ">"
    marked = "".join(closes[i] + opens[i] + text[i : i + 1] for i in range(begin, min(stop, len(text)) + 1))
    return " ".join(marked.split())


def located(text: str, words: str, near: int, own: Sequence[Span] = ()) -> Span:
    """Where quoted words stand as whole words: in the statement's own spans, or else nearest to an offset.

    White space is matched loosely. Raises LabelError where they are not in the article.
    """
    pattern = r"\s+".join(re.escape(w) for w in words.split())
    whole = (
        (r"(?<!\w)" if words[:1].isalnum() else "") + pattern + (r"(?!\w)" if words[-1:].isalnum() else "")
    )
    found = [Span(*m.span()) for m in re.finditer(whole, text)] if pattern else []
    if not found:
        raise LabelError(f"{words!r} is not in the article")
    return min(found, key=lambda s: (not any(s.within(o) for o in own), abs(s.start - near)))


def answer(row: dict[str, Any], example: Example, number: str) -> dict[str, Any]:
    """One answer as standoff: quotations become offsets. Raises LabelError."""
    out: dict[str, Any] = {"id": number}
    if number.startswith("author"):
        words = located(example.text, row["content"], 0)
        near, said = words.start, [words]
        out["content"] = [list(words)]
    else:
        item = Item(example, int(number))
        near, said = item.spans("content")[0].start, [*item.spans("content"), *item.spans("cue")]
        out |= {role: [list(s) for s in item.spans(role)] for role in ROLES}
    _known(row, "kind", KINDS)
    out["kind"] = row["kind"]
    if row["kind"] == "commitment":
        _known(row, "commitment_type", COMMITMENTS)
        out |= {"commitment_type": row["commitment_type"], "negative": bool(row.get("negative"))}
    out["denied"] = bool(row.get("denied"))
    if "speaker_kind" in row:
        _known(row, "speaker_kind", SPEAKERS)
        out["speaker"] = {
            "kind": row["speaker_kind"],
            "anonymous": bool(row.get("anonymous")),
            "name": [list(located(example.text, part, 0)) for part in _names(row.get("speaker"))],
        }
        for field in ("certainty", "condition"):
            quoted = row.get(field)
            out[field] = list(located(example.text, quoted, near, said)) if quoted else None
        for field in TIMES:
            out[field] = _time(row.get(field), example.text, near, said)
    return out


def marks(row: dict[str, Any], example: Example, number: str) -> dict[str, Any]:
    """An answer on a sheet of marks as standoff: a span for each, or null. Raises LabelError."""
    item = Item(example, int(number))
    own = [*item.spans("content"), *item.spans("cue")]
    out: dict[str, Any] = {"id": number, **{role: [list(s) for s in item.spans(role)] for role in ROLES}}
    for field in MARKS:
        quoted = row.get(field)
        out[field] = list(located(example.text, quoted, own[0].start, own)) if quoted else None
    return out


def _names(value: str | list[str] | None) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _time(value: dict[str, Any] | None, text: str, near: int, said: Sequence[Span]) -> dict[str, Any] | None:
    if not value:
        return None
    for side in ("start", "end"):
        if value.get(side):
            date.fromisoformat(value[side])
    span = located(text, value["text"], near, said)
    return {"span": list(span), "start": value.get("start"), "end": value.get("end")}


def _known(row: dict[str, Any], field: str, allowed: Sequence[str]) -> None:
    if row.get(field) not in allowed:
        raise LabelError(f"{field} is {row.get(field)!r}, not one of {', '.join(allowed)}")


def take(folder: Path, data: Path, split: str) -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
    """All answers of a folder (*.jsonl) by document, and what is wrong with the others."""
    known = texts(data, split)
    key = json.loads((folder / "key.json").read_text("utf-8"))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    wrong = []
    left, rest = set(key), set()
    for path in sorted(folder.glob("*.jsonl")):
        for i, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if row.get("rest") == "none":
                    rest.add(row["id"])
                    continue
                given, _, which = row["id"].partition("/")
                name, number = key.get(row["id"]) or (key[f"{given}/1"][0], which)
                left.discard(row["id"])
                as_standoff = answer if "kind" in row else marks
                found[name].append(as_standoff(row, known[name], number))
            except (ValueError, KeyError, IndexError, TypeError) as error:
                wrong.append(f"{path.name}:{i}: {type(error).__name__}: {error}")
    for each in sorted(left):
        if each.partition("/")[0] in rest:
            name, number = key[each]
            found[name].append(marks({}, known[name], number))
    return dict(found), wrong


def write(found: dict[str, list[dict[str, Any]]], out: Path) -> None:
    """One line a document: {"doc": name, "published": date, "statements": [...]}."""
    lines = []
    for name, rows in sorted(found.items()):
        day = published(name)
        rows = sorted(rows, key=lambda r: (not r["id"].isdigit(), int(r["id"]) if r["id"].isdigit() else 0))
        lines.append({"doc": name, "published": day.isoformat() if day else None, "statements": rows})
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines), "utf-8")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("act", choices=("sheets", "take"))
    parser.add_argument("what", help="sheets: dev, train, ahead or marks; take: the folder with the answers")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument(
        "--skip", type=Path, nargs="*", default=[], help="labels whose documents are left out"
    )
    parser.add_argument("--count", type=int, default=330)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=60, help="attributions on a sheet of train")
    options = parser.parse_args()
    if options.act == "take":
        found, wrong = take(Path(options.what), options.data, options.split)
        print(*wrong, sep="\n", end="\n" if wrong else "")
        print(f"{sum(map(len, found.values()))} answers in {len(found)} documents, {len(wrong)} refused")
        if options.out:
            write(found, options.out)
        return bool(wrong)
    skip = {json.loads(line)["doc"] for path in options.skip for line in path.read_text("utf-8").splitlines()}
    if options.what == "dev":
        groups = whole_documents(options.data, "dev", options.count, options.seed, skip)
    else:
        rows = (
            looking_ahead(options.data, options.count, options.seed, skip)
            if options.what == "ahead"
            else with_marks(options.data, options.count, options.seed, skip)
            if options.what == "marks"
            else mixed_statements(options.data, options.count, options.seed)
        )
        groups = [rows[i : i + options.size] for i in range(0, len(rows), options.size)]
    options.out.mkdir(parents=True, exist_ok=True)
    key: dict[str, tuple[str, str]] = {}
    for i, group in enumerate(groups, 1):
        key |= {f"{i:03}/{n}": (row.example.name, str(row.number)) for n, row in enumerate(group, 1)}
        lines = sheet(group, whole=options.what == "dev")
        (options.out / f"{i:03}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    (options.out / "key.json").write_text(json.dumps(key), "utf-8")
    print(f"{sum(map(len, groups))} attributions on {len(groups)} sheets in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
