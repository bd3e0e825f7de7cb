"""The filters of the pipeline board: whose leads, which grades, and words."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q

from leadengine.charts import GRADES
from leads.identity import name_sort_key
from leads.models import Lead
from leads.models.lead import LeadQuerySet

MINE = "me"
SEARCH = {"type": "search", "id": "board-search", "placeholder": "Person, company, domain", "autocomplete": "off"}


class BoardFilter(filters.FilterSet):
    """Leads of a workspace for the board. Needs `request`."""

    q = filters.CharFilter(method="search", widget=forms.TextInput(attrs=SEARCH))
    owner = filters.ChoiceFilter(method="owned", choices=[(MINE, "Mine")], empty_label="Everybody's")
    grade = filters.MultipleChoiceFilter(field_name="score__grade", choices=[(grade, grade) for grade in GRADES])

    class Meta:
        model = Lead
        fields: list[str] = []

    def search(self, leads: LeadQuerySet, name: str, value: str) -> LeadQuerySet:
        """Every word must occur in the person's name or title, or in the company's name or domain."""
        for word in value.split():
            key = name_sort_key(word) or word
            company = Q(company__name_key__contains=key) | Q(company__domain__icontains=word)
            leads = leads.filter(Q(name_key__contains=key) | Q(title__icontains=word) | company)
        return leads

    def owned(self, leads: LeadQuerySet, name: str, value: str) -> LeadQuerySet:
        return leads.filter(owner=self.request.user)

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        said: dict[str, Any] = self.form.cleaned_data if self.form.is_valid() else {"refused": True}
        return any(said.values())
