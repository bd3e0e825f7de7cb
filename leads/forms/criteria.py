"""The criteria form: every field of Criteria, each with its level, and what must never be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from leadengine.forms import Chips
from leads.criteria import Criteria, InvalidCriteria
from leads.forms.fields import CountedChips, edge, flag, level, ticks, words
from leads.forms.former import typed_now
from leads.vocabulary import offered as choices
from leads.word_lists import split_as

TERMS = (
    "keywords",
    "industries",
    "places",
    "titles",
    "seniorities",
    "departments",
    "technologies",
    "funding_stages",
)
RANGES = ("employees", "revenue", "founded")
FLAGS = ("email", "phone", "hiring", "new_in_role")


class CriteriaForm(forms.Form):
    """After `is_valid()` or not, `criteria` holds all that could be understood.

    A criterion named `x` has the fields `x` and `x_text` (what is wanted), `x_none` (what must not be there), `x_min`
    and `x_max`, and `x_level`, as far as it has them.
    """

    industries = ticks("Industries", choices.industry_choices)
    industries_text = words(
        "Other industries", known="industries", placeholder="Search all industries: Breweries, Biotechnology Research"
    )
    industries_none = words("Never these", known="industries")
    industries_level = level("Industries", "must")
    places = ticks("Places", choices.place_choices, CountedChips)
    places_text = words(
        "Other places", known="places", placeholder="Search all countries, states and cities: Bavaria, Lyon"
    )
    places_none = words("Never these", known="places")
    places_level = level("Places", "must")
    employees_min = edge("Employees, from", "50")
    employees_max = edge("Employees, to", "1,000")
    employees_level = level("Employees", "must")
    keywords = words(
        "Any of these words",
        placeholder="cnc, predictive maintenance",
        help_text="In what the company does, its name or the job title.",
    )
    keywords_none = words("Never these", placeholder="recruiting")
    keywords_level = level("Keywords", "must")
    revenue_min = edge("Revenue in US dollars, from", "1,000,000")
    revenue_max = edge("Revenue in US dollars, to")
    revenue_level = level("Revenue", "nice")
    founded_min = edge("Founded, from year", "1990")
    founded_max = edge("Founded, to year")
    founded_level = level("Founded", "nice")

    departments = ticks("Departments", choices.department_choices)
    departments_text = words(
        "Other departments", known="departments", placeholder="Search all departments: Legal, Quality"
    )
    departments_none = words("Never these", known="departments")
    departments_level = level("Departments", "must")
    seniorities = ticks("Seniority", choices.seniorities, CountedChips)
    seniorities_none = ticks("Never these levels", choices.seniorities, Chips)
    seniorities_level = level("Seniority", "nice")
    titles = words(
        "Any of these titles",
        known="titles",
        placeholder="Head of Sales, CFO",
        help_text="Other words for the same job count too, in several languages.",
    )
    titles_none = words("Never these", known="titles", placeholder="Assistant")
    titles_level = level("Job titles", "nice")
    email = flag("E-mail address")
    phone = flag("Phone number", "Direct, or of the company.")

    technologies = words("Uses any of", known="technologies", placeholder="SAP, HubSpot")
    technologies_none = words("Never these", known="technologies")
    technologies_level = level("Technologies", "nice")
    funding_stages = words(
        "Any of these stages", known="funding_stages", placeholder="Search all stages: Seed, Series A, Public"
    )
    funding_stages_none = words("Never these", known="funding_stages")
    funding_stages_level = level("Funding stage", "nice")
    hiring = flag("Hiring", "The company has open positions.")
    new_in_role = flag("New in the role", "The person changed jobs lately.")

    criteria: Criteria = Criteria()

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(typed_now(data) if isinstance(data, QueryDict) else data, **kwargs)

    def clean(self) -> dict[str, Any]:
        asked = self._asked()
        self.criteria, errors = understood(asked)
        for key, sentence in errors.items():
            for name, said in self._culprits(key, asked[key], sentence).items():
                self.add_error(name, said)
        return self.cleaned_data

    def _asked(self) -> dict[str, Any]:
        """The JSON form of criteria, with what is empty left out."""
        asked: dict[str, Any] = {}
        for key in TERMS:
            wanted = [*self._items(key, key), *self._items(key, f"{key}_text")]
            if excluded := self._items(key, f"{key}_none"):
                asked[key] = {"values": wanted, "none": excluded, "level": self._level(key)}
            elif wanted:
                asked[key] = {"values": wanted, "level": self._level(key)}
        for key in RANGES:
            edges = {side: self.cleaned_data.get(f"{key}_{side}", "") for side in ("min", "max")}
            if any(edges.values()):
                asked[key] = edges | {"level": self._level(key)}
        return asked | {key: self.cleaned_data[key] for key in FLAGS if self.cleaned_data.get(key)}

    def _items(self, key: str, name: str) -> list[str]:
        """What a field says, ticked or typed."""
        value = self.cleaned_data.get(name) or []
        return split_as(key, value) if isinstance(value, str) else list(value)

    def _level(self, key: str) -> str:
        name = f"{key}_level"
        return self.cleaned_data.get(name) or str(self.fields[name].initial)

    def _culprits(self, key: str, asked: Any, sentence: str) -> dict[str, str]:
        """The fields under which a mistake in a criterion is shown, and what is said there."""
        if key in RANGES:
            sides = {side: understood({key: {side: asked[side]}})[1].get(key, "") for side in ("min", "max")}
            return {f"{key}_{side}": said for side, said in sides.items() if said} or {f"{key}_min": sentence}
        if isinstance(asked, dict) and asked.get("none") and _is_fine(key, asked["values"]):
            return {f"{key}_none": sentence}
        return {next(name for name in (f"{key}_text", key) if name in self.fields): sentence}


def understood(asked: Mapping[str, Any]) -> tuple[Criteria, dict[str, str]]:
    """The criteria without those that are wrong, and a sentence for each wrong one by its key."""
    try:
        return Criteria.from_json(asked), {}
    except InvalidCriteria as invalid:
        right = {key: value for key, value in asked.items() if key not in invalid.errors}
        return Criteria.from_json(right), invalid.errors


def _is_fine(key: str, values: list[str]) -> bool:
    return not understood({key: values})[1]
