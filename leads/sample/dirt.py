"""How a data set tells of the invented truth: fields missing, misspelled, stale, or written in another way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from leads.candidate import CompanyFacts
from leads.directory.records import CompanyRecord, PersonRecord
from leads.sample.chance import spelled
from leads.sample.firms import Firm
from leads.sample.humans import Human
from leads.vocabulary import industries, sizes

ROLE_MAILBOXES = ("info", "office", "sales", "contact", "hello")
# Gmail allows no underscore, so these private addresses cannot be anybody's.
FREE_MAIL = "{first}_{last}{year}@gmail.com"
SHORT_FORMS = {
    "Robert": "Bob",
    "William": "Bill",
    "Katherine": "Kate",
    "Michael": "Mike",
    "Thomas": "Tom",
    "Susan": "Sue",
}
SHORT_FORMS |= {"Elizabeth": "Liz", "Richard": "Rick", "Jennifer": "Jenny", "Andrew": "Andy", "Philipp": "Phil"}


@dataclass(frozen=True, slots=True)
class Teller:
    """A data set's habits: the shares of fields that it lacks, and how many days its news is old."""

    name: str
    title: str
    lacks: float
    errs: float
    delay: int


TELLERS = (
    Teller("sample-a", "Sample directory A (invented)", lacks=1.0, errs=1.0, delay=0),
    Teller("sample-b", "Sample directory B (invented)", lacks=1.4, errs=2.5, delay=60),
)


def company_record(firm: Firm, teller: Teller, chance: Random, now: datetime) -> CompanyRecord:
    """The company as the data set has it; what it says of happenings is dated before `now`."""
    news, url = firm.news, f"https://directory.example/{teller.name}/companies/c{firm.number:06d}"
    lacks = _Lacks(chance, teller)

    def day(days: int | None, share: float) -> datetime | None:
        return None if days is None or lacks(share) else now - timedelta(days=days)

    hiring, funded, expansion = day(news.hiring, 0.1), day(news.funded, 0.1), day(news.expansion, 0.1)
    return CompanyRecord(
        record_id=f"c{firm.number:06d}",
        facts=_facts(firm, teller, chance, lacks),
        hiring_on=hiring.date() if hiring else None,
        hiring_detail=f"Hiring in {news.hiring_for}" if hiring else "",
        funded_on=funded.date() if funded else None,
        growth_percent=None if lacks(0.15) else news.growth,
        expansion_on=expansion.date() if expansion else None,
        url=url,
    )


def person_record(person: Human, teller: Teller, chance: Random, now: datetime) -> PersonRecord:
    """The person as the data set has it."""
    lacks = _Lacks(chance, teller)
    first, last = _name(person, chance, teller)
    new_in_role = None if person.new_in_role is None or lacks(0.1) else now - timedelta(days=person.new_in_role)
    return PersonRecord(
        record_id=f"p{person.number:06d}",
        company_record_id=f"c{person.firm.number:06d}",
        observed_at=now - timedelta(days=person.seen + teller.delay),
        full_name=f"{first} {last}",
        first_name=first,
        last_name=last,
        title="" if lacks(0.03) else _title(person.title, chance),
        email="" if lacks(0.17) else _email(person, chance, teller),
        phone="" if lacks(0.42) else _phone(person.phone, chance),
        linkedin_slug="" if lacks(0.25) else person.slug,
        country="" if lacks(0.05) else person.firm.market.country,
        region="" if lacks(0.1) else person.region,
        city="" if lacks(0.08) else person.city,
        new_in_role_on=new_in_role.date() if new_in_role else None,
        url=f"https://directory.example/{teller.name}/people/p{person.number:06d}",
    )


class _Lacks:
    """Whether a field is missing, by the field's share and the data set's habit."""

    def __init__(self, chance: Random, teller: Teller) -> None:
        self._chance, self._teller = chance, teller

    def __call__(self, share: float) -> bool:
        return self._chance.random() < share * self._teller.lacks


def _facts(firm: Firm, teller: Teller, chance: Random, lacks: _Lacks) -> CompanyFacts:
    band = sizes.band_of(firm.employees)
    exact = chance.random() < 0.35
    low, high = (firm.employees, firm.employees) if exact else (band.low, band.high)
    knows_size = not lacks(0.07)
    knows_industry = not lacks(0.05)
    return CompanyFacts(
        name=_company_name(firm, chance, teller),
        domain="" if lacks(0.05) else firm.domain,
        country="" if lacks(0.015) else firm.market.country,
        region="" if lacks(0.1) else firm.region,
        city="" if lacks(0.06) else firm.city,
        industry=firm.trade.industry if knows_industry else "",
        industry_raw=industries.label(firm.trade.industry) if knows_industry else "",
        employees_min=low if knows_size else None,
        employees_max=high if knows_size else None,
        revenue_usd=None if lacks(0.45) else firm.revenue_usd,
        founded_year=None if lacks(0.25) else firm.founded,
        funding_stage="" if lacks(0.1) else firm.stage,
        technologies=() if lacks(0.25) else firm.technologies,
        keywords=() if lacks(0.1) else firm.keywords,
        description="" if lacks(0.15) else firm.description,
        phone="" if lacks(0.4) else _phone(firm.phone, chance),
        linkedin_url="" if lacks(0.3) else f"https://www.linkedin.com/company/{firm.domain.removesuffix('.example')}",
    )


def _company_name(firm: Firm, chance: Random, teller: Teller) -> str:
    """With or without the legal form, in capitals, with a letter lost."""
    kind = chance.random() / teller.errs
    stem = firm.name
    for form in firm.market.forms:
        stem = stem.removesuffix(f" {form}")
    if kind < 0.03:
        return firm.name.upper()
    if kind < 0.045:
        return typo(firm.name, chance)
    return stem if kind < 0.15 else firm.name


def _name(person: Human, chance: Random, teller: Teller) -> tuple[str, str]:
    """As people write it: a short form, no accents, capitals, a letter lost."""
    kind = chance.random() / teller.errs
    if kind < 0.015:
        return person.first.upper(), person.last.upper()
    if kind < 0.03:
        return person.first, typo(person.last, chance)
    if kind < 0.05:
        return spelled(person.first).capitalize(), spelled(person.last).capitalize()
    return (SHORT_FORMS.get(person.first, person.first), person.last) if kind < 0.1 else (person.first, person.last)


def _title(title: str, chance: Random) -> str:
    kind = chance.random()
    if kind < 0.02:
        return title.upper()
    return title.lower() if kind < 0.05 else title


def _email(person: Human, chance: Random, teller: Teller) -> str:
    """Mostly the person's own; sometimes a shared or private mailbox, capitals, or one that cannot be written to."""
    kind = chance.random() / teller.errs
    if kind < 0.02:
        return f"{chance.choice(ROLE_MAILBOXES)}@{person.firm.domain}"
    if kind < 0.035:
        return FREE_MAIL.format(first=spelled(person.first), last=spelled(person.last), year=chance.randint(60, 99))
    if kind < 0.05:
        return person.email.replace("@", chance.choice(("@@", " @ ", "(at)", "")))
    return person.email.upper() if kind < 0.07 else person.email


def _phone(number: str, chance: Random) -> str:
    """Mostly international; sometimes with blanks and brackets, or too short to be dialled."""
    kind = chance.random()
    if not number:
        return ""
    if kind < 0.03:
        return number[: chance.randint(5, 8)]
    if kind < 0.3:
        return f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}".strip()
    return f"{number[:3]} ({number[3:5]}) {number[5:]}" if kind < 0.35 else number


def typo(text: str, chance: Random) -> str:
    """One letter lost, doubled or swapped with the next."""
    if len(text) < 4:
        return text
    place = chance.randrange(1, len(text) - 2)
    before, here, after = text[:place], text[place], text[place + 1 :]
    return chance.choice((before + after, before + here + here + after, before + after[0] + here + after[1:]))
