"""The last check of the log is known after the server was started again."""

from __future__ import annotations

from record.said import Said, page

from onrecord.ledger.core import Ledger
from onrecord.serve.accounts import Accounts
from onrecord.serve.verifying import Verifying


def test_the_last_check_survives(ledger: Ledger, accounts: Accounts) -> None:
    ledger.add(page(Said("it rained")))
    first = Verifying(accounts)
    assert first.last.state == "never"
    first.start(ledger, by="bo", clock=ledger._clock)
    done = first.wait(30)
    assert (done.state, done.by, done.rows) == ("whole", "bo", 3)
    assert Verifying(accounts).last == done
