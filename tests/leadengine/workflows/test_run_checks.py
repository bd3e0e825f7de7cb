"""Verification as an option of a run: quoted as a line of its own, held apart, charged by the verdict, told on the receipt."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from billing import ledger
from billing.models import Hold, HoldPurpose, Price, PriceKind
from enrichment.models import EmailCheck
from leadengine.leased import LeaseState
from leadengine.sandbox.invented_mail import verdict_at_last, verdict_in_store
from leadengine.workflows import dispatch
from leadengine.workflows.briefs import Brief
from leadengine.workflows.ending import OUT_OF_BUDGET, end, locked
from leadengine.workflows.generation import resume_generation, stop_generation
from leadengine.workflows.progress import run_progress
from leadengine.workflows.quoting import quote_run
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.resuming import cost_to_resume
from leadengine.workflows.telling import end_of
from leads.criteria import Criteria
from leads.models import Lead, RunState
from tests.factories import people, verification
from tests.fakes.workers import provider, record, start, work_off

pytestmark = pytest.mark.django_db

RECORDS = [record(number) for number in range(40)]
HALF = Decimal("0.50")


@pytest.fixture
def workspace():
    return verification.workspace(credits=100)


@pytest.fixture(autouse=True)
def served(monkeypatch):
    with provider(monkeypatch, RECORDS, batch=10):
        yield


def verified() -> None:
    while dispatch.turn(now=timezone.now()):
        pass


def receipt(run):
    return run_receipt(run, now=timezone.now())


def test_quote_names_verification_as_a_line_of_its_own(workspace):
    brief = Brief(criteria=Criteria(), sources=("sandbox",), most_leads=10, verify_emails=True)

    leads, checks = quote_run(workspace, brief, by=None, now=timezone.now()).quote.lines

    assert (leads.at_most, checks.label, checks.unit_price, checks.at_most) == (10, "E-mail verified", HALF, 5)


def test_expected_cost_goes_by_what_was_charged_before(workspace):
    brief = Brief(criteria=Criteria(), sources=("sandbox",), most_leads=10, verify_emails=True)
    lead, owner = verification.lead(workspace), people.owner(workspace)
    held = verification.order(workspace, by=owner)
    EmailCheck.objects.bulk_create(
        EmailCheck(
            workspace=workspace, lead=lead, email=lead.email, hold=held, price=HALF, by=owner,
            state=LeaseState.DONE, charged=HALF if number % 2 else 0,
        )
        for number in range(30)
    )  # fmt: skip

    _leads, checks = quote_run(workspace, brief, by=None, now=timezone.now()).quote.lines

    assert (checks.quantity_at_most, checks.quantity_expected) == (10, 5)


def test_delivered_leads_are_verified_on_a_hold_of_their_own_and_the_receipt_adds_up(workspace):
    run = start(workspace, most_leads=20, verify_emails=True)
    holds = {hold.purpose: hold.remaining for hold in Hold.objects.all()}
    work_off(run)
    between = receipt(run)

    verified()

    told, firsts = receipt(run), [verdict_in_store(lead.email) for lead in Lead.objects.all()]
    assert holds == {HoldPurpose.DELIVERY: 20, HoldPurpose.VERIFICATION: 10}
    assert (between.checks.waiting, between.checks.owed, between.adds_up) == (20, 10, True)
    assert {status: told.checks.verdicts[status] for status in ("deliverable", "risky", "undeliverable")} == {
        status: firsts.count(status) for status in ("deliverable", "risky", "undeliverable")
    }
    assert told.checks.credits == HALF * (firsts.count("deliverable") + firsts.count("undeliverable"))
    assert told.captured == 20 + told.checks.credits
    assert told.adds_up


def test_bell_counts_verification_with_what_was_spent(workspace):
    run = start(workspace, most_leads=4, verify_emails=True)

    work_off(run)
    run.refresh_from_db()

    told = end_of(run).text
    assert told.startswith("A search. 4 credits spent on leads; when it ended, verification could still bring it to 6.")


def test_nothing_stays_held_once_the_last_address_has_its_verdict(workspace):
    run = start(workspace, most_leads=20, verify_emails=True)
    work_off(run)
    for _ in range(4):
        EmailCheck.objects.update(due_at=timezone.now())
        verified()

    assert receipt(run).checks.is_open is False
    assert ledger.balance(workspace).held == 0


def test_ceiling_holds_for_leads_and_verification_together(workspace):
    run = work_off(start(workspace, most_leads=20, most_credits=Decimal(7), verify_emails=True))
    verified()

    assert run.delivered == 4
    assert receipt(run).held <= 7
    assert receipt(run).adds_up


def test_stop_ends_what_is_not_verified_yet_and_gives_all_back(workspace):
    run = start(workspace, most_leads=40, verify_emails=True)
    dispatch.turn(now=timezone.now(), run=run)
    ordered = EmailCheck.objects.count()

    stop_generation(run, by=run.started_by, now=timezone.now())
    verified()

    assert 0 < ordered == receipt(run).checks.ended
    assert ledger.balance(workspace).held == 0
    assert set(EmailCheck.objects.values_list("state", flat=True)) == {LeaseState.STOPPED}


def test_what_a_stop_gives_back_is_told_with_what_was_held_for_verification(workspace, client):
    run = start(workspace, most_leads=40, verify_emails=True)
    client.force_login(run.started_by)

    before = run_progress(run, now=timezone.now()).at_risk
    page = client.post(reverse("leads:run-stop", args=[run.pk]), follow=True).content.decode()

    assert before == 60
    assert "0 credits spent, 60 returned" in page


def test_resumed_run_holds_anew_for_the_leads_to_come(workspace):
    run = start(workspace, most_leads=20, verify_emails=True)
    stopped = stop_generation(run, by=run.started_by, now=timezone.now())

    cost = cost_to_resume(stopped, now=timezone.now())
    work_off(resume_generation(stopped, by=run.started_by, now=timezone.now()))

    assert cost == 30
    assert receipt(run).checks.waiting == 20
    assert receipt(run).adds_up


def test_resumed_run_takes_up_the_verifications_that_its_stop_had_stopped(workspace):
    run = start(workspace, most_leads=40, verify_emails=True)
    dispatch.turn(now=timezone.now(), run=run)
    ordered = EmailCheck.objects.count()
    stopped = stop_generation(run, by=run.started_by, now=timezone.now())
    verification.queued(Lead.objects.first(), by=run.started_by)
    Lead.objects.filter(pk=Lead.objects.last().pk).update(do_not_contact=True)

    cost = cost_to_resume(stopped, now=timezone.now())
    resumed = resume_generation(stopped, by=run.started_by, now=timezone.now())

    leads_to_come = 40 - stopped.delivered
    assert ordered > 2
    assert cost == leads_to_come * (1 + HALF) + (ordered - 2) * HALF == ledger.balance(workspace).held - HALF
    assert EmailCheck.objects.filter(run=run, state=LeaseState.QUEUED).count() == ordered - 2
    work_off(resumed)
    for _ in range(4):
        EmailCheck.objects.update(due_at=timezone.now())
        verified()
    told = receipt(resumed)
    assert (told.checks.ended, told.checks.is_open, told.adds_up) == (2, False, True)
    assert ledger.balance(workspace).held == 0


def test_resumed_run_that_can_pay_only_for_its_verifications_does_so_and_ends(workspace):
    run = start(workspace, most_leads=40, most_credits=Decimal("46.5"), verify_emails=True)
    dispatch.turn(now=timezone.now(), run=run)
    ordered = EmailCheck.objects.count()
    stopped = stop_generation(run, by=run.started_by, now=timezone.now())
    dearer = Price.objects.create(kind=PriceKind.EMAIL_CHECK, amount=Decimal("0.60"), valid_from=timezone.now()).amount

    cost = cost_to_resume(stopped, now=timezone.now())
    resumed = resume_generation(stopped, by=run.started_by, now=timezone.now())
    held = ledger.balance(workspace).held
    verified()

    assert (stopped.delivered, ordered, cost, held) == (30, 30, 27 * dearer, 27 * dearer)
    assert (resumed.state, resumed.reason) == (RunState.STOPPED, OUT_OF_BUDGET)
    assert (receipt(run).checks.waiting, receipt(run).checks.ended, receipt(run).adds_up) == (0, 3, True)


def test_run_without_the_option_orders_none(workspace):
    run = work_off(start(workspace, most_leads=20))

    assert EmailCheck.objects.count() == 0
    assert receipt(run).checks is None


def test_addresses_that_nobody_answers_for_are_not_ordered():
    run = work_off(start(people.workspace(credits=100), most_leads=20, verify_emails=True))

    assert EmailCheck.objects.count() == 0
    assert ledger.balance(run.workspace).held == 0


def test_page_tells_shares_and_credits_and_waits_for_what_is_open(workspace, client):
    run = start(workspace, most_leads=20, verify_emails=True)
    work_off(run)
    client.force_login(run.started_by)
    url = reverse("leads:run-detail", args=[run.pk])

    before = client.get(url).content.decode()
    verified()
    after = client.get(url).content.decode()

    assert "20 still to be verified" in before
    assert 'hx-trigger="every 5s"' in before
    assert "Charged for verified addresses" in after
    assert "still to be verified" not in after
    assert all(verdict_at_last(lead.email).capitalize() in after for lead in Lead.objects.all())


def test_stop_gives_back_what_an_earlier_stretch_of_the_run_still_holds(workspace):
    run = start(workspace, most_leads=40, verify_emails=True)
    dispatch.turn(now=timezone.now(), run=run)
    end(locked(run), RunState.STOPPED, OUT_OF_BUDGET, now=timezone.now())
    under_way = EmailCheck.objects.count()
    resumed = resume_generation(run, by=run.started_by, now=timezone.now())

    stop_generation(resumed, by=run.started_by, now=timezone.now())

    assert under_way > 0
    assert ledger.balance(workspace).held == 0


def test_resumed_run_keeps_below_its_ceiling_with_verification_together(workspace):
    run = start(workspace, most_leads=20, most_credits=Decimal(7), verify_emails=True)
    stopped = stop_generation(run, by=run.started_by, now=timezone.now())

    cost = cost_to_resume(stopped, now=timezone.now())
    resumed = work_off(resume_generation(stopped, by=run.started_by, now=timezone.now()))
    verified()

    assert cost <= 7
    assert resumed.delivered == 4
    assert receipt(resumed).captured <= 7


def test_stop_that_comes_too_late_tells_what_is_held_still(client, workspace):
    run = work_off(start(workspace, most_leads=20, verify_emails=True))
    client.force_login(run.started_by, backend="django.contrib.auth.backends.ModelBackend")

    page = client.post(reverse("leads:run-stop", args=[run.pk]), follow=True).content.decode()

    told = receipt(run)
    assert (told.checks.waiting, told.still_held) == (20, 10)
    assert "had ended (finished) before it could be stopped: 20 credits spent, 0 returned" in page
    assert "10 more are held for verifications under way." in page
    assert "20 addresses are not verified yet: 10 credits stay held for it until then." in page


def test_page_of_a_run_whose_verifications_go_on_renews_each_part_in_its_own_place(client, workspace):
    run = work_off(start(workspace, most_leads=20, verify_emails=True))
    client.force_login(run.started_by, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(reverse("leads:run-detail", args=[run.pk])).content.decode()

    again = next(each for each in page.split("<") if 'id="run-again"' in each)
    assert ('hx-trigger="every' in page, 'hx-target="this"' in again, 'id="run-stop-cost"' in page) == (True,) * 3
    assert "0 of 20, beside the leads" in page
