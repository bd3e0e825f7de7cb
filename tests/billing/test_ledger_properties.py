"""Whatever is granted, held, charged, returned or repeated, in any order: the balance is right and never negative."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from billing import ledger
from billing.ledger import InsufficientCredits, KeyReuse
from billing.models import CreditAccount, CreditEntry, Hold
from tests.factories import credits, people

amounts = st.integers(1, 6000).map(lambda cents: Decimal(cents) / 100)
keys = st.integers(0, 40).map("key:{}".format)


class Ledger(RuleBasedStateMachine):
    """Compares the ledger with a model: what was posted, what each hold has left, what each key did."""

    holds = Bundle("holds")

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.workspace = people.workspace()
        self.posted, self.left, self.keys = Decimal(0), {}, {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @property
    def available(self) -> Decimal:
        return self.posted - sum(self.left.values())

    def is_refused(self, key: str, content: tuple, *, fits: bool, act) -> bool:
        """Does `act`; True when it did nothing new, having checked that this is what it had to do."""
        if key in self.keys and self.keys[key] != content:
            with pytest.raises(KeyReuse):
                act()
            return True
        if key in self.keys:
            act()
            return True
        if not fits:
            with pytest.raises(InsufficientCredits):
                act()
            return True
        act()
        self.keys[key] = content
        return False

    @rule(amount=amounts, key=keys)
    def grant(self, amount: Decimal, key: str) -> None:
        if not self.is_refused(
            key,
            ("grant", amount),
            fits=True,
            act=lambda: ledger.grant(self.workspace, amount, key=key, by=None),
        ):
            self.posted += amount

    @rule(amount=amounts, key=keys)
    def expire(self, amount: Decimal, key: str) -> None:
        if not self.is_refused(
            key,
            ("expire", amount),
            fits=amount <= self.available,
            act=lambda: ledger.expire(self.workspace, amount, key=key, by=None),
        ):
            self.posted -= amount

    @rule(target=holds, amount=amounts, key=keys)
    def hold(self, amount: Decimal, key: str) -> Hold | None:
        made = []
        act = lambda: made.append(credits.hold(self.workspace, amount, key=key))  # noqa: E731
        if not self.is_refused(key, ("hold", amount), fits=amount <= self.available, act=act):
            self.left[made[0].pk] = amount
        return made[0] if made else None

    @rule(hold=holds, amount=amounts, key=keys)
    def capture(self, hold: Hold | None, amount: Decimal, key: str) -> None:
        if hold is None:
            return
        charge = credits.charge(amount, key=key)
        if not self.is_refused(
            key,
            ("capture", amount),
            fits=amount <= self.left[hold.pk],
            act=lambda: ledger.capture(hold, [charge], by_id=None, now=timezone.now()),
        ):
            self.left[hold.pk] -= amount
            self.posted -= amount

    @rule(hold=holds)
    def release(self, hold: Hold | None) -> None:
        if hold is not None:
            returned = ledger.release(hold, key=f"release:{hold.pk}", now=timezone.now())
            assert returned == self.left[hold.pk]
            self.left[hold.pk] = Decimal(0)

    @rule(number=st.integers(0, 20))
    def reverse(self, number: int) -> None:
        charged = CreditEntry.objects.of(self.workspace).filter(kind="capture", reversed_by=None).order_by("pk")
        for entry in charged[number : number + 1]:
            ledger.reverse(entry, by=None, key=f"reverse:{entry.pk}", note="", now=timezone.now())
            self.posted -= entry.posted

    @invariant()
    def totals_are_the_sum_of_the_entries_and_not_negative(self) -> None:
        account = CreditAccount.objects.get(workspace=self.workspace)
        summed = CreditEntry.objects.of(self.workspace).aggregate(posted=Sum("posted"), held=Sum("held"))
        assert (account.posted, account.held) == (self.posted, sum(self.left.values()))
        assert (account.posted, account.held) == (summed["posted"] or 0, summed["held"] or 0)
        assert 0 <= account.held <= account.posted
        assert dict(Hold.objects.of(self.workspace).filter(remaining__gt=0).values_list("pk", "remaining")) == {
            pk: left for pk, left in self.left.items() if left
        }


@pytest.mark.db
@pytest.mark.django_db
def test_ledger_holds_in_any_order_of_events() -> None:
    quiet = settings(
        max_examples=30, stateful_step_count=30, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )

    run_state_machine_as_test(Ledger, settings=quiet)
