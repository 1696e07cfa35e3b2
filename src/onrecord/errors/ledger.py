"""E401 to E420: the ledger cannot be opened, read or written, or an act makes no sense in it."""

from __future__ import annotations

from onrecord.errors.base import OnrecordError


class LedgerError(OnrecordError):
    """The ledger cannot be opened, read or written."""


class NoLedger(LedgerError):
    """E401: there is no ledger at this place."""

    code = "E401"
    what = "{place}: there is no ledger there."
    why = "Nothing has been added yet, or --db or ONRECORD_DB names another place."
    remedy = "Add an article first, onrecord add article.txt, or correct the place."


class NotALedger(LedgerError):
    """E402: the file or database is something else."""

    code = "E402"
    what = "{place}: is not a ledger of onrecord ({reason})."
    why = "The place belongs to another program, or is damaged."
    remedy = "Name another place with --db; nothing was changed there."


class NewerLedger(LedgerError):
    """E403: a newer version of onrecord made it."""

    code = "E403"
    what = "{place}: was written by a newer version of onrecord (schema {found}; this version knows {known})."
    why = "A colleague or another machine has a newer version."
    remedy = "Install the newer version: pip install --upgrade onrecord. Nothing was changed."


class LedgerLocked(LedgerError):
    """E404: another process holds it."""

    code = "E404"
    what = "{place}: is locked by another process, and was still so after {seconds} seconds."
    why = "A long import, a backup or another program is writing to it."
    remedy = "Wait until that has ended and repeat the command; nothing was changed."


class LedgerReadOnly(LedgerError):
    """E405: it may be read but not written."""

    code = "E405"
    what = "{place}: cannot be written ({reason})."
    why = "The file, its directory or the database account allows reading alone."
    remedy = "Change the permissions, or work on a copy: onrecord backup copy.db."


class DiskFull(LedgerError):
    """E406: no space is left."""

    code = "E406"
    what = "{place}: there is no space left to write it ({reason})."
    why = "The disk or the quota is full."
    remedy = "Make space and repeat the command: what was written before is whole."


class DatabaseGone(LedgerError):
    """E407: the database server cannot be reached."""

    code = "E407"
    what = "{place}: the database cannot be reached ({reason})."
    why = "The server is stopped or restarting, or the address, the name or the password is wrong."
    remedy = "Check the server and repeat the command: what was written before is whole."


class BadDatabaseAddress(LedgerError):
    """E408: the place of the ledger is no file and no PostgreSQL address."""

    code = "E408"
    what = "{place}: is not a place for a ledger ({reason})."
    why = "A ledger is an SQLite file or a PostgreSQL database."
    remedy = "For example: --db record.db, or --db postgresql://user@host/name."


class ChainBroken(LedgerError):
    """E409: the log was changed after it was written."""

    code = "E409"
    what = "{place}: the log is not as it was written: row {row}, {reason}."
    why = "Somebody or something changed the database from outside, or a disk is failing."
    remedy = "Compare with a backup or a published checkpoint; what comes before this row is unchanged."


class NothingFound(LedgerError):
    """E410: no statement or article has this id."""

    code = "E410"
    what = "{id}: there is no {expected} with this id in the ledger."
    why = "The id is mistyped, or belongs to another ledger."
    remedy = "Look for it: onrecord search WORDS."


class Ambiguous(LedgerError):
    """E411: several have an id or name like this."""

    code = "E411"
    what = "{id}: could be any of {candidates}."
    why = "The id or the name was shortened too far."
    remedy = "Give more of it."


class NotSettleable(LedgerError):
    """E412: only commitments and predictions come out."""

    code = "E412"
    what = "{id}: is a {kind}, and cannot be settled."
    why = "Only commitments and predictions have an outcome."
    remedy = "If the machine misread it, correct that first: onrecord correct {id} kind=prediction."


class BadVerdict(LedgerError):
    """E413: no such verdict for this kind."""

    code = "E413"
    what = "{verdict}: is not a verdict on a {kind}."
    why = "Commitments and predictions have verdicts of their own."
    remedy = "Choose one of: {expected}."


class NoEvidence(LedgerError):
    """E414: a verdict without evidence."""

    code = "E414"
    what = "{id}: a verdict needs evidence, and {evidence} is none."
    why = "A verdict that nobody can check is worth nothing."
    remedy = (
        "Give a web address, the id of an article in the ledger or a written reason: --evidence URL|ID|TEXT."
    )


class BadCorrection(LedgerError):
    """E415: no such field, or no such value for it."""

    code = "E415"
    what = "{field}={value}: is not {expected}."
    why = "A correction must give a value that the field can have."
    remedy = "See which fields can be corrected: onrecord correct --help."


class HistoriesDiffer(LedgerError):
    """E416: an import would change history."""

    code = "E416"
    what = "{name}: has another history than this ledger, from row {row} on."
    why = "Both were written to independently."
    remedy = "Import it into a new ledger: onrecord import {name} --db other.db."


class NotAnExport(LedgerError):
    """E417: not a whole export of a ledger."""

    code = "E417"
    what = "{name}: is not an export of a ledger: line {line}, {reason}."
    why = "The file is cut off, edited, or made by something else."
    remedy = "Export it again: onrecord export --format jsonl. Nothing was imported."


class UnknownSpeaker(LedgerError):
    """E418: nobody of this name."""

    code = "E418"
    what = "{name}: no speaker of this name is in the ledger."
    why = "Names are as the articles write them."
    remedy = "See who is there: onrecord speakers."


class NothingToUndo(LedgerError):
    """E419: there is nothing to take back."""

    code = "E419"
    what = "{id}: {reason}, so there is nothing to take back."
    why = "It was taken back before, or somebody else did it."
    remedy = "See what is there: onrecord show ID, onrecord speakers or onrecord feeds."


class BadFeed(LedgerError):
    """E420: not an RSS or Atom feed."""

    code = "E420"
    what = "{url}: is not a feed that can be followed ({reason})."
    why = "The address leads to a page, not to its feed."
    remedy = "Look in the page for a link named RSS or Atom, and give that address."


class OlderLedger(LedgerError):
    """E421: an older version of onrecord made it, and here it may not be brought up to date."""

    code = "E421"
    what = "{place}: was written by an older version of onrecord (schema {found}; {reason})."
    why = "It has to be brought up to date before this version can read it."
    remedy = "Let somebody who may write it run: onrecord checkpoint. Its log stays as it is."
