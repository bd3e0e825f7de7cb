"""The bell and its page: one's own alone, read and unread, and the choice of what one is told."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.models import Notification
from tests.factories import notices, people

pytestmark = pytest.mark.django_db
LIST, CHOICE = reverse("billing:notifications"), reverse("billing:settings-notifications")
BELLS = dict.fromkeys(("run_finished_bell", "run_stopped_bell", "schedule_blocked_bell", "new_matches_bell"), "on")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def workspace():
    return people.workspace("Northern Sales")


@pytest.fixture
def user(client: Client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def read_url(notification: Notification) -> str:
    return reverse("billing:notification-read", args=[notification.pk])


def is_read(notification: Notification) -> bool:
    return Notification.objects.get(pk=notification.pk).read_at is not None


def test_empty_bell_says_what_will_stand_there(client: Client, user):
    page = client.get(LIST).content.decode()

    assert "Nothing to tell you yet" in page
    assert "bell-count" not in page


def test_page_shows_ones_own_alone_and_the_bell_counts_the_unread(client: Client, workspace, user):
    notices.notification(workspace, user, title="Mine")
    notices.notification(workspace, user, title="Read", read_at=timezone.now())
    notices.notification(workspace, user, title="By e-mail only", in_bell=False)
    notices.notification(workspace, people.manager(workspace), title="Another's")

    answer = client.get(LIST)

    assert [each.title for each in answer.context["page"]] == ["Read", "Mine"]
    assert answer.content.decode().count('<span class="bell-count">1<') == 2
    assert "Another's" not in answer.content.decode()


def test_opening_one_marks_it_read_and_goes_there(client: Client, workspace, user):
    told = notices.notification(workspace, user, url="/credits/")

    answer = client.post(read_url(told), {"open": "on"})

    assert (answer.status_code, answer["Location"], is_read(told)) == (303, "/credits/", True)


def test_one_is_marked_read_and_unread_again(client: Client, workspace, user):
    told = notices.notification(workspace, user)

    assert client.post(read_url(told), {"read": "on"})["Location"] == LIST
    assert is_read(told)
    client.post(read_url(told), {"read": ""})
    assert not is_read(told)


def test_inside_htmx_marking_answers_with_the_list_and_renews_the_bell(client: Client, workspace, user):
    told = notices.notification(workspace, user)

    answer = client.post(read_url(told), {"read": "on"}, headers=HTMX)

    assert answer.content.decode().lstrip().startswith('<section id="notifications"')
    assert "frame-due" in answer["HX-Trigger"]


def test_all_are_marked_read_but_nobody_elses(client: Client, workspace, user):
    mine, other = notices.notification(workspace, user), notices.notification(workspace, people.rep(workspace))

    page = client.post(reverse("billing:notifications-read"), follow=True).content.decode()

    assert "1 notification marked read." in page
    assert (is_read(mine), is_read(other)) == (True, False)


def test_another_persons_is_not_found_for_a_manager(client: Client, workspace):
    told = notices.notification(workspace, people.rep(workspace))
    client.force_login(people.manager(workspace))

    assert client.post(read_url(told), {"read": "on"}).status_code == 404
    assert not is_read(told)


def test_frame_renews_both_bells(client: Client, workspace, user):
    for _ in range(100):
        notices.notification(workspace, user)

    shown = client.get(reverse("leadengine:frame"), headers=HTMX).content.decode()

    assert 'id="bell-side" hx-swap-oob="innerHTML"><span class="bell-count">99+' in shown
    assert 'id="bell-top" hx-swap-oob="innerHTML"><span class="bell-count">99+' in shown


def test_page_asks_as_often_for_many_as_for_few(client: Client, workspace, user, query_count):
    notices.notification(workspace, user)
    few = query_count(lambda: client.get(LIST))
    for _ in range(60):
        notices.notification(workspace, user)

    assert query_count(lambda: client.get(LIST)) == few < 20


def test_choice_is_kept_as_what_differs(client: Client, user):
    client.post(CHOICE, BELLS)

    user.refresh_from_db()
    assert user.notices == {"run_failed": {"bell": False}}  # without a mail server the boxes for e-mail stay


def test_with_a_mail_server_each_box_counts(client: Client, user, settings):
    settings.HAS_MAIL_SERVER = True

    client.post(CHOICE, BELLS | {"run_finished_mail": "on", "schedule_blocked_mail": "on"})

    user.refresh_from_db()
    assert user.notices == {"run_finished": {"mail": True}, "run_failed": {"bell": False, "mail": False}}


@pytest.mark.parametrize("has_mail_server", [True, False])
def test_missing_mail_server_is_said_plainly(client: Client, user, settings, has_mail_server):
    settings.HAS_MAIL_SERVER = has_mail_server

    page = client.get(CHOICE).content.decode()

    assert ("this server has no mail server set" in page) is not has_mail_server


@pytest.mark.parametrize(("role", "shown"), [("rep", False), ("manager", True)])
def test_low_credits_are_a_choice_of_managers(client: Client, workspace, role, shown):
    client.force_login(people.membership(workspace, role).user)

    assert ("Credits are low" in client.get(CHOICE).content.decode()) is shown
