"""Where people are told: defaults, and only what differs from them is kept."""

import pytest

from billing.models import NotificationKind
from billing.notices import DEFAULTS, Ways, choose, kinds_of, ways

CASES = [
    pytest.param({}, "run_finished", Ways(True, False), id="default"),
    pytest.param({"run_finished": {"mail": True}}, "run_finished", Ways(True, True), id="one way chosen"),
    pytest.param({"run_failed": {"bell": False, "mail": False}}, "run_failed", Ways(False, False), id="nowhere"),
    pytest.param({"run_failed": {"mail": False}}, "run_finished", Ways(True, False), id="another kind"),
]


@pytest.mark.parametrize(("kept", "kind", "expected"), CASES)
def test_ways_are_the_defaults_but_for_what_was_chosen(kept, kind, expected):
    assert ways(kept, kind) == expected


@pytest.mark.parametrize("kind", NotificationKind)
@pytest.mark.parametrize("wanted", [Ways(bell, mail) for bell in (True, False) for mail in (True, False)])
def test_choice_is_read_back(kind, wanted):
    assert ways(choose({"run_failed": {"bell": False}}, kind, wanted), kind) == wanted


@pytest.mark.parametrize("kind", NotificationKind)
def test_choosing_the_default_keeps_nothing(kind):
    assert choose({kind: {"bell": False}}, kind, DEFAULTS[kind]) == {}


def test_low_credits_are_told_to_managers_alone():
    assert set(NotificationKind) - set(kinds_of(is_manager=False)) == {NotificationKind.CREDITS_LOW}
