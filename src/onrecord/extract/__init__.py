"""Finds who said what, and turns an `Article` into `Statement`s."""

from onrecord.extract.model import Model, load
from onrecord.extract.reader import read_article

__all__ = ["Model", "load", "read_article"]
