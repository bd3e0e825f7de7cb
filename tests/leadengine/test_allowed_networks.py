"""Production is told when the guard has an opening that only tests need."""

from leadengine.checks import check_allowed_networks


def test_opening_in_the_guard_is_told(settings):
    settings.GUARD_ALLOWED_NETWORKS = ["127.0.0.0/8"]

    assert [warning.id for warning in check_allowed_networks()] == ["leadengine.W002"]


def test_closed_guard_is_fine(settings):
    settings.GUARD_ALLOWED_NETWORKS = []

    assert check_allowed_networks() == []
