"""What a provider's finder adds to our own finding, by what either of them knows."""

import pytest

from enrichment.finding.finder import Finding
from enrichment.finding.outside import is_wanted, is_worth_asking_its_server, joined, left_out
from enrichment.providers.hunter_finder import FoundAddress
from enrichment.verdict import STATUS_OF, EmailVerdict, Reason

ADA, OTHER = "ada.byron@acme.com", "abyron@acme.com"
OURS = Finding("unknown", Reason.PROBE_DISABLED, alternatives=((OTHER, 0.4), (ADA, 0.3)))
REFUSED = Finding("undeliverable", Reason.MAILBOX_NOT_FOUND, tried=(ADA, OTHER))
WANTED = {
    Reason.PROBE_DISABLED: True,
    Reason.PORT25_BLOCKED: True,
    Reason.ACCEPT_ALL: True,
    Reason.MAILBOX_NOT_FOUND: True,
    Reason.NULL_MX: False,
    Reason.DOMAIN_NOT_FOUND: False,
}


def told(email=ADA, status="unknown", confidence=0.9) -> FoundAddress:
    return FoundAddress(email=email, confidence=confidence, status=status)


def server(reason: Reason) -> EmailVerdict:
    return EmailVerdict(STATUS_OF[reason], reason)


@pytest.mark.parametrize(("reason", "is_asked"), WANTED.items())
def test_it_is_asked_only_where_we_found_none_at_a_domain_with_mail(reason, is_asked):
    assert is_wanted(Finding(STATUS_OF[reason], reason)) is is_asked


def test_it_is_not_asked_for_what_we_found():
    assert not is_wanted(Finding("deliverable", Reason.MAILBOX_ACCEPTED, email=ADA))


KNOWN = {
    "confirmed by Hunter": (OURS, told(status="deliverable"), None, ADA, "verifier_confirmed", [OTHER]),
    "not confirmed": (OURS, told(), None, "", "probe_disabled", [ADA, OTHER]),
    "risky": (OURS, told(status="risky"), None, "", "probe_disabled", [ADA, OTHER]),
    "new to us": (OURS, told("ada@acme.com"), None, "", "probe_disabled", ["ada@acme.com", OTHER, ADA]),
    "known to bounce": (OURS, told(status="undeliverable"), None, "", "probe_disabled", [OTHER]),
    "nobody": (OURS, None, None, "", "probe_disabled", [OTHER, ADA]),
    "refused before": (REFUSED, told(status="deliverable"), None, "", "mailbox_not_found", []),
    "taken by its server": (
        REFUSED,
        told("ada@acme.com"),
        server(Reason.MAILBOX_ACCEPTED),
        "ada@acme.com",
        "mailbox_accepted",
        [],
    ),
    "refused by its server": (
        REFUSED,
        told("ada@acme.com", "deliverable"),
        server(Reason.MAILBOX_NOT_FOUND),
        "",
        "mailbox_not_found",
        [],
    ),
    "its server says nothing": (
        REFUSED,
        told("ada@acme.com", "deliverable"),
        server(Reason.GREYLISTED),
        "ada@acme.com",
        "verifier_confirmed",
        [],
    ),
}


@pytest.mark.parametrize(("ours", "theirs", "own", "email", "reason", "suggested"), KNOWN.values(), ids=KNOWN)
def test_both_are_one_finding(ours, theirs, own, email, reason, suggested):
    found = joined(ours, theirs, own)

    assert (found.email, found.reason, [each[0] for each in found.alternatives]) == (email, reason, suggested)
    assert found.outside["email"] == (theirs.email if theirs else None)
    assert found.outside["credits"] == (1 if theirs else 0)


def test_its_server_is_asked_only_where_it_tells_names_apart():
    assert is_worth_asking_its_server(REFUSED, told("ada@acme.com"))
    assert not is_worth_asking_its_server(REFUSED, told(ADA))
    assert not is_worth_asking_its_server(OURS, told("ada@acme.com"))


def test_price_is_told_with_whatever_came_of_it():
    assert "1 Hunter credit" in left_out(OURS, "It needs a key.").to_json()["evidence"]["outside"]["cost"]
