"""English is read, every other language is refused, and who knows better may say so."""

import json
from pathlib import Path

import pytest

from onrecord.collect import Metadata, from_bytes, from_text
from onrecord.errors import NotEnglish

TABLE = json.loads((Path(__file__).parent.parent / "cases/collect_language.json").read_text(encoding="utf-8"))
LONG = "The mayor of the town said on Friday that it was not the end of the harbour."


@pytest.mark.parametrize(("language", "text"), TABLE["refused"], ids=lambda value: value[:12])
def test_other_languages_are_refused(language, text):
    with pytest.raises(NotEnglish):
        from_text(text)


@pytest.mark.parametrize(("why", "text"), TABLE["accepted"], ids=lambda value: value[:12])
def test_english_is_read(why, text):
    assert from_text(text).text == text


def test_the_user_knows_better():
    german = TABLE["refused"][0][1]
    assert from_text(german, given=Metadata(language="en-GB")).language == "en"
    with pytest.raises(NotEnglish, match="stated to be de"):
        from_text(LONG, given=Metadata(language="de"))


def test_language_is_set_where_it_is_known():
    assert from_text(LONG).language == "en"
    assert from_text("Hello there").language is None


def test_what_a_page_declares_counts_only_for_a_few_words():
    assert from_bytes(f'<html lang="de"><p>{LONG}</p>'.encode(), name="a.html").language == "en"
    with pytest.raises(NotEnglish, match="declared to be de"):
        from_bytes(b'<html lang="de"><p>Der Hafen schliesst.</p>', name="a.html")
