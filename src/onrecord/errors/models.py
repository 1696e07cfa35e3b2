"""E201 and E202: the reader's model cannot be used."""

from __future__ import annotations

from onrecord.errors.base import OnrecordError


class ModelError(OnrecordError):
    """The reader's model cannot be used."""


class ModelMissing(ModelError):
    """E201: no model file."""

    code = "E201"
    what = "{path}: there is no model there."
    why = "The installation is incomplete, or ONRECORD_MODEL points elsewhere."
    remedy = "Install onrecord again, or correct ONRECORD_MODEL."


class ModelBroken(ModelError):
    """E202: the model file cannot be loaded."""

    code = "E202"
    what = "{path}: the model cannot be loaded ({reason})."
    why = "The file is damaged or made for another version of onrecord."
    remedy = "Install onrecord again, or correct ONRECORD_MODEL."
