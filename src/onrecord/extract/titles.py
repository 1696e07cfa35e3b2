"""Titles that stand before a person's name, and what tells of a source's place and sex.

Written by hand for this project from general knowledge of English; open lists, not exhaustive, and none
names a particular person or party. A word that is missing lowers a confidence, no more.
"""

from __future__ import annotations

from functools import cache

from onrecord.extract.wordlists import words

MALE_TITLES = words(
    """
    mr sir lord king prince father brother baron duke congressman councilman alderman sheikh
    """
)

FEMALE_TITLES = words(
    """
    mrs ms miss madam dame lady queen princess sister baroness duchess congresswoman councilwoman
    """
)

# Words that stand directly before a person's name, capitalised, and are no part of it.
TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | words(
        """
    anchor co-anchor co-host moderator president presidents senator senators sen sens representative
    representatives rep reps governor gov
    govs mayor mayors dr doctor professor prof judge justice attorney general gen colonel col lieutenant
    lt major maj captain capt sergeant sgt commander cmdr admiral adm officer detective sheriff marshal
    chief commissioner director secretary undersecretary minister ministers chancellor premier ambassador
    consul envoy speaker leader whip chairman chairwoman chair chairperson ceo cfo coo founder editor
    columnist reporter correspondent delegate councilmember councillor assemblyman assemblywoman lawmaker
    pope cardinal archbishop bishop rabbi imam pastor reverend rev ayatollah sheik emperor emir sultan
    comrade coach spokesman spokeswoman spokesperson candidate nominee candidates strategist adviser
    advisor analyst economist manager deputy inspector superintendent supt treasurer comptroller auditor
    solicitor prosecutor counsel administrator messrs host actor actress singer author historian democrat
    democrats billionaire businessman businesswoman aide dean principal private specialist corporal
    trustee surgeon prime vice former co-chair frontrunner front-runner congresswomen congressmen
    vice-president pres advocate comedian evangelist pilot commentator activist warden ranger lawyer
    activist pollster
    """
    )
)

# Titles that are also names; at the end of a name they belong to it ("Ann Prince").
ALSO_NAMES = words(
    """
    prince pope king queen judge bishop dean major marshal baron duke earl justice cardinal rabbi
    chancellor abbot sheriff speaker cook lord lady father sister brother principal constable general
    warden ranger chief
    """
)

# Titles that are a part of the name where no surname follows.
REGNAL = words("pope king queen prince princess emperor empress emir sultan")

# Capitalised words before a person's name that tell of party or fame and are no part of it.
PREFIXES = words(
    """
    republican democrat democratic gop billionaire former then independent libertarian conservative
    progressive incumbent retired acting late young widow first
    """
)

TITLE_HEADS = {
    "sen": "senator", "sens": "senator", "senators": "senator", "rep": "representative",
    "reps": "representative",
    "gov": "governor", "govs": "governor", "gen": "general", "col": "colonel", "lt": "lieutenant",
    "capt": "captain", "sgt": "sergeant", "adm": "admiral", "prof": "professor", "dr": "doctor",
    "rev": "reverend", "maj": "major", "supt": "superintendent", "cmdr": "commander",
    "presidents": "president", "pres": "president",
}  # fmt: skip

_STATES = """
    ala=alabama,ariz=arizona,ark=arkansas,calif=california,colo=colorado,conn=connecticut,del=delaware
    fla=florida,ga=georgia,ill=illinois,ind=indiana,kan=kansas,ky=kentucky,la=louisiana,md=maryland
    mass=massachusetts,mich=michigan,minn=minnesota,miss=mississippi,mo=missouri,mont=montana,neb=nebraska
    nev=nevada,okla=oklahoma,ore=oregon,pa=pennsylvania,tenn=tennessee,tex=texas,vt=vermont,va=virginia
    wash=washington,wis=wisconsin,wyo=wyoming
"""


@cache
def states() -> dict[str, str]:
    """Newspaper abbreviation of a U.S. state -> its name, in lower case."""
    return dict(part.split("=") for part in _STATES.replace(",", " ").split() if part) | {
        "nh": "new hampshire", "nj": "new jersey", "nm": "new mexico", "ny": "new york",
        "nc": "north carolina", "nd": "north dakota", "sc": "south carolina", "sd": "south dakota",
        "wva": "west virginia", "ri": "rhode island",
    }  # fmt: skip
