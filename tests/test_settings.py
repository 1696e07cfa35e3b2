"""Settings come from ONRECORD_* variables, and a wrong one is named with its value.

The cases are in tests/cases/settings.json: `given` is the environment, `want` what differs
from the defaults, `error` the beginning of the message.
"""

from __future__ import annotations

import json
import os
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import BadSetting
from onrecord.settings import Settings, variable

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "settings.json").read_text(encoding="utf-8")
)


def named(case: dict[str, Any]) -> str:
    return " ".join(f"{name}={value!a}" for name, value in case["given"].items()) or "nothing"


@pytest.mark.parametrize("case", [c for c in CASES if "want" in c], ids=named)
def test_good_values_replace_the_defaults(case: dict[str, Any]) -> None:
    want: dict[str, Any] = {
        key: Path(value) if key == "model" else value for key, value in case["want"].items()
    }
    assert Settings.from_environment(case["given"]) == replace(Settings(), **want)


@pytest.mark.parametrize("case", [c for c in CASES if "error" in c], ids=named)
def test_bad_values_are_named_with_their_variable(case: dict[str, Any]) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment(case["given"])
    assert caught.value.parts[0] == case["error"]
    assert caught.value.code == "E301"
    assert "unset the environment variable ONRECORD_" in str(caught.value)


def test_an_absurdly_long_number_is_refused_and_shown_short() -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment({"ONRECORD_THREADS": "9" * 10_000})
    assert len(str(caught.value)) < 500


def test_the_process_s_own_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ONRECORD_")]:
        monkeypatch.delenv(name)
    assert Settings.from_environment() == Settings()
    monkeypatch.setenv("ONRECORD_MAX_REDIRECTS", "3")
    assert Settings.from_environment().max_redirects == 3


def test_the_variable_of_a_field_is_its_name_in_capitals() -> None:
    assert variable("max_bytes") == "ONRECORD_MAX_BYTES"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().threads = 2  # type: ignore[misc]


@pytest.mark.parametrize("item", fields(Settings), ids=lambda item: item.name)
def test_every_setting_says_what_it_means(item: Any) -> None:
    meaning = item.metadata["meaning"]
    assert meaning.endswith(".")
    assert meaning[0].isupper()
