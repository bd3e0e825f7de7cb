"""Sends due notifications by e-mail, each at most once; a mail server that refuses costs nobody but the log."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from billing.models import Notification

MOST = 50  # of one task

log = logging.getLogger("leadengine.mail")


def send_due() -> str:
    """The task: sends what is due, the oldest first."""
    due = Notification.objects.filter(mail_due=True).order_by("created_at", "id").values_list("pk", flat=True)[:MOST]
    return f"{sum(_send(pk) for pk in list(due))} sent"


def _send(pk: UUID) -> bool:
    """Claims it before it is sent: of two tasks one sends, and a mail that may have gone out is not sent again."""
    if not Notification.objects.filter(pk=pk, mail_due=True).update(mail_due=False):
        return False
    found = Notification.objects.select_related("user", "workspace").get(pk=pk)
    if not found.user.is_active:
        return False
    body = render_to_string("billing/notification_mail.txt", {"notification": found, "site": settings.SITE_URL})
    try:
        send_mail(f"[LeadEngine] {found.title}", body, None, [found.user.email])
    except (SMTPException, OSError):
        log.exception("notification %s was not sent by e-mail", pk)
        return False
    return True
