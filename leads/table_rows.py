"""The facts of one row of a table, whatever its columns are called: a person at a company, in our standard terms."""

import re
from collections.abc import Mapping

from leads.candidate import CompanyFacts
from leads.identity import domain_key, email_key, is_free_mail, linkedin_company_slug
from leads.vocabulary import funding, industries, places, sizes, technologies

MOST_DIGITS = 30  # with their separators
AMOUNTS = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}


class Cells:
    """One row by the names of our fields; a field without a column is empty."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __getitem__(self, field: str) -> str:
        return self._texts.get(field, "").strip()

    def many(self, field: str) -> tuple[str, ...]:
        """A cell that lists several, apart by commas, semicolons or bars."""
        return tuple(dict.fromkeys(part for text in re.split(r"[,;|]", self[field]) if (part := text.strip())))


def names(cells: Cells) -> tuple[str, str, str]:
    """Full, first and last name; "Meyer, Anna" and "Anna Meyer" are taken apart if the file does not do so."""
    first, last, full = cells["first_name"], cells["last_name"], cells["full_name"]
    if first or last:
        return full or f"{first} {last}".strip(), first, last
    if "," in full:
        last, _, first = (part.strip() for part in full.partition(","))
        return f"{first} {last}".strip(), first, last
    first, _, last = full.partition(" ")
    return full, first, last.strip()


def company_facts(cells: Cells) -> CompanyFacts:
    """The company; words that our vocabulary does not know stay in `industry_raw`, other unknown words are dropped."""
    low, high = sizes.parse(cells["employees"]) if cells["employees"] else (None, None)
    industry = industries.find(cells["industry"]) if cells["industry"] else None
    country, region, city = place(cells, "company_country", "company_region", "company_city", "company_location")
    return CompanyFacts(
        name=cells["company"],
        domain=_domain(cells),
        country=country,
        region=region,
        city=city,
        industry=industry.code if industry else "",
        industry_raw=cells["industry"],
        employees_min=low,
        employees_max=high,
        revenue_usd=amount(cells["revenue"]),
        founded_year=_year(cells["founded"]),
        funding_stage=funding.normalise(cells["funding_stage"]),
        technologies=tuple(technologies.canonical(name)[:60] for name in cells.many("technologies")),
        keywords=tuple(word[:80] for word in cells.many("keywords")[:30]),
        description=cells["description"],
        phone=cells["company_phone"],
        linkedin_url=cells["company_linkedin_url"] if linkedin_company_slug(cells["company_linkedin_url"]) else "",
        registry_ids=_registry(cells, country),
    )


def _domain(cells: Cells) -> str:
    """The website's, else that of a business address."""
    if domain := domain_key(cells["domain"]):
        return domain
    mailbox = email_key(cells["email"]).rpartition("@")[2]
    return domain_key(mailbox) if mailbox and not is_free_mail(mailbox) else ""


def _registry(cells: Cells, country: str) -> tuple[tuple[str, str], ...]:
    number = cells["registry_number"]
    return ((f"registry-{country.lower() or 'gb'}", number),) if number else ()


def place(cells: Cells, country: str, region: str, city: str, location: str) -> tuple[str, str, str]:
    """ISO code, region and city, from their own columns or from one text such as "Lyon, France"."""
    code = places.country_code(cells[country]) if cells[country] else ""
    if code or not cells[location]:
        return code, cells[region], cells[city]
    return from_text(cells[location])


def from_text(location: str) -> tuple[str, str, str]:
    """ISO code, region and city of "Berlin, Germany", "Bavaria" or "France"; ("", "", text) if it is unknown."""
    term = places.normalise(location)
    if not term or term.startswith("region:"):
        return "", "", "" if term else location
    kind, colon, rest = term.partition(":")
    name, _, code = rest.rpartition(",")
    if not colon:
        return term, "", ""
    return (code, name, "") if kind == "state" else (code, "", name)


def amount(text: str) -> int | None:
    """US dollars of "$1.5M", "12,000,000" or "2 billion"; None if it is no amount."""
    found = re.fullmatch(r"\$?\s*(\d[\d,]*(?:\.\d+)?)\s*([a-z]*)(?:\s*usd)?", text.strip().lower())
    if not found or len(found[1]) > MOST_DIGITS or found[2] not in ("", "usd", *AMOUNTS):
        return None
    return round(float(found[1].replace(",", "")) * AMOUNTS.get(found[2], 1))


def _year(text: str) -> int | None:
    found = re.search(r"\b(1[5-9]\d\d|20\d\d)\b", text)
    return int(found[1]) if found else None
