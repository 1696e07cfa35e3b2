"""What kind of source a description is, whether it withholds a name, and whether it can speak at all."""

from __future__ import annotations

import re

from onrecord.extract import capitals, nouns, things
from onrecord.extract.entities import Entity
from onrecord.extract.mentions import Mention
from onrecord.extract.nounphrases import is_person_noun
from onrecord.extract.wordlists import words
from onrecord.statement import Spans, covered

_INFORMED = re.compile(r"\b(?:briefed|familiar|close to|knowledge|involved|present at)\b")
_WITHHELD = re.compile(
    r"\b(?:anonym|not authorized|(?:declined|asked|requested) (?:not )?to be (?:named|identified|quoted)|"
    r"without (?:being named|attribution)|spoke on background)"
)
# Plurals that stand for certain persons when they are counted or placed ("two officials", "senior aides").
_COUNTED = words(
    "two three four five six seven eight nine ten several multiple senior top former another current one"
)
# Nouns that are no persons, organisations or documents by their ending or by themselves.
_ABSTRACT = words(
    """
    outcome result strategy idea fact reason move attack case issue question matter point deal effort race
    vote election win loss defeat victory campaign-trail debate rally event process system policy success
    failure history reality truth evidence choice change problem crisis situation thing moment time news
    approach tactic trend rise fall drop surge shift turn episode incident experience example sign signal
    logic goal aim purpose nature tone rhetoric ire anger behavior behaviour conduct character attitude
    week year day night month game primary contest record name face silence power money cost price
    """
)
_ENDINGS = ("tion", "ment", "ness", "ity", "ism", "ance", "ence", "ship", "sion", "ing", "hood", "dom")
_MODALS = ("might ", "may ", "would ", "could ", "can ")
_PRONOUNS = words("it this that these those which what there everything nothing something anything")


def kind_of(mention: Mention) -> tuple[str, bool]:
    """Kind and anonymity of a description, by its head noun and number."""
    head = mention.head
    if mention.words.lower() in ("another", "one"):
        return "person", True
    if mention.plural:
        return _plural(mention)
    if head in nouns.ORGANIZATION_NOUNS:
        return "organization", False
    if head in nouns.DOCUMENT_NOUNS:
        return "document", False
    if head in capitals.ORGANIZATIONS and not is_person_noun(head):
        return "organization", False
    if head in nouns.GROUP_NOUNS:
        return "group", False
    if head.rstrip("%").isdigit() or (head == "one" and mention.modifiers == ("no",)):
        return "group", False
    if head in ("one", "another") and not mention.modifiers:
        return "person", True
    if is_person_noun(head):
        # "His wife" and "Lund's mayor" are told from everybody else, "Lund's spokesman" mostly is not.
        return "person", mention.determiner == "a" or head in nouns.WITHHELD
    return "unknown", False


def _plural(mention: Mention) -> tuple[str, bool]:
    head = mention.head
    if head in nouns.ORGANIZATION_NOUNS and head not in nouns.GROUP_NOUNS:
        return "group", False
    if head in nouns.DOCUMENT_NOUNS or head + "s" in nouns.DOCUMENT_NOUNS:
        return "document", False
    if head == "police":
        return "organization", False
    # "People" alone are a class; "two people briefed on the talks" are persons without their names.
    if head in ("person", "people"):
        return "group", bool(_INFORMED.search(mention.words))
    counted = not _COUNTED.isdisjoint(mention.modifiers) or bool(_INFORMED.search(mention.words))
    return "group", head in nouns.CLOSE or (head in nouns.WITHHELD and counted)


def impersonal(text: str, entity: Entity) -> bool:
    """Whether a name without other evidence is spoken of as a thing ("its", "reported"), not as "she"."""
    if (
        any(c.isupper() for c in entity.name[1:].replace(" ", ""))
        and " " not in entity.name
        and "-" not in entity.name
    ):
        return True
    return things.signs(text, entity.mentions) > 1


def withheld(text: str, end: int) -> bool:
    """Whether the words after a source say that it would not be named."""
    stop = text.find(". ", end, end + 200)
    return bool(_WITHHELD.search(text, end, stop if stop >= 0 else end + 200))


def imagined(text: str, cue: Spans) -> bool:
    """Whether nobody in particular is said to speak ("an expert might wonder", "anxiety among advisers")."""
    words = covered(text, cue).lower()
    return words.startswith(_MODALS) or words.endswith(" among")


def speechless(mention: Mention, kind: str) -> bool:
    """Whether nobody can be meant: "it", "the outcome", "this"; such a source has no name."""
    if mention.type == "pronoun" or mention.type == "relative":
        return mention.pronoun in _PRONOUNS
    if kind != "unknown" or mention.type != "description" or mention.plural:
        return False
    return mention.head in _ABSTRACT or mention.head in _PRONOUNS or mention.head.endswith(_ENDINGS)
