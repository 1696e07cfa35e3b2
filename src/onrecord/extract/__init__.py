"""Finds who said what, and turns an `Article` into `Statement`s."""

from onrecord.extract.model import Model, load
from onrecord.extract.reader import statements_of

__all__ = ["Model", "load", "statements_of"]
