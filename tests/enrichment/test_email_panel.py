"""The panel of an address tells why its status is what it is."""

from datetime import UTC, datetime

import pytest

from enrichment.email_panel import email_panel
from leads.models import Lead

NOW = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("email", "reason", "told"),
    [
        ("", "", ""),
        ("", "syntax_invalid", "An address that a source gave was left out. This is not a valid e-mail address."),
        ("ada@acme.example", "", "The form is right; no server was asked."),
        ("ada@acme.example", "mailbox_not_found", "The mail server says that there is no such mailbox."),
        ("ada@acme.example", "reported_bounced", "Somebody reported that mail to it bounced."),
    ],
)
def test_reason_is_about_the_address_that_is_there(email, reason, told):
    panel = email_panel(Lead(email=email, email_reason=reason), None, now=NOW)

    assert panel.reason == told
