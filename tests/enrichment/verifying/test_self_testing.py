"""Each of our own ways is tested for itself, and what is not good names what to do."""

import asyncio

import pytest

from enrichment.resolving import TableResolver
from enrichment.verifying.self_testing import self_test

GOOD = {
    ("gmail.com", "MX"): ("5 gmail-smtp-in.l.google.com",),
    ("mail.acme.example", "A"): ("192.0.2.7",),
    ("7.2.0.192.in-addr.arpa", "PTR"): ("mail.acme.example",),
    ("acme.example", "MX"): ("10 mail.acme.example",),
    ("acme.example", "TXT"): ("v=spf1 ip4:192.0.2.7 -all",),
    ("7.2.0.192.bl.example", "A"): (),
    ("bl.example", "A"): (),
}
NAMES = ("Names", "Port 25", "Our name", "Our sender", "Block lists")


def outcomes(zone, *, is_open=True, zones=("bl.example",)):
    async def port_test():
        return is_open

    found = asyncio.run(
        self_test(
            TableResolver(zone),
            helo="mail.acme.example",
            mail_from="check@acme.example",
            zones=zones,
            port_test=port_test,
        )
    )
    return {each.name: each for each in found}


def test_all_is_good():
    found = outcomes(GOOD)

    assert {name: each.outcome for name, each in found.items()} == dict.fromkeys(NAMES, "good")


@pytest.mark.parametrize(
    ("name", "change", "advice"),
    [
        ("Names", {("gmail.com", "MX"): ()}, "name server"),
        ("Our name", {("mail.acme.example", "A"): ()}, "VERIFY_HELO"),
        ("Our name", {("7.2.0.192.in-addr.arpa", "PTR"): ("host7.hoster.example",)}, "PTR record of 192.0.2.7"),
        ("Our sender", {("acme.example", "MX"): ()}, "VERIFY_MAIL_FROM"),
        ("Our sender", {("acme.example", "TXT"): ("v=spf1 foo",)}, "SPF record"),
        ("Block lists", {("7.2.0.192.bl.example", "A"): ("127.0.0.2",)}, "take the address off"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(name, change, advice):
    found = outcomes(GOOD | change)

    assert [each.name for each in found.values() if each.outcome == "bad"] == [name]
    assert advice in found[name].advice


def test_without_names_nothing_is_said_of_the_port():
    assert outcomes({})["Port 25"].outcome == "unknown"


def test_closed_port_names_the_ways_out():
    assert "VERIFY_PROXY" in outcomes(GOOD, is_open=False)["Port 25"].advice


def test_a_list_that_answers_a_public_resolver_says_nothing():
    found = outcomes(GOOD | {("7.2.0.192.bl.example", "A"): ("127.255.255.254",)})

    assert found["Block lists"].outcome == "unknown"
