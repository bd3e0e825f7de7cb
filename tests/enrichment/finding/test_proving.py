"""An address that was found has one verdict: what it is charged by is what stands on the lead."""

from datetime import UTC, datetime

import pytest

from enrichment.finding.finder import Finding
from enrichment.finding.proving import proved, settled
from enrichment.verdict import STATUS_OF, EmailVerdict, Reason

NOW = datetime(2026, 11, 26, tzinfo=UTC)
ADA, OTHER = "ada.byron@acme.com", "abyron@acme.com"
SAID = [{"cmd": f"RCPT TO:<{email}>"} for email in (OTHER, ADA)]
TAKEN = Finding(
    "deliverable", Reason.MAILBOX_ACCEPTED, ADA, 0.97, False, tried=(OTHER, ADA), sessions=({"transcript": SAID},)
)
HUNTER = Finding("deliverable", Reason.VERIFIER_CONFIRMED, ADA, 0.9, True, outside={"title": "Hunter", "credits": 1})
FULL = Finding("risky", Reason.MAILBOX_FULL, ADA, 0.97, False)
CASES = {
    "checked as well": (TAKEN, Reason.MAILBOX_RATE_LIMITED, Reason.MAILBOX_RATE_LIMITED, ADA),
    "put off": (TAKEN, Reason.GREYLISTED, Reason.MAILBOX_ACCEPTED, ADA),
    "told by Hunter": (HUNTER, Reason.ACCEPT_ALL, Reason.VERIFIER_CONFIRMED, ADA),
    "full": (FULL, Reason.GREYLISTED, Reason.MAILBOX_FULL, ""),
    "a trap": (TAKEN, Reason.SPAMTRAP_SUSPECTED, Reason.SPAMTRAP_SUSPECTED, ""),
    "gone since": (TAKEN, Reason.MAILBOX_NOT_FOUND, Reason.MAILBOX_NOT_FOUND, ""),
}


@pytest.mark.parametrize(("found", "checked", "reason", "email"), CASES.values(), ids=CASES)
def test_what_is_told_is_what_the_verdict_says(found, checked, reason, email):
    verdict = proved(found, EmailVerdict(STATUS_OF[checked], checked), now=NOW)
    kept = settled(found, verdict)

    assert (verdict.reason, verdict.status) == (reason, STATUS_OF[reason])
    assert (kept.email, kept.status) == (email, verdict.status)
    assert bool(email) == (verdict.status == "deliverable")


def test_who_confirmed_it_stands_in_the_evidence_without_the_other_names():
    put_off = EmailVerdict("unknown", Reason.GREYLISTED, retry_at=NOW, evidence={"dns": {}, "smtp": ["the other one"]})

    verdict = proved(TAKEN, put_off, now=NOW)

    assert verdict.evidence["smtp"] == [{"transcript": [{"cmd": f"RCPT TO:<{ADA}>"}]}]
    assert (verdict.checked_at, verdict.retry_at, verdict.score) == (NOW, None, 95)
    assert proved(HUNTER, put_off, now=NOW).evidence["external"][0]["title"] == "Hunter"
