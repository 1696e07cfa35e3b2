"""All routers of the API, in the order of its documentation."""

from __future__ import annotations

from typing import Final

from onrecord.serve.api import (
    articles,
    exchange,
    feeds,
    judging,
    log,
    outcomes,
    people,
    speakers,
    statements,
)

ROUTERS: Final = tuple(
    module.routes
    for module in (statements, judging, articles, speakers, outcomes, log, feeds, exchange, people)
)
