"""E-mails of notifications: each at most once, with a link where the site's address is known."""

import socket

import pytest
from django.core import mail

from billing.mailing import send_due
from billing.models import Notification
from tests.factories import notices, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def due() -> Notification:
    workspace = people.workspace("Northern & Sons")
    return notices.notification(workspace, people.rep(workspace), text="Pumps & valves.", mail_due=True)


def test_due_notification_is_sent_once(due, settings):
    settings.SITE_URL = "https://leads.example.org"

    assert (send_due(), send_due()) == ("1 sent", "0 sent")

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([due.user.email], f"[LeadEngine] {due.title}")
    assert "https://leads.example.org/runs/" in sent.body
    assert "Pumps & valves." in sent.body
    assert "Northern & Sons" in sent.body


def test_without_an_address_of_the_site_it_says_where_to_look(due):
    send_due()

    assert "Sign in to LeadEngine" in mail.outbox[0].body
    assert "http" not in mail.outbox[0].body


def test_person_who_was_deactivated_gets_none(due):
    due.user.is_active = False
    due.user.save()

    assert (send_due(), mail.outbox) == ("0 sent", [])


def test_server_that_refuses_costs_the_log_alone(due, settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port

    assert send_due() == "0 sent"
    assert str(due.pk) in caplog.text
    assert not Notification.objects.filter(mail_due=True).exists()
