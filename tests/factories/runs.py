"""Runs, their lanes, and what came of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from billing.models import Workspace
from leads.models import (
    Delivery,
    Exclusion,
    Lane,
    Lead,
    Reason,
    Run,
    SavedSearch,
    SearchSchedule,
    SourceFile,
    SourceFileRow,
)
from scoring.profiles import ensure_default
from tests.factories import leads, people

_numbers = count(1)


def run(of: Workspace | None = None, **fields: Any) -> Run:
    """A queued run over the directory, of at most 10 leads and 10 credits."""
    of = of or people.workspace()
    number = next(_numbers)
    given = {"number": number, "name": f"Search {number}", "criteria": {}, "sources": ["directory"]}
    limits = {"most_leads": 10, "most_credits": Decimal(10), "request_key": f"request-{number}"}
    started_by = fields.pop("started_by", None) or people.rep(of)
    fields.setdefault("profile_id", ensure_default(of).pk)
    return Run.objects.create(workspace=of, started_by=started_by, **given | limits | fields)


def lane(of: Run | None = None, **fields: Any) -> Lane:
    of = of or run()
    given = {"source": "directory", "unit_price": Decimal(1)}
    return Lane.objects.create(workspace=of.workspace, run=of, **given | fields)


def delivery(of: Lane | None = None, lead: Lead | None = None, **fields: Any) -> Delivery:
    of = of or lane()
    given = {"id": uuid4(), "source": of.source, "unit_price": of.unit_price, "grade": "B"}
    lead = lead or leads.lead(of.workspace)
    return Delivery.objects.create(workspace=of.workspace, run=of.run, lane=of, lead=lead, **given | fields)


def exclusion(of: Lane | None = None, reason: str = Reason.BELOW_GRADE, **fields: Any) -> Exclusion:
    of = of or lane()
    given = {"source": of.source, "label": "Mira Sandoval, Northwind Pumps"}
    return Exclusion.objects.create(workspace=of.workspace, run=of.run, lane=of, reason=reason, **given | fields)


def saved_search(of: Workspace, **fields: Any) -> SavedSearch:
    given = {"name": f"Search {next(_numbers)}", "criteria": {}, "sources": ["directory"]}
    created_by = fields.pop("created_by", None) or people.rep(of)
    return SavedSearch.objects.create(workspace=of, created_by=created_by, **given | fields)


def schedule(of: SavedSearch, **fields: Any) -> SearchSchedule:
    """Of a saved search, by its maker, due in a day."""
    next_at = timezone.now() + timedelta(days=1)
    given = {"search": of, "by": of.created_by, "most_credits_a_month": Decimal(100)}
    return SearchSchedule.objects.create(workspace=of.workspace, next_at=next_at, due_at=next_at, **given | fields)


def source_file(of: Workspace, rows: list[list[str]] | None = None, **fields: Any) -> SourceFile:
    """An uploaded file with the columns name, e-mail and company, and the given rows."""
    given = {"name": "contacts.csv", "header": ["name", "e-mail", "company"]}
    mapping = {"full_name": 0, "email": 1, "company": 2}
    uploaded_by = fields.pop("uploaded_by", None) or people.rep(of)
    rows = rows or []
    counted = {"mapping": mapping, "row_count": len(rows)}
    made = SourceFile.objects.create(workspace=of, uploaded_by=uploaded_by, **given | counted | fields)
    SourceFileRow.objects.bulk_create(
        SourceFileRow(workspace=of, file=made, line=line, cells=cells) for line, cells in enumerate(rows, start=2)
    )
    return made
