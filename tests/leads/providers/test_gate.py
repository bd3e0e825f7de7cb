"""The gate in the database: what one worker learns, the others heed."""

from __future__ import annotations

import pytest

from leadengine.gating import Limit
from leadengine.outcomes import Outcome
from leads.models import ProviderHealth, Standing
from leads.providers.gate import DatabaseGate, digest_of

pytestmark = pytest.mark.django_db


def gate(key: str = "k3y", *, now: float = 1000.0, limits: tuple[Limit, ...] = (Limit(1, 60.0),)) -> DatabaseGate:
    return DatabaseGate("acme", key, limits, lambda: now)


def left(outcome: Outcome, *, wait: float = 0.0, seconds: float = 0.2) -> ProviderHealth:
    gate().leave(outcome, said="Acme said no.", seconds=seconds, wait=wait)
    return ProviderHealth.objects.get()


def test_workers_share_the_limits_of_a_key():
    first, second = gate().enter().wait, gate(now=1001.0).enter().wait

    assert (first, second) == (0.0, 59.0)
    assert ProviderHealth.objects.get().asked == 1


def test_another_key_has_limits_of_its_own():
    gate().enter()

    assert gate("other").enter().wait == 0.0


def test_limit_of_all_is_shared_by_every_key():
    limits = (Limit(1, 60.0, is_of_all=True),)
    gate("mine", limits=limits).enter()

    assert gate("other", now=1001.0, limits=limits).enter().wait == 59.0


def test_provider_that_says_too_often_to_one_is_left_alone_by_all():
    limits = (Limit(5, 1.0, is_of_all=True),)
    gate("mine", limits=limits).leave(Outcome.RATE_LIMITED, said="Too often.", seconds=0.1, wait=600.0)

    assert gate("other", limits=limits).enter().wait == 600.0


def test_key_is_not_stored_in_its_row():
    gate("very-secret-key").enter()

    row = ProviderHealth.objects.get()
    assert row.key_digest == digest_of("very-secret-key")
    assert "very-secret" not in str(vars(row))


@pytest.mark.parametrize(
    ("outcome", "standing"),
    [
        (Outcome.OK, Standing.WORKING),
        (Outcome.NO_MATCH, Standing.WORKING),
        (Outcome.KEY_REFUSED, Standing.KEY_REFUSED),
        (Outcome.OUT_OF_CREDITS, Standing.OUT_OF_CREDITS),
        (Outcome.RATE_LIMITED, Standing.WAITING),
        (Outcome.UNAVAILABLE, Standing.UNAVAILABLE),
        (Outcome.GARBLED, Standing.UNAVAILABLE),
        (Outcome.BAD_REQUEST, Standing.UNTRIED),
    ],
)
def test_outcome_becomes_a_standing(outcome, standing):
    row = left(outcome)

    assert row.standing == standing
    assert bool(row.last_error) is (standing not in (Standing.WORKING, Standing.UNTRIED))


def test_slow_answers_are_told():
    assert left(Outcome.OK, seconds=9.0).standing == Standing.SLOW


def test_error_is_kept_when_it_works_again():
    left(Outcome.UNAVAILABLE)

    row = left(Outcome.OK)

    assert (row.standing, row.last_error) == (Standing.WORKING, "Acme said no.")


def test_named_wait_holds_for_everybody():
    left(Outcome.RATE_LIMITED, wait=30.0)

    assert gate(now=1010.0, limits=()).enter().wait == 20.0
    assert gate(now=1031.0, limits=()).enter().wait == 0.0


def test_breaker_keeps_everybody_away():
    for _ in range(5):
        left(Outcome.UNAVAILABLE)

    turn = gate(limits=()).enter()
    assert (turn.wait, turn.is_resting, turn.said) == (30.0, True, "Acme said no.")


def test_answer_in_between_ends_no_named_wait():
    left(Outcome.RATE_LIMITED, wait=300.0)

    row = left(Outcome.OK)

    assert row.standing == Standing.WAITING
    assert gate(limits=()).enter().wait == 300.0


@pytest.mark.parametrize(("later", "standing"), [(1.0, Standing.WAITING), (9.0, Standing.WORKING)])
def test_wait_of_all_is_over_when_somebody_is_answered_after_it(later, standing):
    limits = (Limit(5, 1.0, is_of_all=True),)
    gate("mine", limits=limits).leave(Outcome.RATE_LIMITED, said="Too often.", seconds=0.1, wait=5.0)

    gate("other", now=1000 + later, limits=limits).leave(Outcome.OK, said="", seconds=0.1, wait=0.0)

    assert ProviderHealth.objects.get(key_digest="").standing == standing
