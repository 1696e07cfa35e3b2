"""A server for the benchmark: what `onrecord serve` runs, on a day on which much has fallen due.

    python benchmarks/serving.py PLACE DAY

Prints the link that opens it once; logs to standard error as `onrecord serve` does. The clock runs on from
noon of DAY.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time

import onrecord
from onrecord.serve import logs, running
from onrecord.serve.listening import Asked, address_of, listening
from onrecord.settings import Settings


def main(place: str, day: str) -> None:
    """Serve the ledger until SIGTERM."""
    started = datetime.now(UTC)
    noon = datetime.combine(datetime.fromisoformat(day), time(12), UTC)

    def clock() -> datetime:
        return noon + (datetime.now(UTC) - started)

    asked = Asked(port=0)
    with (
        listening(asked.host, asked.port) as listener,
        logs.written_to(sys.stderr),
        onrecord.open(place, actor="bench", create=False, clock=clock) as ledger,
        running.opened(ledger, place, Settings(), asked, clock=clock) as house,
    ):

        def tell() -> None:
            print(f"{address_of(listener, asked)}/open?key={house.accounts.new_key()}", flush=True)

        running.run(house, listener, asked, tell=tell)


if __name__ == "__main__":
    main(*sys.argv[1:])
