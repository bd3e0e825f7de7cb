"""What an answer means beside its words: whether it can be one, and for an address that the server cannot take."""

import pytest

from enrichment.verifying.judging import class_of
from enrichment.verifying.replying import parse_reply
from leadengine.sandbox.mail import Host
from tests.enrichment.verifying.test_verifier import ADDRESS, KNOWN, verify

SYNTAX = "501 5.1.3 Bad recipient address syntax"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("250 2.1.5 Ok", "accepted"),
        ("251 Will forward", "accepted"),
        ("252 Cannot verify, but will try", "accepted"),
        ("221 Bye", "other_permanent"),
        ("211 Status", "other_permanent"),
        ("250 5.1.1 User unknown", "other_permanent"),
    ],
)
def test_only_what_can_be_an_acceptance_is_one(line, kind):
    assert class_of(parse_reply([line]), "rcpt", KNOWN) == kind


@pytest.mark.parametrize(
    ("email", "takes_utf8", "kind"),
    [("jörg@acme.com", False, "other_permanent"), ("jörg@acme.com", True, "no_mailbox"), (KNOWN, False, "no_mailbox")],
)
def test_server_that_takes_no_utf8_says_nothing_of_a_mailbox_in_it(email, takes_utf8, kind):
    assert class_of(parse_reply([SYNTAX]), "rcpt", email, takes_utf8=takes_utf8) == kind


def test_address_in_utf8_is_not_condemned_by_a_server_that_takes_none():
    host = Host(offers=(), rcpt=lambda _visit, address: "250 Ok" if address.isascii() else SYNTAX)

    found, _ = verify(["jörg@acme.com"], {ADDRESS: host})

    assert found["jörg@acme.com"].reason == "unclear_reply"
