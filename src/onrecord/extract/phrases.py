"""The word lists that the finders of likelihood, denial and condition share."""

from __future__ import annotations

from typing import Final

from onrecord.extract.clauses import listed

BE: Final = listed(
    "is are was were be been being am seems seem remains remain looks appears becomes it's that's"
)
NEGATORS: Final = listed("not never no hardly neither nor cannot")
STRONG: Final = listed("very highly extremely most increasingly overwhelmingly exceedingly incredibly")
ALMOST: Final = listed("almost nearly virtually practically")
VOTERS: Final = listed(
    "voter voters caucusgoer caucusgoers goers electorate nominee nominees candidate candidates "
    "opponent opponents buyer suspects rival"
)
# What may follow the noun "might" or the month, and never a modal.
NO_VERB: Final = listed("of and or in on is was to over against as , . ; : ? ! ” \" ) for with i'm")
MAY_MONTH: Final = listed(
    "in on by last this next since until till of from early late mid and through before after during to "
    "between -"
)
# "could" with these tells what somebody was able to perceive, recall or bear.
ABILITY: Final = listed(
    "see hear feel remember recall afford barely hardly only scarcely tell understand stand bear "
    "believe imagine at always say ask"
)
# "could have" with these tells of what did not come about.
DONE: Final = listed(
    "won lost made done gone run said paid put let kept left brought bought found held told sent"
)
# "could not" with these rules an event out.
EVENTS: Final = listed("happen win last survive pass exist become succeed")
ADVERBS: Final = {
    "probably": "probably",
    "perhaps": "may",
    "maybe": "may",
    "possibly": "might",
    "conceivably": "might",
    "potentially": "could",
    "presumably": "think",
    "seemingly": "seem",
    "certainly": "sure",
    "definitely": "sure",
    "surely": "sure",
    "undoubtedly": "sure",
    "undeniably": "sure",
    "doubtless": "sure",
    "unquestionably": "sure",
    "assuredly": "sure",
    "absolutely": "sure",
    "inevitably": "certain",
}
PREDICATES: Final = {
    "possible": "may",
    "probable": "probable",
    "improbable": "improbable",
    "impossible": "impossible",
    "conceivable": "might",
    "plausible": "may",
    "inconceivable": "highly unlikely",
    "unthinkable": "highly unlikely",
    "inevitable": "certain",
    "unavoidable": "certain",
    "doubtful": "doubt",
    "uncertain": "uncertain",
}
# What a negated predicate says, where it is not the complement: "not inevitable" leaves it open.
OPPOSITES: Final = {
    "may": "impossible",
    "might": "impossible",
    "impossible": "not impossible",
    "improbable": "not unlikely",
    "highly unlikely": "not impossible",
    "certain": "not sure",
}
SEEMING: Final = listed("seem seems seemed appear appears appeared")
CHANCES: Final = {
    "no": "no chance",
    "zero": "no chance",
    "little": "little chance",
    "slim": "chances slight",
    "slight": "chances slight",
    "small": "chances slight",
    "remote": "remote chance",
    "outside": "remote chance",
    "good": "good chance",
    "decent": "good chance",
    "fair": "realistic possibility",
    "reasonable": "realistic possibility",
    "realistic": "realistic possibility",
    "real": "realistic possibility",
    "distinct": "realistic possibility",
    "serious": "realistic possibility",
    "strong": "very good chance",
    "great": "very good chance",
    "excellent": "very good chance",
    "even": "about even",
}


def negator(word: str) -> bool:
    """Whether a lower-case word negates what follows."""
    return word in NEGATORS or word.endswith("n't")
