"""The invented companies and people that all sandbox providers know, each in its own words. Nobody in it exists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

CITIES = (
    ("London", "England", "GB"),
    ("Manchester", "England", "GB"),
    ("Bristol", "England", "GB"),
    ("Edinburgh", "Scotland", "GB"),
    ("Leeds", "England", "GB"),
    ("Cardiff", "Wales", "GB"),
    ("Berlin", "", "DE"),
    ("Vienna", "", "AT"),
)
# SIC 2007 with its wording, and the industry as e-mail providers name it.
TRADES = (
    ("62012", "Business and domestic software development", "Software Development"),
    ("62020", "Information technology consultancy activities", "IT Services and IT Consulting"),
    ("70229", "Management consultancy activities", "Business Consulting and Services"),
    ("71122", "Engineering related scientific and technical consulting activities", "Engineering Services"),
    ("73110", "Advertising agencies", "Advertising Services"),
    ("46900", "Non-specialised wholesale trade", "Wholesale"),
)
FIRST_PARTS = ("Amber", "Birch", "Cobalt", "Drift", "Ember", "Fathom", "Garnet", "Harrow", "Isle", "Juniper")
SECOND_PARTS = ("field", "gate", "loom", "mark", "quay", "stone")
ENDINGS = ("Systems", "Works", "Partners", "Labs")
GIVEN = ("Ada", "Bram", "Celia", "Dev", "Esme", "Farid", "Greta", "Hamish", "Iona", "Joel", "Kezia", "Lorcan", "Mina")
FAMILY = (
    "Abara",
    "Blythe",
    "Corrigan",
    "Duarte",
    "Ellwood",
    "Farrant",
    "Gillespie",
    "Hallam",
    "Imrie",
    "Jessop",
    "Kerr",
)
ROLES = (
    ("Managing Director", "executive", "executive"),
    ("Chief Technology Officer", "executive", "it"),
    ("Head of Sales", "executive", "sales"),
    ("Marketing Manager", "senior", "marketing"),
    ("Software Engineer", "junior", "it"),
)
BANDS = ("1-10", "11-50", "51-200", "201-500")
SIZE = 60  # companies


@dataclass(frozen=True, slots=True)
class Person:
    """`index` 0 runs the company; the first two are on its board."""

    index: int
    given: str
    family: str
    role: str
    seniority: str
    department: str
    email: str


@dataclass(frozen=True, slots=True)
class Firm:
    """One company: `number` is its registry's, `lei` a well-formed identifier that nobody was given."""

    index: int
    number: str
    lei: str
    name: str
    domain: str
    city: str
    region: str
    country: str
    sic: str
    trade: str
    industry: str
    founded: str
    band: str
    people: tuple[Person, ...]


@lru_cache(maxsize=1)
def firms() -> tuple[Firm, ...]:
    return tuple(map(_firm, range(SIZE)))


def firm_of(domain: str = "", name: str = "") -> Firm | None:
    """By domain, or by name without its legal form."""
    wanted = name.lower().removesuffix(" limited").removesuffix(" ltd").strip()
    return next((each for each in firms() if domain == each.domain or (wanted and wanted == each.name.lower())), None)


def _firm(index: int) -> Firm:
    first, second = FIRST_PARTS[index % len(FIRST_PARTS)], SECOND_PARTS[index // len(FIRST_PARTS)]
    name = f"{first}{second} {ENDINGS[index % len(ENDINGS)]}"
    city, region, country = CITIES[index % len(CITIES)]
    sic, trade, industry = TRADES[index % len(TRADES)]
    domain = f"{first}{second}.example".lower()
    return Firm(
        index=index,
        number=f"SB{index:06}",
        lei=f"5299SANDBOX{index:07}00",
        name=name,
        domain=domain,
        city=city,
        region=region,
        country=country,
        sic=sic,
        trade=trade,
        industry=industry,
        founded=f"{1994 + index % 30}-{1 + index % 12:02}-{1 + index % 27:02}",
        band=BANDS[index % len(BANDS)],
        people=tuple(_person(index, place, domain) for place in range(2 + index % 4)),
    )


def _person(index: int, place: int, domain: str) -> Person:
    given = GIVEN[(index * 5 + place * 3) % len(GIVEN)]
    family = FAMILY[(index * 7 + place * 4 + index // 11) % len(FAMILY)]
    return Person(place, given, family, *ROLES[place], email=f"{given}.{family}@{domain}".lower())
