"""One row of a data set's file as records of the directory, by the columns that its mapping names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from leads.candidate import CompanyFacts
from leads.directory.mapping import ColumnMap
from leads.directory.records import CompanyRecord, PersonRecord, company_key
from leads.identity import email_key, linkedin_slug, name_sort_key
from leads.table_rows import Cells, company_facts, names, place

TRUE = frozenset({"true", "yes", "y", "1", "t"})
PERSONAL = frozenset({"full_name", "first_name", "last_name", "email", "linkedin_url"})
LONGEST_ID = 120


class UnusableRecord(ValueError):
    """Why a row gives no record, in words that follow "line 12"."""


@dataclass(frozen=True, slots=True)
class Translator:
    """`observed_at` is the day of which the whole file tells."""

    mapping: ColumnMap
    observed_at: datetime

    def records(self, row: Mapping[str, str]) -> tuple[CompanyRecord, PersonRecord | None]:
        """The company, and the person if the row names one. Raises UnusableRecord."""
        cells = Cells(self.mapping.texts(row))
        facts = company_facts(cells)
        if not (facts.name or facts.domain):
            raise UnusableRecord("names no company")
        number = self._number(row)
        person = self._person(cells, facts, number) if self._lists_people else None
        own_number = number if number and not self._lists_people else company_id(facts)
        return self._company(cells, facts, own_number), person

    @property
    def _lists_people(self) -> bool:
        return bool(PERSONAL & self.mapping.columns.keys())

    def _number(self, row: Mapping[str, str]) -> str:
        """What the file numbers the row by, "" if it is the company that counts."""
        if self.mapping.joins_listings:
            return ""
        number = row[self.mapping.record].strip()
        if not number:
            raise UnusableRecord(f"has no {self.mapping.record}, which numbers the records")
        return fitting(number)

    def _company(self, cells: Cells, facts: CompanyFacts, record_id: str) -> CompanyRecord:
        is_hiring = cells["is_hiring"].lower() in TRUE
        return CompanyRecord(
            record_id=record_id,
            facts=facts,
            hiring_on=self.observed_at.date() if is_hiring else None,
            hiring_detail="Hiring" if is_hiring else "",
            url=cells["url"],
        )

    def _person(self, cells: Cells, facts: CompanyFacts, number: str) -> PersonRecord | None:
        full, first, last = names(cells)
        own = email_key(cells["email"]) or linkedin_slug(cells["linkedin_url"]) or name_sort_key(full)
        if not own:
            return None
        country, region, city = place(cells, "country", "region", "city", "location")
        return PersonRecord(
            record_id=number or fitting(f"{own}@{company_id(facts)}"),
            company_record_id=company_id(facts),
            observed_at=self.observed_at,
            full_name=full,
            first_name=first,
            last_name=last,
            title=cells["title"],
            email=cells["email"],
            phone=cells["phone"],
            linkedin_slug=linkedin_slug(cells["linkedin_url"]),
            country=country,
            region=region,
            city=city,
        )


def company_id(facts: CompanyFacts) -> str:
    """The record's id where the file has none: the same for all rows of one company."""
    return fitting(company_key(facts))


def fitting(text: str) -> str:
    """The text, or a digest of one that is longer than an id may be."""
    return text if len(text) <= LONGEST_ID else blake2b(text.encode(), digest_size=32).hexdigest()
