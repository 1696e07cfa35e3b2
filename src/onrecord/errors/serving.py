"""E501 to E512: the server refuses a request, cannot start, or cannot be reached."""

from __future__ import annotations

from onrecord.errors.base import OnrecordError


class ServeError(OnrecordError):
    """The server refuses a request, cannot start, or cannot be reached."""


class NotSignedIn(ServeError):
    """E501: nobody is signed in, or the session has ended."""

    code = "E501"
    what = "This needs somebody who is signed in."
    why = "The session has ended, or the token is missing, wrong or revoked."
    remedy = "Sign in again; on your own machine, open the link that onrecord serve prints."


class NotAllowed(ServeError):
    """E502: the person's role, or the token's scope, does not reach so far."""

    code = "E502"
    what = "{name} may not do this: it needs the role {role}."
    remedy = "Ask an administrator: onrecord users role NAME ROLE."


class ForgedForm(ServeError):
    """E503: a form without its secret: another site may have sent it."""

    code = "E503"
    what = "This form did not come from a page of this server, so nothing was done."
    why = "The page was open for long, or another site sent the form."
    remedy = "Load the page again and repeat what you did."


class TooManyAttempts(ServeError):
    """E504: too many attempts to sign in."""

    code = "E504"
    what = "Too many attempts to sign in."
    remedy = "Wait {seconds} seconds and try again."


class WrongPassword(ServeError):
    """E505: name and password do not belong together; which of them is wrong is not said."""

    code = "E505"
    what = "This name and this password do not belong together."
    remedy = "Try again, or ask an administrator for a new password: onrecord users password NAME."


class WeakPassword(ServeError):
    """E506: a password that is too easily found."""

    code = "E506"
    what = "This password cannot be taken: {reason}."
    remedy = "Choose one of at least {least} characters, such as four words that do not belong together."


class NameTaken(ServeError):
    """E507: there is a user of this name."""

    code = "E507"
    what = "{name}: there is a user of this name."
    remedy = "Choose another name, or see who is there: onrecord users list."


class UnknownUser(ServeError):
    """E508: no user, or no token, of this name."""

    code = "E508"
    what = "{name}: there is no {what} of this name."
    remedy = "See who is there: onrecord users list, onrecord tokens list."


class CannotListen(ServeError):
    """E509: the server cannot listen where it was told to."""

    code = "E509"
    what = "{address}: the server cannot listen here ({reason})."
    why = "Another program, perhaps another onrecord serve, uses this port."
    remedy = "Choose another one: --port 0 takes any that is free."


class ServerGone(ServeError):
    """E510: the server that a command was pointed at cannot be reached."""

    code = "E510"
    what = "{server}: this server cannot be reached ({reason})."
    remedy = "See that it runs, and that --server or ONRECORD_SERVER is its address."


class ServerRefused(ServeError):
    """E511: the server that a command was pointed at answered with an error of its own."""

    code = "E511"
    what = "{server}: {message}."
    remedy = "If it happens again, tell whoever runs the server."


class OnlyHere(ServeError):
    """E512: a command that works on a ledger at hand only, not through a server."""

    code = "E512"
    what = "onrecord {command} does not work through a server."
    remedy = "Run it where the ledger is, with --db."
