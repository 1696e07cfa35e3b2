"""Recognises the line under a photograph by its credit, so that nothing in it is read as a statement.

Only a short line that begins or ends with a credit counts; "told Reuters" is none.
"""

from __future__ import annotations

import re

# No caption is longer, and no pattern below is tried on anything longer.
_MAX_CAPTION = 400
_MAX_POSITIONS = 200

_PICTURE = r"(?:file |handout |stock )?(?:photo(?:graph)?s?|pictures?|images?|illustrations?|graphics?)"
_AGENCY = (
    r"(?:getty(?: images)?|afp(?: photo)?|reuters|ap(?: photo)?|associated press|epa(?:-efe)?|upi|dpa"
    r"|tass|xinhua|yonhap|kyodo|kcna|anadolu(?: agency)?|bloomberg|zuma(?: press)?|sipa(?: usa)?"
    r"|pa(?: wire| media)?|alamy"
    r"|shutterstock|istock|nurphoto|wikimedia(?: commons)?|creative commons|flickr|unsplash|pool|handout)"
)
_MAKER = r"[\w .,'’&()-]{1,60}"
_BEGINS = re.compile(
    rf"\(?(?:{_PICTURE}|caption|credit)(?: credit| courtesy)?(?: ?[:©|]| courtesy of )", re.I
)
# A sentence about pictures may begin like a credit; a credit does not end like a sentence.
_BEGINS_BY = re.compile(
    rf"\(?(?:{_PICTURE}|caption|credit)(?: credit)? (?:by|via) (?:.*[^.!?]|(?:\S+ ){{0,4}}\S+)$", re.I
)
# "Jane Doe/AFP via Getty Images", "(AP Photo/Jane Doe, File)", "STR/AFP", "via Getty Images"
_ENDS = re.compile(
    rf"(?:(?:^|[\s(|.–—-])\w[\w .'’-]{{0,40}}/ ?{_AGENCY}|\bvia {_AGENCY}"
    rf"|(?:^|[.!?”\"’)|–—] |\(){_AGENCY})"
    rf"(?:/{_MAKER})*(?: images)?(?: via {_AGENCY})?(?:, (?:file|pool|handout))?[).\s]*$",
    re.I,
)
_MADE_BY = re.compile(
    rf"(?:^|[.!?”\"’)|–—(] ?){_PICTURE}(?: credit)?(?: ?: ?| by | courtesy of ){_MAKER}(?:/{_MAKER})?$", re.I
)
# "(C)" tells who stands in the centre; "(L)" and "(R)" may be parties.
_POSITION = re.compile(r"(?<!\w)\(C\)|\b(?:pictured|second from) (?:left|right|centre|center)\b")
_COPYRIGHT = re.compile(r"(?:^|[\s(.,|/])©|\(c\) ?(?:\d{4}|[\w .'-]{1,40}/)", re.I)


# No pattern above matches without one of these; looking for them first saves nine tenths of the time.
_HINT_WORDS = """
    photo picture image illustration graphic caption credit © (c) getty afp reuters associated epa dpa tass
    xinhua yonhap kyodo kcna anadolu bloomberg zuma sipa alamy shutterstock istock nurphoto wikimedia
    commons flickr
    unsplash pool handout second"""
_HINTS = tuple(_HINT_WORDS.split())
_CAPITAL_HINTS = ("AP", "PA", "UPI")


def is_caption(text: str) -> bool:
    """Whether `text`, one piece of a page, is a picture's caption or credit."""
    if len(text) > _MAX_CAPTION:
        return False
    line = " ".join(text.split()).strip("*_ ")
    if not _has_hint(line):
        return False
    if len(line) <= _MAX_POSITIONS and _POSITION.search(line):
        return True
    begins = _BEGINS.match(line) or _BEGINS_BY.match(line)
    return bool(begins or any(p.search(line) for p in (_ENDS, _MADE_BY, _COPYRIGHT)))


def _has_hint(line: str) -> bool:
    lowered = line.lower()
    return any(hint in lowered for hint in _HINTS) or any(hint in line for hint in _CAPITAL_HINTS)
