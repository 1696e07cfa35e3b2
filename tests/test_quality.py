"""The quality gate: the examples' floors hold on every machine, and the gate itself can fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord import Reader, Settings
from onrecord.statement import Span
from quality import attributions, gate
from quality.figures import Figure, bootstrap
from quality.measures import MEASURES, Marked, Page, counts, f1, jaccard, matching

TEXT = "Ann Lee said it rained. It rained, Bo said."
ANN = Marked((Span(0, 7),), (Span(8, 12),), (Span(13, 22),))
BO = Marked((Span(35, 37),), (Span(38, 42),), (Span(24, 33),))


def figure(name: str, value: float, *, lower_is_better: bool = False) -> Figure:
    return Figure(name, value, 10, value, value, lower_is_better=lower_is_better)


def test_the_examples_hold_their_floors() -> None:
    pairs, digest = attributions.examples(Reader(Settings()))
    entry = json.loads(gate.FLOORS.read_text("utf-8"))["examples"]
    assert entry["data"] == digest, "the gold has changed: run python quality/gate.py --raise and say why"
    assert gate.failures(attributions.figures(pairs), entry["floors"]) == []


def test_gold_measured_against_itself_is_perfect() -> None:
    total = counts(TEXT, [ANN, BO], [BO, ANN])
    assert {f1(total, m) for m in MEASURES} == {1.0}


@pytest.mark.parametrize(
    ("measure", "predicted", "expected"),
    [
        ("exact source", [Marked((Span(0, 3),), ANN.cue, ANN.content)], 0.0),
        ("overlap source", [Marked((Span(0, 3),), ANN.cue, ANN.content)], 2 / 3),
        ("attribution all", [Marked((Span(0, 3),), ANN.cue, ANN.content)], 1.0),
        ("attribution all", [Marked(BO.source, ANN.cue, ANN.content)], 0.0),
        ("attribution all", [ANN, ANN], 2 / 3),
        ("exact whole", [Marked(ANN.source, (), ANN.content)], 0.0),
        ("exact content", [Marked(ANN.source, ANN.cue, (Span(13, 23),))], 0.0),
    ],
)
def test_measures_by_hand(measure: str, predicted: list[Marked], expected: float) -> None:
    assert f1(counts(TEXT, [ANN], predicted), measure) == pytest.approx(expected)


def test_optional_gold_counts_neither_way() -> None:
    maybe = Marked(BO.source, BO.cue, BO.content, optional=True)
    for predicted in ([ANN], [ANN, BO]):
        assert f1(counts(TEXT, [ANN, maybe], predicted), "attribution all") == 1.0


def test_punctuation_counts_only_where_there_is_nothing_else() -> None:
    page = Page('Lee: "no"')
    assert page.tokens((Span(3, 4),)) and page.tokens((Span(5, 9),)) == page.tokens((Span(6, 8),))


def test_empty_sources_agree() -> None:
    assert jaccard(frozenset(), frozenset()) == 1.0
    assert jaccard(frozenset(), frozenset({1})) == 0.0


def test_the_matching_is_the_largest() -> None:
    a, b = ANN, BO
    assert len(matching([a, b], [a, b], lambda x, y: not (x is b and y is b))) == 2


def test_a_figure_under_its_floor_fails_and_floors_never_fall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    good = gate.Section("new", "d", (figure("f1", 0.8), figure("wrong", 0.1, lower_is_better=True)))
    poor = gate.Section("new", "d", (figure("f1", 0.7), figure("wrong", 0.1, lower_is_better=True)))
    worse = gate.Section("new", "d", (figure("f1", 0.8), figure("wrong", 0.2, lower_is_better=True)))
    assert not gate.gate(good, "m", lift=False), "what has no floor yet does not pass"
    assert gate.gate(good, "m", lift=True)
    assert not gate.gate(poor, "m", lift=False)
    assert not gate.gate(worse, "m", lift=False)
    gate.gate(poor, "m", lift=True)
    assert gate.gate(good, "m", lift=False)
    assert not gate.gate(poor, "m", lift=False)


def test_a_floor_that_is_given_up_is_printed_and_has_another_under_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.json"
    monkeypatch.setattr(gate, "FLOORS", floors)
    few = {"f1": {"floor": 0.7, "why": "one case of nine"}}
    floors.write_text(
        json.dumps({"new": {"data": "d", "model": "m", "floors": {"f1": 0.8}, "given up": few}})
    )
    assert gate.gate(gate.Section("new", "d", (figure("f1", 0.75),)), "m", lift=False)
    assert "given up: f1, floor 0.800, now 0.700: one case of nine" in capsys.readouterr().out
    assert not gate.gate(gate.Section("new", "d", (figure("f1", 0.65),)), "m", lift=False)
    gate.gate(gate.Section("new", "d", (figure("f1", 0.9),)), "m", lift=True)
    assert json.loads(floors.read_text("utf-8"))["new"] == {"data": "d", "model": "m", "floors": {"f1": 0.89}}


def test_a_floor_that_nothing_was_measured_for_is_not_held() -> None:
    assert gate.failures([figure("f1", 0.9)], {"f1": 0.8, "gone": 0.1}) == ["gone"]


def test_an_interval_holds_the_value_and_is_nothing_wide_where_all_documents_agree() -> None:
    mean = lambda rows: sum(rows) / len(rows)  # noqa: E731
    low, high = bootstrap([0.0, 1.0] * 50, mean)
    assert 0.3 < low < 0.5 < high < 0.7
    assert bootstrap([0.5] * 10, mean) == (0.5, 0.5)


def test_perfect_and_hopeless_confidence() -> None:
    assert attributions.calibration([(1.0, True), (0.0, False)]) == {
        "calibration brier": 0.0,
        "calibration ece": 0.0,
    }
    assert attributions.calibration([(1.0, False)]) == {"calibration brier": 1.0, "calibration ece": 1.0}


def test_the_measures_are_those_of_the_projects_scorer() -> None:
    """Where the stand-alone scorer is at hand, both give the same figures."""
    tools = gate.ROOT.parent / "shared" / "tools"
    if not (tools / "score_attributions.py").exists():
        pytest.skip("the stand-alone scorer is not here")
    import importlib.util

    spec = importlib.util.spec_from_file_location("scorer", tools / "score_attributions.py")
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    rows = {
        "a": [ANN, BO],
        "b": [Marked((), BO.cue, BO.content), Marked(ANN.source, ANN.cue, (Span(13, 20),))],
    }
    as_dict = {
        k: [{r: list(m.role(r)) for r in ("source", "cue", "content")} for m in v] for k, v in rows.items()
    }
    theirs = scorer.score({"t": (TEXT, as_dict["a"])}, {"t": as_dict["b"]})
    ours = counts(TEXT, rows["a"], rows["b"])
    for measure in MEASURES:
        assert f1(ours, measure) == pytest.approx(theirs[tuple(measure.split())]["f1"])
