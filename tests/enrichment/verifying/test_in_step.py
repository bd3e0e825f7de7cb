"""A server that says more than it was asked for is a step ahead or behind, and nothing that it says is believed."""

import asyncio
from dataclasses import replace

import pytest

from enrichment.verifying.connection import Reply, connect
from enrichment.verifying.in_step import is_about_another
from tests.enrichment.verifying.test_pipelining import answer, answers_all, greeted, named_ahead, with_server
from tests.enrichment.verifying.test_verifier import ADDRESS, CALLER, KNOWN, QUICK, STRANGER


def behind(*greeting):
    """Says so much in greeting, and answers each line with what was meant for the one before."""

    async def talk(reader, say):
        answers = list(greeting)
        say(answers.pop(0))
        while line := await reader.readline():
            answers.append(answer(line) if line.startswith(b"RCPT") else "250 2.1.0 Ok")
            say(*(answers if line.startswith(b"QUIT") else [answers.pop(0)]))
            if line.startswith(b"QUIT"):
                return

    return talk


@pytest.mark.parametrize(
    "greeting", [("220 mx", "220 mx"), ("220 mx", "250 mx")], ids=["greets twice", "says EHLO twice"]
)
def test_server_that_is_a_step_behind_confirms_and_condemns_nobody(greeting):
    assert with_server(behind(*greeting), [KNOWN, STRANGER]) == ["disconnected", "disconnected"]


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
