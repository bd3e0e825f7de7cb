"""Loads the sample: a workspace of invented data that three people of this installation may sign in to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from billing import ledger
from billing.models import Membership, Role, User, Workspace
from leadengine.sandbox import linkedin_export
from leadengine.signins import SignIn
from leadengine.workflows.workspaces import create_workspace
from leads.files import read_csv, store_file
from leads.models import Dataset, SourceFile
from leads.sample import load_sample_directory

SLUG = "sample"
CREDITS = Decimal("500.00")
FRESH = timedelta(days=7)  # then its news are moved on to today
ROLES = {"rep": Role.REP, "manager": Role.MANAGER, "ops": Role.OWNER}
NAMES = {"rep": ("Rosa", "Lindqvist"), "manager": ("Marek", "Adeyemi"), "ops": ("Oona", "Prasad")}


@dataclass(frozen=True, slots=True)
class SampleReport:
    """What stands there now; `is_new` says that the workspace was made by this call."""

    workspace: str
    is_new: bool
    companies: int
    people: int
    credits: Decimal
    sign_ins: tuple[SignIn, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"credits": str(self.credits), "sign_ins": [asdict(each) for each in self.sign_ins]}


def load_sample(
    sign_ins: Sequence[SignIn], *, companies: int = 5000, people: int = 20000, seed: int = 1, now: datetime
) -> SampleReport:
    """Makes the sample or completes it; may be repeated. The users get the passwords of `sign_ins`."""
    if not _directory_stands(companies, people, now):
        load_sample_directory(companies, people, seed, now=now)
    workspace, is_new = _workspace(sign_ins, now)
    there = _directory_size()
    credits = ledger.balance(workspace).available
    return SampleReport(workspace.slug, is_new, there["companies"], there["people"], credits, tuple(sign_ins))


def _directory_stands(companies: int, people: int, now: datetime) -> bool:
    """Whether a sample of that size is there and fresh, so that starting again takes seconds."""
    is_stale = Dataset.objects.filter(is_sample=True, observed_at__lt=now - FRESH).exists()
    there = _directory_size()
    return not is_stale and (there["companies"], there["people"]) == (companies, people)


def _directory_size() -> dict[str, int]:
    """How many records of companies and of people the sample's data sets have."""
    sums = {"companies": Sum("company_count", default=0), "people": Sum("person_count", default=0)}
    return Dataset.objects.filter(is_sample=True).aggregate(**sums)


@transaction.atomic
def _workspace(sign_ins: Sequence[SignIn], now: datetime) -> tuple[Workspace, bool]:
    workspace = Workspace.objects.filter(slug=SLUG).first()
    is_new = workspace is None
    if workspace is None:
        workspace = create_workspace("Sample", slug=SLUG, owner=None, is_sample=True, country="DE", now=now)
    for sign_in in sign_ins:
        _member(workspace, sign_in)
    if is_new and sign_ins:
        _bring_connections(workspace, now)
    ledger.grant(workspace, CREDITS, key="grant:sample", by=None, note="To try things out")
    return workspace, is_new


def _member(workspace: Workspace, sign_in: SignIn) -> None:
    is_ops = sign_in.role == "ops"
    first, last = NAMES[sign_in.role]
    first_values = {"first_name": first, "last_name": last, "is_staff": is_ops, "is_superuser": is_ops}
    user, _ = User.objects.get_or_create(email=sign_in.email, defaults=first_values)
    if not user.check_password(sign_in.password):
        user.set_password(sign_in.password)
        user.save(update_fields=["password"])
    Membership.objects.get_or_create(workspace=workspace, user=user, defaults={"role": ROLES[sign_in.role]})


def _bring_connections(workspace: Workspace, now: datetime) -> SourceFile:
    """The invented LinkedIn file, so that a first run can read one beside the other sources."""
    by = Membership.objects.filter(workspace=workspace).select_related("user").order_by("id")[0].user
    parsed = read_csv(linkedin_export.connections_csv(now.date()), linkedin_export.NAME)
    return store_file(workspace, parsed, by=by)
