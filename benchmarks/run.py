"""Speed and memory of the reader, as a table; the machine and its load are printed with it.

    python benchmarks/run.py [--data ../shared/data]

Reads PolNeAR dev where the corpus is there, else the example articles, repeated to as many.
Start-up times are medians of several runs, each in a process of its own. The ledger's figures are
those of `benchmarks/ledger.py`; `benchmarks/kill.py` kills it at random moments.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ONRECORD = Path(sys.executable).with_name("onrecord")
RUNS = 5


def machine() -> str:
    """Processor, cores and load."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    name = names[0] if names else platform.processor()
    return f"{name}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}"


def median_seconds(action: Callable[[], object], runs: int = RUNS) -> float:
    """Median wall time of several calls, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def command(*words: str) -> Callable[[], object]:
    """A run of a command in a fresh process."""
    return lambda: subprocess.run(words, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def articles_of(data: Path) -> tuple[str, list[Path]]:
    """The articles that are read for the throughput, and their name."""
    dev = sorted((data / "polnear/dev/text").glob("*.txt"))
    if dev:
        return "PolNeAR dev", dev
    own = sorted((ROOT / "examples/articles").iterdir())
    return "examples × 14", own * 14


def throughput(paths: Sequence[Path], workers: int) -> tuple[float, float, float]:
    """Articles a second of `read_many`, words a second (the better of two runs), and peak memory in MB."""
    program = f"""
import resource, sys, time
from pathlib import Path
from onrecord import Reader, Settings
from onrecord.collect import from_path
articles = [from_path(Path(p)) for p in sys.argv[1:]]
reader = Reader(Settings(threads=1 if {workers} == 1 else 0))
next(reader.read_many(articles[:1], workers={workers}))
start = time.perf_counter()
n = sum(len(d.article.text.split()) for d in reader.read_many(articles, workers={workers}))
seconds = time.perf_counter() - start
print(len(articles) / seconds, n / seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
    rows = []
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", program, *map(str, paths)], check=True, capture_output=True, text=True
        )
        rows.append(tuple(map(float, run.stdout.split())))
    best = max(rows)
    return best[0], best[1], max(r[2] for r in rows)


def by_length(sizes: Sequence[int]) -> list[tuple[int, float]]:
    """(words, microseconds a word) for one text repeated to several lengths."""
    from onrecord import Article, Reader

    base = (ROOT / "examples/articles/border-talks.txt").read_text("utf-8")
    words = len(base.split())
    reader = Reader()
    reader.read(Article("A first text, so that the model is there."))
    rows = []
    for size in sizes:
        text = "\n\n".join([base] * max(1, size // words))
        seconds = median_seconds(lambda text=text: reader.read(Article(text)), 1)  # type: ignore[misc]
        rows.append((len(text.split()), 1e6 * seconds / len(text.split())))
    return rows


def before_model(path: Path) -> float:
    """Seconds of a command line run up to the loading of the model (which is not there)."""
    with tempfile.TemporaryDirectory() as nothing:
        environment = os.environ | {"ONRECORD_MODEL": nothing}
        words = [str(ONRECORD), "read", str(path), "--format", "json"]
        return median_seconds(
            lambda: subprocess.run(words, capture_output=True, env=environment, check=False)
        )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    print(machine())
    name, paths = articles_of(options.data)
    one = ROOT / "examples/articles/border-talks.txt"
    rows = [("onrecord --help", f"{median_seconds(command(str(ONRECORD), '--help')):.2f} s", "≤ 0.25 s")]
    rows.append(("one article, before the model loads", f"{before_model(one):.2f} s", "≤ 0.3 s"))
    rows.append(
        (
            "one article, everything",
            f"{median_seconds(command(str(ONRECORD), 'read', str(one))):.2f} s",
            "≤ 1.0 s",
        )
    )
    for workers in (1, os.cpu_count() or 1):
        articles, words, memory = throughput(paths, workers)
        rows.append(
            (
                f"read_many, {name}, {workers} worker(s)",
                f"{articles:.1f} articles/s, {words:,.0f} words/s",
                "≥ 25",
            )
        )
        rows.append((f"  peak memory, {workers} worker(s)", f"{memory:.0f} MB", "≤ 400 MB"))
    for words_read, cost in by_length((1_000, 10_000, 100_000)):
        rows.append((f"time a word, {words_read:,} words", f"{cost:.0f} µs", "does not grow"))
    width = max(len(r[0]) for r in rows)
    for label, value, wanted in rows:
        print(f"{label:{width}}  {value:38}  {wanted}")


if __name__ == "__main__":
    main()
