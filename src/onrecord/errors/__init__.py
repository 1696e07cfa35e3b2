"""Every error that onrecord raises, as one tree with numbered messages.

    OnrecordError
    ├── InputError            what was given cannot be read
    │   ├── NotFound          E101      ├── TooDeep           E108
    │   ├── Unreadable        E102      ├── BadOption         E109
    │   ├── TooLarge          E103      ├── EmptyDirectory    E110
    │   ├── NotText           E104      └── ReadingFailed     E111
    │   ├── Empty             E105
    │   ├── NotEnglish        E106
    │   └── NoArticle         E107
    ├── FetchError            a URL could not be fetched
    │   ├── BadAddress        E121      ├── HttpStatus        E125
    │   ├── PrivateAddress    E122      ├── BadMediaType      E126
    │   ├── TimedOut          E123      └── Unreachable       E127
    │   └── TooManyRedirects  E124
    ├── ModelError            the reader's model cannot be used
    │   ├── ModelMissing      E201
    │   └── ModelBroken       E202
    ├── UsageError            a setting, an option or an output is wrong
    │   ├── BadSetting        E301
    │   ├── CannotWrite       E302
    │   └── MissingExtra      E303
    ├── LedgerError           the ledger cannot be used, or an act makes no sense in it
    │   ├── NoLedger           E401      ├── Ambiguous        E411
    │   ├── NotALedger         E402      ├── NotSettleable    E412
    │   ├── NewerLedger        E403      ├── BadVerdict       E413
    │   ├── LedgerLocked       E404      ├── NoEvidence       E414
    │   ├── LedgerReadOnly     E405      ├── BadCorrection    E415
    │   ├── DiskFull           E406      ├── HistoriesDiffer  E416
    │   ├── DatabaseGone       E407      ├── NotAnExport      E417
    │   ├── BadDatabaseAddress E408      ├── UnknownSpeaker   E418
    │   ├── ChainBroken        E409      ├── NothingToUndo    E419
    │   ├── NothingFound       E410      ├── BadFeed          E420
    │   └── OlderLedger        E421
    └── ServeError            the server refuses a request, cannot start, or cannot be reached
        ├── NotSignedIn      E501      ├── NameTaken        E507
        ├── NotAllowed       E502      ├── UnknownUser      E508
        ├── ForgedForm       E503      ├── CannotListen     E509
        ├── TooManyAttempts  E504      ├── ServerGone       E510
        ├── WrongPassword    E505      ├── ServerRefused    E511
        └── WeakPassword     E506      └── OnlyHere         E512

A message says what is wrong (with the value), the likely cause, and what to do.
"""

from __future__ import annotations

from onrecord.errors.base import (
    OnrecordError,
    catalogue,
    shown,
)
from onrecord.errors.faults import ReadingFailed, failing
from onrecord.errors.fetching import (
    BadAddress,
    BadMediaType,
    FetchError,
    HttpStatus,
    PrivateAddress,
    TimedOut,
    TooManyRedirects,
    Unreachable,
)
from onrecord.errors.inputs import (
    BadOption,
    Empty,
    EmptyDirectory,
    InputError,
    NoArticle,
    NotEnglish,
    NotFound,
    NotText,
    TooDeep,
    TooLarge,
    Unreadable,
)
from onrecord.errors.ledger import (
    Ambiguous,
    BadCorrection,
    BadDatabaseAddress,
    BadFeed,
    BadVerdict,
    ChainBroken,
    DatabaseGone,
    DiskFull,
    HistoriesDiffer,
    LedgerError,
    LedgerLocked,
    LedgerReadOnly,
    NewerLedger,
    NoEvidence,
    NoLedger,
    NotALedger,
    NotAnExport,
    NothingFound,
    NothingToUndo,
    NotSettleable,
    OlderLedger,
    UnknownSpeaker,
)
from onrecord.errors.models import (
    ModelBroken,
    ModelError,
    ModelMissing,
)
from onrecord.errors.serving import (
    CannotListen,
    ForgedForm,
    NameTaken,
    NotAllowed,
    NotSignedIn,
    OnlyHere,
    ServeError,
    ServerGone,
    ServerRefused,
    TooManyAttempts,
    UnknownUser,
    WeakPassword,
    WrongPassword,
)
from onrecord.errors.usage import (
    BadSetting,
    CannotWrite,
    MissingExtra,
    UsageError,
)

__all__ = [
    "Ambiguous",
    "BadAddress",
    "BadCorrection",
    "BadDatabaseAddress",
    "BadFeed",
    "BadMediaType",
    "BadOption",
    "BadSetting",
    "BadVerdict",
    "CannotListen",
    "CannotWrite",
    "ChainBroken",
    "DatabaseGone",
    "DiskFull",
    "Empty",
    "EmptyDirectory",
    "FetchError",
    "ForgedForm",
    "HistoriesDiffer",
    "HttpStatus",
    "InputError",
    "LedgerError",
    "LedgerLocked",
    "LedgerReadOnly",
    "MissingExtra",
    "ModelBroken",
    "ModelError",
    "ModelMissing",
    "NameTaken",
    "NewerLedger",
    "NoArticle",
    "NoEvidence",
    "NoLedger",
    "NotALedger",
    "NotAllowed",
    "NotAnExport",
    "NotEnglish",
    "NotFound",
    "NotSettleable",
    "NotSignedIn",
    "NotText",
    "NothingFound",
    "NothingToUndo",
    "OlderLedger",
    "OnlyHere",
    "OnrecordError",
    "PrivateAddress",
    "ReadingFailed",
    "ServeError",
    "ServerGone",
    "ServerRefused",
    "TimedOut",
    "TooDeep",
    "TooLarge",
    "TooManyAttempts",
    "TooManyRedirects",
    "UnknownSpeaker",
    "UnknownUser",
    "Unreachable",
    "Unreadable",
    "UsageError",
    "WeakPassword",
    "WrongPassword",
    "catalogue",
    "failing",
    "shown",
]
