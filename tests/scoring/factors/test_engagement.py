"""Engagement and its history: a table each."""

from math import exp

import pytest

from scoring.factors import engagement
from tests.factories.scoring import event, facts, rulebook

NAN = float("nan")
SENT, JUST_CALLED = event("email_sent", 20), event("call", 0)


def value(function, known) -> float:
    return float(function(facts(**known), rulebook())[0])


@pytest.mark.parametrize(
    ("signals", "touches", "expected"),
    [
        pytest.param((), (), NAN, id="nothing"),
        pytest.param((), (event("email_replied", 30),), 1 - exp(-0.5), id="a reply a month ago"),
        pytest.param((), (event("meeting", 0),), 1 - exp(-1.5), id="a meeting today"),
        pytest.param((), (SENT,), 0.0, id="silence"),
        pytest.param((), (event("email_replied", 91),), NAN, id="too long ago"),
        pytest.param((event("hiring", 0),), (), 0.4 + 0.6 * (1 - exp(-0.875)), id="public only lifts what is expected"),
        pytest.param((event("hiring", 0),), (SENT,), 1 - exp(-0.875), id="public and touched"),
        pytest.param((), (JUST_CALLED,), 0.4 + 0.6 * (1 - exp(-0.25)), id="a call today lifts what is expected"),
        pytest.param((), (event("email_sent", 3),), NAN, id="a mail that may still be answered says nothing"),
        pytest.param(
            (event("hiring", 0),), (JUST_CALLED,), 0.4 + 0.6 * (1 - exp(-1.125)), id="public and a call today"
        ),
        pytest.param((event("hiring", 91),), (), NAN, id="public too long ago"),
        pytest.param((event("shrinking", 1),), (), NAN, id="a sign of something else"),
    ],
)
def test_engagement(signals, touches, expected) -> None:
    known = {"signals": signals, "touches": touches}

    assert value(engagement.engagement, known) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("touches", "known", "expected"),
    [
        pytest.param((), {}, NAN, id="never contacted"),
        pytest.param((SENT, SENT, event("email_replied")), {}, 0.7 * 2.2 / 5 + 0.3, id="one answer to two mails"),
        pytest.param((SENT,) * 7, {}, 0.7 * 1.2 / 10, id="silence"),
        pytest.param((JUST_CALLED,), {}, NAN, id="a call that may still be answered says nothing"),
        pytest.param((SENT, JUST_CALLED), {}, 0.7 * 1.2 / 4, id="silence after the first, not yet after the second"),
        pytest.param(
            (JUST_CALLED, event("email_replied")), {}, 0.7 * 2.2 / 4 + 0.3, id="an answer makes attempts count"
        ),
        pytest.param((event("email_replied", 180),), {}, 0.7 * 2.2 / 4 + 0.15, id="an answer long ago"),
        pytest.param((event("meeting"), event("opt_out")), {}, 0.0, id="opted out"),
        pytest.param((event("meeting"),), {"is_barred": True}, 0.0, id="barred"),
        pytest.param((), {"outcome": "won"}, 0.5 + 0.7 * 0.4 / 2, id="won before"),
        pytest.param((), {"outcome": "lost"}, 0.8 * 0.7 * 0.4, id="lost before"),
        pytest.param((), {"outcome": "disqualified"}, NAN, id="disqualified says nothing of answers"),
    ],
)
def test_engagement_history(touches, known, expected) -> None:
    assert value(engagement.engagement_history, {"touches": touches} | known) == pytest.approx(expected, nan_ok=True)
