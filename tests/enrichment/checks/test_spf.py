"""SPF records are read as RFC 7208 says, and their look-ups are counted."""

import asyncio

import pytest
import yaml

from enrichment.checks import spf

# These fail while the record is used (its includes, its look-ups, a second record), not by their own writing.
FAILS_LATER = (
    "include-none", "include-permerror", "include-loop", "redirect-loop", "redirect-none", "mx-limit", "mech-limit",
    "mech-over-limit", "include-over-limit", "void-over-limit", "include-at-limit", "multitxt", "multispf", "ptr-limit",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "everything", "own_lookups"),
    [
        ("v=spf1 -all", "-", 0),
        ("v=spf1 include:_spf.mail.example ~all", "~", 1),
        ("v=spf1 a mx:mail.acme.example/24 ip4:192.0.2.0/24 ip6:2001:db8::/32 exists:%{i}.x.example ?all", "?", 3),
        ("v=spf1 redirect=_spf.acme.example", "", 1),
    ],
)
def test_good_records(text, everything, own_lookups):
    record = spf.parse(text)

    assert (record.valid, record.all, record.own_lookups) == (True, everything, own_lookups)


@pytest.mark.parametrize(
    "text",
    [
        "v=spf10 -all",
        "v=spf1 -all:x",
        "v=spf1 include:",
        "v=spf1 ip4:1.2.3",
        "v=spf1 a/33",
        "v=spf1 foo",
        "v=spf1 redirect=a.b redirect=a.b",
    ],
)
def test_bad_records(text):
    assert not spf.parse(text).valid


def test_lookups_of_includes_are_counted_and_loops_end():
    zone = {"a.example": "v=spf1 mx include:b.example -all", "b.example": "v=spf1 a include:a.example -all"}

    async def ask(domain):
        return zone.get(domain, "")

    found = asyncio.run(spf.lookups(spf.parse("v=spf1 include:a.example -all"), ask))

    assert found == 5


@pytest.mark.data
def test_the_official_suite_of_rfc_7208_is_told_right(shared_data):
    text = (shared_data / "enrich/spf/rfc7208-tests.yml").read_text(encoding="utf-8")
    wrong, judged = [], 0
    for suite in yaml.safe_load_all(text):
        for name, case in (suite or {}).get("tests", {}).items():
            records = written(suite["zonedata"], case["mailfrom"].rpartition("@")[2] or case["helo"])
            results = case["result"] if isinstance(case["result"], list) else [case["result"]]
            if len(records) != 1 or name in FAILS_LATER or "temperror" in results:
                continue
            judged += 1
            if spf.parse(records[0]).valid == (results == ["permerror"]):
                wrong.append(name)

    assert judged > 120
    assert wrong == []


def written(zone, domain):
    """The domain's SPF records, where the suite writes them as SPF or as TXT."""
    found = next((rows for name, rows in zone.items() if name.lower() == domain.lower()), [])
    texts = [value for row in found if isinstance(row, dict) for kind, value in row.items() if kind in ("SPF", "TXT")]
    joined = ["".join(text) if isinstance(text, list) else str(text) for text in texts]
    return list(dict.fromkeys(text for text in joined if spf.is_spf(text)))
