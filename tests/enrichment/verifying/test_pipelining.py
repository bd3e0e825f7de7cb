"""Recipients are named together where the server offers it, and one by one from then on where that goes wrong."""

import asyncio
import ssl
from collections import Counter, deque
from pathlib import Path

import pytest

from enrichment.resolving import TableResolver
from enrichment.verifying.asking import Round, Ticket, ask_round
from enrichment.verifying.caller import Caller
from enrichment.verifying.connection import OutOfStep
from enrichment.verifying.habits import CatchAll
from enrichment.verifying.manners import Manners
from enrichment.verifying.options import Options
from enrichment.verifying.session import Session
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from leadengine.sandbox.mail import CLOSE, Host, known_only
from tests.enrichment.verifying.test_verifier import (
    ADDRESS,
    BEHAVIOURS,
    CALLER,
    KNOWN,
    NOON,
    QUICK,
    STRANGER,
    knowing,
    table,
    verify,
)

OFFERS = ("PIPELINING", "ENHANCEDSTATUSCODES", "SMTPUTF8")
MANY = [f"u{number}@acme.com" for number in range(40)]
HALF = frozenset(f"u{number}" for number in range(20))


def with_server(conversation, emails, habit=None):
    """Verdicts' reasons after each session was held by `conversation` (reader, say) of a server with a known habit."""

    async def run():
        async def serve(reader, writer):
            try:
                await conversation(
                    reader, lambda *lines: writer.write("".join(f"{each}\r\n" for each in lines).encode())
                )
            finally:
                writer.close()

        async with await asyncio.start_server(serve, ADDRESS, 0) as server:
            port = server.sockets[0].getsockname()[1]
            options = Options(Caller("probe.example.com", "probe@example.com", QUICK), port, networks(["127.0.0.0/8"]))
            verifier = Verifier(TableResolver(table()), options, now=lambda: NOON)
            verifier.know_habits("acme.com", {habit.place: habit} if habit else {})
            found = await asyncio.wait_for(asyncio.gather(*map(verifier.verify, emails)), 10)
            await verifier.close()
            return [each.reason for each in found]

    return asyncio.run(run())


async def greeted(reader, say, *offers):
    """As far as an accepted sender."""
    say("220 mx ESMTP")
    await reader.readline()
    say(*(f"250-{each}" for each in ("mx", *offers)), "250 8BITMIME")
    await reader.readline()
    say("250 2.1.0 Ok")


def answer(line):
    return "250 2.1.5 Ok" if b"<ada@" in line else "550 5.1.1 User unknown"


def test_recipients_are_named_before_the_first_is_answered():
    async def waits_for_all(reader, say):
        await greeted(reader, say, "PIPELINING")
        named = [await reader.readline() for _ in range(3)]
        say(*map(answer, named))
        await reader.readline()
        say("550 5.1.1 User unknown")
        await reader.readline()
        say("221 Bye")

    assert with_server(waits_for_all, [KNOWN, STRANGER, "eve@acme.com"]) == [
        "mailbox_accepted", "mailbox_not_found", "mailbox_not_found",
    ]  # fmt: skip


def test_without_the_offer_nothing_is_said_before_its_turn():
    early = []

    async def listens(reader, say):
        await greeted(reader, say)
        while (line := await reader.readline()).startswith(b"RCPT"):
            try:
                early.append(await asyncio.wait_for(reader.readline(), 0.02))
            except TimeoutError:
                say(answer(line))
        say("221 Bye")

    assert with_server(listens, [KNOWN, STRANGER]) == ["mailbox_accepted", "mailbox_not_found"]
    assert early == []


def test_answers_out_of_step_are_not_believed():
    sessions = []

    async def mixes_up(reader, say):
        sessions.append(reader)
        await greeted(reader, say, "PIPELINING")
        named = [await reader.readline()]
        if len(sessions) == 1:
            named.append(await reader.readline())
            say("550 5.1.1 <nobody@acme.com>: User unknown", "250 2.1.5 Ok")
            await reader.read()
        while named[-1].startswith(b"RCPT"):
            say(answer(named[-1]))
            named.append(await reader.readline())
        say("250-mx", "250-PIPELINING", "250 8BITMIME")

    assert with_server(mixes_up, [KNOWN, STRANGER]) == ["mailbox_accepted", "mailbox_not_found"]


@pytest.mark.parametrize(("host", "known", "stranger"), BEHAVIOURS)
def test_verdict_is_the_same_as_without(host, known, stranger):
    offering = Host(**{**vars(host), "offers": OFFERS})

    found, server = verify([KNOWN, STRANGER], {ADDRESS: offering})

    assert (found[KNOWN].reason, found[STRANGER].reason) == (known, stranger)
    assert max((len(visit.recipients) for visit in server.visits), default=0) <= 8


def test_eight_recipients_and_two_sessions_hold_by_the_servers_log():
    found, server = verify(MANY, {ADDRESS: Host(HALF, wait=0.002, offers=OFFERS)})

    assert Counter(found[each].reason for each in MANY) == {"mailbox_accepted": 20, "mailbox_not_found": 20}
    assert max(len(visit.recipients) for visit in server.visits) <= 8
    assert server.most_at_once[ADDRESS] <= 2
    assert len(server.visits) <= 7


def test_an_address_that_breaks_sessions_does_not_condemn_those_named_with_it():
    def poison(visit, address):
        return CLOSE if address.startswith("poison") else ""

    emails = [KNOWN, "poison@acme.com", STRANGER, "info@acme.com"]
    found, _ = verify(emails, {ADDRESS: Host(rcpt=knowing(poison), offers=OFFERS)}, per_host_sessions=1)

    reasons = [found[each].reason for each in emails]
    assert reasons == ["mailbox_accepted", "disconnected", "mailbox_not_found", "mailbox_accepted"]


def test_sender_that_is_refused_later_is_asked_again_step_by_step():
    senders = []

    def only_once(sender):
        senders.append(sender)
        return "250 Ok" if len(senders) == 1 or not sender else "550 5.1.8 Sender address rejected"

    found, server = verify(MANY[:20], {ADDRESS: Host(HALF, mail=only_once, offers=OFFERS)}, per_host_sessions=1)

    assert {verdict.reason for verdict in found.values()} == {"mailbox_accepted"}
    assert max(len(visit.recipients) for visit in server.visits) <= 8


def named_ahead(emails, conversation, then, caller=CALLER):
    """What `then` makes of a session that has named recipients with its sender, as the one beside it breaks off."""

    async def run():
        async def serve(reader, writer):
            try:
                await conversation(
                    reader, lambda *lines: writer.write("".join(f"{each}\r\n" for each in lines).encode())
                )
            finally:
                writer.close()

        async with await asyncio.start_server(serve, ADDRESS, 0) as server:
            manners = Manners(mail_from="probe@example.com")
            session = Session(caller, "mx.acme.com", ADDRESS, server.sockets[0].getsockname()[1], manners)
            await session.open(ahead=emails)
            manners.is_in_turn = True
            try:
                return await then(session)
            finally:
                await session.close()

    return asyncio.run(run())


async def answers_all(reader, say):
    await greeted(reader, say, "PIPELINING")
    while (line := await reader.readline()).startswith(b"RCPT"):
        say(answer(line))
    say("221 Bye")


def test_recipients_named_ahead_get_their_own_answers_though_the_session_beside_breaks_off():
    tickets, queue, is_put_back = [Ticket(STRANGER), Ticket(KNOWN)], deque(), asyncio.Event()

    async def waits(reader, say):
        await greeted(reader, say, "PIPELINING")
        await is_put_back.wait()
        while (line := await reader.readline()).startswith(b"RCPT"):
            say(answer(line))

    async def ask(session):
        habit, made = CatchAll(is_known=True), Round(recipients=2)
        asking = asyncio.ensure_future(
            ask_round(session, queue, habit, made, stranger=str, has_accepted=False, most=8, first=tickets)
        )
        await asyncio.sleep(0)
        queue.appendleft(Ticket("eve@acme.com"))
        is_put_back.set()
        return await asking

    done = named_ahead([STRANGER, KNOWN], waits, ask)

    assert [each.is_accepted for each in done] == [False, True, False]


def test_answer_to_one_who_was_not_named_next_is_not_heard():
    with pytest.raises(OutOfStep):
        named_ahead([STRANGER, KNOWN], answers_all, lambda session: session.ask(KNOWN))


def test_encryption_demanded_at_the_recipient_is_spoken_from_the_start_next_time():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(Path(__file__).with_name("certificate.pem"))

    def demanding(visit, address):
        return known_only(Host(HALF), address) if visit.is_secure else "530 5.7.0 Must issue a STARTTLS command first"

    host = Host(rcpt=demanding, tls=context, is_tls_for_senders=False, offers=OFFERS)
    found, server = verify(MANY[:10], {ADDRESS: host}, per_host_sessions=1)

    assert {verdict.reason for verdict in found.values()} == {"mailbox_accepted"}
    assert max(len(visit.recipients) for visit in server.visits) <= 8
    assert [visit.commands[1] for visit in server.visits[1:]] == ["STARTTLS"] * (len(server.visits) - 1)


def test_second_recipient_refused_without_a_word_is_no_proof_of_the_first():
    def one_only(visit, address):
        return "250 Ok" if len(visit.recipients) == 1 else "550 Refused"

    found, server = verify([KNOWN], {ADDRESS: Host(rcpt=one_only)})

    assert (found[KNOWN].reason, found[KNOWN].catch_all) == ("accept_all", True)
    assert [len(visit.recipients) for visit in server.visits] == [2, 1]


def test_random_recipient_refused_without_a_word_is_no_proof_even_when_alone():
    def knows(visit, address):
        return known_only(Host(), address) if address == KNOWN else "550 Refused"

    found, _ = verify([KNOWN], {ADDRESS: Host(rcpt=knows)})

    assert (found[KNOWN].reason, found[KNOWN].catch_all) == ("unclear_reply", None)
