"""E301 to E303: a setting, an option or an output is wrong."""

from __future__ import annotations

from onrecord.errors.base import OnrecordError


class UsageError(OnrecordError):
    """A setting, an option or an output is wrong."""


class BadSetting(UsageError):
    """E301: an environment variable's value makes no sense."""

    code = "E301"
    what = "{name}={value}: is not {expected}."
    remedy = "Correct or unset the environment variable {name}."


class CannotWrite(UsageError):
    """E302: the output cannot be written."""

    code = "E302"
    what = "{name}: cannot be written ({reason})."
    remedy = "Choose another place."


class MissingExtra(UsageError):
    """E303: an optional library is not installed."""

    code = "E303"
    what = "{feature} needs the library {library}, which is not installed."
    remedy = "Install it with: pip install 'onrecord[{extra}]'."
