"""Nothing reaches an address that is not on the open internet, however it is written and whenever it is looked up."""

import json
import socket

import pytest

from leadengine.guard import UnsafeAddress, addresses_of, is_allowed, is_public, judged, networks, target_of

PUBLIC = "93.184.215.14"
REFUSED = [
    "127.0.0.1", "0.0.0.1", "10.1.2.3", "100.64.0.1", "100.100.100.200", "169.254.169.254", "172.16.0.1", "192.0.0.192",
    "192.168.1.1", "192.88.99.1", "198.18.0.1", "203.0.113.7", "224.0.0.1", "255.255.255.255", "::", "::1",
    "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
    "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::1", "2001:db8::1", "fc00::1", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "::ffff:0:127.0.0.1", "2001:470::5efe:127.0.0.1", "2001:470::200:5efe:10.0.0.1", "1::1",
    "not an address", "",
]  # fmt: skip


def answering(*answers):
    """A look-up that gives each answer in turn, then the last one for ever; its `calls` are counted."""
    calls = []

    def lookup(host, port, **_options):
        calls.append(host)
        found = answers[min(len(calls), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    lookup.calls = calls
    return lookup


def of_machine(host, port, **_options):
    """What the machine's own look-up makes of a number in any spelling; a name is somewhere public."""
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:
        return answering([PUBLIC])(host, port)


@pytest.mark.parametrize("address", REFUSED)
def test_address_inside_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_address_of_the_open_internet_passes(address):
    assert is_public(address)


def test_one_bad_address_spoils_the_name():
    with pytest.raises(UnsafeAddress, match=r"mixed\.example leads to 10\.0\.0\.1"):
        judged("mixed.example", [PUBLIC, "10.0.0.1"])


def test_allowed_network_of_a_test_passes_also_when_mapped():
    allowed = networks(["127.0.0.0/8"])

    assert [is_allowed(each, allowed) for each in ("127.0.3.1", "::ffff:127.0.0.1", "10.0.0.1")] == [True, True, False]


def test_name_that_is_rebound_is_looked_up_once_and_reached_by_number():
    lookup = answering([PUBLIC], ["127.0.0.1"])

    found = addresses_of("rebind.example", 443, lookup=lookup)

    assert (found, lookup.calls) == ((PUBLIC,), ["rebind.example"])


def test_name_rebound_between_redirects_is_refused_at_the_second_hop():
    lookup = answering([PUBLIC], ["127.0.0.1"])
    target_of("https://rebind.example/", lookup=lookup)

    with pytest.raises(UnsafeAddress):
        target_of("https://rebind.example/next", lookup=lookup)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://0/", "http://[::1]/", "http://127.1/",
        "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://169.254.169.254/latest/meta-data",
        "http://user@acme.example/", "file:///etc/passwd", "gopher://acme.example/", "http://acme.example:22/",
        "http://acme.example:99999/", "http://[::1", "//acme.example/", "",
    ],
)  # fmt: skip
def test_url_that_leads_inside_is_refused(url):
    with pytest.raises(UnsafeAddress):
        target_of(url, lookup=of_machine)


def test_url_on_the_web_leads_to_judged_addresses():
    target = target_of("https://acme.example/about", lookup=answering([PUBLIC]))

    assert (target.host, target.port, target.addresses) == ("acme.example", 443, (PUBLIC,))


@pytest.mark.data
def test_each_url_of_the_platform_tests_leads_outside_or_nowhere(shared_data):
    cases = json.loads((shared_data / "enrich" / "ssrf" / "urltestdata.json").read_text(encoding="utf-8"))
    urls = [case["input"] for case in cases if isinstance(case, dict)]
    reached = []
    for url in urls:
        try:
            reached.append(target_of(url, lookup=of_machine))
        except (OSError, UnicodeError):
            continue

    assert len(urls) > 800
    assert len(reached) > 20
    assert [target for target in reached if not all(map(is_public, target.addresses))] == []
