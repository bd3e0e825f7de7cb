"""The sample's mailboxes: each verdict has its share, the same each time, and none of it in production."""

from collections import Counter

import pytest

from leadengine.sandbox.invented_mail import SHARES, is_invented, table_of, verdict_in_store
from leadengine.sandbox.provider import SandboxForbidden

EMAILS = [f"person{number}@firm{number % 900}.example" for number in range(9_000)]


def test_each_verdict_has_its_share():
    found = Counter(map(verdict_in_store, EMAILS))

    assert {status: round(found[status] / len(EMAILS), 2) for status in SHARES} == pytest.approx(SHARES, abs=0.04)


def test_domain_has_one_habit():
    of_one = {verdict_in_store(f"person{number}@firm7.example") for number in range(200)}

    assert of_one in ({"risky"}, {"unknown"}, {"deliverable", "undeliverable"})


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("ada@acme.example", True),
        ("ada@ACME.Example ", True),
        ("ada@acme.com", False),
        ("ada@example", False),
        ("", False),
    ],
)
def test_only_the_domains_of_the_sample_are_invented(email, expected):
    assert is_invented(email) is expected


def test_sandbox_is_refused_where_it_is_off(settings):
    settings.SANDBOX = False

    with pytest.raises(SandboxForbidden):
        table_of(["ada@acme.example"])
