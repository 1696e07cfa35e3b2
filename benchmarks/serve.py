"""Speed of the reading room with a large ledger: every page and every reading route, then many people.

    python benchmarks/serve.py [--db PLACE] [--statements 1000000] [--minutes 5] [--users 50] [--think 1.0]

db: a ledger to measure on, which is only read; without it, one is made of invented statements, 25 an article,
and a quarter of its commitments and predictions is settled. The server is the real one, in a process of its
own, on SQLite; its times are those of its own log. One user asks for each page 200 times, each time for
something else, one after another. Many users are wrk's connections (apt-get install wrk), each of which
thinks for `--think` seconds on average after an answer, and take what stands in `asking.MIX`; their times
are those at wrk, on the same machine. The first answer of each route is left
out: what is loaded late is loaded then.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import onrecord  # noqa: E402
from benchmarks import asking, browsing  # noqa: E402
from benchmarks.ledger import Figures, settle, write  # noqa: E402
from benchmarks.run import machine  # noqa: E402

TIMES = 200
FIRST = 150  # ms, p95 of one user
MANY = 400  # ms, p95 of many


@dataclass(frozen=True)
class Room:
    """A server that runs: where, its process, its log, and a client that is signed in."""

    base: str
    process: subprocess.Popen[str]
    log: Path
    client: httpx.Client
    rest: float

    def milliseconds(self) -> dict[str, float]:
        """What each request took at the server, by the request's id."""
        lines = (json.loads(line) for line in self.log.read_text().splitlines())
        return {line["id"]: line["ms"] for line in lines if line["event"] == "request"}

    @property
    def memory(self) -> float:
        """MiB that the server's process holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def room(place: str, folder: Path) -> Iterator[Room]:
    """The server, until the block ends."""
    log = folder / "server.log"
    command = [sys.executable, str(ROOT / "benchmarks/serving.py"), place, asking.TODAY.isoformat()]
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT)
    try:
        link = (process.stdout.readline() if process.stdout else "").strip()
        base = "{0.scheme}://{0.netloc}".format(urlsplit(link))
        with httpx.Client(base_url=base, timeout=60) as client:
            _wait(process, base, log)
            rest = Room(base, process, log, client, 0.0).memory
            client.get(link)
            yield Room(base, process, log, client, rest)
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[str], base: str, log: Path, seconds: float = 60) -> None:
    """Until the server answers."""
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        try:
            if httpx.get(f"{base}/healthz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit(f"the server did not start:\n{log.read_text()}")


def one_user(made: Room, routes: dict[str, asking.Ask], times: int) -> list[str]:
    """Ask for each route so many times. Gives a line for each, and names what was wrong."""
    lines = []
    for route, ask in routes.items():
        chance, ids, weights = random.Random(route), [], []
        for number in range(times + 1):
            answer = made.client.get(ask(chance))
            if answer.status_code != httpx.codes.OK:
                lines.append(f"{route:34} {answer.status_code} for {answer.url.raw_path.decode()}")
                break
            ids += [answer.headers["x-request-id"]] if number else []
            weights.append(len(answer.content))
        if ids:
            lines.append(_line(route, made, ids, weights))
    return lines


def _line(route: str, made: Room, ids: list[str], weights: list[int]) -> str:
    time.sleep(0.3)  # a line of the log is written when the answer has gone
    known = made.milliseconds()
    taken = sorted(known[each] for each in ids)
    p95 = taken[max(0, round(0.95 * len(taken)) - 1)]
    slow = "" if p95 <= FIRST else "  over"
    half, most = statistics.median(taken), taken[-1]
    return f"{route:34} {half:8.1f} {p95:8.1f} {most:8.1f} {max(weights) / 1024:8.0f}{slow}"


def many_users(
    made: Room, given: asking.Known, folder: Path, *, users: int, minutes: float, think: float
) -> str:
    """So many people for so long. Gives requests, errors, p50, p95 and the slowest in ms."""
    chance, routes = random.Random(4), asking.pages(given)
    kinds, weights = list(asking.MIX), list(asking.MIX.values())
    paths = folder / "paths.txt"
    paths.write_text(
        "".join(routes[kind](chance) + "\n" for kind in chance.choices(kinds, weights, k=20_000))
    )
    cookie = "; ".join(f"{name}={value}" for name, value in made.client.cookies.items())
    command = ["wrk", "-t2", f"-c{users}", f"-d{round(minutes * 60)}s", "--timeout", "30s"]
    command += ["-s", str(ROOT / "benchmarks/wrk.lua"), made.base]
    command += ["--", str(paths), cookie, str(max(1, round(think * 1000)))]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    figures = next(line.split() for line in told.splitlines() if line.startswith("FIGURES"))
    requests, wrong, half, p95, most = figures[1:]
    return (
        f"{users} users for {minutes} minutes, {think} s of thought: {requests} answers, {wrong} errors,"
        f" p50 {half} ms, p95 {p95} ms (wanted: {MANY}), slowest {most} ms"
    )


def _ledger(folder: Path, count: int) -> str:
    place = str(folder / "ledger.db")
    with onrecord.open(place, actor="bench") as ledger:
        write(ledger, count, Figures("SQLite"))
        settle(ledger, count)
    return place


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--db")
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--think", type=float, default=1.0)
    parser.add_argument("--only", nargs="*", help="only these routes")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = options.db or _ledger(folder, options.statements)
        with onrecord.open(place, read_only=True) as ledger:
            given = asking.known(ledger, random.Random(1))
        with room(place, folder) as made:
            _measure(made, given, folder, options)
    print(machine())


def _measure(made: Room, given: asking.Known, folder: Path, options: argparse.Namespace) -> None:
    print(f"at rest: {made.rest:.0f} MiB (wanted: at most 250)")
    print(f"{'route (wanted: p95 at most 150 ms)':34} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'KiB':>8}")
    routes = asking.pages(given) | asking.reads(given)
    chosen = {route: ask for route, ask in routes.items() if not options.only or route in options.only}
    for line in one_user(made, chosen, options.times):
        print(line, flush=True)
    if options.minutes and shutil.which("wrk"):
        print(
            many_users(made, given, folder, users=options.users, minutes=options.minutes, think=options.think)
        )
    elif options.minutes:
        print("many users: not measured, wrk is not installed (apt-get install wrk)")
    print(f"after that: {made.memory:.0f} MiB")
    if not options.only:
        for line in browsing.figures(made.base, made.client, f"/articles/{given.articles[0]}"):
            print(line)


if __name__ == "__main__":
    main()
