"""A verdict goes on record with its evidence, stands beside those of others, and can be taken back."""

from __future__ import annotations

import pytest
from record.said import Said, page
from serve.conftest import Browser
from serve.filling import Fields, fields_of, notice, undo
from serve.seen import text_of

from onrecord.entry import Entry, short
from onrecord.ledger.core import Ledger
from onrecord.serve.rendering import article_path, speaker_path

GIVEN = {
    "verdict": "kept",
    "on": "2031-06-02",
    "evidence": "https://ellery.example/a?b=1&c=2",
    "note": "Seen “there”.",
}


def path(entry: Entry) -> str:
    return f"/statements/{short(entry.id)}"


def opened(client: Browser, entry: Entry) -> Fields:
    page = client.get(f"{path(entry)}/settle", params={"back": "/due?view=board"})
    assert page.status_code == 200
    return fields_of(page.text, "/settle")


def settle(client: Browser, entry: Entry, **given: str) -> int:
    return client.post(f"{path(entry)}/settle", data=opened(client, entry) | given).status_code


def verdicts(ledger: Ledger, entry: Entry) -> dict[str, str]:
    return {each.actor: each.verdict for each in ledger.show(entry.id).outcome.ratings}


def test_a_verdict_goes_on_record_with_all_that_was_given(
    client: Browser, entry: Entry, ledger: Ledger
) -> None:
    answer = client.post(f"{path(entry)}/settle", data=opened(client, entry) | GIVEN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/due?view=board")
    (rating,) = ledger.show(entry.id).outcome.ratings
    assert (rating.verdict, str(rating.on), rating.evidence.text, rating.note) == tuple(GIVEN.values())
    assert opened(client, entry).items() >= GIVEN.items()


def test_of_a_headline_it_is_kept_and_counts_nowhere(client: Browser, ledger: Ledger) -> None:
    promise = Said("the bridge will open", kind="commitment", part="headline")
    ledger.add(made := page(promise))
    (headline,) = ledger.article(made.article.id).entries
    shown = client.get(article_path(made.article.id)).text
    assert "0 statements; 1 in the headline not counted" in text_of(shown)
    assert "headline, not counted" in text_of(shown)
    assert f"{path(headline)}/settle" not in shown
    assert settle(client, headline, **GIVEN) == 303
    assert "It stands in the headline: scores do not count it." in notice(client).text_content()
    assert list(verdicts(ledger, headline).values()) == ["kept"]
    who = client.get(speaker_path("Tessa Varga")).text
    assert "stands in headlines, summaries or captions alone" in text_of(who)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"verdict": "came-true"}, "Choose how it came out"),
        ({"on": "2031-06-16"}, "has not come yet"),
        ({"on": "last week"}, "written as"),
        ({"evidence": ""}, "nobody can check"),
        ({"evidence": "yes"}, "a reason in a few words"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(
    client: Browser, entry: Entry, ledger: Ledger, given: Fields, told: str
) -> None:
    answer = client.post(f"{path(entry)}/settle", data=opened(client, entry) | GIVEN | given)
    assert answer.status_code == 422
    assert told in answer.text
    assert fields_of(answer.text, "/settle")["note"] == GIVEN["note"]
    assert not verdicts(ledger, entry)


def test_a_first_verdict_is_undone_to_none_and_a_second_to_the_first(
    client: Browser, entry: Entry, ledger: Ledger
) -> None:
    settle(client, entry, **GIVEN)
    undo(client)
    assert verdicts(ledger, entry) == {}
    undo(client)  # the undoing, too
    assert verdicts(ledger, entry) == {"somebody": "kept"}
    settle(client, entry, verdict="broken")
    assert verdicts(ledger, entry) == {"somebody": "broken"}
    undo(client)
    (rating,) = ledger.show(entry.id).outcome.ratings
    assert (rating.verdict, str(rating.on), rating.evidence.text, rating.note) == tuple(GIVEN.values())


def test_a_correction_in_the_meantime_is_told_before_the_verdict_counts(
    client: Browser, entry: Entry, ledger: Ledger
) -> None:
    sent = opened(client, entry) | GIVEN
    ledger.acting("bo").correct(entry.id, {"kind": "prediction"}, why="a forecast")
    answer = client.post(f"{path(entry)}/settle", data=sent)
    assert answer.status_code == 409
    assert "a forecast" in answer.text
    assert fields_of(answer.text, "/settle")["evidence"] == GIVEN["evidence"]
    assert "it happened" in answer.text  # the verdicts of a prediction
    assert not verdicts(ledger, entry)


def test_others_verdicts_are_told_and_stay(client: Browser, entry: Entry, ledger: Ledger) -> None:
    ledger.acting("bo").settle(entry.id, "broken", "it was shut all day")
    assert "counts as disputed" in client.get(f"{path(entry)}/settle").text
    settle(client, entry, **GIVEN)
    assert verdicts(ledger, entry) == {"bo": "broken", "somebody": "kept"}
    client.post_form(f"{path(entry)}/unsettle")
    assert verdicts(ledger, entry) == {"bo": "broken"}


def test_only_what_can_come_out_is_asked_about(
    client: Browser, entries: list[Entry], prediction: Entry
) -> None:
    claim = next(each for each in entries if each.kind == "claim")
    page = client.get(f"{path(claim)}/settle").text
    assert "cannot" not in page
    assert f"{path(claim)}/correct" in page
    assert (
        client.post_form(f"{path(claim)}/settle", verdict="kept", evidence="it was seen by us").status_code
        == 422
    )
    assert f"about {prediction.certainty_mid:.0%}" in client.get(f"{path(prediction)}/settle").text


def test_what_was_never_rated_cannot_be_taken_back(client: Browser, entry: Entry) -> None:
    assert client.post_form(f"{path(entry)}/unsettle").status_code == 303
    assert "no verdict" in notice(client).text_content()
