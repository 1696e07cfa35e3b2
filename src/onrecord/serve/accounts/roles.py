"""What people and tokens may do: read, or edit as well, or administer as well."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from onrecord.errors import BadOption

Role = Literal["reader", "editor", "admin"]
Scope = Literal["read", "write", "admin"]
ROLES: Final[tuple[Role, ...]] = ("reader", "editor", "admin")
SCOPES: Final[tuple[Scope, ...]] = ("read", "write", "admin")
# How far a token of a scope reaches, where the role of its owner reaches so far.
REACH: Final[Mapping[Scope, Role]] = MappingProxyType(dict(zip(SCOPES, ROLES, strict=True)))


def reaches(role: Role, needed: Role) -> bool:
    """Whether a role includes another."""
    return ROLES.index(role) >= ROLES.index(needed)


def lesser(one: Role, other: Role) -> Role:
    """The role of two that may do less."""
    return min(one, other, key=ROLES.index)


def role_of(text: str) -> Role:
    """The role that a word names. Raises BadOption."""
    if text not in ROLES:
        raise BadOption(option="ROLE", value=text, expected="one of " + ", ".join(ROLES), example="reader")
    return text


def scope_of(text: str) -> Scope:
    """The scope that a word names. Raises BadOption."""
    if text not in SCOPES:
        raise BadOption(option="--scope", value=text, expected="one of " + ", ".join(SCOPES), example="read")
    return text
