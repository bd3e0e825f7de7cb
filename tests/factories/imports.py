"""Imports of files: brought, checked and worked off as a worker does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from billing.models import Workspace
from leadengine.workflows.import_preparing import Terms, bring, start_check
from leadengine.workflows.imports import start_import, work_off
from leads.files import read_csv
from leads.models import Import
from tests.factories import people

HEADER = "Full name,E-mail,Job title,Company,Website,Phone"


def brought(of: Workspace, rows: Sequence[str] = (), *, header: str = HEADER, **fields: Any) -> Import:
    """A file with a header and these lines, at the step where its columns are looked at."""
    lines = [header, *(rows or ["Ana Novak,ana@harbour.example,CFO,Harbour,harbour.example,"])]
    content = "\n".join(lines).encode()
    name = fields.pop("name", "contacts.csv")
    by = fields.pop("by", None) or people.rep(of)
    return bring(of, read_csv(content, name), content, by=by, now=timezone.now())


def checked(of: Workspace, rows: Sequence[str] = (), **fields: Any) -> Import:
    """The same, looked at by a worker; `on_match` and `match_by` as an import has them."""
    terms = Terms(fields.pop("match_by", "person"), fields.pop("on_match", "fill"), "Our own trade fair list")
    job = start_check(brought(of, rows, **fields), terms, now=timezone.now())
    return work_off(job)


def imported(of: Workspace, rows: Sequence[str] = (), *, grades: bool = True, **fields: Any) -> Import:
    """The same, and in the workspace."""
    job = checked(of, rows, **fields)
    started = start_import(job, grades=grades, shown_at_most=None, by=job.started_by, now=timezone.now())
    return work_off(started)
