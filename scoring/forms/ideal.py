"""The form of the ideal customer: what is ticked or typed, read into standard terms."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms

from leadengine.forms import Chips, Options, WordList
from leads.criteria import Criteria, InvalidCriteria, Range
from leads.vocabulary import funding, industries, places, titles
from leads.vocabulary import offered as choices
from leads.word_lists import join, split_as
from scoring.ideal import LISTS, RANGES, IdealCustomer

MORE = ("revenue_min", "revenue_max", "founded_min", "founded_max", "funding_stages_text", "keywords_text")
LABELS = {
    "industries": industries.label,
    "places": places.label,
    "departments": titles.department_label,
    "funding_stages": funding.label,
}
NOTHING = "Say at least one thing about your best customers: an industry, a place, a size or a role."


def ticks(label: str, offered: Any, widget: Any = Chips) -> forms.MultipleChoiceField:
    """What the builder offers as well, in its order."""
    return forms.MultipleChoiceField(label=label, choices=offered, widget=widget, required=False)


def listed(label: str, key: str, placeholder: str = "", help_text: str = "") -> forms.CharField:
    """Words of the criterion `key`, with its suggestions where it has any."""
    widget = WordList("" if key == "keywords" else key, placeholder, split=partial(split_as, key))
    return forms.CharField(label=label, required=False, max_length=4000, widget=widget, help_text=help_text)


def edge(label: str, placeholder: str = "") -> forms.CharField:
    """One end of a range, as typed: "1,000" is fine."""
    widget = forms.TextInput({"inputmode": "numeric", "placeholder": placeholder, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=20, required=False, widget=widget)


class IdealCustomerForm(forms.Form):
    """A list `x` has ticks (`x`) or words (`x_text`) or both, a range `x_min` and `x_max`. Valid, it has `ideal`."""

    industries = ticks("Industries", choices.industry_choices, Options)
    industries_text = listed(
        "Other industries", "industries", "Search all industries: Breweries, Biotechnology Research"
    )
    places = ticks("Places", choices.place_choices)
    places_text = listed("Other places", "places", "Search all countries, states and cities: Bavaria, Lyon")
    employees_min = edge("Employees, from", "50")
    employees_max = edge("Employees, to", "1,000")
    departments = ticks("Departments", choices.department_choices, Options)
    departments_text = listed("Other departments", "departments", "Search all departments: Legal, Quality")
    seniorities = ticks("Seniority", choices.seniorities)
    titles_text = listed(
        "Job titles",
        "titles",
        "Head of Procurement, CFO",
        "Other words for the same job count too, in several languages.",
    )
    technologies_text = listed("Technologies in use", "technologies", "SAP, HubSpot", "Any one of them will do.")
    keywords_text = listed("Words about the company", "keywords", "cold chain, cnc", "Any one of them will do.")
    revenue_min = edge("Revenue from, US dollars a year", "1,000,000")
    revenue_max = edge("Revenue to")
    founded_min = edge("Founded from, year")
    founded_max = edge("Founded to, year")
    funding_stages_text = listed("Funding stage", "funding_stages", "Search all stages: Seed, Series A, Public")

    def __init__(self, data: Any = None, *, ideal: IdealCustomer) -> None:
        super().__init__(data, initial=_initial(ideal))
        self.ideal = ideal

    @property
    def has_more(self) -> bool:
        """Whether something stands, or is wrong, in what is folded away."""
        return any(self[name].value() or self[name].errors for name in MORE)

    def clean(self) -> dict[str, Any]:
        asked = self._asked()
        try:
            self.ideal = IdealCustomer().filled_by(Criteria.from_json(asked))
        except InvalidCriteria as invalid:
            for key, sentence in invalid.errors.items():
                self.add_error(self._control(key), sentence)
        if not asked and not self.errors:
            self.add_error(None, NOTHING)
        return self.cleaned_data

    def _asked(self) -> dict[str, Any]:
        """The JSON form of criteria, with what is empty left out."""
        wanted = {key: self._items(key) for key in LISTS}
        edges = {key: {side: self.cleaned_data.get(f"{key}_{side}", "") for side in ("min", "max")} for key in RANGES}
        asked: dict[str, Any] = {key: values for key, values in wanted.items() if values}
        return asked | {key: ends for key, ends in edges.items() if any(ends.values())}

    def _items(self, key: str) -> list[str]:
        typed = split_as(key, self.cleaned_data.get(f"{key}_text") or "")
        return [*(self.cleaned_data.get(key) or []), *typed]

    def _control(self, key: str) -> str:
        """The control that a mistake is shown under."""
        return next(name for name in (f"{key}_text", f"{key}_min", key) if name in self.fields)


def _initial(ideal: IdealCustomer) -> dict[str, Any]:
    """What stands in the controls: a value that can be ticked is, the others are words."""
    initial: dict[str, Any] = {}
    for key in LISTS:
        values = getattr(ideal, key)
        ticked = _tickable(key)
        initial[key] = [value for value in values if value in ticked]
        initial[f"{key}_text"] = join(_spelled(key, value) for value in values if value not in ticked)
    for key in RANGES:
        wanted: Range | None = getattr(ideal, key)
        initial[f"{key}_min"], initial[f"{key}_max"] = _typed(wanted, "min"), _typed(wanted, "max")
    return initial


def _tickable(key: str) -> set[str]:
    field = IdealCustomerForm.base_fields.get(key)
    offered: Any = field.choices if isinstance(field, forms.MultipleChoiceField) else ()
    return {value for value, _ in offered}


def _spelled(key: str, value: str) -> str:
    return LABELS.get(key, str)(value)


def _typed(wanted: Range | None, side: str) -> str:
    number = getattr(wanted, side) if wanted else None
    return "" if number is None else str(number) if number < 10_000 else f"{number:,}"
