"""A company is seen by its DNS, in few questions."""

import asyncio
import csv
from collections import defaultdict
from datetime import UTC, datetime

import pytest

from enrichment.checks.domain import inspect, questions, seen
from enrichment.checks.technologies import Record
from enrichment.resolving import TableResolver

NOW = datetime(2026, 11, 2, tzinfo=UTC)
ACME = {
    ("acme.example", "MX"): ["1 aspmx.l.google.com", "10 eu.mimecast.com"],
    ("acme.example", "TXT"): ["v=spf1 include:_spf.google.com include:mail.zendesk.com -all", "docusign=123"],
    ("acme.example", "NS"): ["ns-1.awsdns-06.net"],
    ("acme.example", "CAA"): ["0 issue letsencrypt.org"],
    ("_dmarc.acme.example", "TXT"): ["v=DMARC1; p=reject; rua=mailto:d@acme.example"],
    ("_atproto.acme.example", "TXT"): ["did=did:plc:abc123"],
    ("s1._domainkey.acme.example", "CNAME"): ["s1.domainkey.u1.wl.sendgrid.net"],
    ("shop.acme.example", "CNAME"): ["shops.myshopify.com"],
}


def test_what_a_domain_uses_is_found_with_its_confidence():
    found = asyncio.run(inspect("https://acme.example/", TableResolver(ACME), at=NOW))

    confidences = {each.vendor: each.confidence for each in found.technologies}
    assert found.mail_provider == "Google Workspace"
    assert confidences == {
        "Google Workspace": 0.95, "Mimecast": 0.95, "Zendesk": 0.8, "DocuSign": 0.5, "Amazon Route 53": 0.95,
        "Let's Encrypt": 0.5, "SendGrid": 0.9, "Shopify": 0.9,
    }  # fmt: skip


def test_posture_and_handle_are_read():
    found = asyncio.run(inspect("acme.example", TableResolver(ACME), at=NOW))

    assert found.security["dmarc"]["enforced"]
    assert found.posture == 84
    assert found.bluesky == {"handle": "acme.example", "did": "did:plc:abc123"}


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("v=spf1 -all", "acme.netlify.app"),
        ("v=DMARC1; p=reject", "parked.vendor.example"),
        ("v=DKIM1; p=", "acme.example"),
    ],
)
def test_domain_that_answers_for_any_name_has_no_keys_by_that(text, alias):
    names = [name for name, _ in questions("acme.example") if "._domainkey." in name]
    table = {(name, rtype): [text if rtype == "TXT" else alias] for name in names for rtype in ("TXT", "CNAME")}

    found = asyncio.run(inspect("acme.example", TableResolver(table), at=NOW))

    assert found.security["dkim_selectors"] == []
    assert {each.vendor for each in found.technologies} <= {"Netlify"}


def test_a_domain_costs_34_questions_each_asked_once():
    resolver = TableResolver(ACME)

    found = asyncio.run(inspect("acme.example", resolver, at=NOW))

    assert found.asked == len(resolver.asked) == len(set(questions("acme.example"))) == 34


def test_an_unknown_domain_shows_nothing():
    found = asyncio.run(inspect("nobody.example", TableResolver({}), at=NOW))

    assert (found.rcode, found.technologies, found.posture, found.mail_provider) == ("nxdomain", (), 0, "")


def test_what_is_no_domain_is_refused():
    with pytest.raises(ValueError, match="no domain"):
        asyncio.run(inspect("not a domain", TableResolver({}), at=NOW))


@pytest.mark.data
def test_every_real_zone_shows_a_technology(shared_data):
    path = shared_data / "enrich/dns/moj-records.tsv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    zones = defaultdict(list)
    for row in rows:
        prefix = f"{row['name']}." if row["name"] not in ("", "@") else ""
        zones[row["zone"]].append(Record(f"{prefix}{row['zone']}", row["type"], row["value"] or ""))

    silent = [zone for zone, records in zones.items() if not seen(zone, records, at=NOW).technologies]

    assert len(zones) >= 405
    assert len(silent) <= 1
