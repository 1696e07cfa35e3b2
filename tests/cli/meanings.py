"""An article in which every kind of statement occurs, with what can be known of one."""

from __future__ import annotations

from datetime import date

from cli.building import Sketch

RESERVOIR = """\
Lake Orrin could run dry within two years, engineers warn

Minister Hanne Brandt promised on Monday to lower the outflow in April, as long as the valley towns agree. \
She vowed never again to drain the lake for the power station.

“We will not sell the water rights,” she said. She denied that the ministry had known of the leak.

Pavel Orlo, who farms below the dam, urged the towns to wait. “Who pays for the wells?” he asked.

Engineers said that the lake could fall below the intake if the summer is dry. The ministry said that the \
operator, Norrin Power, had agreed to close one turbine by the end of 2031.

The mayor of Sell is glad that somebody is talking at last. “It is the best plan in a decade,” he added.

The lake fell by two metres last year, according to the water office. We would be surprised if the valley \
saw the winter of 2032 without a second dam.
"""


def reservoir() -> Sketch:
    """One statement of each kind and of several types of commitment, the last one the author's own."""
    sketch = Sketch(
        RESERVOIR,
        title="Lake Orrin could run dry within two years, engineers warn",
        outlet="The Sell Courier",
        author="Ada Quill",
        published=date(2031, 3, 4),
    )
    _the_minister(sketch)
    _the_valley(sketch)
    _the_experts(sketch)
    sketch.add(
        None, "", "We would be surprised if the valley saw the winter of 2032 without a second dam",
        name="Ada Quill", speaker_kind="author", kind="prediction", kind_confidence=0.7,
        certainty=sketch.certainty("would be surprised", 0.10, 0.25),
        by=sketch.when("the winter of 2032", "2032-12-01", "2033-02-28"),
    )  # fmt: skip
    return sketch


def _the_minister(sketch: Sketch) -> None:
    sketch.add(
        "Minister Hanne Brandt", "promised", "to lower the outflow in April", name="Hanne Brandt",
        speaker_kind="person", kind="commitment", commitment_type="promise", negative=False,
        kind_confidence=0.93, said_at=sketch.when("on Monday", "2031-03-03", "2031-03-03"),
        due=sketch.when("in April", "2031-04-01", "2031-04-30"),
        condition=sketch.condition("as long as the valley towns agree"),
    )  # fmt: skip
    sketch.add(
        "She", "vowed", "never again to drain the lake for the power station", name="Hanne Brandt",
        kind="commitment", commitment_type="promise", negative=True, kind_confidence=0.88,
    )  # fmt: skip
    sketch.add(
        "she", "said", "“We will not sell the water rights,”", name="Hanne Brandt", after="“We will",
        speech="direct", kind="commitment", commitment_type="refusal", negative=True, kind_confidence=0.8,
    )  # fmt: skip
    sketch.add(
        "She", "denied", "that the ministry had known of the leak", name="Hanne Brandt", after="She denied",
        kind="claim", denied=True, kind_confidence=0.9,
    )  # fmt: skip


def _the_valley(sketch: Sketch) -> None:
    sketch.add(
        "Pavel Orlo, who farms below the dam", "urged", "the towns to wait", name="Pavel Orlo",
        kind="directive", kind_confidence=0.95,
    )  # fmt: skip
    sketch.add(
        "he", "asked", "“Who pays for the wells?”", name="Pavel Orlo", after="“Who",
        speech="direct", kind="question", kind_confidence=0.99,
    )  # fmt: skip
    sketch.add(
        "The mayor of Sell", "is glad", "that somebody is talking at last", name="mayor of Sell",
        kind="expression", kind_confidence=0.6,
    )  # fmt: skip
    sketch.add(
        "he", "added", "“It is the best plan in a decade,”", name="mayor of Sell", after="“It is",
        speech="direct", kind="assessment", kind_confidence=0.85,
    )  # fmt: skip


def _the_experts(sketch: Sketch) -> None:
    sketch.add(
        "Engineers", "said", "that the lake could fall below the intake", after="Engineers",
        kind="prediction", kind_confidence=0.9, confidence=0.62,
        certainty=sketch.certainty("could", 0.25, 0.5, after="Engineers"),
        condition=sketch.condition("if the summer is dry"),
    )  # fmt: skip
    words = "to close one turbine by the end of 2031"
    ministry = sketch.add(
        "The ministry", "said", "that the operator, Norrin Power, had agreed to close one turbine by the end"
        " of 2031", kind="claim", name="ministry", after="The ministry said",
    )  # fmt: skip
    sketch.add(
        "the operator, Norrin Power", "had agreed", words, name="Norrin Power", within=ministry,
        kind="commitment", commitment_type="agreement", kind_confidence=0.75,
        due=sketch.when("by the end of 2031", "2031-03-04", "2031-12-31"),
    )  # fmt: skip
    sketch.add(
        "the water office", "according to", "The lake fell by two metres last year", name="water office",
        kind="claim", kind_confidence=0.97,
    )  # fmt: skip
