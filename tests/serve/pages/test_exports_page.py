"""The page that leads to the downloads."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from record.made import document
from serve.conftest import Browser
from serve.seen import links_of, text_of, values_of

from onrecord.ledger.core import Ledger


def test_a_form_leads_to_the_download_without_its_empty_fields(client: Browser, ledger: Ledger) -> None:
    ledger.add(document(1))
    asked = {"form": "csv", "speaker": "", "kind": ["claim", "prediction"], "outlet": "A & B", "since": ""}
    answer = client.get("/exports", params=asked)
    assert answer.status_code == 303
    leads = urlsplit(answer.headers["location"])
    assert leads.path == "/api/v1/exports/csv"
    assert parse_qs(leads.query) == {"kind": ["claim", "prediction"], "outlet": ["A & B"]}


def test_a_day_that_is_none_is_said_beside_the_form(client: Browser) -> None:
    answer = client.get("/exports", params={"form": "csv", "until": "soon", "speaker": "Varga"})
    assert answer.status_code == 422
    assert "published until: soon is not a day" in text_of(answer.text)
    assert values_of(answer.text) == {"until": ["soon"], "speaker": ["Varga"]}


def test_an_unknown_form_is_only_the_page(client: Browser) -> None:
    answer = client.get("/exports", params={"form": "//elsewhere.example"})
    assert answer.status_code == 200
    assert links_of(answer.text)["Download as JSON lines"] == "/api/v1/exports/jsonl"


def test_every_download_is_there(client: Browser, ledger: Ledger) -> None:
    ledger.add(document(1))
    for form in ("csv", "webannotation", "claimreview"):
        leads = client.get("/exports", params={"form": form}).headers["location"]
        assert client.get(leads).status_code == 200
    assert len(client.get("/api/v1/exports/jsonl").text.splitlines()) > ledger.newest() - 1
