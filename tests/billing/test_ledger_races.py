"""Many at once on a real database: nobody overspends, and a doubled click counts once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from billing import ledger
from billing.ledger import InsufficientCredits, LimitExceeded
from billing.models import Hold
from tests.factories import credits, people

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each act answered, or the class of what it raised; eight threads with a connection each."""

    def answer(act: Callable[[], object]) -> object:
        try:
            return act()
        except (InsufficientCredits, LimitExceeded) as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(answer, acts))


def test_threads_cannot_overspend_a_balance() -> None:
    workspace = people.workspace(credits=100)
    clicks = [lambda key=f"run:{n // 2}:hold": credits.hold(workspace, 7, key=key).pk for n in range(60)]

    answers = at_once(clicks)

    assert len(set(answers) - {InsufficientCredits}) == 14
    assert ledger.balance(workspace) == ledger.Balance(Decimal(100), Decimal(98))
    assert Hold.objects.of(workspace).filter(remaining=7).count() == 14


def test_threads_cannot_pass_a_monthly_limit() -> None:
    workspace = people.workspace(credits=100)
    member = people.rep(workspace, monthly_limit=Decimal(20))

    answers = at_once([lambda: credits.hold(workspace, 7, by=member).remaining for _ in range(16)])

    assert sorted(map(str, answers)) == ["7.00"] * 2 + [str(LimitExceeded)] * 14


def test_threads_cannot_charge_more_than_is_held() -> None:
    hold = credits.hold(people.workspace(credits=100), 20)
    charges = [credits.charge(1) for _ in range(60)]
    batches = [charges[start : start + 6] for start in range(0, 60, 3)]

    at_once([lambda batch=batch: ledger.capture(hold, batch, by_id=None, now=timezone.now()) for batch in batches])

    hold.refresh_from_db()
    assert hold.captured + hold.remaining == 20
    assert hold.captured >= 18
    assert ledger.balance(hold.workspace).posted == 100 - hold.captured


def test_charges_and_releases_at_once_do_not_deadlock() -> None:
    workspace = people.workspace(credits=100)
    holds = [credits.hold(workspace, 4) for _ in range(20)]
    now = timezone.now()
    acts = [lambda hold=hold: ledger.capture(hold, [credits.charge(1)], by_id=None, now=now) for hold in holds]
    acts += [lambda hold=hold: ledger.release(hold, key=f"release:{hold.pk}", now=now) for hold in holds]

    at_once(acts)

    assert ledger.balance(workspace).held == 0
