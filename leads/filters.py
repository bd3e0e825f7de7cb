"""The filter of the list of runs, and the people that lists can be narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from leads.models import ACTIVE_STATES, Run, RunState

MINE = "me"


def members(workspace: Any) -> QuerySet:
    """The people who may own a lead of the workspace, by name."""
    active = get_user_model().objects.filter(memberships__workspace=workspace, memberships__is_active=True)
    return active.order_by("first_name", "last_name", "email")


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
