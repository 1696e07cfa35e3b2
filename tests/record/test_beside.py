"""What stands beside an article's text: the machine's readings, and what people put to them."""

from __future__ import annotations

from pathlib import Path

from record.made import changed, document, read_again

import onrecord


def test_the_machine_s_reading_stays_beside_a_correction(tmp_path: Path) -> None:
    made = document(1)
    with onrecord.open(tmp_path / "ledger.db", actor="Ada Quay") as ledger:
        ledger.add(made)
        first = made.statements[0]
        ledger.correct(first.id, {"speaker.name": "Ilse Maren"}, why="named above")
        spread = ledger.spread(made.article.id)
    assert spread.shown.entries[0].speaker == "Ilse Maren"
    assert spread.beside.machine == {statement.id: statement for statement in made.statements}
    assert spread.beside.read == set(spread.beside.machine)
    (correction,) = spread.beside.corrections[first.id]
    assert (correction.field, correction.actor, correction.why) == ("speaker.name", "Ada Quay", "named above")


def test_what_was_taken_back_is_not_there(tmp_path: Path) -> None:
    made = document(1)
    with onrecord.open(tmp_path / "ledger.db", actor="Ada Quay") as ledger:
        ledger.add(made)
        ledger.correct(made.statements[0].id, {"denied": "yes"})
        ledger.take_back(made.statements[0].id, "denied")
        assert ledger.spread(made.article.id).beside.corrections == {}


def test_notes_and_topics(tmp_path: Path) -> None:
    made, other = document(1), document(2)
    with onrecord.open(tmp_path / "ledger.db", actor="Ada Quay") as ledger:
        ledger.add(made)
        ledger.add(other, topic="bridges")
        ledger.note(made.article.id, "Compare the minutes.")
        ledger.note(made.statements[1].id, "As in March.")
        ledger.note(other.statements[0].id, "Of another article.")
        for topic in ("tides", "Ferries", "tides"):
            ledger.topic(made.article.id, topic)
        beside = ledger.spread(made.article.id).beside
    said = {subject: [note.text for note in notes] for subject, notes in beside.notes.items()}
    assert said == {made.article.id: ["Compare the minutes."], made.statements[1].id: ["As in March."]}
    assert beside.topics == ("Ferries", "tides")


def test_what_only_an_earlier_reading_found_is_told_apart(tmp_path: Path) -> None:
    made = document(1)
    with onrecord.open(tmp_path / "ledger.db") as ledger:
        ledger.add(made)
        ledger.add(read_again(made), reread=True)
        beside = ledger.spread(made.article.id).beside
    assert set(beside.machine) - beside.read == {made.statements[-1].id}
    assert beside.machine[made.statements[0].id].confidence == 0.99


def test_an_older_version_has_what_was_read_in_it(tmp_path: Path) -> None:
    made = document(1)
    with onrecord.open(tmp_path / "ledger.db") as ledger:
        ledger.add(made)
        ledger.add(changed(made))
        spread = ledger.spread(made.article.id)
    assert not any(entry.current for entry in spread.shown.entries)
    assert spread.beside.read == {statement.id for statement in made.statements}
