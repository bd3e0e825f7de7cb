"""Policies are read strictly, and each thing that a domain does for its name counts."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from enrichment.checks import policies
from enrichment.checks.reputation import aged, listings, question
from enrichment.resolving import Answer, Rcode, TableResolver


@pytest.mark.parametrize(
    ("texts", "policy", "enforced"),
    [
        (["v=DMARC1; p=reject"], "reject", True),
        (["v=DMARC1;p=quarantine;pct=50"], "quarantine", False),
        (["v=DMARC1; p=none; rua=mailto:a@b.example,mailto:c@d.example"], "none", False),
        (["v=DMARC1; rua=mailto:a@b.example"], "none", False),
        (["v=DMARC1; foo"], "", False),
        (["v=DMARC1; p=none; pct=²"], "none", False),
        ([f"v=DMARC1; p=none; pct={'9' * 5_000}"], "none", False),
    ],
)
def test_dmarc(texts, policy, enforced):
    found = policies.dmarc(texts)

    assert (found.policy, found.enforced) == (policy, enforced)


def test_two_dmarc_records_are_none():
    assert policies.dmarc(["v=DMARC1; p=none", "v=DMARC1; p=reject"]) is None


def test_other_policies():
    assert policies.mta_sts(["v=STSv1; id=20260101;"]) == "20260101"
    assert policies.tls_reports(["v=TLSRPTv1; rua=mailto:t@acme.example"]) == ("mailto:t@acme.example",)
    assert policies.bimi(["v=BIMI1; l=https://acme.example/logo.svg"]) == {
        "logo": "https://acme.example/logo.svg",
        "certificate": "",
    }
    assert policies.bimi(["v=BIMI1; l=;"]) is None
    assert policies.caa(["0 issue letsencrypt.org", '0 issue "digicert.com; x=1"']) == {
        "issue": ("letsencrypt.org", "digicert.com")
    }


@pytest.mark.parametrize("name", list(policies.POSTURE))
def test_each_part_of_the_posture_counts(name):
    everything = dict.fromkeys(policies.POSTURE, True)

    assert policies.posture(everything) == 100
    assert policies.posture({**everything, name: False}) == 100 - policies.POSTURE[name]


def test_block_lists_are_asked_by_name_and_by_address():
    assert question("192.0.2.1", "bl.example") == "1.2.0.192.bl.example"
    assert question("acme.example", "bl.example") == "acme.example.bl.example"


def test_a_list_that_refuses_to_answer_says_nothing():
    table = {
        ("acme.example.one.example", "A"): ["127.0.0.2"],
        ("acme.example.two.example", "A"): ["127.255.255.254"],
        ("acme.example.three.example", "A"): Answer(rcode=Rcode.SERVFAIL),
    }
    zones = ["one.example", "two.example", "three.example", "four.example"]

    found = asyncio.run(listings("acme.example", zones, TableResolver(table)))

    assert [each.listed for each in found] == [True, None, None, False]


def test_evidence_is_worth_half_after_90_days():
    now = datetime(2026, 11, 2, tzinfo=UTC)

    assert aged(0.8, seen_at=now - timedelta(days=90), now=now) == pytest.approx(0.4)
