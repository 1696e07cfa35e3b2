"""Speed and size of the ledger on SQLite and PostgreSQL, side by side; the machine and its load are printed.

    python benchmarks/ledger.py [--statements 1000000] [--only sqlite|postgresql]

Invented statements, 25 an article, go through `Ledger.add_many`, 32 articles a transaction, each on the disk
before the next (SQLite: synchronous=FULL; PostgreSQL: a server of its own with fsync). Making the documents
is not counted. A quarter of the commitments and predictions is then settled, in larger transactions.
Times are wall times within this process; percentiles are over a mix of different queries, each run twice
in another order, so that some come from a warm cache and some do not.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import onrecord  # noqa: E402
from benchmarks.run import machine  # noqa: E402
from onrecord.entry import Act  # noqa: E402
from onrecord.record.log import append  # noqa: E402
from onrecord.record.query import Query  # noqa: E402
from tests.record.made import FIRST_DAY, OUTLETS, THINGS, documents, word  # noqa: E402
from tests.record.server import NoServerError, running  # noqa: E402

EACH = 25  # statements an article
BLOCK = 10_000  # statements that are timed together
PEOPLE = 20_000
TODAY = FIRST_DAY + timedelta(days=900)
# What is wanted of each figure, in the order in which they are printed.
WANTED = {
    "statements/s": "≥ 3,000 and 2,000",
    "  first 10 thousand": "",
    "  last 10 thousand": "",
    "  time, last to first": "≤ 1.5",
    "search, p50": "",
    "search, p95": "≤ 50 ms",
    "  slowest": "",
    "due within 30 days": "≤ 50 ms",
    "overdue": "≤ 50 ms",
    "score of one speaker": "≤ 100 ms",
    "score of all": "≤ 5 s",
    "verify": "≥ 100,000 rows/s",
    "size to exported JSONL": "≤ 2",
    "share of reading in add": "≥ 85 %",
}
# How often the example articles are added, each time with a word changed.
EDITIONS = 12
# Adds one article, so that model and ledger are there, then the folder, on one thread; prints the share.
READING = """
import sys, time
from onrecord import flow
from onrecord.cli import main

spent, read = [], flow.Reader.read

def timed(reader, article):
    start = time.perf_counter()
    try:
        return read(reader, article)
    finally:
        spent.append(time.perf_counter() - start)

flow.Reader.read = timed
first, folder, place = sys.argv[1:]
words = ["--db", place, "--quiet", "--workers", "1", "--json"]
assert main(["add", first, *words]) == 0
spent.clear()
start = time.perf_counter()
assert main(["add", folder, *words]) == 0
print("\\n", len(spent), sum(spent) / (time.perf_counter() - start))
"""


@dataclass(slots=True)
class Figures:
    """What was measured on one database, as text by label."""

    name: str
    values: dict[str, str] = field(default_factory=dict)

    def say(self, label: str, value: str) -> None:
        """Keep a figure, and print it at once: the whole takes long."""
        self.values[label] = value
        print(f"{self.name}: {label.strip()}: {value}", file=sys.stderr, flush=True)


def seconds_of(action: Callable[[], object], runs: int = 1) -> float:
    """Median wall time of so many calls, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def write(ledger: onrecord.Ledger, count: int, figures: Figures) -> None:
    """Put so many statements on record, and say how fast that was from beginning to end."""
    list(ledger.add_many(documents(1, seed=9)))  # what is loaded late is loaded now
    blocks = []
    for first in range(0, count // EACH, BLOCK // EACH):
        made = list(documents(BLOCK // EACH, first=first, statements=EACH, people=PEOPLE))
        blocks.append(seconds_of(lambda made=made: list(ledger.add_many(made))))  # type: ignore[misc]
    figures.say("statements/s", f"{count / sum(blocks):,.0f}")
    figures.say("  first 10 thousand", f"{BLOCK / blocks[0]:,.0f}")
    figures.say("  last 10 thousand", f"{BLOCK / blocks[-1]:,.0f}")
    figures.say("  time, last to first", f"{blocks[-1] / blocks[0]:.2f}")


def settle(ledger: onrecord.Ledger, count: int) -> int:
    """Settle about a quarter of the commitments and predictions, a thousand acts a transaction."""
    chance = random.Random(1)
    acts = list(_ratings(count, chance))
    for start in range(0, len(acts), 1000):
        with ledger.store.writing() as connection:
            append(connection, "benchmark", acts[start : start + 1000], now=datetime.now(UTC))
    return len(acts)


def _ratings(count: int, chance: random.Random) -> Iterator[Act]:
    verdicts = {
        "commitment": ("kept", "kept", "partly-kept", "broken", "in-the-works"),
        "prediction": ("came-true", "did-not"),
    }
    for made in documents(count // EACH, statements=EACH, people=PEOPLE):
        for one in made.statements:
            if one.kind in verdicts and chance.random() < 0.25:
                on = FIRST_DAY + timedelta(days=chance.randrange(900))
                evidence = {"kind": "reason", "text": "seen at the quay by everybody"}
                verdict = chance.choice(verdicts[one.kind])
                payload: dict[str, object] = {
                    "verdict": verdict,
                    "on": on.isoformat(),
                    "evidence": evidence,
                    "note": None,
                }
                yield Act("rating", one.id, payload)


def queries(speakers: Sequence[str]) -> list[Query]:
    """A mix of what people ask: common and rare words, phrases, filters of every kind, and nothing found."""
    chance = random.Random(2)
    found = []
    for number in range(10):
        thing, other, rare = THINGS[number], THINGS[-1 - number], word(chance.randrange(300, 20_000))
        speaker, outlet = chance.choice(speakers), chance.choice(OUTLETS)
        since = FIRST_DAY + timedelta(days=chance.randrange(600))
        until = since + timedelta(days=30)
        found += [
            Query(words=thing, today=TODAY),
            Query(words=f'"{thing}"', kinds=frozenset({"commitment"}), today=TODAY),
            Query(words=thing, speaker=speaker, today=TODAY),
            Query(words=thing, outlet=outlet, today=TODAY),
            Query(words=thing, since=since, until=until, today=TODAY),
            Query(words=f"{thing} OR {other}", kinds=frozenset({"prediction"}), today=TODAY),
            Query(words=f"{thing.split()[0]} -{other.split()[-1]}", outlet=outlet, since=since, today=TODAY),
            Query(words=f"{thing[:4]}*", speaker=speaker, kinds=frozenset({"claim"}), today=TODAY),
            Query(words=rare, today=TODAY),
            Query(words=f"{rare} {thing}", kinds=frozenset({"commitment"}), today=TODAY),
            Query(words=f"zeppelin {thing}", today=TODAY),
            Query(words=thing, due_before=until, today=TODAY),
            Query(words=thing, status=frozenset({"kept"}), today=TODAY),
            Query(words=f"{rare} visitors", speaker=speaker, outlet=outlet, today=TODAY),
            Query(speaker=speaker, kinds=frozenset({"commitment"}), today=TODAY),
            Query(outlet=outlet, since=since, until=until, today=TODAY),
        ]
    return found


def search(ledger: onrecord.Ledger, figures: Figures) -> None:
    """Every query twice, in another order."""
    speakers = [row.name for row in ledger.speakers(limit=200)]
    asked = queries(speakers) * 2
    random.Random(3).shuffle(asked)
    times = [(seconds_of(lambda query=query: ledger.search(query)), n) for n, query in enumerate(asked)]  # type: ignore[misc]
    milliseconds = sorted(1000 * taken for taken, _ in times)
    figures.say("search, p50", f"{statistics.median(milliseconds):.1f} ms")
    figures.say("search, p95", f"{milliseconds[round(0.95 * len(milliseconds))]:.1f} ms")
    figures.say("  slowest", f"{milliseconds[-1]:.1f} ms")
    for taken, number in sorted(times, reverse=True)[:5]:
        print(f"{figures.name}: {1000 * taken:.1f} ms: {_shown(asked[number])}", file=sys.stderr)


def _shown(query: Query) -> str:
    names = ("words", "speaker", "kinds", "outlet", "since", "until", "due_before", "status")
    return ", ".join(f"{name}={value}" for name in names if (value := getattr(query, name)))


def ask(ledger: onrecord.Ledger, figures: Figures) -> None:
    """What falls due, and scores."""
    speaker = _busy_speaker(ledger)
    within = seconds_of(lambda: ledger.due(within=30, today=TODAY), 5)
    figures.say("due within 30 days", f"{1000 * within:.1f} ms")
    overdue = seconds_of(lambda: ledger.due(overdue=True, today=TODAY), 5)
    figures.say("overdue", f"{1000 * overdue:.1f} ms")
    one = seconds_of(lambda: ledger.score(name=speaker, today=TODAY), 5)
    figures.say("score of one speaker", f"{1000 * one:.1f} ms")
    figures.say("score of all", f"{seconds_of(lambda: ledger.score(today=TODAY)):.2f} s")


def _busy_speaker(ledger: onrecord.Ledger) -> str:
    """A person who was rated: of those with 100 commitments and predictions or more, the one with fewest.

    The made speakers are so few that the busiest says a third of all, as nobody does.
    """
    found = ledger.score(today=TODAY).rows
    settled = {row.name: len(row.statements) for row in found if row.commitments.n}
    large = {name: n for name, n in settled.items() if n >= 100} or settled
    return min(large, key=lambda name: large[name])


def check(ledger: onrecord.Ledger, folder: Path, figures: Figures) -> None:
    """Verify the log, and compare the size with that of the exported log."""
    start = time.perf_counter()
    rows = ledger.verify().rows
    figures.say("verify", f"{rows / (time.perf_counter() - start):,.0f} rows/s")
    exported = folder / f"{figures.name}.jsonl"
    ledger.export("jsonl", exported)
    ratio = _size(ledger) / exported.stat().st_size
    figures.say("size to exported JSONL", f"{ratio:.2f} ({_size(ledger) / 1e6:,.0f} MB)")
    exported.unlink()


def _size(ledger: onrecord.Ledger) -> int:
    """Bytes of the database: the file, or what the server says."""
    with ledger.store.reading() as connection:
        if ledger.store.dialect == "postgresql":
            query = "SELECT pg_database_size(current_database())"
        else:
            query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        return int(connection.exec_driver_sql(query).scalar_one())


def reading_share(place: str, folder: Path, figures: Figures) -> None:
    """What part of its time `onrecord add` of a directory spends in reading."""
    examples = sorted((ROOT / "examples" / "articles").iterdir())
    editions = folder / f"editions of {figures.name}"
    editions.mkdir()
    for number in range(EDITIONS):
        for path in examples:
            text = path.read_text("utf-8").replace(" the ", f" the {word(number)} ", 3)
            (editions / f"{number:02}-{path.name}").write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", READING, str(examples[0]), str(editions), place],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    count, share = run.stdout.split()[-2:]
    figures.say("share of reading in add", f"{100 * float(share):.0f} % ({count} articles)")


def measured(name: str, place: str, folder: Path, count: int) -> Figures:
    """Everything, on one database."""
    figures = Figures(name)
    with onrecord.open(place, create=True, actor="benchmark") as ledger:
        write(ledger, count, figures)
        start = time.perf_counter()
        settled = settle(ledger, count)
        print(f"{name}: {settled:,} settled in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        search(ledger, figures)
        ask(ledger, figures)
        check(ledger, folder, figures)
    reading_share(place, folder, figures)
    return figures


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    options = parser.parse_args()
    count = max(BLOCK, options.statements // BLOCK * BLOCK)
    columns = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if options.only != "postgresql":
            columns.append(measured("SQLite", str(folder / "ledger.db"), folder, count))
        if options.only != "sqlite":
            try:
                server = stack.enter_context(running(durable=True))
                columns.append(measured("PostgreSQL", server.database(), folder, count))
            except NoServerError as missing:
                print(f"PostgreSQL is left out: {missing}", file=sys.stderr)
    print(f"{machine()}\n{count:,} statements, {EACH} an article")
    print(f"{'':24}" + "".join(f"{column.name:20}" for column in columns) + "wanted")
    for label, wanted in WANTED.items():
        print(f"{label:24}" + "".join(f"{c.values.get(label, ''):20}" for c in columns) + wanted)


if __name__ == "__main__":
    main()
