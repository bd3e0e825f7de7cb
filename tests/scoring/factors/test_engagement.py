"""Engagement and its history: a table each."""

from math import exp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.factors import engagement
from tests.factories.scoring import event, facts, rulebook

NAN = float("nan")
MAILED, REPLIED = event("email_sent", 40), event("email_replied", 30)
RATED = 2 ** (-20 / 30) + 1  # the attempt of SENT, faded, and the one that is assumed
SENT, JUST_CALLED, NOBODY_THERE = event("email_sent", 20), event("call", 0), event("call_no_answer", 0)


def value(function, known) -> float:
    return float(function(facts(**known), rulebook())[0])


def filled(points: float) -> float:
    return 1 - exp(-points / 40)


def lifted(points: float) -> float:
    """Where 0.4 is expected."""
    return 0.4 + 0.6 * filled(points)


@pytest.mark.parametrize(
    ("signals", "touches", "expected"),
    [
        pytest.param((), (), NAN, id="nothing"),
        pytest.param((), (MAILED, REPLIED), lifted(20 + 20 * 0.5 / 1.5), id="the worked example: a reply a month ago"),
        pytest.param((), (event("meeting"),), lifted(60 + 20 / 2), id="a meeting today"),
        pytest.param((), (event("call_reached"),), lifted(30 + 20 / 2), id="a call that reached the person"),
        pytest.param((), (event("email_clicked"),), lifted(15), id="a click"),
        pytest.param((), (event("visit", 30),), lifted(6), id="a visit a month ago"),
        pytest.param((), (event("email_opened"),), lifted(6), id="an opening only lifts what is expected"),
        pytest.param((), (event("note"), event("stage")), NAN, id="a note and a move of stage are only ours"),
        pytest.param((), (event("call_voicemail", 2),), NAN, id="a message left is only ours"),
        pytest.param((), (SENT,), 0.0, id="silence"),
        pytest.param((), (SENT, event("email_opened")), filled(6), id="opened, but silent"),
        pytest.param((), (SENT, event("email_clicked", 5)), lifted(15 * 2 ** (-5 / 30)), id="a click ends silence"),
        pytest.param((), (event("visit", 25), SENT), filled(12 * 2 ** (-25 / 30)), id="one before it does not"),
        pytest.param((), (event("call_no_answer", 20),), 0.0, id="nobody picked up"),
        pytest.param((), (event("call_refused", 1),), 0.0, id="asked not to be called"),
        pytest.param((), (event("call_wrong_number", 20),), NAN, id="a wrong number says nothing of the person"),
        pytest.param((), (event("email_replied", 91),), NAN, id="too long ago"),
        pytest.param((event("hiring"),), (), lifted(35), id="public only lifts what is expected"),
        pytest.param((event("hiring"),), (SENT,), filled(35), id="the worked example: public, and silent"),
        pytest.param((), (JUST_CALLED,), NAN, id="a call of which nobody said what came of it says nothing"),
        pytest.param((), (event("call", 20),), NAN, id="nor is it silence, however old"),
        pytest.param((), (event("email_sent", 3),), NAN, id="a mail that may still be answered says nothing"),
        pytest.param((event("hiring"),), (JUST_CALLED,), lifted(35), id="public and a call today"),
        pytest.param((event("hiring", 91),), (), NAN, id="public too long ago"),
        pytest.param((event("shrinking", 1),), (), NAN, id="a sign of something else"),
        pytest.param(
            (), (event("email_replied", 60), SENT), filled(10 + 20 * 0.25 / RATED), id="answered, then silent"
        ),
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
        pytest.param((NOBODY_THERE,), {}, NAN, id="a call that may still be answered says nothing"),
        pytest.param((event("call", 20),) * 3, {}, NAN, id="calls without an outcome are no silence"),
        pytest.param((SENT, NOBODY_THERE), {}, 0.7 * 1.2 / 4, id="silence after the first, not yet after the second"),
        pytest.param(
            (NOBODY_THERE, event("email_replied")), {}, 0.7 * 2.2 / 4 + 0.3, id="an answer makes attempts count"
        ),
        pytest.param((event("email_replied", 180),), {}, 0.7 * 2.2 / 4 + 0.15, id="an answer long ago"),
        pytest.param((event("call_reached"),), {}, 0.7 * 2.2 / 4 + 0.3, id="reached by phone"),
        pytest.param((event("call_voicemail", 20),) * 3, {}, 0.7 * 1.2 / 6, id="voicemail only"),
        pytest.param((event("call_refused"),), {}, 0.7 * 1.2 / 4, id="asked not to be called: need not be waited for"),
        pytest.param((event("call_wrong_number", 20),), {}, NAN, id="a wrong number is no attempt"),
        pytest.param((event("note"), event("stage")), {}, NAN, id="notes are no contact"),
        pytest.param((event("meeting"), event("opt_out")), {}, 0.0, id="opted out"),
        pytest.param((event("meeting"),), {"is_barred": True}, 0.0, id="barred"),
        pytest.param((), {"outcome": "won"}, 0.5 + 0.7 * 0.4 / 2, id="won before"),
        pytest.param((), {"outcome": "lost"}, 0.8 * 0.7 * 0.4, id="lost before"),
        pytest.param((), {"outcome": "disqualified"}, NAN, id="disqualified says nothing of answers"),
    ],
)
def test_engagement_history(touches, known, expected) -> None:
    assert value(engagement.engagement_history, {"touches": touches} | known) == pytest.approx(expected, nan_ok=True)


POSITIVE = ("meeting", "email_replied", "call_reached", "email_clicked", "visit", "email_opened")
OURS = ("note", "stage", "call", "call_voicemail")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from((*POSITIVE, "email_sent", "call_no_answer")), st.floats(0, 120)), max_size=6),
    st.sampled_from(POSITIVE),
)
def test_good_news_never_lowers_engagement(before, kind) -> None:
    touches = tuple(event(each, age) for each, age in before)
    known, rules = {"touches": touches}, rulebook()
    worth = value(engagement.engagement, known)

    better = value(engagement.engagement, {"touches": (*touches, event(kind))})

    assert better >= (rules.expected_of("engagement") if worth != worth else worth) - 1e-9


@pytest.mark.parametrize("kind", OURS)
@pytest.mark.parametrize(
    "before", [(), (event("email_replied", 3),), (event("hiring", 5),)], ids=["nobody", "reply", "sign"]
)
def test_nobody_raises_a_grade_by_what_only_they_did(kind, before) -> None:
    columns = {"touches": tuple(each for each in before if each.kind != "hiring")}
    columns["signals"] = tuple(each for each in before if each.kind == "hiring")
    worth = value(engagement.engagement, columns)

    clicked = value(engagement.engagement, columns | {"touches": (*columns["touches"], event(kind))})

    assert clicked != clicked if worth != worth else clicked <= worth
