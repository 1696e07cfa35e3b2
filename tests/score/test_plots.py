"""Pictures of scores: what they show is in them, as text; they need an extra, and nothing from outside."""

from __future__ import annotations

import re
import struct
import sys
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from score.made import TODAY, entry, forecast

from onrecord.entry import Entry
from onrecord.errors import MissingExtra
from onrecord.score import plots, score

SVG = "{http://www.w3.org/2000/svg}"


def texts(picture: str) -> list[str]:
    return ["".join(found.itertext()) for found in ET.fromstring(picture).iter(f"{SVG}text")]


def promises(n: int) -> list[Entry]:
    return [
        entry(
            verdict=("kept", "broken", None)[i % 3],
            text=f"ferry {i}",
            published=date(2018, 1 + i % 12, 1),
            due_start=date(2019, 1, 1),
            due_end=date(2019, 3, 1 + i % 28),
        )
        for i in range(n)
    ]


class TestCalibration:
    def test_shows_every_bin_with_its_n_and_its_band(self) -> None:
        given = [forecast(0.9, True) for _ in range(17)] + [forecast(0.2, False) for _ in range(23)]
        (row,) = score(given, today=TODAY)
        spec = plots.calibration(row)
        shown = texts(plots.svg(spec))
        assert {"Calibration: Ada Quist", "17", "23"} <= set(shown)
        assert any("n = 40 settled predictions" in text for text in shown)
        bars = spec["layer"][1]["data"]["values"]
        assert [(b["low"], b["high"]) for b in bars] == [(b.low, b.high) for b in row.predictions.bins]

    def test_can_be_drawn_of_nothing(self) -> None:
        (row,) = score([entry(verdict="kept")], today=TODAY)
        assert any("n = 0 settled" in text for text in texts(plots.svg(plots.calibration(row))))


class TestTimeline:
    def test_shows_each_commitment_with_its_verdict_in_order(self) -> None:
        shown = texts(plots.svg(plots.timeline(promises(6), "Ada Quist", today=TODAY)))
        rows = [text for text in shown if re.match(r"\d+\. ferry", text)]
        assert rows == [f"{i + 1}. ferry {i}" for i in range(6)]
        assert {"kept", "broken", "not yet rated"} <= set(shown)

    def test_says_how_many_are_not_drawn(self) -> None:
        given = [*promises(45), entry(published=None), entry("prediction"), entry(rejected=True)]
        spec = plots.timeline(given, "Ada Quist", today=TODAY)
        assert spec["title"]["subtitle"][0] == (
            "n = 46 commitments, 40 drawn (the newest of 45 with a date); 1 without any date"
        )

    @pytest.mark.parametrize("given", [[], [entry(published=None)], [entry(verdict="disputed")]])
    def test_can_be_drawn_of_little(self, given: list[Entry]) -> None:
        assert plots.svg(plots.timeline(given, "Ada Quist", today=TODAY)).startswith("<svg")

    @pytest.mark.parametrize(
        "words", ["<script>alert(1)</script>", "a\x00b\x1b[31m\ud800", "datum.x' + 1", "]]>&"]
    )
    def test_words_from_outside_are_words(self, words: str) -> None:
        picture = plots.svg(plots.timeline([entry(text=words)], words, today=TODAY))
        shown = texts(picture)
        assert any(text.startswith("Commitments: ") for text in shown)
        assert "<script" not in picture
        assert "\x00" not in picture
        assert "\x1b" not in picture


class TestFormats:
    def test_png_is_a_picture_of_the_size_asked_for(self) -> None:
        spec = plots.timeline(promises(3), "Ada Quist", today=TODAY)
        widths = [struct.unpack(">I", plots.png(spec, scale=scale)[16:20])[0] for scale in (1.0, 2.0)]
        assert widths[1] == pytest.approx(2 * widths[0], abs=2)
        assert plots.png(spec)[:8] == b"\x89PNG\r\n\x1a\n"

    def test_background_is_light(self) -> None:
        assert 'fill="white"' in plots.svg(plots.timeline(promises(1), "Ada Quist", today=TODAY))

    def test_without_the_extra_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "vl_convert", None)
        with pytest.raises(MissingExtra, match=r"onrecord\[plots\]"):
            plots.svg(plots.timeline([], "Ada Quist", today=TODAY))
