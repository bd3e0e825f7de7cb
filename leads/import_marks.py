"""How sure we are of what a column is: by its name, and by whether its first values look like that."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from leads.file_guessing import LOOKS as TOLD_BY_VALUES
from leads.file_headers import ENOUGH, LOOK, guess_mapping
from leads.identity import domain_key, email_key, linkedin_company_slug, linkedin_slug
from leads.linkedin_files import day_of
from leads.models import SourceFile
from leads.table_rows import amount
from leads.vocabulary import places, sizes

VAGUE = frozenset({"name", "contact", "person", "url", "title", "location", "number"})  # of many kinds of list

BY_VALUES = "Its name does not say so, its first values do"


class Certainty(StrEnum):
    SURE = "Sure"
    GUESS = "Guess"
    IGNORED = "Ignored"


@dataclass(frozen=True, slots=True)
class Mark:
    """How sure we are, and what speaks against it."""

    certainty: Certainty
    why: str = ""

    @property
    def tone(self) -> str:
        return {Certainty.SURE: "good", Certainty.GUESS: "warn", Certainty.IGNORED: "quiet"}[self.certainty]


@dataclass(frozen=True, slots=True)
class _Look:
    what: str
    fits: Callable[[str], object]


LOOKS: Mapping[str, _Look] = {
    "email": _Look("an e-mail address", email_key),
    "domain": _Look("a web address", domain_key),
    "linkedin_url": _Look("a LinkedIn profile", linkedin_slug),
    "company_linkedin_url": _Look("a company's page at LinkedIn", linkedin_company_slug),
    "phone": _Look("a phone number", lambda text: len(re.findall(r"\d", text)) >= 6),
    "company_phone": _Look("a phone number", lambda text: len(re.findall(r"\d", text)) >= 6),
    "country": _Look("a country", places.country_code),
    "company_country": _Look("a country", places.country_code),
    "employees": _Look("a number of people", lambda text: sizes.parse(text)[0] is not None),
    "revenue": _Look("an amount", lambda text: amount(text) is not None),
    "founded": _Look("a year", lambda text: re.search(r"\b(1[5-9]|20)\d\d\b", text)),
    "connected_on": _Look("a day", day_of),
}


def first_values(file: SourceFile) -> list[list[str]]:
    """By column the values of the first rows, without the empty ones. One query."""
    rows = list(file.rows.order_by("line").values_list("cells", flat=True)[:LOOK])
    return [[cells[at] for cells in rows if at < len(cells) and cells[at]] for at in range(len(file.header))]


def mark(field: str, header: str, values: Sequence[str]) -> Mark:
    """`field` is ours that the column is read as, "" for none.

    >>> mark("email", "E-Mail", ["ana@harbour.example", "none"])
    Mark(certainty=<Certainty.GUESS: 'Guess'>, why='1 of the first 2 values does not look like an e-mail address')
    """
    if not field:
        return Mark(Certainty.IGNORED)
    if not values:
        return Mark(Certainty.GUESS, "The first rows have nothing here")
    look = LOOKS.get(field)
    if look is None:
        return Mark(Certainty.GUESS if _is_vague(header) else Certainty.SURE)
    strange = sum(not look.fits(value) for value in values)
    if strange <= (1 - ENOUGH) * len(values):
        return Mark(Certainty.GUESS, BY_VALUES) if _is_by_values(field, header) else Mark(Certainty.SURE)
    verb = "does" if strange == 1 else "do"
    return Mark(Certainty.GUESS, f"{strange} of the first {len(values)} values {verb} not look like {look.what}")


def _is_by_values(field: str, header: str) -> bool:
    """Whether only the values can have said so: the same name stands for a person's and for a company's."""
    plain = field.removeprefix("company_")
    return bool({field, plain} & TOLD_BY_VALUES.keys()) and not {field, plain} & guess_mapping([header]).keys()


def _is_vague(header: str) -> bool:
    return header.strip().casefold() in VAGUE and bool(guess_mapping([header]))
