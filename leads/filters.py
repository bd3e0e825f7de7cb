"""The filters of the lists of leads and runs: what the query string may ask for."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from leadengine.charts import GRADES
from leadengine.request import Request
from leads.identity import name_sort_key
from leads.models import ACTIVE_STATES, Lead, Run, RunState, Stage
from leads.models.lead import LeadQuerySet
from leads.sources.registry import SOURCES

MINE, NOBODY = "me", "none"
SEARCH = {"type": "search", "id": "lead-search", "placeholder": "Person, company, domain, e-mail"}


def stages(request: Request) -> QuerySet[Stage]:
    return Stage.objects.of(request.workspace).order_by("position", "id")


def runs(request: Request) -> QuerySet[Run]:
    return Run.objects.of(request.workspace)


def members(workspace: Any) -> QuerySet:
    """The people who may own a lead of the workspace, by name."""
    active = get_user_model().objects.filter(memberships__workspace=workspace, memberships__is_active=True)
    return active.order_by("first_name", "last_name", "email")


class LeadFilter(filters.FilterSet):
    """Leads of a workspace by words, grades, stage, owner, run and source. Needs `request`; runs in a fixed number of queries."""

    q = filters.CharFilter(method="search", widget=forms.TextInput(attrs=SEARCH))
    grade = filters.MultipleChoiceFilter(field_name="score__grade", choices=[(grade, grade) for grade in GRADES])
    stage = filters.ModelChoiceFilter(queryset=stages, to_field_name="key", empty_label="Any stage")
    owner = filters.ChoiceFilter(method="owned", empty_label="Any owner")
    source = filters.ChoiceFilter(
        choices=lambda: [(each.name, each.title) for each in SOURCES.values()], empty_label="Any source"
    )
    run = filters.ModelChoiceFilter(field_name="deliveries__run", queryset=runs, widget=forms.HiddenInput)

    class Meta:
        model = Lead
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

        def owners() -> list[tuple[str, str]]:
            """Asked for only where somebody chooses among them."""
            people = [(str(each.pk), each.name) for each in members(self.request.workspace)]
            others = [each for each in people if each[0] != str(self.request.user.pk)]
            return [(MINE, "Me"), (NOBODY, "Unassigned"), *others]

        self.filters["owner"].extra["choices"] = owners

    def search(self, leads: LeadQuerySet, name: str, value: str) -> LeadQuerySet:
        """Every word must occur in the name, title or address of the person, or the company's name or domain."""
        for word in value.split():
            key = name_sort_key(word) or word
            leads = leads.filter(
                Q(name_key__contains=key)
                | Q(company__name_key__contains=key)
                | Q(company__domain__icontains=word)
                | Q(email__icontains=word)
                | Q(title__icontains=word)
            )
        return leads

    def owned(self, leads: LeadQuerySet, name: str, value: str) -> LeadQuerySet:
        if value == NOBODY:
            return leads.unassigned()
        return leads.filter(owner=self.request.user if value == MINE else value)


class RunFilter(filters.FilterSet):
    """Runs of a workspace, one's own or everybody's, by state."""

    who = filters.ChoiceFilter(method="started", choices=[(MINE, "Mine")], empty_label="Everybody's")
    state = filters.ChoiceFilter(
        method="in_state", choices=[("active", "Under way"), *RunState.choices[3:]], empty_label="Any state"
    )

    class Meta:
        model = Run
        fields: list[str] = []

    def started(self, found: QuerySet[Run], name: str, value: str) -> QuerySet[Run]:
        return found.filter(started_by=self.request.user)

    def in_state(self, found: QuerySet[Run], name: str, value: str) -> QuerySet[Run]:
        return found.filter(state__in=ACTIVE_STATES if value == "active" else [value])
