"""How the columns of a user's file are read: shown with samples, changed by a person, kept with the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leads.file_headers import NAMING, fields
from leads.models import ACTIVE_STATES, Run, SourceFile

SAMPLES, LOOK = 3, 50
LABELS = {
    "full_name": "Full name",
    "title": "Job title",
    "email": "E-mail",
    "linkedin_url": "LinkedIn address",
    "connected_on": "Connected on (LinkedIn)",
    "region": "State or region",
    "location": "Place (city, state, country)",
    "domain": "Company website",
    "revenue": "Revenue a year",
    "founded": "Year founded",
    "company_linkedin_url": "Company LinkedIn address",
    "company_region": "Company state or region",
    "company_location": "Company place",
    "registry_number": "Registry number",
}


class Unusable(ValueError):
    """Why the columns cannot be read like this; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file; `field` is ours that it gives, "" for none; `samples` are its first different values."""

    position: int
    header: str
    field: str
    samples: tuple[str, ...]


def columns(file: SourceFile) -> list[Column]:
    """The file's columns in their order. One query."""
    rows = list(file.rows.order_by("line").values_list("cells", flat=True)[:LOOK])
    named = {position: field for field, position in file.mapping.items()}
    return [
        Column(position, header, named.get(position, ""), _samples(rows, position))
        for position, header in enumerate(file.header)
    ]


def field_labels() -> dict[str, str]:
    """Each field that a column may give, and what people read for it."""
    return {field: LABELS.get(field, field.replace("_", " ").capitalize()) for field in fields()}


def remap(file: SourceFile, mapping: Mapping[str, int]) -> None:
    """Reads the columns like this from now on. Raises Unusable if no row could be a lead, or a run reads the file now."""
    if not NAMING & mapping.keys():
        raise Unusable(
            "Say which column has the name, the e-mail address or the company: without one no row is a lead."
        )
    if being_read(file):
        raise Unusable("A run reads this file now. Change its columns when the run has ended.")
    file.mapping = dict(mapping)
    file.save(update_fields=["mapping"])


def being_read(file: SourceFile) -> bool:
    """Whether a run that has not ended reads the file."""
    return Run.objects.filter(workspace_id=file.workspace_id, source_file=file, state__in=ACTIVE_STATES).exists()


def _samples(rows: list[list[str]], position: int) -> tuple[str, ...]:
    values = (cells[position].strip() for cells in rows if position < len(cells))
    return tuple(list(dict.fromkeys(value for value in values if value))[:SAMPLES])
