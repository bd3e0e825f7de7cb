"""Many addresses as one order: its price, its hold, its stop, and that the same order comes once."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from billing import ledger
from billing.ledger import InsufficientCredits
from enrichment.models import EmailCheck
from leadengine.workflows import bulk_checks, dispatch
from leadengine.workflows.bulk_checks import bulk_offer, order_receipt, start_checks, stop_order
from leadengine.workflows.verification import NotVerifiable
from leads.models import Lead
from tests.factories import leads, people, verification

pytestmark = pytest.mark.django_db
STATUSES = ("deliverable", "undeliverable", "risky", "unknown")


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def four(workspace):
    return [verification.lead(workspace, status) for status in STATUSES]


def every(workspace):
    return Lead.objects.of(workspace).living()


def ordered(workspace, **fields):
    given = {"key": uuid4(), "by": people.rep(workspace), "shown_at_most": None, "now": timezone.now()}
    return start_checks(every(workspace), workspace=workspace, **given | fields)


def offered(workspace, now=None):
    return bulk_offer(every(workspace), workspace=workspace, by=people.rep(workspace), now=now or timezone.now())


def test_order_is_held_for_worked_off_together_and_charged_by_verdict(workspace, four):
    held = ordered(workspace)
    before = held.remaining

    dispatch.turn(now=timezone.now())

    told = order_receipt(held)
    assert before == 2
    assert told.verdicts == dict.fromkeys(STATUSES, 1)
    assert (told.credits, ledger.balance(workspace)) == (1, ledger.Balance(Decimal(9), Decimal(0)))
    assert sorted(every(workspace).values_list("email_status", flat=True)) == sorted(STATUSES)


def test_queries_of_a_turn_do_not_grow_with_its_addresses(workspace, django_assert_max_num_queries):
    for number in range(12):
        email = f"p{number}@harbour1.example"
        verification.lead(workspace, email=email)
    ordered(workspace)

    with django_assert_max_num_queries(72):
        dispatch.turn(now=timezone.now())

    assert EmailCheck.objects.filter(finished_at__isnull=False).count() == 12


def test_more_than_an_order_takes_is_refused_and_never_cut_though_some_were_ordered_meanwhile(
    workspace, four, monkeypatch
):
    monkeypatch.setattr(bulk_checks, "MOST", 2)
    verification.order(workspace, four[0], by=people.rep(workspace))

    rows = bulk_checks._locked(every(workspace), workspace)
    with pytest.raises(NotVerifiable, match="At most 2"):
        ordered(workspace)

    assert len(rows) == 3


def test_offer_counts_only_whom_it_would_verify(workspace, four):
    verification.done(four[0])
    leads.lead(workspace, email="")
    leads.lead(workspace, email="x@harbour9.example", do_not_contact=True)

    now, later = offered(workspace), offered(workspace, now=timezone.now() + timedelta(days=31))

    assert (now.selected, now.addresses, now.at_most, now.obstacle) == (6, 3, Decimal("1.50"), "")
    assert later.addresses == 4


def test_same_key_is_the_same_order(workspace, four):
    key = uuid4()

    first, again = (ordered(workspace, key=key) for _ in range(2))

    assert first == again
    assert (EmailCheck.objects.count(), ledger.balance(workspace).held) == (4, 2)


def test_what_is_under_way_is_not_ordered_twice(workspace, four):
    ordered(workspace)

    with pytest.raises(NotVerifiable, match="None of these"):
        ordered(workspace)


def test_price_that_rose_is_shown_first(workspace, four):
    with pytest.raises(NotVerifiable, match="It would cost 2"):
        ordered(workspace, shown_at_most=Decimal("1.50"))

    assert ledger.balance(workspace).held == 0


def test_without_credits_nothing_happens():
    workspace = verification.workspace(credits=0)
    verification.lead(workspace)

    with pytest.raises(InsufficientCredits):
        ordered(workspace)

    assert offered(workspace).obstacle == "This needs 0.5 credits; 0 are available."
    assert EmailCheck.objects.count() == 0


def test_stop_gives_back_what_was_not_asked(workspace, four):
    held = ordered(workspace)

    assert stop_order(held, now=timezone.now()) == 4

    assert not dispatch.turn(now=timezone.now())
    assert ledger.balance(workspace).held == 0
    assert order_receipt(held).ended == 4


def test_address_that_two_leads_share_is_charged_once(workspace):
    one, other = (verification.lead(workspace, status) for status in ("deliverable", "risky"))
    Lead.objects.filter(pk=other.pk).update(email=one.email)
    held = ordered(workspace)

    dispatch.turn(now=timezone.now())

    assert order_receipt(held).credits == Decimal("0.50")
    assert ledger.balance(workspace).held == 0
