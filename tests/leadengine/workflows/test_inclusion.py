"""Including after all whom a run left out: delivered, charged on its own hold, never against the suppression list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing import ledger
from billing.folding import fold_mismatches
from billing.ledger import InsufficientCredits, LimitExceeded
from billing.models import Workspace
from leadengine.workflows.chronicle import chronicle
from leadengine.workflows.inclusion import KEPT, RunLimitExceeded, includable, include_anyway
from leadengine.workflows.publishing import publish_profile
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.sweeping import sweep
from leads.models import Delivery, Exclusion, Lead, Run
from leads.suppressing import suppress
from scoring.models import LeadScore, Profile
from scoring.rulebook import WEIGHTS
from scoring.versions import drafted
from scoring.weighting import Weighting
from tests.factories import people
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def stopped_short(monkeypatch) -> Run:
    """A run of five candidates that was asked for three."""
    with provider(monkeypatch, [record(number) for number in range(5)]):
        return work_off(start(people.workspace(credits=5), most_leads=3))


def include(run: Run, *rows: Exclusion):
    return include_anyway(run, rows or list(includable(run, now=timezone.now())), by=run.started_by, now=timezone.now())


def test_included_candidates_are_delivered_and_charged(stopped_short):
    outcome = include(stopped_short)

    assert (outcome.delivered, outcome.charged, outcome.refused) == (2, credits(2), {})
    assert "Included 2 who were left out" in [line.text for line in chronicle(stopped_short)]
    assert Lead.objects.of(stopped_short.workspace).count() == 5
    assert ledger.balance(stopped_short.workspace) == ledger.Balance(credits(0), credits(0))
    assert fold_mismatches() == []


def test_who_is_included_is_scored_by_the_profile_in_force(stopped_short):
    newer = publish(stopped_short.workspace)

    include(stopped_short)

    rows = LeadScore.objects.filter(lead__deliveries__run=stopped_short)
    assert rows.filter(profile=newer).count() == 2


def publish(workspace) -> Profile:
    draft = drafted(workspace, "", Weighting((5, 22, *WEIGHTS[2:])), note="", by=None, now=timezone.now())
    publish_profile(draft, by=None, now=timezone.now())
    return draft


def test_receipt_adds_up_after_an_inclusion(stopped_short):
    include(stopped_short)

    stopped_short.refresh_from_db()
    receipt = run_receipt(stopped_short, now=timezone.now())
    assert receipt.adds_up
    assert (receipt.found, receipt.delivered, receipt.excluded) == (5, 5, {})


def test_what_was_asked_stays_what_was_asked(stopped_short):
    asked = (stopped_short.most_leads, stopped_short.most_credits)

    include(stopped_short)

    run = Run.objects.get(pk=stopped_short.pk)
    assert (run.most_leads, run.most_credits) == asked
    assert (run.found_itself, run.included, run.included_cost) == (3, 2, credits(2))
    assert run_receipt(run, now=timezone.now()).held_as_asked == asked[1]


def test_second_click_includes_nobody(stopped_short):
    rows = list(includable(stopped_short, now=timezone.now()))
    include(stopped_short, *rows)

    outcome = include(stopped_short, *rows)

    assert (outcome.delivered, outcome.charged) == (0, credits(0))
    assert Delivery.objects.filter(run=stopped_short).count() == 5


def test_suppressed_since_then_stays_out(stopped_short):
    row = includable(stopped_short, now=timezone.now()).first()
    workspace, address = stopped_short.workspace, row.candidate["email"]
    suppress("email", address, workspace=workspace, by=None, note="", now=timezone.now())

    outcome = include(stopped_short, row)

    assert (outcome.delivered, outcome.refused) == (0, {"suppressed": 1})


def test_suppressed_since_then_is_kept_no_longer(stopped_short):
    row = includable(stopped_short, now=timezone.now()).first()
    listed = {"by": None, "note": "", "now": timezone.now()}
    suppress("email", row.candidate["email"], workspace=stopped_short.workspace, **listed)

    include(stopped_short, row)

    row.refresh_from_db()
    assert (row.reason, row.label, row.candidate, row.keys) == ("suppressed", "Suppressed", None, [])


def test_one_person_in_several_rows_is_delivered_and_charged_once(monkeypatch):
    others = [record(number) for number in range(10, 20)]
    with provider(monkeypatch, [record(1), *others, record(1, record_id="again")], batch=10):
        run = work_off(start(people.workspace(credits=50), most_leads=30, lowest_grade="A+"))

    outcome = include(run)

    assert (outcome.delivered, outcome.charged, outcome.refused) == (11, credits(11), {"duplicate_in_run": 1})
    assert Lead.objects.of(run.workspace).filter(email="p1@brightwater1.example").count() == 1
    assert run_receipt(Run.objects.get(pk=run.pk), now=timezone.now()).adds_up


def test_other_record_of_who_is_included_names_the_lead_and_no_number_of_the_source(monkeypatch):
    with provider(monkeypatch, [record(1), record(1, record_id="again")]):
        run = work_off(start(people.workspace(credits=50), lowest_grade="A+"))

    outcome = include(run)

    other = run.exclusions.get(reason="duplicate_in_run")
    assert (other.lead_id, other.label) == (outcome.lead_ids[0], "Bela Ackroyd")


def test_two_rows_with_one_identity_are_one_lead_and_the_other_is_named(monkeypatch):
    with provider(monkeypatch, [record(1), record(2, record_id="r1")]):
        run = work_off(start(people.workspace(credits=50), lowest_grade="A+"))

    outcome = include(run)

    assert (outcome.delivered, outcome.charged, outcome.refused) == (1, credits(1), {"duplicate_in_run": 1})
    assert run_receipt(Run.objects.get(pk=run.pk), now=timezone.now()).adds_up


def test_limit_of_a_run_holds_for_what_is_included_too(stopped_short):
    Workspace.objects.update(most_credits_per_run=credits(4))

    with pytest.raises(RunLimitExceeded, match=r"may cost 4 credits at most"):
        include(stopped_short)

    assert includable(stopped_short, now=timezone.now()).count() == 2
    assert ledger.balance(stopped_short.workspace) == ledger.Balance(credits(2), credits(0))


def test_inclusion_up_to_the_limit_of_a_run_is_possible(stopped_short):
    Workspace.objects.update(most_credits_per_run=credits(5))

    assert include(stopped_short).delivered == 2


def test_monthly_limit_of_whoever_clicks_holds(stopped_short):
    by = people.membership(stopped_short.workspace, monthly_limit=credits(1)).user

    with pytest.raises(LimitExceeded):
        include_anyway(stopped_short, list(includable(stopped_short, now=timezone.now())), by=by, now=timezone.now())

    assert Delivery.objects.filter(run=stopped_short).count() == 3


def test_inclusion_without_credits_changes_nothing(stopped_short):
    ledger.expire(stopped_short.workspace, credits(1), key="spent", by=None)

    with pytest.raises(InsufficientCredits):
        include(stopped_short)

    assert includable(stopped_short, now=timezone.now()).count() == 2


def test_candidates_are_forgotten_after_thirty_days(stopped_short):
    later = timezone.now() + KEPT + timedelta(seconds=1)

    assert sweep(now=later)["exclusions"] == 2

    assert not includable(stopped_short, now=later).exists()
    assert not Exclusion.objects.exclude(candidate=None).exists()
