"""What was read and not stored: its owner's alone, for an hour, and never more than there is room for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from record.made import document

from onrecord.serve.drafts import LIFE, MAX_EACH, Drafts

NOW = datetime(2031, 6, 15, 9, 30, tzinfo=UTC)


def test_a_draft_is_its_owner_s_alone() -> None:
    drafts = Drafts()
    made = drafts.add("mine", "text", document(1), NOW)
    assert drafts.get("mine", made.id, NOW) == made
    assert drafts.get("yours", made.id, NOW) is None
    assert drafts.of("yours", NOW) == []


def test_ids_cannot_be_guessed_from_one_another() -> None:
    drafts = Drafts()
    ids = {drafts.add("mine", "text", document(1), NOW).id for _ in range(20)}
    assert len(ids) == 20
    assert all(len(each) >= 16 for each in ids)


def test_after_an_hour_it_is_gone() -> None:
    drafts = Drafts()
    made = drafts.add("mine", "text", document(1), NOW)
    assert drafts.get("mine", made.id, NOW + LIFE - timedelta(seconds=1)) == made
    assert drafts.get("mine", made.id, NOW + LIFE) is None
    assert drafts.of("mine", NOW + LIFE) == []


def test_a_discarded_one_is_not_listed_and_can_be_taken_back() -> None:
    drafts = Drafts()
    made = drafts.add("mine", "text", document(1), NOW)
    drafts.change(made, discarded=True)
    assert drafts.of("mine", NOW) == []
    assert drafts.get("mine", made.id, NOW) is not None
    drafts.change(made)
    assert drafts.of("mine", NOW) == [made]


def test_each_owner_keeps_the_newest() -> None:
    drafts = Drafts()
    other = drafts.add("yours", "text", document(0), NOW)
    made = [drafts.add("mine", str(n), document(1), NOW).id for n in range(MAX_EACH + 2)]
    assert [each.id for each in drafts.of("mine", NOW)] == made[:1:-1]
    assert drafts.of("yours", NOW) == [other]


def test_all_together_are_bounded_in_size() -> None:
    size = len(document(1).article.text)
    drafts = Drafts(max_characters=2 * size)
    first, second, third = (drafts.add("mine", str(n), document(1), NOW) for n in range(3))
    assert drafts.of("mine", NOW) == [third, second]
    assert drafts.get("mine", first.id, NOW) is None
