"""What an address tells by itself."""

import pytest

from enrichment.checks.email import check_syntax, nearest_provider


@pytest.mark.parametrize(
    ("address", "status", "reason"),
    [
        ("ada.byron@acme.example", "unknown", "not_checked"),
        ("  ada@acme.example ", "unknown", "not_checked"),
        ("jürgen@müller.example", "unknown", "not_checked"),
        ("ada@@acme.example", "undeliverable", "syntax_invalid"),
        ("ada.acme.example", "undeliverable", "syntax_invalid"),
        ("ada@acme", "undeliverable", "syntax_invalid"),
        ("a" * 65 + "@acme.example", "undeliverable", "syntax_invalid"),
        ("ada@server.invalid", "undeliverable", "domain_reserved"),
    ],
)
def test_verdict(address, status, reason):
    verdict = check_syntax(address)

    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(
    ("address", "flags"),
    [
        ("ada@acme.example", set()),
        ("info@acme.example", {"role"}),
        ("ada@gmail.com", {"free"}),
        ("ada@mailinator.com", {"disposable"}),
        ("ada+news@acme.example", {"plus_tag"}),
        ("ada@müller.example", {"idn"}),
    ],
)
def test_flags(address, flags):
    assert check_syntax(address).flags == flags


def test_throw_away_address_is_not_usable():
    assert not check_syntax("ada@mailinator.com").is_usable


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmaill.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.com", ""),
        ("acme.example", ""),
        ("kmail.com", ""),
    ],
)
def test_nearest_provider(domain, meant):
    assert nearest_provider(domain) == meant


def test_misspelt_provider_is_suggested():
    assert check_syntax("ada@gmaill.com").suggestion == "ada@gmail.com"
