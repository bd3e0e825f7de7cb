"""Telling: once an event, where the person wants it; and marking read."""

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from billing.models import Notification
from billing.notifying import News, mark, tell
from tests.factories import notices, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


def told(workspace, *users, kind="run_failed", key="run:1:ended:1") -> list[Notification]:
    news = News(kind=kind, key=key, title="Run 1 failed: 0 leads", text="", url="/runs/")
    tell(workspace.pk, users, news, now=timezone.now())
    return list(Notification.objects.of(workspace))


def test_same_event_told_twice_is_one_notification(workspace):
    user = people.rep(workspace)

    assert len(told(workspace, user)) == 1
    assert len(told(workspace, user)) == 1
    assert len(told(workspace, user, key="run:1:ended:2")) == 2


def test_told_again_it_stays_read(workspace):
    user = people.rep(workspace)
    told(workspace, user)
    mark(Notification.objects.of(workspace), is_read=True, now=timezone.now())

    assert told(workspace, user)[0].read_at


def test_nobody_is_told_where_they_do_not_want_it(workspace, settings):
    settings.HAS_MAIL_SERVER = True
    silent = people.rep(workspace, user=people.user(notices={"run_failed": {"bell": False, "mail": False}}))
    by_mail = people.rep(workspace, user=people.user(notices={"run_failed": {"bell": False}}))

    (found,) = told(workspace, silent, by_mail)

    assert (found.user, found.in_bell, found.mail_due) == (by_mail, False, True)
    assert not Notification.objects.of(workspace).shown_to(by_mail)


@pytest.mark.parametrize(("has_mail_server", "tasks"), [(True, 1), (False, 0)])
def test_mail_is_queued_only_where_a_server_is_set(workspace, settings, has_mail_server, tasks):
    settings.HAS_MAIL_SERVER = has_mail_server

    (found,) = told(workspace, people.rep(workspace))

    assert found.mail_due == has_mail_server
    assert OrmQ.objects.count() == tasks


def test_marking_counts_what_changed(workspace):
    user = people.rep(workspace)
    notices.notification(workspace, user)
    notices.notification(workspace, user, read_at=timezone.now())
    mine = Notification.objects.of(workspace).shown_to(user)

    assert mark(mine, is_read=True, now=timezone.now()) == 1
    assert mark(mine, is_read=True, now=timezone.now()) == 0
    assert mark(mine, is_read=False, now=timezone.now()) == 2
