"""A server that says more than it was asked for is a step ahead or behind, and nothing that it says is believed."""

import asyncio
from dataclasses import replace

import pytest

from enrichment.resolving import TableResolver
from enrichment.verifying.connection import Patience, connect
from enrichment.verifying.in_step import is_about_another
from enrichment.verifying.options import Options
from enrichment.verifying.parting import Leave, is_proven
from enrichment.verifying.replying import Reply
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from tests.enrichment.verifying.test_pipelining import answer, answers_all, greeted, named_ahead, with_server
from tests.enrichment.verifying.test_verifier import ADDRESS, CALLER, KNOWN, QUICK, STRANGER, table


def behind(*greeting, leave=(), is_owing=False):
    """Says so much in greeting, and answers each line with what was meant for the one before; the last is owed or said."""

    async def talk(reader, say):
        answers = list(greeting)
        say(answers.pop(0))
        while (line := await reader.readline()) and not line.startswith(b"QUIT"):
            answers.append(answer(line) if line.startswith(b"RCPT") else "250 2.1.0 Ok")
            say(answers.pop(0))
        say(*([] if is_owing else answers), *leave)

    return talk


@pytest.mark.parametrize("leave", [(), ("421 Closing",), ("250 Bye",), ("221 Bye",)], ids=["none", "421", "250", "221"])
@pytest.mark.parametrize(
    "greeting", [("220 mx", "220 mx"), ("220 mx", "250 mx")], ids=["greets twice", "says EHLO twice"]
)
def test_server_that_is_a_step_behind_confirms_and_condemns_nobody(greeting, leave):
    assert with_server(behind(*greeting, leave=leave), [KNOWN, STRANGER]) == ["disconnected", "disconnected"]


@pytest.mark.parametrize(
    ("leave", "of_one", "of_many"),
    [
        (Leave((221,)), (True, True), (True, True)),
        (Leave(), (True, False), (False, False)),
        (Leave((250,)), (False, False), (False, False)),
        (Leave((550,)), (True, False), (False, False)),
        (Leave((250, 221)), (False, True), (False, False)),
        (Leave((421, 221)), (False, False), (False, False)),
        (Leave((421,), is_early=True), (True, False), (False, False)),
        (Leave((250, 221), is_early=True), (False, False), (False, False)),
        (Leave((250, 250, 221)), (False, False), (False, False)),
    ],
    ids=["221", "none", "250", "550", "250 and 221", "421 and 221", "421 unasked", "250 unasked", "two"],
)
def test_session_is_proven_by_its_end(leave, of_one, of_many):
    def proven(recipients):
        return tuple(is_proven(leave, recipients=recipients, has_accepted=each) for each in (False, True))

    assert (proven(1), proven(2)) == (of_one, of_many)


@pytest.mark.parametrize(("codes", "is_believed"), [((250, 221), True), ((221,), False), ((250, 550, 221), False)])
def test_answers_that_are_owed_still_come_before_its_leave(codes, is_believed):
    assert is_proven(Leave(codes), recipients=3, owed=1) is is_believed


@pytest.mark.parametrize("emails", [[KNOWN, STRANGER], [STRANGER, KNOWN]])
def test_server_that_hangs_up_without_a_word_is_believed_of_those_whom_it_refuses(emails):
    async def curt(reader, say):
        await answers_all(reader, lambda *lines: None if lines == ("221 Bye",) else say(*lines))

    found = dict(zip(emails, with_server(curt, emails), strict=True))

    assert found == {KNOWN: "disconnected", STRANGER: "mailbox_not_found"}


@pytest.mark.parametrize(
    ("leave", "is_believed"),
    [(Leave(), True), (Leave((550,)), True), (Leave((250,)), False), (Leave((550, 550)), False)],
    ids=["nothing", "550", "250", "two more"],
)
def test_refusals_given_in_turn_need_no_leave_unless_more_was_said(leave, is_believed):
    assert is_proven(leave, recipients=3, is_in_turn=True) is is_believed
    assert not is_proven(leave, recipients=3, is_in_turn=True, has_accepted=True)


def test_server_that_breaks_off_is_asked_for_no_more_than_it_answered():
    ends = []

    async def tires(reader, say):
        await greeted(reader, say, "PIPELINING")
        line, told = await reader.readline(), 0
        while line.startswith(b"RCPT") and told < 3:
            say(answer(line))
            line, told = await reader.readline(), told + 1
        ends.append("broke off" if line.startswith(b"RCPT") else "left")
        say(*["250-mx", "250-PIPELINING", "250 8BITMIME"] * (ends[-1] == "left"))

    found = with_server(tires, [STRANGER, "eve@acme.com", "zed@acme.com", KNOWN])

    assert found == [*["mailbox_not_found"] * 3, "mailbox_accepted"]
    assert (ends.count("broke off"), ends.count("left")) == (1, len(ends) - 1)


def test_lines_of_two_answers_are_none():
    async def cuts(reader, say):
        await greeted(reader, say)
        await reader.readline()
        say("250-2.1.5 Ok", "550 5.1.1 User unknown")
        await reader.read()

    assert with_server(cuts, [KNOWN]) == ["disconnected"]


def test_cancelled_check_waits_for_no_goodbye():
    patient = replace(CALLER, patience=Patience(reply=3600, goodbye=3600))

    async def run():
        asked = asyncio.Event()

        async def silent(reader, writer):
            await greeted(reader, lambda *lines: writer.write("".join(f"{each}\r\n" for each in lines).encode()))
            await reader.readline()
            asked.set()
            await reader.read()
            writer.close()

        async with await asyncio.start_server(silent, ADDRESS, 0) as server:
            options = Options(patient, server.sockets[0].getsockname()[1], networks(["127.0.0.0/8"]))
            verifier = Verifier(TableResolver(table()), options)
            checking = asyncio.ensure_future(verifier.verify(KNOWN))
            await asked.wait()
            await verifier.close()
            return await asyncio.gather(checking, return_exceptions=True)

    [ended] = asyncio.run(asyncio.wait_for(run(), 10))

    assert isinstance(ended, asyncio.CancelledError)


def test_more_answers_than_recipients_named_together_count_for_none_of_them():
    async def twice(reader, say):
        await greeted(reader, say, "PIPELINING")
        while (line := await reader.readline()).startswith(b"RCPT"):
            say(answer(line), "250 2.1.5 Ok")

    assert with_server(twice, [STRANGER, "eve@acme.com", KNOWN]) == ["disconnected"] * 3


def test_words_before_encryption_are_not_taken_for_those_under_it():
    async def injects(reader, say):
        say("220 mx")
        await reader.readline()
        say("250-mx", "250 STARTTLS")
        await reader.readline()
        say("530 5.7.0 Must issue a STARTTLS command first")
        await reader.readline()
        say("220 Ready", "250 mx")
        await reader.read()

    assert with_server(injects, [KNOWN]) == ["disconnected"]


def test_server_that_announces_its_end_unasked_is_heard():
    async def leaves(reader, say):
        await greeted(reader, say)
        await reader.readline()
        say("550 5.1.1 User unknown", "421 4.7.0 Too many errors")

    assert with_server(leaves, [STRANGER]) == ["mailbox_not_found"]
    assert with_server(leaves, [STRANGER, "eve@acme.com"]) == ["mailbox_not_found", "mailbox_not_found"]


@pytest.mark.parametrize(
    "leave",
    [("221 Bye", "221 Closing"), ("221 Bye", "See you"), ("221-2.0.0 Bye", "221-3 of 9", "221 2.0.0 Closing")],
    ids=["twice", "then free text", "in three lines"],
)
def test_server_that_takes_leave_with_many_words_is_believed(leave):
    async def chats(reader, say):
        await answers_all(reader, lambda *lines: say(*(leave if lines == ("221 Bye",) else lines)))

    assert with_server(chats, [KNOWN, STRANGER]) == ["mailbox_accepted", "mailbox_not_found"]


@pytest.mark.parametrize(("email", "is_doubted"), [(KNOWN, True), (STRANGER, False)])
def test_acceptance_is_not_believed_of_a_server_that_neither_takes_leave_nor_hangs_up(email, is_doubted):
    async def stays(reader, say):
        await greeted(reader, say, "PIPELINING")
        say(answer(await reader.readline()))
        await reader.read()

    async def ask(session):
        await session.ask(email)
        return session

    hasty = replace(CALLER, patience=replace(QUICK, goodbye=0.01))

    assert named_ahead([email], stays, ask, hasty).is_out_of_step is is_doubted


def test_goodbye_waits_longer_than_the_slowest_answer_took():
    async def run():
        async def slow(reader, writer):
            await reader.readline()
            await asyncio.sleep(0.02)
            writer.write(b"250 mx\r\n")
            writer.close()

        async with await asyncio.start_server(slow, ADDRESS, 0) as server:
            connection = await connect(ADDRESS, server.sockets[0].getsockname()[1], patience=QUICK)
            await connection.command("NOOP")
            await connection.close()
            return connection.longest_goodbye

    assert asyncio.run(run()) > QUICK.goodbye + 0.01


@pytest.mark.parametrize(
    ("code", "text", "is_another"),
    [
        (550, "<zed@acme.com>: User unknown", True),
        (250, "<zed@acme.com> Ok", True),
        (550, "<ADA@acme.com>: User unknown", False),
        (550, "User unknown", False),
        (550, "User unknown, write to <postmaster@acme.com>", False),
        (550, "<probe@acme.com>: Sender rejected", False),
        (550, "<help@provider.example> tells more", False),
        (550, "User unknown, write to <info@acme.com>", False),
        (550, "Contact <it-desk@acme.com>", False),
        (250, "<info@acme.com> Ok", True),
        (551, "User not local, try <ada.byron@acme.com>", False),
    ],
)
def test_answer_that_names_somebody_else_of_the_domain_is_about_him(code, text, is_another):
    assert is_about_another(Reply(code, "", text), "ada@acme.com", "probe@acme.com") is is_another


@pytest.mark.parametrize(
    ("code", "text", "is_another"),
    [
        (250, "<ada@acme.com> Ok", False),
        (550, "User unknown, write to <info@acme.com>", True),
        (250, "<grace@acme.com> Ok", True),
    ],
    ids=["without its tag", "a function's, named together", "somebody else"],
)
def test_answer_may_name_the_mailbox_without_its_tag_but_none_of_those_named_together(code, text, is_another):
    together = {"info@acme.com", "ada+news@acme.com"}

    assert is_about_another(Reply(code, "", text), "ada+news@acme.com", "", together) is is_another
