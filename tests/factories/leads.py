"""Companies and leads."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.utils import timezone

from billing.models import Workspace
from leads.models import (
    Activity,
    ActivityKind,
    Company,
    CompanyIdentity,
    EditedField,
    Evidence,
    Lead,
    LeadEdit,
    LeadIdentity,
    SavedView,
    Signal,
    SignalKind,
    Stage,
)
from tests.factories import people

_numbers = count(100_001)  # of one length, so that names stand in the order in which they were made


def company(of: Workspace | None = None, name: str = "", **fields: Any) -> Company:
    """A company of 100 to 200 people in Germany, identified by its domain."""
    number = next(_numbers)
    name = name or f"Northwind Pumps {number}"
    given = {"name": name, "name_key": name.lower(), "domain": f"northwind{number}.example", "country": "DE"}
    size = {"employees_min": 100, "employees_max": 200}
    made = Company.objects.create(workspace=of or people.workspace(), **given | size | fields)
    CompanyIdentity.objects.create(workspace=made.workspace, kind="domain", value=made.domain, company=made)
    return made


def lead(of: Workspace | None = None, name: str = "", **fields: Any) -> Lead:
    """A person with a personal e-mail address at a company of the workspace, in the stage `new`."""
    of = of or people.workspace()
    number = next(_numbers)
    name = name or f"Mira Sandoval {number}"
    at = fields.pop("company", None) or company(of)
    given = {"full_name": name, "name_key": name.lower(), "email": f"mira{number}@{at.domain}", "source": "directory"}
    stage = Stage.objects.of(of).get(key="new")
    made = Lead.objects.create(workspace=of, company=at, **{"stage": stage, "title": "Head of Sales"} | given | fields)
    if made.email:
        LeadIdentity.objects.create(workspace=of, kind="email", value=made.email, lead=made)
    return made


def activity(of: Lead, kind: str = ActivityKind.NOTE, **fields: Any) -> Activity:
    return Activity.objects.create(workspace=of.workspace, lead=of, kind=kind, **{"text": "Called back."} | fields)


def evidence(of: Lead, field: str = "title", **fields: Any) -> Evidence:
    given = {"value": getattr(of, field, ""), "source": "directory", "observed_at": timezone.now()}
    return Evidence.objects.create(workspace=of.workspace, lead=of, field=field, **given | fields)


def signal(of: Company, kind: str = SignalKind.HIRING, **fields: Any) -> Signal:
    given = {"observed_on": timezone.now().date(), "detail": "Three sales jobs", "source": "directory"}
    return Signal.objects.create(workspace=of.workspace, company=of, kind=kind, **given | fields)


def saved_view(of: Workspace, **fields: Any) -> SavedView:
    owner = fields.pop("owner", None) or people.rep(of)
    return SavedView.objects.create(workspace=of, owner=owner, **{"name": f"View {next(_numbers)}"} | fields)


def lead_edit(of: Workspace, **fields: Any) -> LeadEdit:
    """An edit that changed nothing."""
    by = fields.pop("by", None) or people.rep(of)
    return LeadEdit.objects.create(workspace=of, by=by, **{"field": EditedField.TAG, "words": "Tagged “vip”"} | fields)
