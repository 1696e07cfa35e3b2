"""The quality gate: measures the reader and compares it with floors.json, which may only rise.

    python quality/gate.py            measure; exit 1 where a figure lies under its floor
    python quality/gate.py --raise    also lift the floors that were surpassed

The example articles' own gold is measured on every machine. What needs the corpora (PolNeAR dev,
the labels for meaning, time expressions, neutrality) is measured where they lie in ../shared/data
(or --data). A floor holds for one hash of the data; it names the model that set it. Where a better model
falls under a floor that few cases set, the floor is given up by hand, under "given up" in floors.json, with
the new one and the reason, and is printed each time.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from onrecord import Reader  # noqa: E402
from quality import attributions, meaning, neutrality, timefigures  # noqa: E402
from quality.figures import Figure  # noqa: E402

FLOORS = ROOT / "quality" / "floors.json"
LABELS = ROOT / "quality" / "gold" / "dev.jsonl"
TWICE = ROOT / "quality" / "gold" / "dev-second.jsonl"
# Floors are set this far under what was measured: int8 arithmetic differs a little between processors.
SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Section:
    """Figures on one set of data. data: its hash."""

    name: str
    data: str
    figures: tuple[Figure, ...]
    note: str = ""


def sections(reader: Reader, data: Path) -> Iterator[Section]:
    """Everything that can be measured on this machine."""
    pairs, digest = attributions.examples(reader)
    yield Section("examples", digest, tuple(attributions.figures(pairs)))
    if not (data / "polnear").is_dir():
        print(f"The corpora are not in {data}: only the examples are measured.")
        return
    pairs, digest = attributions.polnear_dev(data)
    yield Section("polnear-dev", digest, tuple(attributions.figures(pairs)))
    yield meaning_section(reader, data)
    found, digest = timefigures.measured(data)
    yield Section("time-held-out", digest, tuple(found))
    found, digest = neutrality.measured(reader, LABELS, data / "polnear/dev/text")
    yield Section("neutrality", digest, tuple(found))


def meaning_section(reader: Reader, data: Path) -> Section:
    """Speakers, kinds, certainty, times and conditions on the labelled statements of PolNeAR dev."""
    pages = meaning.load(LABELS, data / "polnear/dev/text")
    read = [reader.read(page.article).statements for page in pages]
    pairs = [pair for page, found in zip(pages, read, strict=True) for pair in meaning.pairs_of(page, found)]
    own = meaning.own_voice_counts(pages, read)
    note = (
        f"{len(pairs)} of {sum(len(page.gold) for page in pages)} labelled statements were found;"
        f" the author's own voice: {own['hits']} of {own['gold']} found, {own['read']} read"
    )
    return Section("meaning-dev", meaning.digest(pages), tuple(meaning.figures(pairs)), note)


def raised(figures: Sequence[Figure], floors: dict[str, float]) -> dict[str, float]:
    """The stricter of the old bound and what was measured, less the slack: floors never fall."""
    out = dict(floors)
    for figure in figures:
        if figure.value != figure.value:
            continue
        if figure.lower_is_better:
            out[figure.name] = min(floors.get(figure.name, 1.0), round(figure.value + SLACK, 4))
        else:
            out[figure.name] = max(floors.get(figure.name, 0.0), round(figure.value - SLACK, 4))
    return out


def failures(figures: Sequence[Figure], floors: dict[str, float]) -> list[str]:
    """Names of the figures that lie under their floor, and of floors that nothing was measured for."""
    by_name = {figure.name: figure for figure in figures}
    return [name for name, bound in floors.items() if name not in by_name or not by_name[name].holds(bound)]


def show(section: Section, floors: dict[str, float]) -> None:
    """Prints one part of the table."""
    under = set(failures(section.figures, floors))
    print(f"\n{section.name:28}{'measured':>9}{'95 % interval':>16}{'n':>7}{'floor':>8}")
    for figure in section.figures:
        bound = f"{floors[figure.name]:.3f}" if figure.name in floors else "–"
        interval = f"{figure.low:.3f}–{figure.high:.3f}"
        mark = "   not held" if figure.name in under else ""
        print(f"{figure.name:28}{figure.value:>9.4f}{interval:>16}{figure.n:>7}{bound:>8}{mark}")
    if section.note:
        print(section.note)


def gate(section: Section, model: str, *, lift: bool) -> bool:
    """Compares one set of figures with its floors; with `lift`, writes what was surpassed."""
    known = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    entry = known.get(section.name, {})
    floors = entry.get("floors", {}) if entry.get("data") == section.data else {}
    if entry and not floors:
        print(f"{section.name}: the data has changed; its floors do not apply until they are set anew.")
    given_up = entry.get("given up", {}) if floors else {}
    bounds = floors | {name: row["floor"] for name, row in given_up.items()}
    show(section, bounds)
    for name, row in given_up.items():
        print(f"given up: {name.strip()}, floor {floors[name]:.3f}, now {row['floor']:.3f}: {row['why']}")
    if lift:
        lifted = raised(section.figures, floors)
        known[section.name] = {"data": section.data, "model": model, "floors": lifted}
        kept = {n: row for n, row in given_up.items() if n in failures(section.figures, lifted)}
        known[section.name] |= {"given up": kept} if kept else {}
        FLOORS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")
    return bool(floors or lift) and not failures(section.figures, bounds)


def show_agreement() -> None:
    """Prints how far two labellers agree on the same statements."""
    rows = meaning.twice(LABELS, TWICE)
    print(f"\n{'two labellers, ' + str(len(rows)) + ' statements':36}{'kappa':>9}")
    for name, value in meaning.agreement(rows).items():
        print(f"{name:36}{value:>9.3f}")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--raise", dest="lift", action="store_true")
    options = parser.parse_args()
    reader = Reader()
    good = [gate(s, reader.info.model, lift=options.lift) for s in sections(reader, options.data)]
    show_agreement()
    print("\nAll floors hold." if all(good) else "\nNot all floors hold.")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
