"""Turns a phrase of likelihood into numbers: what readers of a statement understand by it.

The default scale, `capphrase`, gives the quartiles and the median of the answers of 5,174 people
(Kucharski 2026, CAPphrase, DOI 10.5281/zenodo.18750055, CC BY 4.0; answers more than four standard
deviations from a phrase's mean are left out, as its author does). The other scales are official
yardsticks: bands, of which the middle is given as `mid`. All figures are percent here and
fractions between 0 and 1 outside.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from onrecord.settings import SCALES

__all__ = ["PHRASES", "SCALES", "Band", "band_of"]


class Band(NamedTuple):
    """A range of probability, in percent."""

    low: float
    mid: float
    high: float

    @property
    def complement(self) -> Band:
        """The band of the opposite event."""
        return Band(100 - self.high, 100 - self.mid, 100 - self.low)


# First the 19 phrases that were asked about: lower quartile, median, upper quartile.
# Then those that readers were not asked about, each with the reason for its figures.
PHRASES: Final[dict[str, Band]] = {
    "will happen": Band(99, 100, 100),
    "almost certain": Band(90, 95, 98),
    "highly likely": Band(80, 90, 90),
    "very good chance": Band(75, 80, 85),
    "probable": Band(65, 75, 80),
    "likely": Band(67, 75, 80),
    "realistic possibility": Band(40, 60, 75),
    "better than even": Band(55, 60, 60),
    "about even": Band(50, 50, 50),
    "might": Band(25, 40, 50),
    "may": Band(30, 40, 51),
    "could": Band(25, 40, 50),
    "unlikely": Band(10, 20, 25),
    "little chance": Band(5, 10, 15),
    "improbable": Band(5, 10, 20),
    "chances slight": Band(5, 10, 15),
    "remote chance": Band(3, 5, 10),
    "highly unlikely": Band(5, 5, 10),
    "almost no chance": Band(1, 2, 5),
    # -- extended
    "certain": Band(95, 99, 100),  # between almost certain and will happen
    "impossible": Band(0, 1, 5),  # the complement of certain
    "no chance": Band(0, 1, 2),  # below almost no chance
    "probably": Band(65, 75, 80),  # zonination (n = 46): 75; the quartiles of probable
    "believe": Band(60, 70, 80),  # zonination "we believe": 70; as wide as probable, and a little more
    "think": Band(60, 70, 80),  # as believe: the two are interchanged in speech
    "not believe": Band(20, 25, 35),  # "I do not think" denies as "we doubt" does
    "doubt": Band(15, 25, 35),  # zonination "we doubt": 25
    "suspect": Band(55, 65, 75),  # weaker than believe, above even
    "seem": Band(55, 65, 75),  # what things look like to somebody: as suspect
    "guess": Band(50, 60, 70),  # above even only: offered without grounds
    "expect": Band(67, 75, 80),  # what is expected is held to be likely
    "not expect": Band(10, 20, 25),  # as unlikely
    "sure": Band(90, 95, 98),  # a person's certainty: as almost certain
    "confident": Band(80, 90, 95),  # below sure: as highly likely
    "not sure": Band(30, 40, 51),  # leaves it open, leaning to no: as may
    "may well": Band(50, 60, 70),  # half-way from may to likely
    "good chance": Band(65, 75, 80),  # below very good chance: as probable
    "bet": Band(75, 80, 85),  # somebody who bets holds it for a very good chance
    "surprised": Band(10, 20, 25),  # what would surprise is unlikely
    "mildly surprised": Band(20, 26.5, 35),  # what probably does not happen (zonination: 26.5)
    "not surprised": Band(50, 60, 70),  # what would not surprise may well happen
    "not impossible": Band(5, 10, 20),  # granted, no more: as improbable
    "not unlikely": Band(50, 60, 75),  # litotes: above even, below likely
    "uncertain": Band(30, 50, 60),  # left open
}

# Band tables: the scale's own words (those of PHRASES that it has), low and high in percent.
_ICD203: Final = (
    (("almost no chance", "remote chance", "no chance", "impossible"), 1, 5),
    (("highly unlikely", "improbable"), 5, 20),
    (("unlikely",), 20, 45),
    (("about even",), 45, 55),
    (("likely", "probable", "probably"), 55, 80),
    (("highly likely",), 80, 95),
    (("almost certain", "certain", "will happen"), 95, 99),
)
_UK: Final = (
    (("remote chance",), 0, 5),
    (("highly unlikely",), 10, 20),
    (("unlikely",), 25, 35),
    (("realistic possibility",), 40, 50),
    (("likely", "probable", "probably"), 55, 75),
    (("highly likely",), 80, 90),
    (("almost certain",), 95, 100),
)
_IPCC: Final = (
    (("impossible", "no chance"), 0, 1),  # exceptionally unlikely
    (("almost no chance",), 0, 5),  # extremely unlikely
    (("highly unlikely",), 0, 10),  # very unlikely
    (("unlikely",), 0, 33),
    (("about even",), 33, 66),  # about as likely as not
    (("likely",), 66, 100),
    (("highly likely",), 90, 100),  # very likely
    (("almost certain",), 95, 100),  # extremely likely
    (("certain", "will happen"), 99, 100),  # virtually certain
)
# As CAPphrase's file of yardsticks gives it; unverified: not checked against the doctrine itself.
_NATO: Final = (
    (("highly unlikely",), 0, 10),
    (("unlikely",), 10, 40),
    (("about even",), 40, 60),
    (("likely",), 60, 90),
    (("highly likely",), 90, 100),
)
_TABLES: Final = {"icd203": _ICD203, "uk": _UK, "ipcc": _IPCC, "nato": _NATO}


def band_of(phrase: str, scale: str = "capphrase") -> Band:
    """The band, in percent, of one of `PHRASES` on one of `SCALES`.

    A phrase that a yardstick does not have gets the band whose middle is nearest to the phrase's
    median among readers; of two that are equally near, the lower. Sources: ICD 203 (2015), the UK
    Professional Head of Intelligence Assessment's yardstick, the IPCC's guidance note on uncertainty
    (2010), and NATO's terms as CAPphrase lists them (unverified: not checked against the doctrine).
    Raises KeyError for an unknown phrase, ValueError for an unknown scale.
    """
    asked = PHRASES[phrase]
    if scale == "capphrase":
        return asked
    if scale not in _TABLES:
        raise ValueError(f"unknown probability scale {scale!r}: choose one of {', '.join(SCALES)}")
    bands = [(words, Band(low, (low + high) / 2, high)) for words, low, high in _TABLES[scale]]
    named = [band for words, band in bands if phrase in words]
    return named[0] if named else min((band for _, band in bands), key=lambda b: abs(b.mid - asked.mid))
