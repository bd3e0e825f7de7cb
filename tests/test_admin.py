"""The admin for operators: every list, search and record opens, in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing import invitations
from billing.models import AuditEvent, CreditEntry, Hold, Invitation, Membership, Price, User, Workspace
from enrichment.models import EmailCheck, Enrichment, Lookup, OutsideAnswer
from leads.models import Dataset, Evidence, Exclusion, Import, Lead, ProviderHealth, ProviderKey, Run, Suppression
from leads.suppressing import suppress
from scoring.feedback import give
from scoring.models import LeadScore, Profile, Rescoring, ScoreChange, ScoreFeedback
from scoring.profiles import ensure_default
from tests.factories import (
    credits,
    directory,
    enrichments,
    imports,
    leads,
    people,
    providers,
    runs,
    scores,
    verification,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
APPS = ("billing", "leads", "scoring", "enrichment")
# Looked at only: nobody adds, changes or deletes one by hand.
LOOKED_AT = [CreditEntry, Hold, AuditEvent, Invitation, Run, Lead, Exclusion, Evidence, Suppression, Dataset]
LOOKED_AT += [ProviderKey, ProviderHealth, Import]
LOOKED_AT += [Enrichment, EmailCheck, Lookup, OutsideAnswer, Profile, LeadScore, ScoreChange, Rescoring, ScoreFeedback]


def score_change() -> ScoreChange:
    lead = leads.lead()
    profile = ensure_default(lead.workspace)
    facts = {"total": 60, "grade": "B", "values": [5_000] * 10}
    return ScoreChange.objects.create(workspace=lead.workspace, lead=lead, profile=profile, **facts)


def score_feedback() -> ScoreFeedback:
    lead = leads.lead()
    scores.score(lead)
    return give(lead, by=people.rep(lead.workspace), is_right=False, factor="location", now=NOW)


def invitation() -> Invitation:
    workspace = people.workspace()
    made, _token = invitations.invite(workspace, role="rep", email="", by=people.owner(workspace), now=NOW)
    return made


def email_check() -> EmailCheck:
    return verification.queued(verification.lead(verification.workspace()))


def lookup() -> Lookup:
    hold = credits.hold(people.workspace(credits=50))
    asked = {"kind": "line", "about": "+4930901820", "price": 1, "hold": hold, "by": people.rep(hold.workspace)}
    return Lookup.objects.create(workspace=hold.workspace, lead=leads.lead(hold.workspace), **asked)


def enrichment() -> Enrichment:
    lead = leads.lead()
    return enrichments.found(lead.workspace, lead, by=people.rep(lead.workspace)).item.enrichment


def suppression() -> Suppression:
    workspace = people.workspace()
    by = people.rep(workspace)
    return suppress("email", "mira@ostra.example", workspace=workspace, by=by, note="asked us", now=NOW)


MAKERS: dict[type[Any], Callable[[], object]] = {
    Workspace: people.workspace,
    User: people.user,
    Membership: people.membership,
    Price: lambda: Price.objects.create(kind="delivery", source=f"s{Price.objects.count()}", amount=1, valid_from=NOW),
    CreditEntry: lambda: credits.captured(credits.hold(people.workspace(credits=50))),
    Hold: lambda: credits.hold(people.workspace(credits=50)),
    Invitation: invitation,
    AuditEvent: people.workspace,
    Run: lambda: runs.lane().run,
    Lead: lambda: leads.evidence(leads.lead()).lead,
    Exclusion: runs.exclusion,
    Import: lambda: imports.brought(people.workspace()),
    Evidence: lambda: leads.evidence(leads.lead()),
    Suppression: suppression,
    Dataset: directory.dataset,
    ProviderKey: lambda: providers.key(people.workspace(), added_by=people.user()),
    ProviderHealth: lambda: ProviderHealth.objects.create(
        provider="hunter", key_digest=str(ProviderHealth.objects.count())
    ),
    Profile: people.workspace,
    LeadScore: lambda: scores.score(leads.lead()),
    ScoreChange: score_change,
    ScoreFeedback: score_feedback,
    EmailCheck: email_check,
    Lookup: lookup,
    Enrichment: enrichment,
    OutsideAnswer: lambda: OutsideAnswer.objects.create(workspace=people.workspace(), provider="x", expires_at=NOW),
    Rescoring: lambda: Rescoring.objects.create(workspace=people.workspace(), why="A new profile"),
}
each_model = pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.label)


@pytest.fixture
def ops(client):
    """Signed in as an operator with all rights."""
    client.force_login(people.user(is_staff=True, is_superuser=True))
    return client


def address(model: type[Any], page: str, *arguments: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def queries(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_every_registered_model_is_walked():
    assert reverse("admin:index")  # looks for the admin pages, if no test before this one did

    ours = {model for model in admin.site._registry if model._meta.app_label in APPS}

    assert ours == set(MAKERS)
    assert set(LOOKED_AT) < ours


@each_model
def test_list_opens_in_a_number_of_queries_that_does_not_grow(ops, model: type[Any]):
    MAKERS[model]()
    url = address(model, "changelist")
    queries(ops, url)
    before = queries(ops, url)
    for _ in range(2):
        MAKERS[model]()

    assert queries(ops, url) == before


@each_model
def test_record_opens(ops, model: type[Any]):
    MAKERS[model]()
    record = model.objects.order_by("pk").last()

    assert ops.get(address(model, "change", record.pk)).status_code == 200


@pytest.mark.parametrize("text", ["ostra", "17", "100%_'", "00000000-0000-0000-0000-000000000000", "9" * 40])
@each_model
def test_search_takes_any_text(ops, model: type[Any], text: str):
    MAKERS[model]()

    assert ops.get(address(model, "changelist"), {"q": text}).status_code == 200


@pytest.mark.parametrize("model", LOOKED_AT, ids=lambda model: model._meta.label)
def test_record_that_explains_others_is_read_only(ops, model: type[Any]):
    MAKERS[model]()
    record = model.objects.order_by("pk").last()

    assert ops.get(address(model, "add")).status_code == 403
    assert ops.post(address(model, "change", record.pk), {}).status_code == 403
    assert ops.post(address(model, "delete", record.pk), {"post": "yes"}).status_code == 403
    ops.post(address(model, "changelist"), {"action": "delete_selected", "_selected_action": str(record.pk)})
    assert model.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("model", [Workspace, User, Membership, Price], ids=lambda model: model._meta.label)
def test_nothing_that_others_name_is_deleted(ops, model: type[Any]):
    MAKERS[model]()
    record = model.objects.order_by("pk").last()

    assert ops.post(address(model, "delete", record.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("role", ["owner", "staff without rights"])
def test_others_see_nothing(client, role: str):
    client.force_login(people.owner(people.workspace()) if role == "owner" else people.user(is_staff=True))

    answers = {client.get(address(model, "changelist")).status_code for model in MAKERS}

    assert answers == ({302} if role == "owner" else {403})
