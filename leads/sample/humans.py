"""Invents people at companies: name, job title, mailbox, phone, profile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from leads.sample.chance import draw, free, number_of_nobody, spelled
from leads.sample.firms import Firm
from leads.sample.lists import Market, cultures, titles

DEPARTMENTS = {
    "executive": 8,
    "sales": 20,
    "marketing": 13,
    "engineering": 16,
    "it": 11,
    "finance": 9,
    "human_resources": 7,
    "operations": 11,
    "product": 4,
    "legal": 2,
}
LEVELS = {"top": 10, "vp": 10, "director": 24, "manager": 29, "staff": 27}
LOCAL_TITLES = 0.55
OTHER_CULTURE = 0.12
IN_THE_SAME_CITY = 0.72


@dataclass(frozen=True, slots=True)
class Human:
    """An invented person in the current employment; `new_in_role` and `seen` are days before the loading."""

    number: int
    firm: Firm
    first: str
    last: str
    title: str
    email: str
    phone: str
    slug: str
    region: str
    city: str
    new_in_role: int | None
    seen: int


def humans(seed: int, firms: Sequence[Firm], count: int) -> Iterator[Human]:
    """About `count` people, spread over the companies by their shares; no two share a mailbox, a mobile number or a profile.

    Where numbers have run out, somebody is reached by the company's.
    """
    taken = {firm.phone for firm in firms}
    number = 0
    for firm, staff in zip(firms, _staff(firms, count), strict=True):
        for place in range(staff):
            own = firm.number * 10_000 + place
            phone = _phone(draw(seed, "line", own), firm, taken)
            yield _human(draw(seed, "human", own), number, firm, place, phone, taken)
            number += 1


def _staff(firms: Sequence[Firm], count: int) -> list[int]:
    """How many of the people work at each company: at least one where any do, never more than it employs."""
    total = sum(firm.share for firm in firms) or 1
    return [min(firm.employees, max(1, round(firm.share / total * count))) if firm.share else 0 for firm in firms]


def _phone(chance: Random, firm: Firm, taken: set[str]) -> str:
    """More often a mobile; where there is none left, the other kind, and in the end the company's."""
    mobiles, landlines = firm.market.mobiles, firm.market.landlines
    kinds = (mobiles, landlines) if chance.random() < 0.6 else (landlines, mobiles)
    return number_of_nobody(chance, *kinds, taken=taken) or firm.phone


def _human(chance: Random, number: int, firm: Firm, place: int, phone: str, taken: set[str]) -> Human:
    market = firm.market
    culture = cultures()[market.second if chance.random() < OTHER_CULTURE else market.culture]
    is_woman = chance.random() < 0.45
    first, family = chance.choice(culture.women if is_woman else culture.men), chance.choice(culture.families)
    last = of_a_woman(family, market) if is_woman else family
    stays = chance.random() < IN_THE_SAME_CITY
    region, city = (firm.region, firm.city) if stays else chance.choice(market.cities)
    profile = f"{spelled(first)}-{spelled(last)}-{chance.getrandbits(32):08x}"
    return Human(
        number=number,
        firm=firm,
        first=first,
        last=last,
        title=_title(chance, firm, place, is_woman=is_woman),
        email=free(mailbox(firm.pattern, first, last, market.language), f"@{firm.domain}", taken),
        phone=phone,
        slug=free(profile, "", taken),
        region=region,
        city=city,
        new_in_role=chance.randint(5, 170) if chance.random() < 0.1 else None,
        seen=min(1_500, round(chance.expovariate(1 / 140)) + 1),
    )


def mailbox(pattern: str, first: str, last: str, language: str) -> str:
    """The part before the @ by the company's pattern: "first.last" -> "jean-luc.moreau"."""
    given, family = spelled(first, language), spelled(last, language).replace("-", "")
    return {
        "first.last": f"{given}.{family}",
        "flast": f"{given[:1]}{family}",
        "first": given,
        "f.last": f"{given[:1]}.{family}",
        "firstlast": f"{given}{family}",
        "last": family,
        "first_last": f"{given}_{family}",
    }[pattern]


def of_a_woman(family: str, market: Market) -> str:
    """The family name as a woman bears it in Poland and the Czech Republic."""
    if market.country == "PL" and family.endswith(("ski", "cki", "dzki")):
        return f"{family[:-1]}a"
    if market.country != "CZ" or family.endswith("í"):
        return family
    for ending, hers in (("ý", "á"), ("a", "ová"), ("ek", "ková"), ("ec", "cová"), ("", "ová")):
        if family.endswith(ending):
            return f"{family.removesuffix(ending)}{hers}"
    return family


def _title(chance: Random, firm: Firm, place: int, *, is_woman: bool) -> str:
    """The first person leads the company; others hold what companies of its size have."""
    department, level = "executive", "top"
    if place > 0 or chance.random() < 0.15:
        department = chance.choices(list(DEPARTMENTS), list(DEPARTMENTS.values()))[0]
        level = _level(chance, department, firm.employees)
    languages = (firm.market.language, "en") if chance.random() < LOCAL_TITLES else ("en",)
    options = next(found for language in languages if (found := titles().get((language, department, level), ())))
    his, _, hers = chance.choice(options).partition("/")
    return hers if is_woman and hers else his


def _level(chance: Random, department: str, employees: int) -> str:
    """A level that the department has; small companies have no vice presidents."""
    known = [level for level in LEVELS if ("en", department, level) in titles()]
    if employees < 100 and len(known) > 1:
        known = [level for level in known if level != "vp"]
    return chance.choices(known, [LEVELS[level] for level in known])[0]
