"""Where a goodbye proves nothing, the next session greets twice: the same verdicts, and hardly more sessions."""

import asyncio
import ssl
from collections import Counter
from pathlib import Path

import pytest

from enrichment.verifying.habits import CatchAll
from enrichment.verifying.leaving import Hello
from enrichment.verifying.replying import parse_reply
from enrichment.verifying.session import Session
from leadengine.sandbox.mail import CLOSE, MUTE, Host, MailServer, known_only
from tests.enrichment.verifying.test_in_step import behind
from tests.enrichment.verifying.test_pipelining import HALF, MANY, OFFERS, answer, greeted, with_server
from tests.enrichment.verifying.test_verifier import ADDRESS, CALLER, KNOWN, NOON, STRANGER, verify

GOODBYES = ["221 Bye", CLOSE, "250 Bye", "500 What?", "421 Closing", "250 Ok\r\n221 Bye", "221-mx\r\n221 Bye"]
TOLD = {"mailbox_accepted": 20, "mailbox_not_found": 20}


def leaving(goodbye, **how):
    return Host(HALF, goodbye=lambda visit: goodbye, **how)


def counted(host, emails=MANY, **options):
    """The reasons of forty addresses, half of them known, and in how many sessions they were found."""
    found, server = verify(emails, {ADDRESS: host}, **options)
    return Counter(each.reason for each in found.values()), len(server.visits)


@pytest.mark.parametrize("offers", [(), OFFERS], ids=["in turn", "together"])
@pytest.mark.parametrize("goodbye", GOODBYES)
def test_verdicts_do_not_depend_on_how_a_server_takes_leave(goodbye, offers):
    told, sessions = counted(leaving(goodbye, offers=offers))

    assert told == TOLD
    assert sessions <= 8


@pytest.mark.parametrize("per_host", [1, 4, 8])
def test_sessions_side_by_side_are_each_judged_by_how_they_began(per_host):
    told, sessions = counted(leaving(CLOSE, offers=OFFERS), per_host_sessions=per_host)

    assert told == TOLD
    assert sessions <= 6 + min(per_host, 6)


@pytest.mark.parametrize(("goodbyes", "sessions"), [([CLOSE], 6), (["221 Bye", CLOSE], 7)], ids=["first", "second"])
def test_one_goodbye_that_is_lost_costs_at_most_one_session(goodbyes, sessions):
    left = iter(goodbyes)
    host = Host(HALF, offers=OFFERS, goodbye=lambda visit: next(left, "221 Bye"))

    assert counted(host, per_host_sessions=1) == (TOLD, sessions)


@pytest.mark.parametrize(("goodbye", "greetings"), [("221 Bye", [2, 1, 1, 1, 1, 1]), (CLOSE, [2] * 6)])
def test_second_greeting_is_left_out_once_the_goodbye_was_seen_to_be_enough(goodbye, greetings):
    _, server = verify(MANY, {ADDRESS: leaving(goodbye, offers=OFFERS)}, per_host_sessions=1)

    assert [sum(line.startswith("EHLO") for line in visit.commands) for visit in server.visits] == greetings


GREETING = ("250-front", "250 8BITMIME")


def front(*, answers_greetings):
    """Stands before a server whose answers it hands on: it answers the sender itself, too, and leaves without a wait."""

    async def talk(reader, say):
        say("220 front")
        await reader.readline()
        say(*GREETING)
        late = []
        while (line := await reader.readline()) and not line.startswith(b"QUIT"):
            if line.startswith(b"MAIL"):
                late = [("250 Ok",), ("250 Ok",)]
            elif answers_greetings and line.startswith(b"EHLO"):
                late.insert(0, GREETING)
                say(*late.pop(0))
            else:
                late.append((answer(line),) if line.startswith(b"RCPT") else GREETING)
            say(*late.pop(0))
        say("221 Bye")

    return talk


@pytest.mark.parametrize("answers_greetings", [True, False])
def test_server_that_is_behind_and_leaves_at_once_confirms_nobody(answers_greetings):
    found = with_server(front(answers_greetings=answers_greetings), [STRANGER, "eve@acme.com"])

    assert "mailbox_accepted" not in found


@pytest.mark.parametrize("word", [(), ("421 Closing",), ("221 Bye",)], ids=["no word", "421", "221"])
def test_server_that_hangs_up_at_a_second_greeting_is_believed_by_its_goodbye(word):
    async def curt(reader, say):
        await greeted(reader, say, "PIPELINING")
        while (line := await reader.readline()).startswith(b"RCPT"):
            say(answer(line))
        say(*(word if line.startswith(b"EHLO") else ("221 Bye",)))

    assert with_server(curt, [KNOWN, STRANGER]) == ["mailbox_accepted", "mailbox_not_found"]


@pytest.mark.parametrize("goodbye", [CLOSE, "221 Bye"])
@pytest.mark.parametrize("word", ["421 4.7.0 Too many errors", CLOSE])
@pytest.mark.parametrize("most", [1, 3, 5])
def test_server_that_breaks_off_after_some_loses_nobody(most, word, goodbye):
    def tires(visit, address):
        return word if len(visit.recipients) > most else known_only(host, address)

    host = leaving(goodbye, rcpt=tires)
    told, sessions = counted(host, MANY[14:26])

    assert told == {"mailbox_accepted": 6, "mailbox_not_found": 6}
    assert sessions <= 16 / most + 5


def test_greeting_under_encryption_is_compared_with_the_one_under_it():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(Path(__file__).with_name("certificate.pem"))

    told, sessions = counted(leaving(CLOSE, tls=context))

    assert told == TOLD
    assert sessions <= 8


@pytest.mark.parametrize("emails", [[STRANGER], [STRANGER, KNOWN, "eve@acme.com"]], ids=["alone", "with others"])
def test_server_that_is_behind_and_hangs_up_confirms_nobody_though_it_is_known_to_take_not_anybody(emails):
    habit = CatchAll(is_known=True, value=False, place=ADDRESS, at=NOON)

    assert with_server(behind("220 mx", "250 mx", is_owing=True), emails, habit) == ["disconnected"] * len(emails)


@pytest.mark.parametrize(
    ("first", "again", "is_same"),
    [
        (("250-mx", "250 PIPELINING"), ("250-mx", "250 PIPELINING"), True),
        (("250 mx.acme.com",), ("250 mx.acme.com",), True),
        (("250-mx, 9:01", "250-SIZE", "250 PIPELINING"), ("250-mx, 9:02", "250 PIPELINING"), True),
        (("250-mx", "250 PIPELINING"), ("250 2.1.5 Ok",), False),
        (("250 Ok",), ("250 Ok",), False),
        (("250 2.1.5 Ok",), ("250 2.1.5 Ok",), False),
        (("250-mx", "250 PIPELINING"), ("550 User unknown",), False),
    ],
    ids=["same", "name alone", "other words", "a recipient's", "says nothing", "with a code", "refusal"],
)
def test_second_greeting_is_answered_as_the_first_and_as_nothing_else(first, again, is_same):
    hello = Hello("EHLO probe.example.com", parse_reply(list(first)).lines)

    assert hello.is_answered_by(parse_reply(list(again))) is is_same


def test_second_greeting_that_nobody_waits_for_any_more_leaves_nothing_open():
    host = Host()

    def silenced(visit, address):
        host.helo = MUTE
        return "250 2.1.5 Ok"

    async def scene():
        host.rcpt = silenced
        async with MailServer({ADDRESS: host}) as server:
            session = Session(CALLER, "mx.acme.com", ADDRESS, server.port)
            await session.open()
            await session.ask("ada@acme.com")
            leaving = asyncio.create_task(session.close())
            while server.visits[0].commands[-1] != server.visits[0].commands[0]:
                await asyncio.sleep(0.001)
            leaving.cancel()
            while server.visits[0].commands[-1] != "QUIT":
                await asyncio.sleep(0.001)

    asyncio.run(asyncio.wait_for(scene(), 5))
