"""Every error is numbered, drawn in the tree, says what is wrong and what to do, and survives travel."""

from __future__ import annotations

import copy
import pickle
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import errors
from onrecord.errors import OnrecordError, catalogue, shown

ALL = list(catalogue())
# What was given was a secret, or nothing: these show no value.
SILENT = {"E501", "E503", "E505"}
GROUPS = {kind.__name__: kind for kind in OnrecordError.__subclasses__()}


def placeholders(kind: type[OnrecordError]) -> set[str]:
    """Names of the values that an error's templates are filled from."""
    parsed = string.Formatter().parse(kind.what + kind.why + kind.remedy)
    return {name for _, name, _, _ in parsed if name}


def example(kind: type[OnrecordError], value: object = "value") -> OnrecordError:
    return kind(**dict.fromkeys(placeholders(kind), value))


def drawn_tree() -> dict[str, tuple[str, str]]:
    """What the drawing in the docstring says: class name → (group, code)."""
    drawn: dict[str, tuple[str, str]] = {}
    group = ""
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"    [├└]── (\w+) {2,}\w", line):
            group = found[1]
        drawn.update({name: (group, code) for name, code in re.findall(r"── (\w+) +(E\d{3})", line)})
    return drawn


def test_the_tree_in_the_docstring_is_the_tree_of_classes() -> None:
    assert drawn_tree() == {kind.__name__: (kind.__bases__[0].__name__, kind.code) for kind in ALL}
    assert all(f"── {group} " in (errors.__doc__ or "") for group in GROUPS)


def test_numbers_are_given_once_and_in_the_range_of_their_group() -> None:
    assert len({kind.code for kind in ALL}) == len(ALL)
    assert [kind.code for kind in ALL] == sorted(kind.code for kind in ALL)
    ranges = {
        "InputError": "E1[01]",
        "FetchError": "E12",
        "ModelError": "E2",
        "UsageError": "E3",
        "LedgerError": "E4",
        "ServeError": "E5",
    }
    for kind in ALL:
        assert re.match(ranges[kind.__bases__[0].__name__], kind.code), kind


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
class TestEachError:
    def test_says_what_is_wrong_with_the_value_and_what_to_do(self, kind: type[OnrecordError]) -> None:
        assert re.fullmatch(r"E\d{3}", kind.code)
        assert placeholders(kind) or kind.code in SILENT, "the message must show the value"
        assert kind.what.endswith(".")
        assert kind.remedy.endswith(".")
        assert not kind.why or kind.why.endswith(".")

    def test_its_docstring_begins_with_its_number(self, kind: type[OnrecordError]) -> None:
        assert (kind.__doc__ or "").startswith(f"{kind.code}: ")

    def test_its_message_is_one_line_that_begins_with_its_number(self, kind: type[OnrecordError]) -> None:
        message = str(example(kind, "two\nlines"))
        assert message.startswith(f"[{kind.code}] ")
        assert "\n" not in message
        assert "two\\nlines" in message or kind.code in SILENT
        assert "  " not in message

    def test_a_missing_value_is_a_mistake_of_the_program(self, kind: type[OnrecordError]) -> None:
        if kind.code in SILENT:
            assert not placeholders(kind)
            return
        with pytest.raises(KeyError):
            kind()

    @pytest.mark.parametrize(
        "value", ["", "{name}", "{0}", "%s", "a" * 10_000, b"\xff", None, 1.5, "\ud800", "é😀"]
    )
    def test_any_value_can_be_shown(self, kind: type[OnrecordError], value: object) -> None:
        message = str(example(kind, value))
        assert len(message) < 1500
        message.encode("utf-8")

    def test_crosses_process_borders_whole(self, kind: type[OnrecordError]) -> None:
        for sent in (example(kind), example(kind, "x" * 300 + "\x1b[31m")):
            for received in (pickle.loads(pickle.dumps(sent)), copy.copy(sent)):
                assert type(received) is kind
                assert str(received) == str(sent)
                assert received.values == sent.values
                assert received.parts == sent.parts


class TestShown:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("plain", "plain"),
            ("tab\there", r"tab\there"),
            ("\x1b[2J", r"\x1b[2J"),
            ("nul\x00", r"nul\x00"),
            ("\u202eright to left", r"\u202eright to left"),
            ("\ud800", r"\ud800"),
            ("naïve “quotes” 😀", "naïve “quotes” 😀"),
            (7, "7"),
        ],
    )
    def test_control_characters_are_escaped(self, value: object, expected: str) -> None:
        assert shown(value) == expected

    @given(st.text(st.characters(), max_size=400))
    def test_is_printable_short_and_the_same_when_shown_again(self, text: str) -> None:
        once = shown(text)
        assert once.isprintable()
        assert len(once) <= 200
        assert shown(once) == once

    def test_a_long_value_is_cut_with_a_mark(self) -> None:
        assert shown("a" * 201) == "a" * 199 + "…"
        assert shown("a" * 200) == "a" * 200
