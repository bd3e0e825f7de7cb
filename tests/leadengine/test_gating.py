"""Rate limits, named waits and the breaker: whoever shares the state never asks too often."""

from __future__ import annotations

import pytest

from leadengine.gating import (
    FIRST_REST,
    LONGEST_REST,
    MOST_FAILURES,
    GateState,
    Limit,
    admit,
    failed,
    succeeded,
    told_to_wait,
)


def let_in(limits: list[Limit], *, seconds: int, step: float = 0.05) -> list[float]:
    """The moments at which somebody who asks all the time is let in."""
    state, moments = GateState(), []
    for tick in range(int(seconds / step)):
        wait, state = admit(state, limits, 1000 + tick * step)
        if not wait:
            moments.append(tick * step)
    return moments


@pytest.mark.parametrize(
    "limit",
    [Limit(1, 2.0), Limit(15, 1.0), Limit(60, 60.0), Limit(600, 300.0)],
    ids=["one in two seconds", "15 a second", "60 a minute", "600 in 5 minutes"],
)
def test_no_window_sees_more_than_the_limit(limit):
    moments = let_in([limit], seconds=int(2 * limit.seconds) + 2)

    windows = [sum(start <= each < start + limit.seconds for each in moments) for start in moments]
    assert max(windows) <= limit.calls
    assert len(moments) >= limit.calls


def test_tightest_limit_rules():
    moments = let_in([Limit(15, 1.0), Limit(20, 60.0)], seconds=60)

    assert 15 <= len(moments) <= 20


def test_who_waits_is_not_counted():
    state = admit(GateState(), [Limit(1, 60.0)], 0.0)[1]

    wait, after = admit(state, [Limit(1, 60.0)], 10.0)

    assert (wait, after) == (50.0, state)


def test_named_wait_closes_the_gate_for_everybody():
    state = told_to_wait(GateState(), 30.0, 100.0)

    assert admit(state, [], 110.0)[0] == 20.0
    assert admit(state, [], 130.0)[0] == 0.0


def test_breaker_opens_after_failures_in_a_row_and_rests_longer_each_time():
    state = GateState()
    rests = []
    for _ in range(MOST_FAILURES + 8):
        state = failed(state, 0.0)
        rests.append(state.closed_until)

    assert rests[: MOST_FAILURES - 1] == [0.0] * (MOST_FAILURES - 1)
    assert rests[MOST_FAILURES - 1 : MOST_FAILURES + 1] == [FIRST_REST, 2 * FIRST_REST]
    assert rests[-1] == LONGEST_REST


def test_one_asks_first_after_a_rest():
    state = GateState(failures=MOST_FAILURES, closed_until=100.0)

    wait, after = admit(state, [], 101.0)

    assert wait == 0.0
    assert admit(after, [], 102.0)[0] > 0
    assert admit(succeeded(after), [], 102.0)[0] == 0.0


def test_answer_that_was_under_way_ends_no_wait_and_no_rest():
    waiting = told_to_wait(GateState(), 300.0, 0.0)
    resting = GateState(failures=MOST_FAILURES, closed_until=60.0)

    assert admit(succeeded(waiting), [], 1.0)[0] == 299.0
    assert admit(succeeded(resting), [], 1.0)[0] == 59.0


def test_rest_of_the_breaker_shortens_no_named_wait():
    state = told_to_wait(GateState(), 3600.0, 0.0)
    for _ in range(MOST_FAILURES):
        state = failed(state, 0.0)

    assert admit(state, [], 1.0)[0] == 3599.0


def test_state_survives_its_json_form():
    state = GateState((1.5, 2.5), 3, 4.5, is_probing=True)

    assert GateState.from_json(state.to_json()) == state
    assert GateState.from_json({}) == GateState()
