"""Whether an address can be verified at all, and who answers for it."""

from __future__ import annotations

from django.conf import settings

from leadengine.sandbox.invented_mail import is_invented
from leads.models import Lead


def is_served_by_sandbox(lead: Lead) -> bool:
    """Invented addresses of the sample workspace, and of no other, are answered by the sandbox where it is allowed."""
    return settings.SANDBOX and lead.workspace.is_sample and is_invented(lead.email)


def obstacle(lead: Lead) -> str:
    """Why the address of a lead cannot be verified, in a sentence; "" if it can."""
    if not lead.email:
        return "No e-mail address is known."
    if lead.do_not_contact:
        return "This person is not to be contacted."
    if is_invented(lead.email) and not is_served_by_sandbox(lead):
        return "Addresses on .example are invented: no mail server answers for them."
    return ""
