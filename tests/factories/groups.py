"""Tags and lists with leads in them."""

from __future__ import annotations

from itertools import count
from typing import Any

from billing.models import Workspace
from leads.grouping import add_many
from leads.models import Lead, LeadList, Tag
from tests.factories import people

_numbers = count(1)


def tag(of: Workspace, name: str = "", *leads: Lead) -> Tag:
    return _filled(Tag.objects.create(workspace=of, name=name or f"Tag {next(_numbers)}"), leads)


def lead_list(of: Workspace, name: str = "", *leads: Lead, by: Any = None) -> LeadList:
    name = name or f"List {next(_numbers)}"
    return _filled(LeadList.objects.create(workspace=of, name=name, created_by=by or people.rep(of)), leads)


def _filled(group: Any, leads: tuple[Lead, ...]) -> Any:
    add_many(group, Lead.objects.filter(pk__in=[each.pk for each in leads]))
    return group
