"""Scores by hand-computed tables; what is ranked, what is left out, and what every score rests on."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from score.made import TODAY, entry, forecast

from onrecord.entry import Entry
from onrecord.errors import BadOption
from onrecord.score import Scored, compute, score

CASES = json.loads((Path(__file__).parent.parent / "cases" / "scores.json").read_text("utf-8"))


def entries_of(case: dict[str, Any]) -> list[Entry]:
    rows = [(*row, {})[:4] for row in case["entries"]]
    given = [(kind, verdict, fields) for kind, verdict, times, fields in rows for _ in range(times)]
    return [
        entry(kind, verdict, **{k: date.fromisoformat(v) if k == "due_end" else v for k, v in fields.items()})
        for kind, verdict, fields in given
    ]


def only(entries: list[Entry], **options: Any) -> Scored:
    (row,) = score(entries, today=TODAY, **options)
    return row


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
class TestCases:
    def test_come_out_as_computed_by_hand(self, case: dict[str, Any]) -> None:
        printed: Any = only(entries_of(case), early=case.get("early", False)).to_dict()
        for part in ("commitments", "predictions"):
            for path, expected in case.get(part, {}).items():
                found = reduce(lambda value, key: value[key], path.split("."), printed[part])
                assert found == (None if expected is None else pytest.approx(expected, abs=1e-7)), path

    def test_count_each_statement_once_among_the_outcomes(self, case: dict[str, Any]) -> None:
        given = entries_of(case)
        row = only(given, early=case.get("early", False))
        assert sorted(row.statements) == sorted(e.id for e in given)
        c, p = row.commitments, row.predictions
        outcomes = [c.kept, c.partly_kept, c.broken, c.void, c.unverifiable, c.pending, c.disputed, c.open]
        outcomes += [p.came_true, p.did_not, p.void, p.disputed, p.open, p.waiting]
        assert sum(map(len, outcomes)) == len(given)
        assert len(p.with_probability) + len(p.flat) + len(p.denied) == p.n


class TestRests:
    def test_every_count_lists_its_statements(self) -> None:
        kept, broken, happened = entry(verdict="kept"), entry(verdict="broken"), forecast(0.8, True)
        row = only([kept, broken, happened])
        assert row.commitments.kept == (kept.id,)
        assert row.commitments.broken == (broken.id,)
        assert row.predictions.with_probability == row.predictions.came_true == (happened.id,)
        printed: Any = row.to_dict()
        assert printed["commitments"]["statements"]["kept"] == [kept.id]

    def test_the_printed_form_is_json(self) -> None:
        row = only([entry(verdict="kept"), forecast(0.8, True), forecast(0.3, True)])
        printed = json.loads(json.dumps(row.to_dict(), allow_nan=False))
        assert printed == row.to_dict()
        assert [bin_["n"] for bin_ in printed["predictions"]["bins"]] == [1, 1]


class TestRanks:
    @staticmethod
    def speaker(name: str, kept: int, broken: int) -> list[Entry]:
        verdicts = ["kept"] * kept + ["broken"] * broken
        return [entry(verdict=verdict, speaker=name) for verdict in verdicts]

    def test_are_given_from_min_n_on_and_shared_by_equals(self) -> None:
        given = self.speaker("a", 1, 4) + self.speaker("b", 4, 0) + self.speaker("c", 4, 1)
        rows = score(given + self.speaker("d", 8, 2), today=TODAY)
        assert [(row.name, row.rank_kept) for row in rows] == [("c", 1), ("d", 1), ("a", 3), ("b", None)]

    def test_min_n_can_be_lowered(self) -> None:
        (row,) = score(self.speaker("b", 4, 0), today=TODAY, min_n=4)
        assert (row.rank_kept, row.rank_brier) == (1, None)

    def test_min_n_below_1_is_refused(self) -> None:
        with pytest.raises(BadOption, match="--min-n"):
            score([], today=TODAY, min_n=0)

    def test_of_forecasts_go_by_brier_score_least_first(self) -> None:
        given = [forecast(0.9, True, speaker="good") for _ in range(5)]
        given += [forecast(0.6, True, speaker="fair") for _ in range(5)]
        given += [forecast(1.0, True, speaker="few") for _ in range(4)]
        ranks = {row.name: row.rank_brier for row in score(given, today=TODAY)}
        assert ranks == {"good": 1, "fair": 2, "few": None}

    def test_a_few_kept_promises_do_not_outrank_many(self) -> None:
        """5 of 5 is 1.0, 95 of 100 is 0.95: shrunk towards a poor population the order turns round."""
        others = [e for i in range(8) for e in self.speaker(f"other {i}", 5, 15)]
        rows = score(others + self.speaker("few", 5, 0) + self.speaker("many", 95, 5), today=TODAY)
        assert [row.name for row in rows[:2]] == ["many", "few"]
        rate = rows[1].commitments.kept_rate
        assert rate is not None
        assert rate.shrunk is not None
        assert rate.share == 1.0 > rate.shrunk.mid

    def test_the_unranked_stand_in_alphabetical_order(self) -> None:
        rows = score(self.speaker("b", 1, 0) + self.speaker("a", 0, 1), today=TODAY)
        assert [row.name for row in rows] == ["a", "b"]


class TestGroups:
    def test_who_is_nobody_in_particular_has_no_record(self) -> None:
        given = [
            entry(verdict="kept"),
            entry(verdict="kept", anonymous=True, speaker="a senior official"),
            entry(verdict="kept", speaker_kind="group", speaker="officials"),
            entry(verdict="kept", speaker_kind="unknown", speaker="it"),
            entry(verdict="kept", speaker=None),
        ]
        result = compute(given, today=TODAY)
        assert [row.name for row in result.rows] == ["Ada Quist"]
        assert result.left_out == {"anonymous speaker": 1, "group of speakers": 1, "unknown speaker": 2}
        assert result.population is not None
        assert result.population.commitments.n == 1

    def test_but_what_an_outlet_reports_of_them_is_counted_there(self) -> None:
        given = [entry(verdict="kept", anonymous=True), entry(verdict="kept", outlet=None)]
        result = compute(given, by="outlet", today=TODAY)
        assert [(row.name, row.commitments.n) for row in result.rows] == [("Lund Courier", 1)]
        assert result.left_out == {"no outlet": 1}

    def test_a_statement_can_have_several_topics_and_is_once_in_the_population(self) -> None:
        one, other, none = entry(verdict="kept"), entry(verdict="broken"), entry(verdict="kept")
        topics = {one.id: ["ferries", "harbours", "ferries"], other.id: ["ferries"]}
        result = compute([one, other, none], by="topic", today=TODAY, topics=topics)
        assert {row.name: row.commitments.n for row in result.rows} == {"ferries": 2, "harbours": 1}
        assert result.left_out == {"no topic": 1}
        assert result.population is not None
        assert result.population.commitments.n == 2

    def test_years_are_those_of_publication(self) -> None:
        given = [entry(verdict="kept"), entry(verdict="kept", published=None)]
        result = compute(given, by="year", today=TODAY)
        assert [row.name for row in result.rows] == ["2018"]
        assert result.left_out == {"no publication date": 1}

    def test_what_counts_nowhere_is_counted_as_left_out(self) -> None:
        given = [
            entry(verdict="kept", rejected=True),
            entry("claim"),
            entry(None),
            entry("prediction", "kept"),
            entry(current=False),
            entry(verdict="kept", current=False),
            entry(verdict="kept", part="headline"),
            entry(verdict="broken", part="summary"),
        ]
        result = compute(given, today=TODAY)
        assert result.left_out == {
            "headline, summary or caption": 2,
            "neither commitment nor prediction": 2,
            "no longer read": 1,
            "rejected": 1,
            "verdict of another kind": 1,
        }
        assert len(result.rows[0].statements) == 1

    def test_nothing_gives_nothing(self) -> None:
        assert compute([], today=TODAY).population is None
        assert compute([entry("claim")], today=TODAY).rows == ()

    def test_names_do_not_matter(self) -> None:
        """Neutral: the same outcomes under other names give the same figures."""
        given = [forecast(p, p > 0.5) for p in (0.2, 0.6, 0.9)] + [entry(verdict="kept")] * 3
        other = [replace(e, speaker="Bo Lind", outlet="Sund Post") for e in given]
        one, two = only(given), only(other)
        assert replace(two, name=one.name) == one


class TestSpeed:
    def test_a_hundred_thousand_take_less_than_two_seconds(self) -> None:
        given = [entry(verdict="kept", speaker=f"s{i % 1000}") for i in range(50_000)]
        given += [forecast(0.1 * (i % 11), i % 3 > 0, speaker=f"s{i % 1000}") for i in range(50_000)]
        compute(given[:1], today=TODAY)  # loads the libraries
        start = time.process_time()
        assert len(compute(given, today=TODAY).rows) == 1000
        assert time.process_time() - start < 2

    def test_the_package_itself_loads_nothing_heavy(self) -> None:
        program = "import onrecord.score, onrecord.track, sys; print(*sys.modules)"
        loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert {"numpy", "scipy", "scoringrules", "vl_convert"} & set(loaded.stdout.split()) == set()
