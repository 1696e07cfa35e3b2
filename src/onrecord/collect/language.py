"""Tells whether a text is English, by its letters and its commonest words.

The reader knows English news alone and would invent statements in any other text.
"""

from __future__ import annotations

import re
from itertools import islice

# The commonest words of each language, without those that are as common in English.
# A word may stand in several lists: languages are compared by their shares of all words.
_COMMON = {
    "English": """
        the of and to in a is that for it on was with as he be at by are this from have has had not but
        they his her she an were which their said will would who been its or more one about up if when
        can there we you all out what so than after i us him them into over no could also new some do
        just my our me your how like because did these being before only most while even where those any
        don't it's""",
    "German": """
        der die das und ist nicht ein eine einen dem den des im mit auf für von zu sich auch wird werden
        wurde hat haben sie er es wir dass sei nach bei aus als um über noch nur oder aber wie sind""",
    "French": """
        le la les des et est une dans que qui pour pas sur au aux avec ce cette par plus il elle ont
        sont du de un nous vous mais été être leur ses son après selon en""",
    "Spanish": """
        el la los las y es una que en por para con no del se su al lo como más pero sus ha fue este esta
        de un son según también hay sobre entre desde""",
    "Italian": """
        il lo la gli le e è una che di in per con non del della dei delle si al alla sono ha ma anche
        come più nel nella un da dal questo questa stato essere""",
    "Portuguese": """
        o a os as e é uma que de em para com não do da dos das se no na nos nas por mais um foi ao como
        mas também pelo pela são segundo entre""",
    "Dutch": """
        de het een en van ik te dat die in is niet op aan met voor zijn er maar om hij ze zij ook als
        bij naar uit heeft hebben werd wordt worden over nog deze""",
    "Swedish": """
        och att det som en på är av för med den till inte om ett har de var jag men han hon vi från kan
        ska efter också eller när sig""",
    "Danish or Norwegian": """
        og at det som en på er av af for med den til ikke om et har de var jeg men han hun vi fra kan
        skal efter etter også eller når sig seg""",
    "Finnish": """
        ja on ei että se oli hän mutta ovat kun myös tai joka mukaan sen vain niin ole kuin jo sanoi""",
    "Polish": """
        i w na nie się z do że to jest o jak ale po co od za przez są dla był była oraz tym jego""",
    "Czech or Slovak": """
        a v na se že je s z do to o i k ve po by jako za pro ale si od jsou byl byla sa aj""",
    "Hungarian": """
        a az és hogy nem is egy ez volt azt meg már csak de ha mint el van szerint pedig""",
    "Romanian": """
        și în de la a nu că cu o pe este din un pentru care se mai să au fost sunt ce prin""",
    "Turkish": """
        ve bir bu da de için ile çok olarak daha olan gibi ne ki ama en kadar sonra dedi değil""",
    "Indonesian or Malay": """
        yang dan di ke dari untuk dengan ini itu tidak pada dalam akan adalah telah juga oleh atau
        mereka dia kata""",
    "Vietnamese": """
        và của là có không được cho một các trong với người những này để đã khi""",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]{1,30}(?:['’][^\W\d_]{1,3})?")
_LATIN_END = 0x250

# Below this many words a text gets the benefit of the doubt: a caption, a headline, a tweet.
_ENOUGH_WORDS = 8
# Of 14,500 paragraphs of English news, those with a smaller share were lists of names and code.
_ENOUGH_FOR_SHARE, _LEAST_SHARE = 40, 0.06
# A headline's "U.S." and "de la Cruz" are two words of other languages at most.
_LEAD = 2
_SLICE = 20_000


def not_english(text: str) -> str | None:
    """Why `text` is not English, in a few words; None where it is, or where it is too short to tell."""
    sample = _sample(text)
    if foreign := _other_script(sample):
        return foreign
    words = _words(sample)
    if len(words) < _ENOUGH_WORDS:
        return None
    english, (language, best) = _hits(words, "English"), _best_other(words)
    if best >= english + _LEAD:
        return f"by its commonest words it is {language}"
    if len(words) >= _ENOUGH_FOR_SHARE and english < _LEAST_SHARE * len(words):
        return f"only {english / len(words):.0%} of its words are common English words"
    return None


def is_evident(text: str) -> bool:
    """Whether there are enough words to say that a text is English."""
    return len(_words(_sample(text))) >= _ENOUGH_WORDS


def _sample(text: str) -> str:
    """All of a short text; of a long one its beginning, middle and end."""
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SLICE], text[middle : middle + _SLICE], text[-_SLICE:]))


def _words(sample: str) -> list[str]:
    found = (match.group().lower().replace("’", "'") for match in _WORD.finditer(sample))
    return list(islice(found, 20_000))


def _other_script(sample: str) -> str | None:
    letters = [c for c in sample if c.isalpha()]
    other = sum(ord(c) >= _LATIN_END for c in letters)
    if len(letters) >= 4 and other > 0.5 * len(letters):
        return f"{other / len(letters):.0%} of its letters are not Latin"
    return None


def _hits(words: list[str], language: str) -> int:
    common = _WORDS[language]
    return sum(word in common for word in words)


def _best_other(words: list[str]) -> tuple[str, int]:
    hits = ((language, _hits(words, language)) for language in _WORDS if language != "English")
    return max(hits, key=lambda pair: pair[1])
