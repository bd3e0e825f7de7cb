"""An address is found in one session, at most two that prove something, and never claimed where the server takes anybody."""

import asyncio
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from enrichment.finding.finder import find
from enrichment.finding.patterns import Known, Person
from enrichment.resolving import TableResolver
from enrichment.verifying.caller import Caller
from enrichment.verifying.connection import Patience
from enrichment.verifying.options import Options
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from leadengine.sandbox.mail import CLOSE, MUTE, Host, MailServer, known_only

QUICK = Patience(connect=2, banner=0.3, reply=0.3, goodbye=0.3)
ADA = Person("Ada", "Byron")
ONE, OTHER = "127.0.6.1", "127.0.6.2"
ZONE = {
    ("acme.com", "MX"): ("10 mx.acme.com", "20 mx2.acme.com"),
    ("mx.acme.com", "A"): (ONE,),
    ("mx2.acme.com", "A"): (OTHER,),
}


def with_boxes(*locals_):
    return Host(mailboxes=frozenset(locals_))


def saying(reply):
    return Host(rcpt=lambda visit, address: reply)


def finding(host, *, second=None, person=ADA, known=(), zone=None, **options):
    """What was found, and the server, whose log says how it was asked."""

    async def run():
        async with MailServer({ONE: host, OTHER: second or with_boxes("ada.byron")}) as server:
            caller = Caller("probe.example.com", "probe@example.com", QUICK)
            made = Options(caller, server.port, networks(["127.0.0.0/8"]), **options)
            verifier = Verifier(TableResolver(zone or ZONE), made, now=lambda: datetime(2026, 3, 2, tzinfo=UTC))
            found = await asyncio.wait_for(find(verifier, person, "acme.com", known), 20)
            await verifier.close()
            return found, server

    return asyncio.run(run())


def test_the_first_hit_ends_the_search_and_is_tried_against_a_random_name():
    found, server = finding(with_boxes("abyron"))

    (visit,) = server.visits
    assert (found.email, found.status, found.catch_all) == ("abyron@acme.com", "deliverable", False)
    assert [recipient.partition("@")[0] for recipient in visit.recipients[:2]] == ["ada.byron", "abyron"]
    assert len(visit.recipients) == 3


def test_encryption_demanded_at_the_recipient_is_spoken():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(Path(__file__).parent.with_name("verifying") / "certificate.pem")

    def demanding(visit, address):
        return (
            known_only(with_boxes("byron"), address)
            if visit.is_secure
            else "530 5.7.0 Must issue a STARTTLS command first"
        )

    found, server = finding(Host(rcpt=demanding, tls=context, is_tls_for_senders=False))

    assert (found.email, found.status) == ("byron@acme.com", "deliverable")
    assert max(len(visit.recipients) for visit in server.visits) <= 8


def test_known_addresses_put_the_right_guess_first():
    found, _ = finding(with_boxes("byron_ada"), known=[Known(Person("Grace", "Hopper"), "hopper_grace")])

    assert (found.email, found.tried) == ("byron_ada@acme.com", ("byron_ada@acme.com",))
    assert found.pattern == "{last}_{first}"


def test_nobody_there_takes_eight_guesses_in_two_sessions():
    found, server = finding(with_boxes("somebody"))

    assert (found.email, found.status, found.reason) == ("", "undeliverable", "mailbox_not_found")
    assert [len(visit.recipients) for visit in server.visits] == [7, 1]
    assert len(set(found.tried)) == 8


def test_a_server_that_takes_anybody_confirms_nothing():
    found, server = finding(saying("250 Ok"))

    assert (found.email, found.status, found.reason, found.catch_all) == ("", "risky", "accept_all", True)
    assert found.alternatives[0][0] == "ada.byron@acme.com"
    assert len(server.visits[0].recipients) == 2


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        (saying("554 5.7.1 Client host blocked using zen.spamhaus.org"), "ip_blocked"),
        (saying("451 4.7.1 Greylisting in action, please come back later"), "greylisted"),
        (saying("550 5.1.8 Sender address rejected"), "sender_rejected"),
    ],
)
def test_what_is_about_us_stops_the_search_with_suggestions(host, reason):
    found, server = finding(host)

    assert (found.status, found.reason) == ("unknown", reason)
    assert sum(len(visit.recipients) for visit in server.visits) == 1
    assert len(found.alternatives) == 8


def test_a_server_that_puts_us_off_is_asked_the_same_again_after_the_wait():
    seen = set()

    def puts_off(visit, address):
        if address not in seen:
            seen.add(address)
            return "451 4.7.1 Greylisting in action, please come back later"
        return known_only(with_boxes("ada.byron"), address)

    found, server = finding(Host(rcpt=puts_off), waits=(0.001, 0.001, 0.001))

    asked = [recipient for visit in server.visits for recipient in visit.recipients]
    assert (found.email, found.status) == ("ada.byron@acme.com", "deliverable")
    assert len(set(asked)) == 2


def test_second_recipient_refused_without_a_word_is_asked_alone():
    def one_only(visit, address):
        return "250 Ok" if len(visit.recipients) == 1 else "550 Refused"

    found, server = finding(Host(rcpt=one_only))

    assert (found.reason, found.catch_all) == ("accept_all", True)
    assert [len(visit.recipients) for visit in server.visits] == [2, 1]


def test_random_name_refused_for_another_reason_confirms_nothing():
    def knows(visit, address):
        return "250 Ok" if address == "ada.byron@acme.com" else "550 5.7.1 Relaying denied"

    found, _ = finding(Host(rcpt=knows))

    assert (found.email, found.status, found.reason, found.catch_all) == ("", "unknown", "relay_denied", None)


def test_the_next_exchanger_is_asked_where_the_first_is_silent():
    found, _ = finding(Host(banner=MUTE))

    assert found.email == "ada.byron@acme.com"


@pytest.mark.parametrize(
    ("zone", "options", "reason"),
    [
        ({("acme.com", "MX"): ("0 ",)}, {}, "null_mx"),
        ({}, {}, "domain_not_found"),
        (None, {"is_probing": False}, "probe_disabled"),
    ],
)
def test_where_nobody_can_be_asked_no_session_is_held(zone, options, reason):
    found, server = finding(with_boxes("ada.byron"), zone={("else.com", "A"): ()} if zone == {} else zone, **options)

    assert (found.reason, server.visits) == (reason, [])
    assert bool(found.alternatives) is (reason == "probe_disabled")


def test_a_name_that_gives_no_guess_says_nothing_of_a_mailbox():
    found, server = finding(with_boxes("ada.byron"), person=Person(".", ""))

    assert (found.status, found.reason, server.visits) == ("unknown", "not_checked", [])


def test_exchanger_that_takes_anybody_is_not_cleared_by_another_that_does_not():
    def once(visit, address):
        first.banner = "220 mx ESMTP"
        return "250 2.1.5 Ok" if len(visit.recipients) == 1 else "close"

    first = with_boxes("somebody")
    first.banner = "421 4.3.2 Too busy"
    found, _ = finding(first, second=Host(rcpt=once))

    assert (found.email, found.status, found.reason) == ("", "risky", "accept_all")


def test_server_that_takes_one_recipient_at_a_time_is_asked_for_the_stranger_alone():
    def one(visit, address):
        return known_only(with_boxes("ada.byron"), address) if len(visit.recipients) == 1 else "452 Not taken"

    found, server = finding(Host(rcpt=one))

    assert (found.email, found.status, len(server.visits)) == ("ada.byron@acme.com", "deliverable", 2)


def test_answers_out_of_step_find_nobody():
    host = Host(banner="220 mx", rcpt=lambda visit, address: known_only(with_boxes("abyron"), address) + "\r\n250 Ok")

    found, _ = finding(host, second=host)

    assert (found.email, found.status, found.reason) == ("", "unknown", "disconnected")


@pytest.mark.parametrize("goodbye", ["221 Bye", CLOSE, "250 Bye", "500 What?", "421 Closing"])
@pytest.mark.parametrize(
    ("box", "status", "tried"),
    [("ada.byron", "deliverable", 1), ("abyron", "deliverable", 2), ("somebody", "undeliverable", 8)],
)
def test_what_is_found_does_not_depend_on_how_the_server_takes_leave(box, status, tried, goodbye):
    found, server = finding(Host(frozenset({box}), goodbye=lambda visit: goodbye))

    assert (found.status, len(found.tried)) == (status, tried)
    assert len(server.visits) <= 3


@pytest.mark.parametrize("goodbye", ["221 Bye", CLOSE])
@pytest.mark.parametrize("word", ["421 4.7.0 Too many errors", CLOSE])
@pytest.mark.parametrize("box", ["ada.byron", "ada"])
def test_server_that_breaks_off_after_three_is_asked_on(box, word, goodbye):
    def tires(visit, address):
        return word if len(visit.recipients) > 3 else known_only(host, address)

    host = Host(frozenset({box}), rcpt=tires, goodbye=lambda visit: goodbye)
    found, server = finding(host)

    assert (found.email, found.status) == (f"{box}@acme.com", "deliverable")
    assert len(server.visits) <= 3


def test_hit_of_a_server_that_hangs_up_without_leave_is_not_believed():
    def curt(visit, address):
        return known_only(with_boxes("ada.byron"), address) if len(visit.recipients) == 1 else CLOSE

    host = Host(rcpt=curt, goodbye=lambda visit: CLOSE, helo="250 Ok")
    found, _ = finding(host, second=host)

    assert (found.email, found.status, found.reason) == ("", "unknown", "disconnected")
