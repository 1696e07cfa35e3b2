"""Draws scores: a calibration curve, and a timeline of commitments, as Vega-Lite and from it SVG or PNG.

A specification holds its data, and nothing in it is fetched. The colours are those of Okabe and Ito (2008),
which colour-blind people can tell apart; verdicts differ in shape, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from onrecord.entry import Entry
from onrecord.errors import MissingExtra, shown
from onrecord.score.figures import Bin, Scored

Spec = dict[str, Any]

ROWS: Final = 40  # commitments on one timeline: more cannot be read
_WORDS: Final = 60  # characters of a statement beside its line
_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"
_INK, _GREY, _BLUE = "#222222", "#b8b8b8", "#0072b2"
# verdict: colour, shape
_MARKS: Final = {
    "kept": ("#009e73", "circle"),
    "partly kept": ("#56b4e9", "diamond"),
    "broken": ("#d55e00", "cross"),
    "disputed": ("#cc79a7", "triangle-up"),
    "in the works": ("#e69f00", "square"),
    "stalled": ("#e69f00", "triangle-down"),
    "void": ("#888888", "square"),
    "unverifiable": ("#888888", "triangle-up"),
    "not yet rated": ("#888888", "circle"),
}
_CONFIG: Final = {
    "background": "white",
    "font": "sans-serif",
    "axis": {"labelFontSize": 12, "titleFontSize": 13, "labelColor": _INK, "titleColor": _INK},
    "title": {"fontSize": 16, "subtitleFontSize": 12, "anchor": "start", "color": _INK, "offset": 14},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "symbolSize": 120},
    "view": {"stroke": None},
}


def calibration(scored: Scored) -> Spec:
    """How often came true what a speaker gave so much probability: a point for each bin, with its n.

    The grey bars are the 90 % binomial bands: where a calibrated speaker's points lie.
    """
    predictions = scored.predictions
    n = predictions.n_with_probability
    subtitle = [f"n = {n} settled predictions with a probability; the number at each point is its n."]
    subtitle += ["Grey: where a calibrated speaker's share lies in 90 of 100 cases."]
    if predictions.brier:
        b = predictions.brier
        quartiles = f" ({b.low:.3f} to {b.high:.3f} with the words' quartiles)" if b.low < b.high else ""
        subtitle.append(f"Brier score {b.mid:.3f}{quartiles}: 0 is best, always 50 % gives 0.25.")
    data = [_point(bin_) for bin_ in predictions.bins]
    return _chart(
        f"Calibration: {shown(scored.name, _WORDS)}",
        subtitle,
        layer=[_diagonal(), *_points(data)],
        width=420,
        height=420,
    )


def _point(bin_: Bin) -> dict[str, object]:
    return {
        "forecast": bin_.forecast,
        "observed": bin_.observed,
        "low": bin_.low,
        "high": bin_.high,
        "n": bin_.n,
        "label": str(bin_.n),
    }


def _share(field: str, title: str) -> Spec:
    axis = {"format": ".0%", "values": [0, 0.2, 0.4, 0.6, 0.8, 1], "gridColor": "#eeeeee"}
    scale = {"domain": [0, 1], "nice": False}
    return {"field": field, "type": "quantitative", "title": title, "scale": scale, "axis": axis}


def _diagonal() -> Spec:
    ends = [{"forecast": 0, "observed": 0}, {"forecast": 1, "observed": 1}]
    return {
        "data": {"values": ends},
        "mark": {"type": "line", "color": _INK, "strokeDash": [5, 4], "strokeWidth": 1},
        "encoding": {"x": _share("forecast", "probability that was given"), "y": _share("observed", "")},
    }


def _points(data: list[dict[str, object]]) -> list[Spec]:
    x, y = _share("forecast", "probability that was given"), _share("observed", "share that came true")
    values = {"values": data}
    label = {"field": "label", "type": "nominal"}
    return [
        {
            "data": values,
            "mark": {"type": "rule", "strokeWidth": 12, "color": _GREY, "opacity": 0.6},
            "encoding": {"x": x, "y": _share("low", "share that came true"), "y2": {"field": "high"}},
        },
        {
            "data": values,
            "mark": {"type": "point", "filled": True, "size": 90, "color": _BLUE, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
        {
            "data": values,
            "mark": {"type": "text", "dx": 12, "dy": -11, "fontSize": 12, "color": _INK},
            "encoding": {"x": x, "y": y, "text": label},
        },
    ]


def timeline(entries: Iterable[Entry], name: str, *, today: date) -> Spec:
    """The commitments of one speaker, by the day on which they were published, with dates and verdicts.

    A grey bar is the time in which one falls due; a line leads from publication to the outcome. Without
    a day of outcome, the verdict stands at the end of its time, or else at publication. Of more than
    `ROWS` the newest are drawn, and the subtitle says so. Those without any date are counted there; those of
    headlines, summaries and captions nowhere.
    """
    all_ = [e for e in entries if e.kind == "commitment" and e.part == "body" and not e.rejected]
    dated = sorted((e for e in all_ if _first(e)), key=lambda e: (_first(e) or today, e.sequence))
    drawn = dated[-ROWS:]
    subtitle = [f"n = {len(all_)} commitments, {len(drawn)} drawn"]
    if len(drawn) < len(dated):
        subtitle[0] += f" (the newest of {len(dated)} with a date)"
    if len(dated) < len(all_):
        subtitle[0] += f"; {len(all_) - len(dated)} without any date"
    subtitle += ["Grey bar: when it falls due. Mark: the verdict. Dashed line: " + today.isoformat() + "."]
    rows = [_row(number, entry) for number, entry in enumerate(drawn, 1)]
    return _chart(
        f"Commitments: {shown(name, _WORDS)}",
        subtitle,
        layer=_lines(rows, today),
        width=520,
        height={"step": 24},
    )


def _first(entry: Entry) -> date | None:
    days = [day for day in (entry.published, entry.due_start, entry.due_end, entry.settled_on) if day]
    return entry.published or min(days, default=None)


def _row(number: int, entry: Entry) -> dict[str, object]:
    start = _first(entry)
    mark = entry.settled_on or entry.due_end or entry.due_start or start
    due = (entry.due_start or start, entry.due_end or entry.due_start)
    days = {"start": start, "mark": mark, "due_start": due[0] if due[1] else None, "due_end": due[1]}
    verdict = (entry.verdict or "not yet rated").replace("-", " ")
    dates = {key: day.isoformat() if day else None for key, day in days.items()}
    return {"row": f"{number}. {shown(entry.text, _WORDS)}", "verdict": verdict, **dates}


_ROWS: Spec = {"labelLimit": 440, "labelPadding": 10, "domain": False, "ticks": False}


def _lines(rows: list[dict[str, object]], today: date) -> list[Spec]:
    y = {
        "field": "row",
        "type": "nominal",
        "sort": [row["row"] for row in rows],
        "title": None,
        "axis": {**_ROWS, "grid": True, "gridColor": "#f0f0f0"},
    }
    x: Spec = {
        "type": "temporal",
        "title": None,
        "axis": {"format": "%b %Y", "tickCount": 7, "labelOverlap": True},
    }
    seen = [verdict for verdict in _MARKS if any(row["verdict"] == verdict for row in rows)]
    colour, shape = ([_MARKS[verdict][i] for verdict in seen] for i in (0, 1))
    verdict = {"field": "verdict", "type": "nominal", "title": "verdict"}
    legend = {"orient": "bottom", "columns": 5}
    data = {"values": rows}
    return [
        {
            "data": data,
            "transform": [{"filter": "datum.due_end != null"}],
            "mark": {"type": "bar", "height": 12, "color": "#dddddd", "minBandSize": 3},
            "encoding": {"y": y, "x": {**x, "field": "due_start"}, "x2": {"field": "due_end"}},
        },
        {
            "data": data,
            "mark": {"type": "rule", "color": "#777777"},
            "encoding": {"y": y, "x": {**x, "field": "start"}, "x2": {"field": "mark"}},
        },
        {
            "data": {"values": [{"day": today.isoformat()}]},
            "mark": {"type": "rule", "strokeDash": [4, 4], "color": _INK},
            "encoding": {"x": {**x, "field": "day"}},
        },
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "size": 130, "opacity": 1},
            "encoding": {
                "y": y,
                "x": {**x, "field": "mark"},
                "color": {**verdict, "scale": {"domain": seen, "range": colour}, "legend": legend},
                "shape": {**verdict, "scale": {"domain": seen, "range": shape}, "legend": legend},
            },
        },
    ]


def _chart(title: str, subtitle: Sequence[str], **parts: Any) -> Spec:
    heading = {"text": title, "subtitle": list(subtitle)}
    return {"$schema": _SCHEMA, "title": heading, "padding": 16, "config": _CONFIG, **parts}


def svg(spec: Spec) -> str:
    """The picture as SVG. Raises MissingExtra without the library of the extra `plots`."""
    drawn: str = _converter().vegalite_to_svg(json.dumps(spec))
    return drawn


def png(spec: Spec, *, scale: float = 2.0) -> bytes:
    """The picture as PNG, `scale` pixels for each of its points. Raises MissingExtra as `svg` does."""
    drawn: bytes = _converter().vegalite_to_png(json.dumps(spec), scale=scale)
    return drawn


def _converter() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise MissingExtra(feature="A plot", library="vl-convert-python", extra="plots") from None
    return vl_convert
