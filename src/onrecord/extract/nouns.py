"""Lower-case nouns that tell what a source is: a person, a group, a document, an organisation.

Written by hand for this project from general knowledge of English; open lists, not exhaustive, and none
names a particular person or party. A word that is missing lowers a confidence, no more.
"""

from __future__ import annotations

from functools import cache

from onrecord.extract.wordlists import words

# Lower-case nouns that stand for an organisation.
ORGANIZATION_NOUNS = words(
    """
    camp publication enforcement unit body
    campaign company agency department ministry government administration court party council committee
    group university police team newspaper paper network outlet website site union firm bank magazine
    office board commission organization organisation coalition church station foundation institute regime
    army military parliament senate congress cabinet tribunal embassy league federation association club
    school hospital corporation bureau authority city state country nation county town kingdom republic
    house legislature caucus panel center centre media press industry service store startup
    chain manufacturer airline publisher broadcaster blog channel program programme show movement
    delegation junta militia palace treasury judiciary leadership brand think-tank nonprofit charity
    operator lender retailer insurer utility chipmaker carmaker automaker drugmaker
    steelmaker planemaker
    """
)

DOCUMENT_NOUNS = words(
    """
    report poll survey study letter statement email e-mail memo memorandum law bill lawsuit suit order
    transcript ad advertisement article book document release ruling tweet placard sign video complaint
    filing affidavit indictment constitution resolution petition charter treaty agreement review analysis
    audit column editorial essay op-ed post message text manifesto platform plan proposal script book
    memoir biography form record note dossier paper story piece headline banner caption film documentary
    movie speech interview decision opinion verdict act amendment regulation rule guideline tally census
    data figure statistic chart map subpoena warrant notice bulletin commercial spot leaflet pamphlet
    flyer brochure questionnaire index account exit-poll polling declaration communique communiqué
    transcript spreadsheet invoice contract slogan cable research findings evidence results numbers
    excerpt passage summary blog posting press-release
    count legislation projection ranking average page
    novel play song lyrics inquiry investigation probe assessment submission
    """
)

# Plural or mass nouns for people, beside every other plural.
GROUP_NOUNS = words(
    """
    fewer people crowd much population establishment clan more less only just side circle slice
    majority minority percent number some many others most both those few several all
    everyone nobody none dozens hundreds thousands millions half lot lots public electorate audience
    family couple pair community base elite staff crew jury left right gop middle handful third thirds
    quarter mix anyone everybody somebody public youth folks men women children police millennials
    majorities wing faction generation bloc duo trio two three four five six seven eight nine ten 1,000
    """
)

# Plurals of people whose names an article withholds; other plurals are classes ("voters").
WITHHELD = words(
    """
    official aide adviser advisor source person people spokesman spokeswoman spokesperson diplomat staffer
    insider strategist executive operative confidant associate ally friend officer investigator prosecutor
    attorney lawyer employee analyst agent representative authority witness member colleague lawmaker
    someone somebody consultant donor fundraiser relative neighbor neighbour classmate bundler organizer
    """
)

# Of these, the ones that are certain persons even in a bare plural ("aides said").
CLOSE = words("aide adviser advisor source insider confidant associate friend staffer ally")

PERSON_NOUNS = words(
    """
    man woman boy girl official aide chief head boss leader guy lady mother father son daughter wife
    husband brother sister uncle aunt native resident veteran student star victim widow friend ally critic
    member president senator governor congressman congresswoman representative mayor judge justice
    candidate nominee spokesman spokeswoman spokesperson secretary general analyst adviser advisor
    strategist confidant source hopeful tycoon mogul magnate billionaire millionaire democrat republican
    socialist independent conservative liberal libertarian reporter columnist host professor expert lawyer
    attorney doctor surgeon neurosurgeon pope king queen prince princess chairman chairwoman chair ceo
    founder co-founder executive journalist businessman businesswoman person somebody someone individual
    colleague pastor rabbi priest bishop imam minister premier chancellor ambassador envoy diplomat
    sheriff cop soldier sailor marine nurse farmer retiree guest pollster operative insider staffer
    delegate voter anchor activist teen teenager child kid youngster correspondent partner rival opponent
    front-runner frontrunner contender mate newcomer outsider maverick firebrand nominee incumbent heir
    scion heiress celebrity starlet whistleblower defector speaker lawmaker legislator mom dad mum
    grandmother grandfather historian economist politician attendee parent prosecutor dean captain colonel
    filmmaker screenwriter novelist playwright blogger podcaster biographer photographer musician
    sergeant commander admiral neighbor neighbour immigrant refugee guard agent detective investigator
    secretary-general vice-president press-secretary
    """
)

# Heads that stand for somebody whom the article has named, where nothing else tells whom.
FIGURES = words(
    """
    candidate nominee contender hopeful front-runner frontrunner billionaire tycoon mogul magnate
    businessman businesswoman incumbent senator governor congressman congresswoman native year-old
    maverick firebrand outsider actor actress singer star comedian surgeon neurosurgeon author host anchor
    celebrity defector
    """
)

# Of these, the ones of politics, and what else is said of those who are in it: no reporter is "the senator".
OF_POLITICS = words(
    """
    candidate nominee contender hopeful front-runner frontrunner incumbent senator governor congressman
    congresswoman
    """
)
POLITICAL = OF_POLITICS | words(
    """
    president lawmaker legislator representative mayor secretary minister chancellor premier leader republican
    democrat independent socialist libertarian conservative liberal politician billionaire tycoon mogul
    magnate businessman businesswoman developer star surgeon neurosurgeon speaker whip chairman chairwoman
    chair rival opponent king native son daughter lady attorney lawyer former
    """
)

# Words before a title that say which office it is ("the finance minister").
OFFICES = words(
    """
    finance foreign health interior defence defense education justice trade energy environment home housing
    transport labour labor culture economy treasury agriculture immigration security prime vice deputy
    lieutenant attorney surgeon solicitor opposition minority majority prosecution fire police press
    assistant union chief
    """
)

# Words that make an office a lower one ("the deputy mayor" is not the mayor).
UNDER = words("vice deputy assistant lieutenant shadow under-secretary")

# Party members; with "the" before them they stand for somebody whom the article has named.
PARTISANS = words("republican democrat independent socialist libertarian liberal conservative progressive")

# Organisations of any name: "the group" is the one that was named last.
ANY_ORGANIZATION = words(
    """
    organization organisation group agency company firm network website site outlet
    think-tank nonprofit charity union publication broadcaster bank institute
    """
)

# What speaks for the person whose it is ("Quist’s address").
VOICES = words(
    "address speech remarks comments words rhetoric ire anger voice attacks criticism tone response message"
)

# Pronoun -> its subject form.
PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("i", "me", "my", "mine", "myself", "i'm", "i’m", "i've", "i’ve", "i'd", "i’d"), "i"),
    **dict.fromkeys(("we", "us", "our", "ours", "we're", "we’re", "we've", "we’ve"), "we"),
    **dict.fromkeys(("you", "your", "yourself"), "you"),
}

PERSON_SUFFIXES = ("man", "woman", "person", "er", "or", "ist", "ian", "ee", "eer", "crat", "ologist")

FEMALE_NOUNS = words(
    """
    woman girl lady mother daughter wife sister aunt widow actress queen princess congresswoman
    spokeswoman chairwoman businesswoman councilwoman heiress grandmother mom mum waitress saleswoman
    """
)

MALE_NOUNS = words(
    """
    man boy guy father son husband brother uncle king prince congressman spokesman chairman businessman
    councilman grandfather dad widower pope policeman salesman
    """
)

# Heads that may stand for one another: any word of a line for any other.
SYNONYMS = (
    "candidate nominee contender hopeful front-runner frontrunner presumptive",
    "senator lawmaker legislator",
    "representative congressman congresswoman lawmaker legislator",
    "billionaire tycoon mogul businessman magnate businesswoman developer entrepreneur",
    "spokesman spokeswoman spokesperson",
    "adviser advisor aide",
    "professor academic scholar scientist economist historian",
    "lawyer attorney counsel",
    "chief head leader director boss chair chairman chairwoman chairperson",
    "minister premier",
    "judge justice jurist",
    "strategist consultant operative",
    "journalist reporter columnist correspondent author writer",
    "reverend pastor preacher minister",
    "actor actress star",
    "officer policeman policewoman",
    "doctor surgeon physician neurosurgeon",
    "pollster strategist",
)


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """Head noun -> the heads that it may stand for, itself among them."""
    table: dict[str, set[str]] = {}
    for line in SYNONYMS:
        for word in line.split():
            table.setdefault(word, {word}).update(line.split())
    return {word: frozenset(heads) for word, heads in table.items()}


# Nouns for organisations that may stand for one another.
BODIES = (
    "group organization organisation nonprofit charity association network coalition think-tank",
    "company firm maker manufacturer chain startup retailer",
    "newspaper paper magazine publication",
    "agency department ministry",
)


@cache
def bodies() -> dict[str, tuple[str, ...]]:
    """Noun of an organisation -> the nouns that it may stand for, itself among them."""
    return {word: tuple(line.split()) for line in BODIES for word in line.split()}
