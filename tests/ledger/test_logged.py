"""The log of one statement is found by its id, whole or shortened, and that of a name by the name."""

from __future__ import annotations

from record.made import document

import onrecord


def test_by_id_by_part_of_it_and_by_name(place: str) -> None:
    with onrecord.open(place, actor="ana") as ledger:
        made = document(1)
        ledger.add(made)
        first = made.statements[0].id
        ledger.note(first, "seen")
        names = [row.name for row in ledger.speakers(limit=2)]
        ledger.merge([names[0]], names[1])
        expected = ["note", "statement"]
        assert [row.act for row in ledger.log(subject=first)] == expected
        assert [row.act for row in ledger.log(subject=first.removeprefix("sha256:")[:12])] == expected
        assert [row.act for row in ledger.log(subject=first, last=1)] == ["note"]
        assert [row.act for row in ledger.log(subject=first, actor="ana")] == ["note"]
        note = ledger.log(subject=first)[0]
        assert [row.act for row in ledger.log(subject=first, before=note.sequence)] == ["statement"]
        assert [row.act for row in ledger.log(subject=made.article.id)] == ["reading", "article"]
        assert [row.act for row in ledger.log(subject=names[1])] == ["merge"]
        assert ledger.log(subject="abcdef") == []
