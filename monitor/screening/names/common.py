"""Words that say little because very many names have them, with how many of a thousand have them.

The shares are of the names on the Entity List of 2026 and of the other lists of 2022, rounded, and
widened by the words of business that any list will have; they ship with the program so that a list
of ten rows does not make "Technology" rare. Brands are left out on purpose: "Huawei" is frequent on
the list and still says whom it means.
"""

from math import log

from monitor.screening.names.places import PLACE_WORDS, PLACES
from monitor.screening.names.words import stem

_PER_THOUSAND = """
220 technology
90 electronic
80 research institute science
60 industry engineering trading group
40 center plant international system aviation semiconductor production
30 bank state equipment service design trade bureau development
25 academy enterprise communication information shipping corporation industrial machine marine
18 aerospace instrument holding radio institution solution investment
15 general named association shipbuilding company public military manufacturing import export
12 national management logistic material concern building missile circuit organization special
12 computer security global energy federal optical
10 power integrated mechanical repair precision technical experimental central commercial precise
10 laboratory air central defense oil mechanics petroleum petrochemical construction control
10 network
8 nuclear optoelectronic united islamic cloud intelligent intelligence digital advanced
8 innovation
8 product component device automation supply medical chemical electric electrical aircraft
8 branch
8 branch entity subordinate affiliated unitary complex space transport transportation cargo
6 exchange capital quantum software data smart micro micron physic measurement testing test
6 foundation high professional scientist project steel metal gas mining finance financial
6 insurance
6 support university airline flight ship boat navigation institut foreign business material
6 light
6 computing supercomputing satellite unmanned vehicle robot robotic sensor sensing laser vision
5 office ministry department administration committee agency commission police army force guard
5 corps
5 republic people china pars asia general star sky sun ocean sea gulf pacific orient oriental
5 new modern future world universal prime premier elite first best top golden gold silver green
5 blue
5 red white black royal king prince crown eagle lion tiger dragon phoenix falcon horse
4 far middle north south east west northern southern eastern western northwest southeast
4 northeast
4 southwest point line way gate house home land field hill mountain river lake bridge port
4 harbor
4 alpha beta gamma delta sigma omega zeta theta alfa apex summit peak max maximum mega giga
4 ultra
4 super hyper nano macro mono uni multi trans inter pan neo pro optima optimum ideal
4 life care health pharma pharmaceutical medicine bio biotech biological gene genetic genomic
4 food farm agricultural agriculture textile leather paper plastic rubber glass ceramic cement
4 shop store mall market marketing retail wholesale distribution distributor sale supply
4 supplier
4 consultancy consulting consultant advisory adviser partner alliance union league club society
4 unity trust fund venture asset property realty estate hotel travel tourism tour holiday
4 media press news publishing print printing film music art design fashion creative studio
4 school college education training study learning library museum
4 water wind solar wave fire earth stone rock sand salt crystal diamond pearl
4 engine motor auto automotive automobile car truck tire wheel gear pump valve bearing turbine
4 tool hardware furniture wood timber steelwork pipe wire cable battery lamp lighting led
4 door window floor roof wall paint coating film foil
4 connect connection link net web online cyber internet mobile phone wireless signal antenna
4 microwave frequency radar sonar navigation gps guidance weapon arms arsenal ammunition
4 freight express courier forward forwarding line lines fleet vessel tanker maritime offshore
4 application applied operating operation operator process processing proces core chip wafer
4 key smartchip module board pcb assembly package packaging spare part accessory
4 main sub unit section division sector region regional local territory zone park
4 innovative creative excellent quality standard certified certification inspection
4 environmental environment ecology ecological carbon fiber composite alloy powder film
4 aeronautic aeronautical astronautic rocket propulsion helicopter drone airport jet
4 electromechanical electrotechnical electro opto photon photonic photoelectric microscopy
4 automatic automated analytical analysis measuring metrology
4 chemistry mathematic geology geophysical hydro hydraulic thermal cryogenic vacuum
4 infrastructure architecture contractor contracting
4 successor subsidiary including related branch any all operated owned based
4 central main head joint stock open closed private limited liability
4 small big great grand long fast quick speed rapid dynamic active direct
4 one two three four five six seven eight nine ten
4 day time age era century millennium
4 good well true real sure safe safety secure
4 brother son daughter family father mother child
4 man woman human person personal
4 code logic mind brain think idea concept
4 value profit wealth rich fortune luck lucky happy
4 mission action force energy drive
4 access entry exit open close
4 nation country city town village county province district
4 east asian european american african arab arabian turkish indian persian iranian russian
4 chinese
4 korean japanese german french british pakistani syrian
10 bin al el abu ibn abd van von der dos das del los las san santa
20 gosudarstvenny spetsialnoe otkrytoe zakrytoe aktsionernoe obshchestvo
6 proizvodstvenny vserossiyskiy vserossiysky tsentralny tsentralnoe kazennoe kazenny
6 uchrezhdenie
6 byudzhetnoe budgetary unitarny unitarnoe kombinat kompleks filial gruppa torgovy dom oblast
6 mashinostroeniya mashinostroitelny mashinostroitelnyi mashinostroitelnoe priborostroeniya
6 priborov pribor elektromekhanichesky mekhanichesky opytny opytnoe experimentalny tekhniki
6 tekhnika
6 tekhnicheski elektroniki mikroelektroniki radioelektroniki avtomatiki svyazi svyaz energetiki
6 aviatsionny aviatsionnoe raketny raketnoe voenno voenny oboronny oboronprom nauka nauki ran
6 ras
6 ooo oao zao pao npo npp npk nii niii niti tsnii vnii okb skb tskb kb sktb fgup fgu gup mup ao
6 po pkf
6 kontsern korporatsiya kompaniya zavody remontny remont stroy stroitelny promyshlenny
6 promyshlennost
6 prom tekh tekhno tekhnologichesky sudostroitelny sudoremontny neft gaz neftegaz energo
6 sanayi ticaret dis ihracat ithalat pazarlama insaat turizm danismanlik havacilik elektronik
6 sirketi
6 makina muhendislik anonim irketi irketi ve
6 compania comercializadora comercial inversiones inmobiliaria constructora servicios servicio
6 empresa
6 distribuidora agricola importadora exportadora sociedad corporacion desarrollo transportes
6 sanat gostar tadbir sazeh shirkat sherkat bazargani novin sazan tolid
6 keji dianzi jituan youxian gongsi zhongguo yanjiu yanjiusuo daxue dianqi guoji maoyi xinxi
4 general trader merchant dealer enterprise shahid imam haji hajji sheikh dr mr
4 aerotech avia aviatech electrotech infotech biotec
4 vostok zapad sever yug vostochny zapadny severny yuzhny tsentr
"""

_GIVEN_NAMES_TEXT = """
ahmad ahmed muhammad mohammad mohammed mohamed mohamad mohd ali hassan hasan hussein hossein
hussain husain reza mahmoud mahmood mehdi mahdi khalil khan ibrahim abdul abdullah abdallah omar
umar yusuf yousef mustafa said saeed sayed seyed sayyid amir hamid karim rahim rahman jamal
kamal nasir naser ansar malik farid fawad javad majid masoud mohsen morteza mojtaba alexander
aleksandr aleksander alexandr alexei alexey aleksey andrey andrei anatoly boris dmitry dmitriy
evgeny evgeniy igor ivan mikhail nikolay nikolai oleg olga pavel roman sergey sergei vadim
valery valeriy victor viktor vladimir vyacheslav yuri yury ivanov petrov elena natalia irina
anna maria tatiana svetlana ekaterina wang li zhang liu chen yang huang zhao wu zhou xu sun ma
zhu hu guo he lin gao luo zheng liang xie tang feng deng cao peng zeng tian dong pan yuan cai
jiang wei yu lu ye wong lee chan lam ng kim park choi jung singh kumar sharma jose juan carlos
luis antonio jesus manuel francisco miguel pedro jorge fernando rafael rodriguez garcia martinez
hernandez lopez gonzalez sanchez perez john james david michael robert william richard thomas
paul peter george daniel mark martin joseph
"""
_GIVEN_NAMES = frozenset(_GIVEN_NAMES_TEXT.split())
"""Names that very many persons bear; they weigh little, and do not make a firm's name."""

_COUNTRIES_TEXT = """
china chinese russia russian iran iranian pakistan india hong kong uae turkey korea prc
international
"""
_COUNTRIES = frozenset(_COUNTRIES_TEXT.split())
_PLACE, _COUNTRY, _GIVEN = 45.0, 250.0, 6.0
_UNKNOWN = 0.1

_SHARES = {
    stem(word): float(line.split(" ", 1)[0])
    for line in reversed(_PER_THOUSAND.strip().splitlines())
    for word in line.split()[1:]
}
_LITTLE_TEXT = """
of for in at on by to de del la le les el y e i s po a an or und fur fuer na v iz ot dlya
"""
_LITTLE = frozenset(_LITTLE_TEXT.split())


COMMON = frozenset(word for line in _PER_THOUSAND.strip().splitlines() for word in line.split()[1:])
"""The words of the table as they are written."""


def is_common(word: str) -> bool:
    """Whether a word stands in very many names and tells no party by itself."""
    return word in _LITTLE or stem(word) in _SHARES


def is_little(word: str) -> bool:
    """Whether a word has no weight at all: "of", "for"."""
    return word in _LITTLE


def share(word: str) -> float:
    """How many of a thousand names have this word, wherever names are read."""
    if word in _COUNTRIES:
        return _COUNTRY
    if word in PLACES or word in PLACE_WORDS:
        return max(_PLACE, _SHARES.get(stem(word), 0.0))
    return _SHARES.get(stem(word), _GIVEN if word in _GIVEN_NAMES else _UNKNOWN)


def weight(word: str, bearers: int, rows: int) -> float:
    """What a word says about whom a name means: the natural log of how rare it is.

    `bearers` of `rows` on the list at hand have it; the table counts as much as a list of 3,000.
    A number weighs as a rare word, a place or a word of one or two letters never much.
    """
    if word in _LITTLE:
        return 0.0
    rare = log((rows + _NOMINAL) / (bearers + _NOMINAL * share(word) / 1000))
    if word[0] == "#":
        return max(rare, _NUMBER)
    return min(rare, _SHORT) if len(word) <= 2 and word.isascii() else rare


_NOMINAL = 3_000
_SHORT, _NUMBER = 3.0, 6.0
