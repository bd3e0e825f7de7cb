"""`manage.py notifications` does what the bell's page does."""

import pytest

from billing.models import Notification
from tests.commands import data, refused, words
from tests.factories import notices, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def told(workspace) -> Notification:
    return notices.notification(workspace, people.rep(workspace), title="Run 7 is finished: 4 leads")


def asked(of: Notification, *arguments: str) -> tuple[object, ...]:
    return ("notifications", "--workspace", of.workspace.slug, "--by", of.user.email, *arguments)


def test_lists_ones_own_and_where_one_is_told(workspace, told):
    notices.notification(workspace, people.rep(workspace))

    found = data(*asked(told))

    assert (found["unread"], [each["id"] for each in found["notifications"]]) == (1, [str(told.pk)])
    assert found["told"]["run_failed"] == "both"
    assert set(found["told"].values()) == {"bell", "both"}
    assert "new  Run 7 is finished: 4 leads" in words(*asked(told))


def test_marks_read_and_unread(told):
    assert data(*asked(told, "--read", str(told.pk)))["unread"] == 0
    assert data(*asked(told, "--mark-unread", str(told.pk)))["unread"] == 1
    assert data(*asked(told, "--read-all"))["unread"] == 0
    assert words(*asked(told, "--unread")) == "No notifications.\n"


@pytest.mark.parametrize("wanted", ["x", "00000000-0000-0000-0000-000000000000"])
def test_unknown_notification_is_refused(told, wanted):
    assert "There is no notification" in refused(*asked(told, "--read", wanted))


def test_chooses_where(told):
    assert data(*asked(told, "--choose", "run_finished", "none"))["told"]["run_finished"] == "none"
    assert "Choose one of" in refused(*asked(told, "--choose", "credits_low", "bell"))
    assert "Choose one of" in refused(*asked(told, "--choose", "run_failed", "pigeon"))
