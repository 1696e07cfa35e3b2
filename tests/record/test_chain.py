"""The chain's hashes: pinned, injective, and the same from texts and from bytes."""

from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.chain import GENESIS, digest_of, hash_of
from onrecord.statement import content_hash

FIELDS = st.tuples(st.text(), st.text(), st.text(), st.none() | st.text(), st.text(), st.text())


def test_a_payload_s_digest_is_over_length_prefixed_fields() -> None:
    expected = hashlib.sha256(b'7:payload;2:5a;18:{"why":"F\xc3\xa4hre"};').hexdigest()
    with pytest.raises(AssertionError):
        assert digest_of("5a", '{"why":"Fähre"}') == expected  # 16 bytes, not 18: a prefix counts bytes
    expected = hashlib.sha256(b'7:payload;2:5a;16:{"why":"F\xc3\xa4hre"};').hexdigest()
    assert digest_of("5a", '{"why":"Fähre"}') == expected


def test_a_row_s_hash_is_over_length_prefixed_fields() -> None:
    row = b"3:row;2:12;1:t;3:Ada;4:note;-;3:abc;2:00;"
    assert hash_of(12, "t", "Ada", "note", None, "abc", "00") == hashlib.sha256(row).hexdigest()


def test_the_first_row_follows_from_zeros() -> None:
    assert GENESIS == "0" * 64


@given(FIELDS, st.integers(0, 2**40))
def test_both_are_hashed_as_ids_are(
    fields: tuple[str, str, str, str | None, str, str], sequence: int
) -> None:
    time, actor, act, subject, digest, previous = fields
    expected = content_hash("row", str(sequence), time, actor, act, subject, digest, previous)
    assert "sha256:" + hash_of(sequence, *fields) == expected
    assert "sha256:" + digest_of(time, actor) == content_hash("payload", time, actor)


def test_no_text_and_an_empty_text_differ() -> None:
    rest = ("digest", GENESIS)
    assert hash_of(1, "t", "Ada", "note", None, *rest) != hash_of(1, "t", "Ada", "note", "", *rest)


def test_is_fast() -> None:
    """A hundred thousand rows a second on an idle core; tests share theirs, so a third of that is asked."""
    salt, payload, digits = "0" * 32, "x" * 1000, "0" * 64
    begun = time.process_time()
    for sequence in range(10_000):
        digest_of(salt, payload)
        hash_of(sequence, "2031-05-04T12:00:00.000000Z", "Ada", "statement", digits, digits, digits)
    assert 10_000 / (time.process_time() - begun) > 33_000
