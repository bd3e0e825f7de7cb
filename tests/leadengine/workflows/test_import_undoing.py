"""The undo of an import: what only it made goes, what it changed comes back, and what somebody touched since stays."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from billing import ledger
from billing.models import Notification, Price, PriceKind
from leadengine.workflows import import_undoing, leases
from leadengine.workflows.editing import edit_one
from leadengine.workflows.import_preparing import NotPossible
from leadengine.workflows.imports import fail_import, import_turn, undo_import, work_off
from leads.editing import Change
from leads.importing import left_alone
from leads.models import Company, EditedField, Evidence, Import, ImportChange, ImportStep, Lead, Stage
from tests.factories import imports, leads, people, runs

pytestmark = pytest.mark.django_db
ROWS = [
    "Ana Novak,ana@harbour.example,CFO,Harbour,harbour.example,+47 22 12 34 56",
    "Bo Lind,bo@fjell.example,CEO,Fjell,fjell.example,",
]


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


def undone(job):
    return work_off(undo_import(job, by=job.started_by, now=timezone.now()))


def known_ana(workspace):
    """With evidence of a provider for the title, and no number."""
    at = leads.company(workspace, "Harbour", domain="harbour.example", country="")
    made = leads.lead(workspace, "Ana Novak", email="ana@harbour.example", company=at, title="Head of Sales")
    leads.evidence(made, "title", value="Head of Sales")
    return made


def test_leads_and_companies_that_only_it_made_are_gone(workspace):
    job = imports.imported(workspace, ROWS)

    done = undone(job)

    assert (done.step, done.counts["removed"]) == (ImportStep.UNDONE, 2)
    assert not Lead.objects.of(workspace).exists()
    assert not Company.objects.of(workspace).exists()


def test_overwritten_values_come_back_with_their_evidence(workspace):
    ana = known_ana(workspace)
    job = imports.imported(workspace, ROWS, on_match="overwrite")
    ana.refresh_from_db()
    before = ana.title, ana.phone

    done = undone(job)

    ana.refresh_from_db()
    assert (before, (ana.title, ana.phone)) == (("CFO", "+4722123456"), ("Head of Sales", ""))
    assert list(Evidence.objects.filter(lead=ana).values_list("value", "is_current")) == [("Head of Sales", True)]
    assert (done.counts["put_back"], done.counts["removed"]) == (1, 1)
    assert not ImportChange.objects.exists()


def test_lead_that_somebody_worked_with_stays_and_is_named(workspace):
    job = imports.imported(workspace, ROWS)
    bo = Lead.objects.get(full_name="Bo Lind")
    leads.activity(bo, by=job.started_by)

    done = undone(job)

    assert [row.lead for row in left_alone(done, 10)] == [bo]
    assert (done.counts["left"], done.counts["removed"]) == (1, 1)


def test_lead_that_was_moved_on_stays(workspace):
    job = imports.imported(workspace, ROWS)
    working = Stage.objects.of(workspace).get(key="working")
    bo = Lead.objects.get(full_name="Bo Lind")
    edit_one(bo, Change(EditedField.STAGE, working), by=job.started_by, now=timezone.now())

    undone(job)

    assert list(Lead.objects.of(workspace)) == [bo]


def test_lead_that_a_run_delivered_since_stays(workspace):
    job = imports.imported(workspace, ROWS)
    bo = Lead.objects.get(full_name="Bo Lind")
    runs.delivery(runs.lane(runs.run(workspace)), bo)

    undone(job)

    assert list(Lead.objects.of(workspace)) == [bo]


def test_value_that_was_changed_since_stays_and_the_others_come_back(workspace):
    ana = known_ana(workspace)
    job = imports.imported(workspace, ROWS, on_match="overwrite")
    Lead.objects.filter(pk=ana.pk).update(title="Chair")

    done = undone(job)

    ana.refresh_from_db()
    assert (ana.title, ana.phone, done.counts["left"]) == ("Chair", "", 1)


def test_company_gets_back_what_it_had(workspace):
    imports.imported(workspace, ["Cy Young,cy@fjell.example,,Fjell,fjell.example,"])
    at, header = Company.objects.of(workspace).get(), "Full name,E-mail,Company,Website,Employees"
    job = imports.imported(workspace, ["Bo Lind,bo@fjell.example,Fjell,fjell.example,50"], header=header)
    at.refresh_from_db()
    learnt = at.employees_min

    undone(job)

    at.refresh_from_db()
    assert (learnt, at.employees_min) == (50, None)


def test_undo_that_comes_twice_does_it_once(workspace, monkeypatch):
    monkeypatch.setattr(import_undoing, "BATCH", 1)
    job = undo_import(imports.imported(workspace, ROWS), by=people.manager(workspace), now=timezone.now())
    first = leases.claim(Import, now=timezone.now(), pk=job.pk)
    second = leases.claim(Import, now=timezone.now() + 2 * leases.LEASE, pk=job.pk)

    import_turn(second, batches=1)
    with pytest.raises(leases.LeaseLost):
        import_turn(first, batches=1)

    assert Lead.objects.of(workspace).count() == 1


def test_after_a_day_nothing_is_taken_back(workspace):
    job = imports.imported(workspace, ROWS)

    with pytest.raises(NotPossible, match="24 hours"):
        undo_import(job, by=job.started_by, now=timezone.now() + timedelta(hours=25))


def test_what_was_charged_for_removed_leads_is_paid_back(workspace):
    Price.objects.create(kind=PriceKind.DELIVERY, source="file", amount=Decimal("0.20"), valid_from=timezone.now())
    job = imports.imported(workspace, ROWS)

    undone(job)

    assert ledger.balance(workspace) == ledger.Balance(Decimal(50), Decimal(0))


def test_import_can_be_brought_again_after_its_undo(workspace):
    undone(imports.imported(workspace, ROWS))

    assert imports.imported(workspace, ROWS).counts == {"new": 2}


def test_undo_that_came_to_no_end_is_told_and_can_be_asked_for_again(workspace):
    job = imports.imported(workspace, ROWS)
    ended = job.finished_at
    job = undo_import(job, by=job.started_by, now=timezone.now())
    fail_import(job)
    job.refresh_from_db()
    failed = job.step, job.state, job.finished_at

    assert failed == (ImportStep.DONE, "failed", ended)
    assert "The undo of “contacts.csv” came to no end" in set(Notification.objects.values_list("title", flat=True))
    assert undone(job).step == ImportStep.UNDONE
    assert not Lead.objects.of(workspace).exists()
