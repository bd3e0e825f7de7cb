"""What is learned of an address is not asked again while it is good, holds no address, and is erased by it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from enrichment import remembering
from enrichment.models import DomainTechnology, Memory, MemoryKind
from enrichment.resolving import TableResolver
from enrichment.verification import verify_address, verify_addresses
from enrichment.verifying.caller import Caller
from enrichment.verifying.calling import caller_of_settings
from enrichment.verifying.options import Options
from enrichment.verifying.selftest import NameTest
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from leadengine.sandbox.aside import serving
from leadengine.sandbox.mail import Host, MailServer, known_only

pytestmark = pytest.mark.django_db
CALLER = Caller("probe.example.com", "probe@example.com")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ZONE = {("acme.com", "MX"): ("0 ",), ("lost.com", "MX"): ("10 mx.lost.com",)}


@pytest.fixture
def resolver():
    return TableResolver(ZONE)


def making(resolver, now=NOON, **options):
    caller = Caller("probe.example.com", "probe@example.com")
    return lambda: Verifier(resolver, Options(caller, **options), now=lambda: now)


def asking(server, now):
    """Verifiers as the settings have them, but for the way to the server."""
    zone = {("acme.com", "MX"): ("10 mx.acme.com",), ("mx.acme.com", "A"): (next(iter(server.hosts)),)}
    options = Options(caller_of_settings(), port=server.port, allowed=networks(["127.0.0.0/8"]))
    return lambda: Verifier(TableResolver(zone), options, now=lambda: now)


def test_verdict_is_remembered_for_its_time_and_then_asked_anew(resolver):
    first = verify_address("ada@acme.com", now=NOON, make_verifier=making(resolver))
    asked = len(resolver.asked)

    again = verify_address("ada@acme.com", now=NOON + timedelta(days=13), make_verifier=making(resolver))
    asked_again = len(resolver.asked)
    late = verify_address("ada@acme.com", now=NOON + timedelta(days=15), make_verifier=making(resolver))

    assert [each.reason for each in (first, again, late)] == ["null_mx"] * 3
    assert asked_again == asked < len(resolver.asked)
    assert again.confidence < first.confidence


def test_exchangers_without_address_are_unknown_once_and_undeliverable_an_hour_later(resolver):
    later = NOON + timedelta(minutes=70)
    first = verify_address("ada@lost.com", now=NOON, make_verifier=making(resolver))
    second = verify_address("ada@lost.com", now=later, make_verifier=making(resolver, later))

    assert [(each.status, each.reason) for each in (first, second)] == [
        ("unknown", "mx_unresolvable"), ("undeliverable", "mx_unresolvable"),
    ]  # fmt: skip


def test_exchangers_that_were_found_in_between_are_missing_for_the_first_time_again(resolver):
    found = {("lost.com", "MX"): ("10 mx.lost.com",), ("mx.lost.com", "A"): ("1.1.1.1",)}
    days = [NOON + timedelta(days=days) for days in (0, 3, 20)]
    zones = (resolver, TableResolver(found), resolver)

    verdicts = [
        verify_address("ada@lost.com", now=day, make_verifier=making(zone, day, is_probing=False))
        for day, zone in zip(days, zones, strict=True)
    ]

    assert [each.status for each in verdicts] == ["unknown"] * 3
    assert [each.reason for each in verdicts] == ["mx_unresolvable", "probe_disabled", "mx_unresolvable"]


def test_address_whose_answer_does_not_come_in_time_is_left_out():
    class Silent(TableResolver):
        async def query(self, name, rtype):
            await asyncio.sleep(60)

    found = verify_addresses(["ada@slow.com"], now=NOON, seconds=0.05, make_verifier=making(Silent({})))

    assert found == {}
    assert not Memory.objects.filter(kind=MemoryKind.MAILBOX).exists()


def test_verification_keeps_what_it_saw_of_a_companys_technologies():
    zone = {
        ("acme.com", "MX"): ("10 acme-com.mail.protection.outlook.com",),
        ("acme-com.mail.protection.outlook.com", "A"): ("52.101.8.33",),
        ("acme.com", "TXT"): ("v=spf1 include:sendgrid.net -all",),
        ("shop.acme.com", "CNAME"): ("shops.myshopify.com",),
    }
    options = Options(CALLER, is_probing=False, with_technologies=True)
    verify_address("ada@acme.com", now=NOON, make_verifier=lambda: Verifier(TableResolver(zone), options))

    seen = set(DomainTechnology.objects.values_list("domain", "vendor", "first_seen"))
    assert seen == {("acme.com", vendor, NOON) for vendor in ("Microsoft 365", "SendGrid", "Shopify")}


def test_memory_holds_no_address_and_is_erased_by_it(resolver):
    verify_address("ada.byron@acme.com", now=NOON, make_verifier=making(resolver))

    stored = json.dumps(list(Memory.objects.values("kind", "key", "facts")))
    assert "byron" not in stored
    assert remembering.forget_mailbox("Ada.Byron@acme.com") == 1
    assert not Memory.objects.filter(kind=MemoryKind.MAILBOX).exists()


def test_block_outlives_the_process(resolver):
    verifier = making(resolver)()
    remembering.learn_blocks({"google": NOON + timedelta(hours=1)}, now=NOON)

    assert remembering.recall_blocks(now=NOON + timedelta(minutes=59)) == {"google": NOON + timedelta(hours=1)}
    assert remembering.recall_blocks(now=NOON + timedelta(minutes=61)) == {}
    assert verifier.gate.blocks == {}


@pytest.mark.parametrize("email", ["ada@nowhere.com", "ada@lost.com"])
def test_where_no_name_of_the_world_is_found_nothing_is_condemned_or_remembered(email):
    resolver = TableResolver({("lost.com", "MX"): ("10 mx.lost.com",)})
    verifier = making(resolver)()
    verifier.can_resolve = NameTest(resolver)

    found = verify_address(email, now=NOON, make_verifier=lambda: verifier)

    assert (found.status, found.reason) == ("unknown", "dns_timeout")
    assert remembering.recall_reach(now=NOON) is False
    assert not Memory.objects.exclude(kind=MemoryKind.CUT_OFF).exists()


def test_domain_that_is_missing_among_others_is_not_found():
    resolver = TableResolver({("gmail.com", "MX"): ("5 mx.gmail.com",)})
    verifier = making(resolver)()
    verifier.can_resolve = NameTest(resolver)

    assert verify_address("ada@nowhere.com", now=NOON, make_verifier=lambda: verifier).reason == "domain_not_found"


def test_words_of_a_server_that_no_database_takes_are_remembered_without_them():
    server = MailServer(
        {"127.0.5.3": Host(banner="220 mx\0ESMTP", rcpt=lambda visit, address: "550 5.1.1 User\0 unknown")}
    )
    with serving(server):
        verify_address("ada@acme.com", now=NOON, make_verifier=asking(server, NOON))

    session = Memory.objects.get(kind=MemoryKind.MAILBOX).facts["evidence"]["smtp"][0]
    assert (session["banner"], session["outcome"]) == ("mx ESMTP", "no_mailbox")


@pytest.mark.parametrize(
    ("email", "domain"), [("ada@muenchen.de", "muenchen.de"), ("ada@münchen.de", "xn--mnchen-3ya.de")]
)
def test_what_was_learned_of_a_domain_is_recalled_by_its_name_in_dns(email, domain):
    zone = TableResolver({(domain, "MX"): ("10 gone.nowhere.com",)})
    times = [NOON, NOON + timedelta(minutes=70)]

    found = [verify_address(email, now=at, make_verifier=making(zone, at)) for at in times]

    assert [each.status for each in found] == ["unknown", "undeliverable"]


def test_greylisting_is_overcome_in_the_turns_of_the_queue():
    """Each turn has a verifier of its own, as in the product, and a server that lets in only whom it has seen before."""
    seen, found, at = set(), [], NOON

    def greylisting(visit, address):
        is_new = (visit.sender, address) not in seen
        seen.add((visit.sender, address))
        return "450 4.2.0 Greylisted, come back in 300 seconds" if is_new else known_only(Host(), address)

    server = MailServer({"127.0.5.3": Host(rcpt=greylisting)})
    with serving(server):
        for minutes in (0, 7, 21):
            at += timedelta(minutes=minutes)
            found.append(verify_address("ada@acme.com", now=at, make_verifier=asking(server, at)))

    assert [each.reason for each in found] == ["greylisted", "greylisted", "mailbox_accepted"]
    assert {address for _, address in seen} == {"ada@acme.com", caller_of_settings().stranger_at("acme.com", NOON)}
