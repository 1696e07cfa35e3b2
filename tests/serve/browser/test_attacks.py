"""The corpus of attacks in a real browser, with the policy that would stop scripts switched off.

What does not run here does not run because it never became a part of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from serve.attacks import BUNCHES, attack, harm, parsed
from serve.browser.conftest import Visitor
from serve.rooms import Room, room

from onrecord.entry import short
from onrecord.serve.rendering import query

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, dict[str, tuple[str, str]]]]:
    with room(tmp_path_factory.mktemp("attacked") / "record.db") as opened:
        yield opened, attack(opened.ledger)


@pytest.fixture
def victim(visitor: Callable[..., Visitor], attacked: tuple[Room, Any]) -> Visitor:
    """Somebody whose browser would run any script."""
    return visitor(attacked[0], bypass_csp=True)


def unharmed(victim: Visitor, path: str) -> None:
    victim.go(path)
    assert harm(parsed(victim.page.content())) == [], path
    assert victim.page.title() != "run", path
    assert victim.dialogs == [], path


def test_the_victim_would_be_harmed(victim: Visitor) -> None:
    victim.go("/keys")
    victim.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x: onerror=alert(1)>')")
    victim.page.wait_for_timeout(300)
    assert victim.dialogs == ["1"]
    victim.complaints.clear()
    victim.elsewhere.clear()


@pytest.mark.parametrize("number", range(len(BUNCHES)))
def test_what_is_on_record(
    victim: Visitor, attacked: tuple[Room, dict[str, tuple[str, str]]], number: int
) -> None:
    article, promise = attacked[1][BUNCHES[number]]
    unharmed(victim, f"/articles/{short(article)}")
    if number % 5 == 0:  # the form as it is put into the page
        victim.page.keyboard.press("j")
        victim.page.keyboard.press("e")
        victim.page.wait_for_selector("form.correct")
        assert harm(parsed(victim.page.content())) == []
    unharmed(victim, f"/statements/{short(promise)}")


@pytest.mark.parametrize(
    "path",
    [
        "/", "/articles", "/speakers", "/search?words=run", "/due", "/due?view=calendar&month=2031-06",
        "/scores?min_n=1", "/scores?by=outlet&min_n=1", "/log", "/log?act=note", "/log?act=rating",
        "/log?act=correction", "/log?act=refusal",
    ],
)  # fmt: skip
def test_lists(victim: Visitor, path: str) -> None:
    unharmed(victim, path)


def test_what_addresses_ask_for(victim: Visitor) -> None:
    for payload in BUNCHES:
        if payload.isprintable():
            unharmed(victim, query("/search", words=payload, speaker=payload))
            unharmed(victim, query("/speaker", name=payload))
