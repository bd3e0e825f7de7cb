"""The ledger, told as stories: granted, held, charged, returned, paid back."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from billing import ledger
from billing.ledger import Balance, InsufficientCredits, KeyReuse, LimitExceeded, NotReversible
from billing.models import AuditEvent, CreditEntry, EntryKind, Role
from tests.factories import credits, people

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAST_MONTH = datetime(2026, 10, 31, 23, tzinfo=UTC)


@pytest.fixture
def workspace():
    return people.workspace(credits=100)


def totals(workspace) -> tuple[Decimal, Decimal]:
    balance = ledger.balance(workspace)
    return balance.posted, balance.held


def test_run_is_held_charged_and_the_rest_returned(workspace) -> None:
    hold = credits.hold(workspace, 40)

    charged = ledger.capture(hold, [credits.charge(1) for _ in range(25)], by_id=None, now=NOW)
    returned = ledger.release(hold, key="run:1:release", now=NOW)

    assert (charged, returned) == (25, 15)
    assert totals(workspace) == (75, 0)
    assert ledger.balance(workspace) == Balance(Decimal(75), Decimal(0))
    hold.refresh_from_db()
    assert (hold.remaining, hold.captured) == (0, 25)


def test_grant_with_the_same_key_is_given_once(workspace) -> None:
    first = ledger.grant(workspace, Decimal(5), key="grant:invoice-7", by=None)

    again = ledger.grant(workspace, Decimal(5), key="grant:invoice-7", by=None)

    assert again == first
    assert totals(workspace) == (105, 0)


def test_grant_is_audited_with_its_reason(workspace) -> None:
    ops = people.user()

    entry = ledger.grant(workspace, Decimal(5), key="grant:invoice-7", by=ops, note="Invoice 7")

    event = AuditEvent.objects.get(verb="credits.granted", object_id=entry.pk)
    assert (event.actor_id, event.workspace_id) == (ops.pk, workspace.pk)
    assert event.after == {"amount": "5.00", "key": "grant:invoice-7", "note": "Invoice 7"}


def test_key_with_other_content_is_refused(workspace) -> None:
    ledger.grant(workspace, Decimal(5), key="grant:invoice-7", by=None)

    with pytest.raises(KeyReuse):
        ledger.grant(workspace, Decimal(6), key="grant:invoice-7", by=None)

    assert totals(workspace) == (105, 0)


def test_hold_with_the_same_key_is_the_first_hold(workspace) -> None:
    first = credits.hold(workspace, 40, key="run:1:hold")

    again = credits.hold(workspace, 40, key="run:1:hold")

    assert again == first
    assert totals(workspace) == (100, 40)


def test_hold_of_more_than_is_available_says_what_is_missing(workspace) -> None:
    credits.hold(workspace, 70)

    with pytest.raises(InsufficientCredits) as refusal:
        credits.hold(workspace, 40)

    assert (refusal.value.needed, refusal.value.available) == (40, 30)
    assert totals(workspace) == (100, 70)
    assert not workspace.credit_account.holds.filter(remaining=0).exists()


def test_hold_of_nothing_allows_no_charge(workspace) -> None:
    hold = credits.hold(workspace, 0)

    with pytest.raises(InsufficientCredits):
        ledger.capture(hold, [credits.charge(1)], by_id=None, now=NOW)

    assert ledger.release(hold, key="run:1:release", now=NOW) == 0
    assert CreditEntry.objects.of(workspace).count() == 1


def test_repeated_charges_charge_nothing(workspace) -> None:
    hold = credits.hold(workspace, 80)
    charges = [credits.charge(1) for _ in range(50)]
    ledger.capture(hold, charges, by_id=None, now=NOW)

    charged = ledger.capture(hold, [*charges, credits.charge(2)], by_id=None, now=NOW)

    assert charged == 2
    assert totals(workspace) == (48, 28)


def test_repeat_of_a_bulk_of_500_changes_nothing() -> None:
    workspace = people.workspace(credits=1000)
    hold = credits.hold(workspace, 1000)
    charges = [credits.charge(1) for _ in range(500)]
    ledger.capture(hold, charges, by_id=None, now=NOW)

    charged = ledger.capture(hold, charges, by_id=None, now=NOW)

    assert charged == 0
    assert totals(workspace) == (500, 500)


def test_free_charges_leave_no_entry(workspace) -> None:
    hold = credits.hold(workspace, 10)

    charged = ledger.capture(hold, [credits.charge(0)], by_id=None, now=NOW)

    assert charged == 0
    assert not CreditEntry.objects.of(workspace).filter(kind=EntryKind.CAPTURE).exists()


def test_charges_beyond_the_hold_charge_nothing_though_others_hold_more(workspace) -> None:
    hold = credits.hold(workspace, 10)
    credits.hold(workspace, 50)

    with pytest.raises(InsufficientCredits) as refusal:
        ledger.capture(hold, [credits.charge(6), credits.charge(5)], by_id=None, now=NOW)

    assert (refusal.value.needed, refusal.value.available) == (11, 10)
    assert totals(workspace) == (100, 60)


def test_charge_keeps_what_it_was_for(workspace) -> None:
    run_id, delivery_id = uuid4(), uuid4()
    hold = credits.hold(workspace, 10, run_id=run_id)
    charge = credits.charge(2, key="delivery:x", source="file", delivery_id=delivery_id)

    ledger.capture(hold, [charge], by_id=7, now=NOW)

    entry = CreditEntry.objects.get(key="delivery:x")
    assert (entry.run_id, entry.delivery_id, entry.actor_id) == (run_id, delivery_id, 7)
    assert (entry.price_kind, entry.source, entry.unit_price) == ("delivery", "file", 2)


def test_second_release_returns_nothing(workspace) -> None:
    hold = credits.hold(workspace, 10)
    ledger.release(hold, key="run:1:release", now=NOW)

    again = ledger.release(hold, key="run:1:release", now=NOW)

    assert again == 0
    assert totals(workspace) == (100, 0)


def test_charge_is_paid_back_once(workspace) -> None:
    entry = credits.captured(credits.hold(workspace, 10), 3)

    first = ledger.reverse(entry, by=None, key="reverse:1", note="Bounced", now=NOW)
    again = ledger.reverse(entry, by=None, key="reverse:1", note="Bounced", now=NOW)

    assert first == again
    assert (first.posted, first.reverses, first.price_kind) == (3, entry, "delivery")
    assert totals(workspace) == (100, 7)


def test_charge_cannot_be_paid_back_under_another_key(workspace) -> None:
    entry = credits.captured(credits.hold(workspace, 10), 3)
    ledger.reverse(entry, by=None, key="reverse:1", note="Bounced", now=NOW)

    with pytest.raises(NotReversible, match="before"):
        ledger.reverse(entry, by=None, key="reverse:2", note="Bounced", now=NOW)


def test_grant_cannot_be_paid_back(workspace) -> None:
    grant = CreditEntry.objects.of(workspace).get()

    with pytest.raises(NotReversible, match="Only a charge"):
        ledger.reverse(grant, by=None, key="reverse:1", note="Mistake", now=NOW)


def test_only_available_credits_expire(workspace) -> None:
    credits.hold(workspace, 70)
    ledger.expire(workspace, Decimal(30), key="expire:1", by=None)

    with pytest.raises(InsufficientCredits):
        ledger.expire(workspace, Decimal("0.01"), key="expire:2", by=None)

    assert totals(workspace) == (70, 70)


def test_member_limit_counts_holds_and_charges_of_the_month(workspace) -> None:
    member = people.rep(workspace, monthly_limit=Decimal(50))
    credits.captured(credits.hold(workspace, 20, by=member, now=NOW), 20, now=NOW)
    credits.hold(workspace, 20, by=member, now=NOW)

    with pytest.raises(LimitExceeded) as refusal:
        credits.hold(workspace, 11, by=member, now=NOW)

    assert (refusal.value.limit, refusal.value.used, refusal.value.needed) == (50, 40, 11)
    assert credits.hold(workspace, 10, by=member, now=NOW).remaining == 10


def test_member_limit_forgets_last_month_and_what_was_paid_back(workspace) -> None:
    member = people.rep(workspace, monthly_limit=Decimal(50))
    hold = credits.hold(workspace, 40, by=member, now=LAST_MONTH)
    ledger.capture(hold, [credits.charge(30)], by_id=member.pk, now=LAST_MONTH)
    entry = credits.captured(hold, 10, now=NOW)
    ledger.reverse(entry, by=None, key="reverse:1", note="Wrong person", now=NOW)

    again = credits.hold(workspace, 50, by=member, now=NOW)

    assert again.remaining == 50


@pytest.mark.parametrize("role", [Role.REP, Role.OWNER])
def test_limit_binds_every_role(workspace, role: str) -> None:
    member = people.membership(workspace, role, monthly_limit=Decimal(5)).user

    with pytest.raises(LimitExceeded, match="Your limit is 5"):
        credits.hold(workspace, 6, by=member)
