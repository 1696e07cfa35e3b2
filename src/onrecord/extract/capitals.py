"""Capitalised words that tell organisations and places from persons, and words that are no names.

Written by hand for this project from general knowledge of English; open lists, not exhaustive, and none
names a particular person or party. A word that is missing lowers a confidence, no more.
"""

from __future__ import annotations

from onrecord.extract.wordlists import words

ORGANIZATIONS = words(
    """
    division subcommittee journalism
    sentinel inquirer enquirer courier mirror party committee council department ministry university
    college institute institution center centre
    association times post news journal bank group inc corp corporation company co ltd llc court house
    senate congress parliament assembly agency bureau administration commission foundation union
    federation office board pac network church club coalition league campaign society service services
    police fund project magazine organization organisation authority army navy force forces guard
    government republic state states nations kingdom conference caucus tribune herald gazette review press
    radio television tv daily weekly register globe chronicle observer guardian telegraph examiner
    dispatch sun mail today post-gazette herald-tribune media airlines motors systems technologies
    partners capital holdings industries international global alliance initiative council's school academy
    hospital clinic museum library laboratory lab observatory chamber tribunal directorate secretariat
    embassy consulate team transit exchange reserve treasury pentagon kremlin cabinet front brigade
    electric dynamics foods mills energy oil petroleum pharmaceuticals semiconductor software airways
    insurance securities telecom telecommunications aerospace logistics automotive chemicals
    militia movement watch action america americans workers teachers taskforce panel trust studio studios
    records entertainment pictures communications wire reuters wikileaks convention super street
    """
)

# Of these, the ones that are surnames as well ("Ann Church").
ALSO_SURNAMES = words(
    """
    sun post mail watch church court bank front guard trust house page school chamber force mills street
    """
)

NOT_NAMES = words(
    """
    the a an this that these those it its he she they we you i his her their our my your him them us me
    who whom whose which what when where why how but and or nor so yet for of in on at by to from with
    without within into onto over under after before since until while although though because if unless
    as than then there here now not no yes also even just only still both either neither each every all
    any some many most more much few several other others another such same one two three four five six
    seven eight nine ten once twice first second third last next meanwhile however moreover instead rather
    indeed perhaps maybe still again later earlier today tomorrow yesterday tonight monday tuesday
    wednesday thursday friday saturday sunday january february march april june july august september
    october november december sept oct nov dec is are was were be been being am do does did have has had
    having can could may might will would shall should must let lets don't didn't isn't it's that's he's
    she's i'm i've i'd we're we've they're there's what's you're can't won't doesn't wasn't weren't
    couldn't wouldn't shouldn't let's asked according speaking told said says saying despite during
    through throughout between among against about above below across along around behind beside besides
    beyond down up out off like unlike near per via amid given including regarding concerning following
    based born add added adding like well oh ok okay hey look please thanks thank sorry hello dear nearly
    almost about roughly whether why's whatever whoever whenever wherever back photo image video read
    watch click share related getty advertisement editor's note update updated breaking exclusive opinion
    abstract summary q yeah sure great good bad big long old critics supporters officials voters polls
    aides experts analysts people americans republicans democrats lawmakers conservatives liberals
    nothing everything something anything
    progressives millennials reporters sources prosecutors police investors economists
    """
)

# Last words of places, days, laws and other things with proper names, and links: no person has them.
THINGS = words(
    """
    of for on and the & to hall park street streets avenue road square island islands county city river
    valley beach airport building tower towers day night war act bill coast bay tuesday week year weekend
    election primary primaries amendment plan deal order prize award bowl cup olympics games festival show
    report poll survey campaign supporters voters muslims christians jews house hill hills mountain
    mountains ocean sea province district region territory village town heights springs rapids falls strip
    peninsula gulf canal bridge highway drive lane boulevard stadium arena theater theatre hotel lounge
    bar cafe restaurant research computer computers motor corps usa promotions productions solutions
    strategies committees councils principles priorities values live history
    """
)

GEOGRAPHIC = words(
    """
    new north south east west northern southern eastern western central upper lower san los las santa st
    fort mount lake el united saudi great port cape puerto costa sri hong des baton grand little super
    world wall main white black tea islamic supreme capitol second high civil cold social real american
    affordable planned iron middle ground air big green blue red golden holy super early inner outer old
    african national federal
    """
)

# Countries and capitals, which speak for governments (names in news English).
PLACES = words(
    """
    Afghanistan Albania Algeria Angola Argentina Armenia Australia Austria Azerbaijan Bahrain Bangladesh
    Belarus Belgium Bolivia Bosnia Botswana Brazil Britain Bulgaria Cambodia Cameroon Canada Chile China
    Colombia Croatia Cuba Cyprus Denmark Ecuador Egypt England Eritrea Estonia Ethiopia Finland France
    Germany Ghana Greece Guatemala Haiti Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel
    Italy Jamaica Japan Jordan Kazakhstan Kenya Korea Kosovo Kuwait Kyrgyzstan Laos Latvia Lebanon Liberia
    Libya Lithuania Luxembourg Macedonia Malaysia Mali Malta Mexico Moldova Mongolia Montenegro Morocco
    Mozambique Myanmar Namibia Nepal Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palestine
    Panama Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Scotland Senegal Serbia
    Singapore Slovakia Slovenia Somalia Spain Sudan Sweden Switzerland Syria Taiwan Tajikistan Tanzania
    Thailand Tunisia Turkey Turkmenistan Uganda Ukraine Uruguay Uzbekistan Venezuela Vietnam Wales Yemen
    Zambia Zimbabwe Seoul Pyongyang Beijing Tokyo Moscow Kyiv Kiev London Paris Berlin Rome Madrid Lisbon
    Vienna Brussels Athens Ankara Tehran Baghdad Damascus Riyadh Cairo Jerusalem Beirut Amman Kabul
    Islamabad Delhi Dhaka Hanoi Bangkok Manila Jakarta Canberra Ottawa Washington Havana Caracas Bogota
    Lima Santiago Brasilia Nairobi Abuja Pretoria Warsaw Prague Budapest Bucharest Sofia Belgrade Zagreb
    Stockholm Oslo Copenhagen Helsinki Dublin Minsk Tbilisi Yerevan Baku Astana Tashkent Taipei Doha
    Tripoli Tunis Algiers Rabat Khartoum Mogadishu Alabama Alaska Arizona Arkansas California Colorado
    Connecticut Delaware Florida Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine
    Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma
    Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming Europe Asia Africa America
    Congress Parliament Kremlin Pentagon
    """
)

# Last words of newspapers and broadcasters.
OUTLETS = words(
    """
    post times news journal tribune herald gazette review radio television tv daily weekly register globe
    chronicle observer guardian telegraph examiner dispatch sun mail sentinel inquirer enquirer courier
    mirror magazine press
    """
)
