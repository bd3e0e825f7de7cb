"""One row of a user's file as a candidate, by the mapping of its columns to our fields."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from leads.candidate import Candidate, Signal
from leads.identity import email_key, linkedin_slug
from leads.linkedin_files import FILE, day_of
from leads.table_rows import Cells, company_facts, names, place

CONFIDENCE = 0.9
Extra = tuple[tuple[str, str], ...]


class UnusableRow(ValueError):
    """Why a row is no lead, in words that follow "line 12 ..."."""


def by_field(cells: Sequence[str], mapping: Mapping[str, int]) -> Cells:
    """A file's row under the names of our fields."""
    return Cells({field: cells[column] for field, column in mapping.items() if 0 <= column < len(cells)})


def to_candidate(
    cells: Cells, *, record_id: str, observed_at: datetime | None, extra: Extra, source: str = FILE
) -> Candidate:
    """The candidate; raises UnusableRow for a row that names neither person nor company."""
    full, first, last = names(cells)
    company, has_profile = company_facts(cells), bool(linkedin_slug(cells["linkedin_url"]))
    if not (full or company.name or company.domain or email_key(cells["email"]) or has_profile):
        raise UnusableRow("names no person, company or e-mail address")
    country, region, city = place(cells, "country", "region", "city", "location")
    return Candidate(
        source=source,
        record_id=record_id,
        full_name=full,
        first_name=first,
        last_name=last,
        title=cells["title"],
        email=cells["email"],
        phone=cells["phone"],
        linkedin_url=cells["linkedin_url"] if has_profile else "",
        country=country,
        region=region,
        city=city,
        company=company,
        signals=_signals(cells),
        observed_at=observed_at,
        confidence=CONFIDENCE,
        extra=extra,
    )


def _signals(cells: Cells) -> tuple[Signal, ...]:
    """The day of a connection on LinkedIn, where the file tells it."""
    day = day_of(cells["connected_on"])
    return (Signal("connected", day),) if day else ()
