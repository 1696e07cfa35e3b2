"""Passwords: which are taken, how they are kept (argon2id, RFC 9106), and whether one is right."""

from __future__ import annotations

import threading
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Final

from onrecord.errors import MissingExtra, WeakPassword
from onrecord.serve.accounts.names import key_of
from onrecord.serve.accounts.secrets import new_secret

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST: Final = 12
# Longer ones would cost the server time and nobody types them.
LONGEST: Final = 256
_FEWEST: Final = 5
# Hashes made at the same time; each takes 64 MiB.
_AT_ONCE: Final = 2


class Passwords:
    """Hashes passwords and compares them. hasher: another than argon2-cffi's own choice of parameters."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._given = hasher
        self._room = threading.Semaphore(_AT_ONCE)

    @cached_property
    def _hasher(self) -> PasswordHasher:
        if self._given is not None:
            return self._given
        try:
            from argon2 import PasswordHasher
        except ImportError:
            raise MissingExtra(feature="Passwords", library="argon2-cffi", extra="serve") from None
        return PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        """A hash that no password has, so that an unknown name takes as long as a wrong password."""
        return self._hasher.hash(new_secret())

    def hash(self, password: str, *, name: str) -> str:
        """What is kept of a new password. Raises WeakPassword."""
        password = _written(password)
        if reason := _weakness(password, name):
            raise WeakPassword(reason=reason, least=SHORTEST)
        with self._room:
            return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one that was kept; `kept` None takes as long and never is."""
        from argon2.exceptions import VerificationError

        nobody = self._nobody  # made whoever asks: the first attempt of a server tells nothing either
        password = _written(password)
        if len(password) > LONGEST:
            kept, password = None, ""
        with self._room:
            try:
                return self._hasher.verify(kept or nobody, password) and kept is not None
            except VerificationError:
                return False

    def renewed(self, kept: str, password: str) -> str | None:
        """A right password's new hash where the old one was made with other parameters, else None."""
        if not self._hasher.check_needs_rehash(kept):
            return None
        with self._room:
            return self._hasher.hash(_written(password))


def _written(password: str) -> str:
    """One form for all ways in which keyboards compose a character (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()


def _weakness(password: str, name: str) -> str:
    if len(password) < SHORTEST:
        return f"it has fewer than {SHORTEST} characters"
    if len(password) > LONGEST:
        return f"it has more than {LONGEST} characters"
    if len(set(password)) < _FEWEST:
        return "it repeats few characters"
    if key_of(name) in key_of(password) and len(password) - len(name) < SHORTEST:
        return "it is little more than the name"
    return ""
