"""The bundled model and its tokenizer, loaded once."""

from __future__ import annotations

import pytest

from onrecord import Reader, Settings
from onrecord.extract import Model, load


@pytest.fixture(scope="session")
def model() -> Model:
    return load(Settings())


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(Settings())
