"""Brings an article in: bytes, text, a path, a directory or a URL become `Article`s.

What is said later about a statement points into `Article.text`, so the text of a
file is never altered here; what cannot be read as an English article is refused.
"""

from onrecord.collect.inputs import Collected, collect
from onrecord.collect.metadata import Metadata
from onrecord.collect.sources import from_bytes, from_path, from_text, from_url

__all__ = ["Collected", "Metadata", "collect", "from_bytes", "from_path", "from_text", "from_url"]
