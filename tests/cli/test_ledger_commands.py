"""The commands on a real ledger: what goes in by the Python API, a fact-checker finds and settles."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cli.building import READER, Sketch
from cli.conftest import Result

import onrecord as package
from onrecord.statement import Article, Document

TEXT = """\
The harbour office of Ellery said on Monday that the operator, Tessa Varga, had promised to run two ferries \
a day from June.

Ines Holm said the quay could be flooded by autumn.

The union said that the berth is closed.
"""
Command = Callable[..., Result]


def ferry() -> Sketch:
    """An article with a promise through somebody else, a forecast with a probability, and a claim."""
    sketch = Sketch(
        TEXT,
        title="Two ferries a day, says Ellery",
        outlet="The Ellery Post",
        url="https://news.example/ferry",
        published=date(2031, 3, 4),
    )
    office = sketch.add(
        "The harbour office of Ellery",
        "said",
        "that the operator, Tessa Varga, had promised to run two ferries a day from June",
        speaker_kind="organization",
        kind="claim",
    )
    sketch.add(
        "the operator, Tessa Varga",
        "had promised",
        "to run two ferries a day from June",
        within=office,
        name="Tessa Varga",
        speaker_kind="person",
        kind="commitment",
        commitment_type="promise",
        negative=False,
        due=sketch.when("from June", "2031-06-01", "2031-06-30"),
    )
    sketch.add(
        "Ines Holm",
        "said",
        "the quay could be flooded by autumn",
        speaker_kind="person",
        kind="prediction",
        certainty=sketch.certainty("could", 0.25, 0.5),
        by=sketch.when("by autumn", None, "2031-09-22"),
    )
    sketch.add("The union", "said", "that the berth is closed", speaker_kind="organization", kind="claim")
    return sketch


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A ledger with one article."""
    place = tmp_path / "record.db"
    with package.open(place, create=True, actor="ana") as ledger:
        ledger.add(ferry().document)
    return place


@pytest.fixture
def ids() -> dict[str, str]:
    """The ids of its statements, by their speakers, as they are shown."""
    document = ferry().document
    short = {str(s.speaker.name): s.id.removeprefix("sha256:")[:12] for s in document.statements}
    return {**short, "article": document.article.id.removeprefix("sha256:")[:12]}


@pytest.fixture
def at(onrecord: Command, db: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Calls a command on that ledger, in the name of ana."""
    monkeypatch.setenv("ONRECORD_DB", str(db))
    monkeypatch.setenv("ONRECORD_ACTOR", "ana")
    monkeypatch.setenv("COLUMNS", "140")
    return onrecord


def told(result: Result) -> str:
    """What a command printed, in one line, after it went well."""
    assert (result.code, result.err) == (0, "")
    return " ".join(result.out.split())


def value(result: Result) -> Any:
    assert (result.code, result.err) == (0, "")
    return json.loads(result.out)


class TestSearch:
    def test_finds_words_and_shows_all_that_is_known(self, at: Command, ids: dict[str, str]) -> None:
        page = told(at("search", "ferries", "--kind", "promise"))
        for known in (ids["Tessa Varga"], "promise", "to run two ferries a day from June", "not rated"):
            assert known in page
        assert "due “from June”, 2031-06-01 to 2031-06-30" in page
        assert "1 statement." in page
        assert f"onrecord show {ids['Tessa Varga']}" in page

    @pytest.mark.parametrize(
        ("arguments", "want"),
        [
            (["--speaker", "varga"], {"Tessa Varga"}),
            (["--kind", "prediction"], {"Ines Holm"}),
            (["quay"], {"Ines Holm"}),
            (["--due-before", "2031-07-01"], {"Tessa Varga"}),
            (["--status", "open"], {"Tessa Varga", "Ines Holm"}),
            (["--status", "overdue", "--today", "2031-07-01"], {"Tessa Varga"}),
            (["--since", "2031-03-05"], set()),
            (
                ["--outlet", "The Ellery Post", "--kind", "claim"],
                {"The harbour office of Ellery", "The union"},
            ),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_filters(self, at: Command, arguments: list[str], want: set[str]) -> None:
        found = value(at("search", *arguments, "--json"))
        assert {entry["speaker"] for entry in found["statements"]} == want

    def test_nothing_found_says_so_and_what_next(self, at: Command) -> None:
        page = told(at("search", "submarine"))
        assert page.startswith("Nothing on record fits.")
        assert "onrecord search" in page

    def test_goes_on_behind_a_page(self, at: Command) -> None:
        seen: list[str] = []
        arguments: list[object] = []
        for _ in range(4):
            found = value(at("search", "--limit", "1", "--json", *arguments))
            seen += [entry["id"] for entry in found["statements"]]
            arguments = ["--before", found["before"]]
        assert found["more"] is False
        assert sorted(seen) == sorted(s.id for s in ferry().document.statements)

    def test_a_ledger_that_is_not_there_is_an_error(self, onrecord: Command, tmp_path: Path) -> None:
        result = onrecord("search", "--db", tmp_path / "nowhere.db")
        assert (result.code, result.out) == (6, "")
        assert "[E401]" in result.err
        assert not (tmp_path / "nowhere.db").exists()


class TestAnEmptyLedger:
    """Every list that has nothing in it says so, and what to do next."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["search"], "Nothing on record fits."),
            (["due"], "Nothing is due."),
            (["score"], "Nothing can be scored yet."),
            (["speakers"], "Nobody is on record with a statement that counts."),
            (["log"], "No such act is on the log."),
        ],
        ids=lambda value: value[0] if isinstance(value, list) else None,
    )
    def test_says_so(self, onrecord: Command, tmp_path: Path, arguments: list[str], said: str) -> None:
        place = tmp_path / "empty.db"
        package.open(place, create=True).close()
        page = told(onrecord(*arguments, "--db", place))
        assert page.startswith(said)
        assert f"--db {place}" in page


class TestShow:
    def test_the_words_in_their_context_and_the_chain(self, at: Command, ids: dict[str, str]) -> None:
        page = told(at("show", ids["Tessa Varga"]))
        assert "had promised to run two ferries a day from June." in page
        assert "The harbour office of Ellery → Tessa Varga" in page
        assert f"onrecord settle {ids['Tessa Varga']} VERDICT --evidence URL" in page

    def test_an_article_with_its_statements(self, at: Command, ids: dict[str, str]) -> None:
        page = told(at("show", ids["article"]))
        assert page.startswith("Two ferries a day, says Ellery")
        for name in ("Tessa Varga", "Ines Holm", "The union"):
            assert ids[name] in page

    def test_a_changed_article_shows_what_changed(self, at: Command, db: Path) -> None:
        text = TEXT.replace("is closed.", "is closed until May.").replace("by autumn", "by winter")
        later = replace(ferry().article, text=text + "\n\nMore soon.\n")
        with package.open(db, actor="ana") as ledger:
            added = ledger.add(Document(later, (), READER))
        page = told(at("show", added.article.removeprefix("sha256:")[:12]))
        assert "Versions, oldest first" in page
        assert "that the berth is closed {+until May+}." in page
        assert "by [-autumn-] {+winter+}." in page
        assert "+ More soon." in page
        found = value(at("show", added.article, "--json"))
        assert found["changes"]["added"][0]["text"] == "More soon."
        before = ferry().document.article.id
        assert f"Changed since the version before, {before.removeprefix('sha256:')[:12]}" in page
        assert [version["before"] for version in found["versions"]] == [None, before]

    def test_a_first_version_is_shown_though_others_are_older(self, at: Command, db: Path) -> None:
        text = Article("The quay is shut.")
        page = Article("The quay is open.", url="https://news.example/quay")
        with package.open(db, actor="ana") as ledger:
            for each in (text, page, replace(text, url=page.url)):
                ledger.add(Document(each, (), READER))
        found = at("show", page.id)
        assert found.code == 0
        assert "(this one)" in found.out
        assert "Changed since" not in found.out

    def test_for_programs(self, at: Command, ids: dict[str, str]) -> None:
        shown = value(at("show", ids["Ines Holm"], "--json"))
        assert shown["entry"]["text"] == "the quay could be flooded by autumn"
        assert shown["machine"]["certainty"]["phrase"] == "could"
        assert shown["context"]["content"] == "the quay could be flooded by autumn"
        assert shown["outcome"]["verdict"] is None

    def test_an_id_that_is_not_there(self, at: Command) -> None:
        result = at("show", "0123456789ab")
        assert (result.code, result.out) == (6, "")
        assert "[E410]" in result.err
        assert "onrecord search" in result.err


class TestCorrecting:
    def test_both_readings_are_kept(self, at: Command, ids: dict[str, str]) -> None:
        mine = ids["The union"]
        page = told(at("correct", mine, "kind=assessment", "--why", "it judges"))
        assert "kind: assessment (the machine read: claim)" in page
        assert f"onrecord correct {mine} --take-back kind" in page
        shown = told(at("show", mine))
        assert "the machine read: claim" in shown
        assert "corrected by ana" in shown
        assert "it judges" in shown

    def test_a_correction_can_be_taken_back(self, at: Command, ids: dict[str, str]) -> None:
        mine = ids["The union"]
        at("correct", mine, "kind=assessment")
        at("correct", mine, "--take-back", "kind")
        assert value(at("show", mine, "--json"))["entry"]["kind"] == "claim"

    def test_a_deadline(self, at: Command, ids: dict[str, str]) -> None:
        at("correct", ids["Tessa Varga"], "by=2031-05-01..2031-05-31")
        (item,) = value(at("due", "--today", "2031-05-02", "--within", "30d", "--json"))
        assert (item["entry"]["due_start"], item["entry"]["due_end"]) == ("2031-05-01", "2031-05-31")

    def test_a_value_that_makes_no_sense(self, at: Command, ids: dict[str, str]) -> None:
        result = at("correct", ids["The union"], "kind=lie")
        assert result.code == 6
        assert "[E415]" in result.err

    def test_rejected_and_restored(self, at: Command, ids: dict[str, str]) -> None:
        mine = ids["The union"]
        assert f"onrecord restore {mine}" in told(at("reject", mine, "--why", "a caption"))
        assert told(at("search", "berth closed")).startswith("Nothing on record fits.")
        assert "rejected" in told(at("search", "berth closed", "--rejected"))
        assert "it counts again" in told(at("restore", mine))
        assert mine in told(at("search", "berth closed"))
        assert at("restore", mine).code == 6


class TestDue:
    def test_groups_by_day(self, at: Command) -> None:
        page = told(at("due", "--today", "2031-07-02"))
        assert page.index("Overdue: 1") < page.index("2 days over") < page.index("Tessa Varga")
        assert "Ines Holm" in page
        assert "onrecord settle" in page

    def test_overdue_alone(self, at: Command) -> None:
        found = value(at("due", "--overdue", "--today", "2031-07-02", "--json"))
        assert [(item["entry"]["speaker"], item["schedule"], item["days"]) for item in found] == [
            ("Tessa Varga", "overdue", -2)
        ]

    def test_nothing_due_says_what_next(self, at: Command) -> None:
        page = told(at("due", "--within", "1w", "--today", "2031-03-05"))
        assert page.startswith("Nothing of that is due.")
        assert "onrecord due" in page


class TestSettling:
    def test_a_promise(self, at: Command, ids: dict[str, str]) -> None:
        mine = ids["Tessa Varga"]
        page = told(
            at("settle", mine, "kept", "--evidence", "https://news.example/two", "--on", "2020-06-02")
        )
        assert page.startswith(f"On record: {mine} kept on 2020-06-02, by ana.")
        assert "evidence: https://news.example/two" in page
        assert page.endswith(f"Take it back: onrecord unsettle {mine}")
        shown = told(at("show", mine))
        assert "kept on 2020-06-02, by ana" in shown

    def test_two_people_who_disagree(self, at: Command, ids: dict[str, str]) -> None:
        mine = ids["Tessa Varga"]
        at("settle", mine, "kept", "--evidence", "https://news.example/two")
        page = told(at("settle", mine, "broken", "--evidence", "no ferry was seen", "--actor", "bob"))
        assert "Other verdicts: ana: kept. Together: disputed" in page
        assert (
            value(at("search", "--status", "disputed", "--json"))["statements"][0]["speaker"] == "Tessa Varga"
        )

    def test_taken_back(self, at: Command, ids: dict[str, str]) -> None:
        mine = ids["Tessa Varga"]
        at("settle", mine, "kept", "--evidence", "https://news.example/two")
        assert "Now: not rated." in told(at("unsettle", mine, "--why", "wrong ferry"))
        result = at("unsettle", mine)
        assert result.code == 6
        assert "[E419]" in result.err

    @pytest.mark.parametrize(
        ("who", "verdict", "evidence", "code"),
        [
            ("Tessa Varga", "kept", "trust me", "E414"),
            ("Tessa Varga", "came-true", "https://news.example/two", "E413"),
            ("The union", "kept", "https://news.example/two", "E412"),
        ],
    )
    def test_what_cannot_be(
        self, at: Command, ids: dict[str, str], who: str, verdict: str, evidence: str, code: str
    ) -> None:
        result = at("settle", ids[who], verdict, "--evidence", evidence)
        assert (result.code, result.out) == (6, "")
        assert f"[{code}]" in result.err
        assert result.err.count("\n") == 1


class TestScore:
    @pytest.fixture
    def settled(self, at: Command, ids: dict[str, str]) -> Command:
        at("settle", ids["Tessa Varga"], "kept", "--evidence", "https://news.example/two")
        at("settle", ids["Ines Holm"], "did-not", "--evidence", "the quay stayed dry")
        return at

    def test_every_figure_has_its_n_and_interval(self, settled: Command) -> None:
        page = told(settled("score", "--today", "2032-01-01"))
        assert "Tessa Varga" in page
        assert "1 of 1" in page
        assert "n = 1" in page
        assert "–" in page
        assert "onrecord score" in page

    def test_one_with_the_statements_it_rests_on(self, settled: Command, ids: dict[str, str]) -> None:
        page = told(settled("score", "Tessa Varga", "--today", "2032-01-01"))
        assert "settled (n = 1) 1 kept, 0 partly kept, 0 broken" in page
        assert ids["Tessa Varga"] in page
        assert "to run two ferries a day from June" in page

    def test_for_programs(self, settled: Command) -> None:
        found = value(settled("score", "Ines Holm", "--today", "2032-01-01", "--json"))
        (row,) = found["rows"]
        assert row["predictions"]["brier"]["mid"] == pytest.approx(0.375**2)
        assert len(row["predictions"]["statements"]["did_not"]) == 1

    def test_nothing_settled_says_what_to_do(self, at: Command) -> None:
        page = told(at("score", "--today", "2032-01-01"))
        assert "onrecord" in page

    def test_an_unknown_speaker(self, at: Command) -> None:
        result = at("score", "Nobody Known")
        assert result.code == 6
        assert "[E418]" in result.err


class TestSpeakers:
    def test_are_listed(self, at: Command) -> None:
        page = told(at("speakers"))
        for name in ("Tessa Varga", "Ines Holm", "The union"):
            assert name in page
        assert told(at("speakers", "varga")) == told(at("speakers", "list", "varga"))

    def test_are_merged_and_parted(self, at: Command) -> None:
        page = told(at("speakers", "merge", "union", "--into", "holm", "--why", "its head"))
        assert page.startswith("On record: one speaker, Ines Holm; in some articles The union.")
        assert "onrecord speakers split 'The union'" in page
        rows = {row["name"]: row for row in value(at("speakers", "--json"))}
        assert list(rows["Ines Holm"]["merged"]) == ["The union"]
        assert "Ines Holm (“The union”)" in told(at("search", "berth", "closed"))
        told(at("speakers", "split", "The union"))
        rows = {row["name"]: row for row in value(at("speakers", "--json"))}
        assert "The union" in rows

    def test_nobody_of_that_name(self, at: Command) -> None:
        assert "No speaker's name has zebra in it." in told(at("speakers", "zebra"))
        assert at("speakers", "merge", "Zebra", "--into", "Ines Holm").code == 6


class TestHistory:
    def test_who_did_what(self, at: Command, ids: dict[str, str]) -> None:
        at("note", ids["The union"], "see the minutes", "--actor", "bob")
        page = told(at("log", "--last", "1"))
        assert "bob" in page
        assert "note" in page
        assert "“see the minutes”" in page
        (row,) = value(at("log", "--act", "note", "--json"))
        assert row["payload"] == {"text": "see the minutes"}

    def test_a_note_stands_beside_its_statement(self, at: Command, ids: dict[str, str]) -> None:
        told(at("note", ids["The union"], "see the minutes"))
        assert "see the minutes" in told(at("show", ids["The union"]))

    def test_a_topic_can_be_searched(self, at: Command, ids: dict[str, str]) -> None:
        told(at("topic", ids["article"], "ferries"))
        assert len(value(at("search", "--topic", "ferries", "--json"))["statements"]) == 4

    def test_no_such_act(self, at: Command) -> None:
        assert told(at("log", "--act", "redaction")).startswith("No such act is on the log.")


@pytest.mark.filterwarnings("default")
def test_a_clock_that_was_set_back_is_told_in_one_line(at: Command, db: Path, ids: dict[str, str]) -> None:
    ahead = lambda: datetime.now(UTC) + timedelta(days=1)  # noqa: E731
    with package.open(db, clock=ahead) as ledger:
        ledger.note(ids["The union"], "from tomorrow")
    result = at("note", ids["The union"], "from today")
    assert result.code == 0
    assert result.err.startswith("onrecord: warning: the clock says")
    assert result.err.count("\n") == 1


class TestRedaction:
    def test_removes_the_words_for_good(self, at: Command, ids: dict[str, str]) -> None:
        page = told(at("redact", ids["The union"], "--why", "order 12", "--yes"))
        assert page.startswith("Removed for good")
        assert "berth is closed" not in at("show", ids["article"]).out
        assert "berth is closed" not in at("log", "--json").out
        assert told(at("search", "berth closed")).startswith("Nothing on record fits.")

    def test_of_a_merge_says_that_the_names_stay(self, at: Command, db: Path, ids: dict[str, str]) -> None:
        with package.open(db) as ledger:
            ledger.merge(["holm"], "union", why="they told me")
            (row,) = ledger.log(last=1)
        page = told(at("redact", f"row:{row.sequence}", "--why", "order 12", "--yes"))
        assert "The names that it joins or parts stay" in page
        assert "they told me" not in at("log", "--json").out
        again = at("redact", f"row:{row.sequence}", "--why", "order 12", "--yes")
        assert (again.code, "[E109]" in again.err) == (2, True)

    def test_a_program_has_to_mean_it(self, at: Command, ids: dict[str, str]) -> None:
        result = at("redact", ids["The union"], "--why", "order 12")
        assert result.code == 2
        assert "--yes" in result.err
        assert ids["The union"] in told(at("search", "berth closed"))
