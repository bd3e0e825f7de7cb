"""Whether an address can be verified, and paid for, and who answers for it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from billing.ledger import Balance
from billing.limits import Allowance
from billing.standing import means
from leadengine.sandbox.invented_mail import is_invented
from leadengine.wording import amount, in_credits
from leads.models import Lead

NOT_TO_BE_CONTACTED = "This person is not to be contacted."


def is_served_by_sandbox(lead: Lead) -> bool:
    """Invented addresses of the sample workspace, and of no other, are answered by the sandbox where it is allowed."""
    return settings.SANDBOX and lead.workspace.is_sample and is_invented(lead.email)


def obstacle(lead: Lead) -> str:
    """Why the address of a lead cannot be verified, in a sentence; "" if it can."""
    if not lead.email:
        return "No e-mail address is known."
    if lead.do_not_contact:
        return NOT_TO_BE_CONTACTED
    if is_invented(lead.email) and not is_served_by_sandbox(lead):
        return "Addresses on .example are invented: no mail server answers for them."
    return ""


def shortage(workspace: Any, cost: Decimal, *, by: Any, now: datetime) -> str:
    """What keeps this person from holding so many credits, in a sentence; "" if nothing does."""
    return lacking(*means(workspace, by, now=now), cost)


def lacking(balance: Balance, allowed: Allowance, cost: Decimal) -> str:
    """The same, of means that are known already."""
    if balance.available < cost:
        left = balance.available
        return f"This needs {in_credits(cost)}; {amount(left)} are available."
    if allowed.left is not None and allowed.left < cost:
        return f"Your limit of {amount(allowed.limit or 0)} credits a month leaves {amount(allowed.left)}."
    return ""
