"""What is known of an e-mail address: the stored verdict, and how people are told it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

FORM_ONLY = ("", "not_checked")  # reasons that no server gave


class EmailStatus(models.TextChoices):
    UNCHECKED = "unchecked", "Not checked"
    DELIVERABLE = "deliverable", "Deliverable"
    RISKY = "risky", "Risky"
    UNKNOWN = "unknown", "Unknown"
    UNDELIVERABLE = "undeliverable", "Undeliverable"


def standing(status: str, reason: str) -> EmailStatus:
    """The verdict as people are told it: "Unknown" only where a server was asked.

    standing("unknown", "not_checked") -> UNCHECKED; standing("unknown", "greylisted") -> UNKNOWN
    """
    is_form_only = status == EmailStatus.UNKNOWN and reason in FORM_ONLY
    return EmailStatus.UNCHECKED if is_form_only else EmailStatus(status)


def stands(value: str) -> Q:
    """The leads whose `standing` is this."""
    form_only = Q(email_status=EmailStatus.UNKNOWN, email_reason__in=FORM_ONLY)
    if value == EmailStatus.UNCHECKED:
        return Q(email_status=value) | form_only
    return Q(email_status=value) & ~form_only if value == EmailStatus.UNKNOWN else Q(email_status=value)
