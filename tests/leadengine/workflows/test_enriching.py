"""Many leads enriched as one order: held once, charged by what is found, stopped, redelivered, and never asked about twice."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from billing import ledger
from billing.ledger import InsufficientCredits, LimitExceeded
from billing.models import CreditEntry
from enrichment.models import EmailCheck, Enrichment, EnrichmentItem
from leadengine.sandbox.invented_mail import greylists, verdict_at_last
from leadengine.workflows import dispatch, enriching, enriching_companies, enriching_turn, leases
from leadengine.workflows.enriching import NotEnriched
from leadengine.workflows.enriching_turn import enrich_turn
from leadengine.workflows.erasing import erase
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.stopping_enrichment import OUT_OF_CREDITS, stop_enrichment
from leads.models import Lead
from tests.factories import enrichments, leads, people, verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def four(workspace):
    return [verification.lead(workspace, status) for status in ("deliverable", "undeliverable", "risky", "unknown")]


def several(workspace, status, number):
    """As many leads whose addresses come to this status."""
    tried = (f"ada.okafor{each}@harbour{each}.example" for each in range(500))
    emails = [each for each in tried if verdict_at_last(each) == status and not greylists(each)]
    return [verification.lead(workspace, email=each) for each in emails[:number]]


def states(job):
    return sorted(job.items.values_list("state", flat=True))


def test_order_is_held_for_asked_charged_by_what_was_found_and_the_rest_comes_back(workspace, four):
    job = enrichments.order(workspace, "verify")
    held = ledger.balance(workspace).held

    enrichments.worked_off(job)

    assert (held, job.state) == (2, "done")
    assert states(job) == ["found", "found", "found", "nothing"]
    assert ledger.balance(workspace) == ledger.Balance(Decimal(9), Decimal(0))
    assert job.items.get(lead=four[0]).charged == Decimal("0.50")


def test_companies_are_asked_about_once_for_all_their_people(workspace):
    company = leads.company(workspace, domain="harbour3.example")
    for _ in range(3):
        leads.lead(workspace, company=company)

    job = enrichments.worked_off(enrichments.order(workspace, "company", "profiles"))

    assert job.items.count() == 2
    assert CreditEntry.objects.of(workspace).filter(kind="capture").count() <= 2
    assert ledger.balance(workspace).held == 0


def test_same_key_is_the_same_order(workspace, four):
    key, rep = uuid4(), people.rep(workspace)

    first, again = (enrichments.order(workspace, "verify", key=key, by=rep) for _ in range(2))

    assert first == again
    assert (EnrichmentItem.objects.count(), ledger.balance(workspace).held) == (4, 2)


def test_what_was_asked_lately_is_not_asked_again(workspace, four):
    enrichments.worked_off(enrichments.order(workspace, "company"))

    with pytest.raises(NotEnriched, match="Nothing of this"):
        enrichments.order(workspace, "company")


def test_who_is_not_to_be_contacted_is_never_asked_about(workspace, four):
    Lead.objects.filter(pk=four[0].pk).update(do_not_contact=True)

    job = enrichments.order(workspace, "verify", "company", "email", "profiles")

    assert not job.items.filter(lead=four[0]).exists()


def test_who_opts_out_in_between_is_not_asked_about(workspace, four):
    job = enrichments.order(workspace, "verify", "company", leads=four[:1])
    Lead.objects.update(do_not_contact=True)

    enrichments.worked_off(job)

    assert states(job) == ["failed", "failed"]
    assert not EmailCheck.objects.exists()
    assert ledger.balance(workspace) == ledger.Balance(Decimal(10), Decimal(0))


def test_stop_gives_back_at_once_what_was_not_asked(workspace, four):
    job = enrichments.order(workspace, "verify", "company")
    dispatch.turn(now=timezone.now())
    before = ledger.balance(workspace)

    assert stop_enrichment(job, by=people.rep(workspace), now=timezone.now())

    job.refresh_from_db()
    assert (job.state, ledger.balance(workspace)) == ("stopped", ledger.Balance(before.posted, Decimal(0)))
    assert not stop_enrichment(job, by=people.rep(workspace), now=timezone.now())
    assert not dispatch.turn(now=timezone.now())


def test_answer_in_flight_when_it_was_stopped_is_neither_used_nor_charged(workspace, four):
    job = enrichments.order(workspace, "company")
    stale = leases.claim(Enrichment, now=timezone.now())
    stop_enrichment(job, by=people.rep(workspace), now=timezone.now())

    with pytest.raises(LeaseLost):
        enrich_turn(stale, batches=1)

    assert ledger.balance(workspace) == ledger.Balance(Decimal(10), Decimal(0))


def test_turn_that_runs_twice_charges_once(workspace, four):
    job = enrichments.order(workspace, "company", leads=four[:1])
    first = leases.claim(Enrichment, now=timezone.now())
    enrich_turn(first, batches=1)
    spent = ledger.balance(workspace).posted
    job.refresh_from_db()

    with pytest.raises(LeaseLost):
        enrich_turn(first, batches=1)

    assert (job.state, ledger.balance(workspace).posted) == ("done", spent)


def test_credits_that_end_midway_end_it_cleanly_with_a_list_of_the_rest(workspace):
    several(workspace, "deliverable", 3)

    job = enrichments.worked_off(enrichments.order(workspace, "verify", most_credits=Decimal("0.50")))

    assert (job.state, job.error) == ("stopped", OUT_OF_CREDITS)
    assert "left" in states(job)
    assert ledger.balance(workspace).held == 0
    assert ledger.balance(workspace).posted >= 8


def test_what_costs_nothing_leaves_its_credits_to_the_next(workspace):
    several(workspace, "risky", 3)

    job = enrichments.worked_off(enrichments.order(workspace, "verify", most_credits=Decimal("0.50")))

    assert states(job) == ["found", "found", "found"]
    assert ledger.balance(workspace) == ledger.Balance(Decimal(10), Decimal(0))


def test_more_than_there_is_is_not_begun():
    workspace = verification.workspace(credits=1)
    several(workspace, "risky", 3)

    with pytest.raises(InsufficientCredits):
        enrichments.order(workspace, "company")

    assert not Enrichment.objects.exists()


def test_monthly_limit_of_a_rep_is_respected(workspace, four):
    rep = people.rep(workspace)
    rep.memberships.update(monthly_limit=1)

    with pytest.raises(LimitExceeded):
        enrichments.order(workspace, "verify", by=rep)


def test_price_that_rose_is_shown_first(workspace, four):
    with pytest.raises(NotEnriched, match=r"It would cost 2 credits now, 1\.5"):
        enrichments.order(workspace, "verify", shown_at_most=Decimal("1.50"))


def test_most_credits_of_a_piece_of_work_hold_here_too(workspace, four):
    workspace.most_credits_per_run = Decimal(1)
    workspace.save()

    with pytest.raises(NotEnriched, match="at most 1 credit here"):
        enrichments.order(workspace, "verify")


def test_test_asks_about_five_leads(workspace):
    several(workspace, "deliverable", 7)

    job = enrichments.order(workspace, "verify", is_test=True)

    assert (job.leads, job.items.count(), job.at_most, len(job.rest)) == (5, 5, Decimal("2.50"), 2)


def test_test_counts_those_whom_its_rest_does_not_name(workspace, monkeypatch):
    monkeypatch.setattr(enriching, "MOST_REST", 1)
    several(workspace, "deliverable", 8)

    job = enrichments.order(workspace, "verify", is_test=True)

    assert (len(job.rest), job.beyond) == (1, 2)


def test_while_a_mail_server_puts_us_off_only_its_price_stays_held(workspace):
    verification.lead(workspace, email=verification.address("deliverable", is_grey=True))
    several(workspace, "risky", 2)

    job = enrichments.worked_off(enrichments.order(workspace, "verify"), turns=8)

    assert (job.is_open, states(job)) == (True, ["asked", "found", "found"])
    assert ledger.balance(workspace).held == Decimal("0.50")


def test_person_who_is_erased_midway_is_forgotten_and_the_rest_goes_on(workspace, four):
    job = enrichments.order(workspace, "verify")
    dispatch.turn(now=timezone.now())
    erase(four[0], by=people.owner(workspace), now=timezone.now())

    enrichments.worked_off(job)

    assert (job.state, job.items.count()) == ("done", 3)
    assert ledger.balance(workspace).held == 0


@pytest.mark.parametrize("kind", ["verify", "company"])
def test_what_is_too_dear_does_not_keep_the_rest_waiting_for_ever(workspace, monkeypatch, kind):
    monkeypatch.setattr(enriching_turn, "AT_ONCE", 2)
    monkeypatch.setattr(enriching_companies, "AT_ONCE", 2)
    several(workspace, "deliverable", 3)
    job = enrichments.order(workspace, kind, most_credits=Decimal("1.00"))
    dear = job.items.order_by("pk")[:2]
    job.items.filter(pk__in=[item.pk for item in dear]).update(price=5)

    enrichments.worked_off(job, turns=20)

    assert (job.state, job.error) == ("stopped", OUT_OF_CREDITS)
    assert states(job).count("left") == 2
    assert ledger.balance(workspace).held == 0


def test_check_that_is_charged_in_the_middle_of_a_turn_does_not_break_it(workspace, monkeypatch):
    verification.lead(workspace, email=verification.address("deliverable"))
    job = enrichments.order(workspace, "verify")
    enrich_turn(leases.claim(Enrichment, now=timezone.now()), batches=1)
    while EmailCheck.objects.exclude(state="done").exists():
        dispatch.turn(now=timezone.now())
    Enrichment.objects.update(due_at=timezone.now(), claimed=True, state="running", stalls=1)
    monkeypatch.setattr(enriching_turn, "collect", lambda job, now: 0)

    enrich_turn(leases.claim(Enrichment, now=timezone.now()), batches=1)

    job.refresh_from_db()
    assert (job.state, job.claimed, job.stalls) == ("running", False, 0)
