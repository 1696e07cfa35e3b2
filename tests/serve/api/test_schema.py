"""Whatever a program may send that the documentation allows, or does not, is answered as it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from fastapi import FastAPI
from record.made import documents
from schemathesis import Case
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from starlette.types import Receive, Scope, Send

import onrecord
from onrecord.flow import Reader
from onrecord.record.query import Query
from onrecord.serve import api
from onrecord.serve.accounts import Accounts
from onrecord.serve.app import create_app
from onrecord.serve.caching import Cache
from onrecord.serve.drafts import Drafts
from onrecord.serve.house import House
from onrecord.serve.notices import Notices
from onrecord.serve.verifying import Verifying
from onrecord.settings import Settings

NOW = datetime(2031, 6, 15, 9, 30, tzinfo=UTC)
# What is well-formed may still make no sense: a verdict that a claim cannot have, a speaker who is nobody.
SENSELESS = ["2xx", "304", "404", "409", "412", "414", "422"]
REFUSED = ["400", "401", "403", "404", "405", "409", "413", "414", "415", "422"]
EXAMPLES = 5


@schemathesis.serializer("application/x-ndjson")
def _as_it_is(_: Any, value: Any) -> bytes:
    """Lines of JSON are sent as they were made up."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


class Server:
    """An application that describes itself when tests are collected, and is asked when they run."""

    def __init__(self) -> None:
        self.app = FastAPI(title="onrecord", openapi_url="/api/v1/openapi.json")
        api.install(self.app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def _schema(server: Server) -> Any:
    """The API as its own document describes it."""
    checks = {
        "positive_data_acceptance": {"expected-statuses": SENSELESS},
        "negative_data_rejection": {"expected-statuses": REFUSED},
        "missing_required_header": {"expected-statuses": ["401", "414"]},
    }
    generation = {"max-examples": EXAMPLES, "deterministic": True}
    config = SchemathesisConfig.from_dict({"checks": checks, "generation": generation})
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", server, config=config)


server = Server()
schema = _schema(server)


@pytest.fixture(scope="module", autouse=True)
def _served(house: House) -> None:
    server.app = create_app(house)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house for one person, with a few articles; one for all examples."""
    place: Path = tmp_path_factory.mktemp("schema") / "ledger.db"
    with onrecord.open(place, actor="somebody", clock=lambda: NOW) as ledger:
        list(ledger.add_many(documents(3)))
        accounts, settings = Accounts.open(str(place), clock=lambda: NOW), Settings()
        yield House(
            ledger=ledger, reader=Reader(settings), settings=settings, clock=lambda: NOW, accounts=accounts,
            notices=Notices(), drafts=Drafts(), cache=Cache(), verifying=Verifying(), hosts=("testserver",),
        )  # fmt: skip
        accounts.close()


@pytest.fixture(scope="module")
def token(house: House) -> str:
    """A token that the examples do not find."""
    return house.accounts.tokens.add(None, "the token of these tests", "admin").secret


@pytest.fixture(scope="module")
def ids(house: House) -> dict[str, str]:
    """A statement and an article that are there."""
    (entry,) = house.ledger.search(Query(kinds=frozenset({"commitment"}), limit=1)).entries
    return {"statements": entry.id[7:19], "articles": entry.article[7:19]}


@schema.parametrize()
@hypothesis.settings(deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
def test_every_operation_keeps_to_its_description(case: Case[Any], token: str, ids: dict[str, str]) -> None:
    positive = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
    if positive and "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = ids[case.path.split("/")[3]]
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
