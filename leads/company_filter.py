"""The filters of the list of companies: what the query string may ask for."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from leads.identity import name_sort_key
from leads.models import Company, Relation, Signal
from leads.vocabulary import industries, places, sizes, technologies

SEARCH = {"type": "search", "id": "company-search", "placeholder": "Company or domain", "autocomplete": "off"}
TECHNOLOGY = {"id": "company-technology", "placeholder": "Technology", "list": "technology-names"}
UNMARKED = "none"
BANDS = {band.code: band for band in sizes.BANDS}
Choices = list[tuple[str, str]]


class CompanyFilter(filters.FilterSet):
    """Companies of a workspace. Needs `request`; its choices take one query."""

    q = filters.CharFilter(method="search", widget=forms.TextInput(attrs=SEARCH))
    industry = filters.ChoiceFilter(method="in_industry", empty_label="Any industry")
    country = filters.ChoiceFilter(empty_label="Any country")
    size = filters.ChoiceFilter(
        method="sized", choices=[(band.code, f"{band.label} people") for band in BANDS.values()], empty_label="Any size"
    )
    technology = filters.CharFilter(method="using", widget=forms.TextInput(attrs=TECHNOLOGY))
    relation = filters.ChoiceFilter(
        method="related", choices=[*Relation.choices[1:], (UNMARKED, "Not marked")], empty_label="Any relation"
    )
    signal = filters.BooleanFilter(method="signalling", widget=forms.CheckboxInput)

    class Meta:
        model = Company
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(Company.objects.of(self.request.workspace).order_by().values_list("industry", "country").distinct())
        self.filters["industry"].extra["choices"] = _industries({industry for industry, _ in there if industry})
        self.filters["country"].extra["choices"] = _countries({country for _, country in there if country})

    def search(self, found: QuerySet[Company], name: str, value: str) -> QuerySet[Company]:
        """Every word must occur in the name or the domain."""
        for word in value.split():
            key = name_sort_key(word) or word
            found = found.filter(Q(name_key__contains=key) | Q(domain__icontains=word))
        return found

    def in_industry(self, found: QuerySet[Company], name: str, value: str) -> QuerySet[Company]:
        return found.filter(industry__in=sorted(industries.descendants(value)))

    def sized(self, found: QuerySet[Company], name: str, value: str) -> QuerySet[Company]:
        """By the least head count that is known, so that each company is of one size only."""
        band = BANDS[value]
        found = found.filter(employees_min__gte=band.low)
        return found.filter(employees_min__lte=band.high) if band.high else found

    def using(self, found: QuerySet[Company], name: str, value: str) -> QuerySet[Company]:
        return found.filter(technologies__contains=[technologies.canonical(value)])

    def related(self, found: QuerySet[Company], name: str, value: str) -> QuerySet[Company]:
        return found.filter(relation=Relation.NONE if value == UNMARKED else value)

    def signalling(self, found: QuerySet[Company], name: str, value: bool | None) -> QuerySet[Company]:
        return found.filter(Exists(Signal.objects.filter(company=OuterRef("pk")))) if value else found

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return not self.form.is_valid() or any(self.form.cleaned_data.values())


def _industries(codes: set[str]) -> Choices:
    """Those that occur, and what stands above them, by name."""
    above = {each for code in codes for each in industries.ancestors(code)}
    return sorted(((code, industries.label(code)) for code in codes | above), key=lambda choice: choice[1])


def _countries(codes: set[str]) -> Choices:
    named = [(code, places.COUNTRIES[code].name if code in places.COUNTRIES else code) for code in codes]
    return sorted(named, key=lambda choice: choice[1])
