"""E101 to E110: what was given cannot be read as an article."""

from __future__ import annotations

from onrecord.errors.base import OnrecordError


class InputError(OnrecordError):
    """What was given cannot be read as an article."""


class NotFound(InputError):
    """E101: no such file or directory."""

    code = "E101"
    what = "{name}: there is no such file or directory."
    remedy = "Check the path; give - to read from standard input."


class Unreadable(InputError):
    """E102: the file exists but the system refuses to read it."""

    code = "E102"
    what = "{name}: cannot be read ({reason})."
    remedy = "Check the file's permissions."


class TooLarge(InputError):
    """E103: larger than the limit."""

    code = "E103"
    what = "{name}: {size}, more than the limit of {limit}."
    why = "A news article is far smaller; this is probably an archive, a book or a dump."
    remedy = "Split it into articles, or raise ONRECORD_MAX_BYTES."


class NotText(InputError):
    """E104: binary data."""

    code = "E104"
    what = "{name}: is not text ({reason})."
    why = "onrecord reads plain text, Markdown and HTML."
    remedy = "Convert it to text first, for example with pdftotext for a PDF."


class Empty(InputError):
    """E105: nothing, or only white space."""

    code = "E105"
    what = "{name}: holds no text."
    why = "The input is empty or only white space."
    remedy = "Check that the file was saved, or that the command before the pipe printed something."


class NotEnglish(InputError):
    """E106: the text is not English."""

    code = "E106"
    what = "{name}: is not English ({reason})."
    why = "The reader was trained on English news alone and would invent attributions elsewhere."
    remedy = "Give an English text, or state --language en if this is a mistake."


class NoArticle(InputError):
    """E107: an HTML page without an article in it."""

    code = "E107"
    what = "{name}: no article was found in the page."
    why = "The page has no running text: perhaps a home page, a login page or one filled in by script."
    remedy = "Save the article's own page, or its text, and give that."


class TooDeep(InputError):
    """E108: HTML nested beyond any real page."""

    code = "E108"
    what = "{name}: the HTML is nested {depth} levels deep, more than {limit}."
    why = "No real page is; this may be an attack on the parser."
    remedy = "Give the article's text instead."


class BadOption(InputError):
    """E109: an option's value makes no sense."""

    code = "E109"
    what = "{option}: {value} is not {expected}."
    remedy = "For example: {option} {example}."


class EmptyDirectory(InputError):
    """E110: a directory in which nothing can be read."""

    code = "E110"
    what = "{name}: no file in it can be read as an article."
    why = "Files ending in .txt, .text, .md, .markdown, .html, .htm or .xhtml are read."
    remedy = "Check the path, or give the files by name."
