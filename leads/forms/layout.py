"""How the criteria stand on the page: three cards of rows, each row one criterion with its controls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from leads.forms.criteria import FLAGS, RANGES


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion; a control that it lacks is None. `kind` is terms, range or flag."""

    key: str
    label: str
    kind: str
    main: BoundField | None
    text: BoundField | None
    none: BoundField | None
    low: BoundField | None
    high: BoundField | None
    level: BoundField | None

    @property
    def controls(self) -> list[BoundField]:
        return [each for each in (self.main, self.text, self.none, self.low, self.high) if each]

    @property
    def is_asked(self) -> bool:
        return any(control.value() or control.errors for control in self.controls)

    @property
    def is_set(self) -> bool:
        """Whether its words are chosen from a closed list, so that exclusions are ticks as well."""
        return self.none is not None and self.none.use_fieldset


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the builder; `more` are the rows behind "More"."""

    key: str
    title: str
    icon: str
    rows: Sequence[Row]
    more: Sequence[Row] = ()

    @property
    def is_more_open(self) -> bool:
        return any(row.is_asked for row in self.more)


LABELS = {
    "industries": "Industries",
    "places": "Places",
    "employees": "Employees",
    "keywords": "Keywords",
    "revenue": "Revenue, US dollars a year",
    "founded": "Year founded",
    "departments": "Departments",
    "seniorities": "Seniority",
    "titles": "Job titles",
    "email": "E-mail address",
    "phone": "Phone number",
    "technologies": "Technologies",
    "funding_stages": "Funding stage",
    "hiring": "Hiring",
    "new_in_role": "New in the role",
}


def cards(form: forms.Form) -> list[Card]:
    """The cards of criteria in reading order."""

    def rows(*keys: str) -> list[Row]:
        return [row(form, key) for key in keys]

    companies = rows("industries", "places", "employees", "keywords")
    return [
        Card("companies", "Companies", "building-2", companies, rows("revenue", "founded")),
        Card("people", "People and roles", "users", rows("departments", "seniorities", "titles", "email", "phone")),
        Card("signals", "Signals", "radio", rows("technologies", "funding_stages", "hiring", "new_in_role")),
    ]


def row(form: forms.Form, key: str) -> Row:
    def control(name: str) -> BoundField | None:
        return form[name] if name in form.fields else None

    return Row(
        key=key,
        label=LABELS[key],
        kind="range" if key in RANGES else "flag" if key in FLAGS else "terms",
        main=control(key),
        text=control(f"{key}_text"),
        none=control(f"{key}_none"),
        low=control(f"{key}_min"),
        high=control(f"{key}_max"),
        level=control(f"{key}_level"),
    )
