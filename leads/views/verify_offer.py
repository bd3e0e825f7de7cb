"""The button that verifies a lead's address, for where it stands beside other things: the head of its page, the peek."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from leadengine.workflows.verifiable import obstacle
from leadengine.workflows.verification import unit_price
from leads.models import EmailStatus, Lead

OPEN = (EmailStatus.UNCHECKED, EmailStatus.UNKNOWN)


def verify_offer(lead: Lead) -> dict[str, Any]:
    """Its price, and the key under which one press is one order; nothing where there is a verdict, or none to be had.

    Whether there are credits for it is looked at when it is pressed.
    """
    if lead.email_verdict not in OPEN or obstacle(lead):
        return {}
    return {"verify_price": unit_price(timezone.now()), "verify_key": uuid4()}
