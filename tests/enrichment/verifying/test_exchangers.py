"""What one exchanger of a domain is used to proves nothing of another: each is asked itself for somebody whom nobody has."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from enrichment.resolving import TableResolver
from enrichment.verdict import Reason
from enrichment.verifying.asking import Ticket
from enrichment.verifying.gate import Gate
from enrichment.verifying.habits import CatchAll
from enrichment.verifying.line import Line
from enrichment.verifying.options import Options
from enrichment.verifying.routing import Route
from enrichment.verifying.terms import Terms
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from leadengine.sandbox.mail import Host, MailServer, known_only
from tests.enrichment.verifying.test_verifier import ADDRESS, CALLER, KNOWN, NOON, STRANGER, saying, table, verify

BACKUP = "127.0.5.2"
BOTH = table({("acme.com", "MX"): ("10 mx.acme.com", "20 backup.acme.com"), ("backup.acme.com", "A"): (BACKUP,)})
BUSY = "421 4.3.2 Too busy"


def busy_after(sessions, **settings):
    """Knows its own, and takes nobody in any more once it has been asked in so many sessions."""
    seen = []

    def answer(visit, address):
        if visit not in seen:
            seen.append(visit)
        if len(seen) >= sessions:
            host.banner = BUSY
        return known_only(host, address)

    host = Host(rcpt=answer, **settings)
    return host


def one_after_the_other(emails, hosts, zone=BOTH, known=None, then=lambda hosts: None):
    """Reasons in order, from one verifier that knows already what is `known`; `then` changes hosts after the first."""

    async def run():
        async with MailServer(hosts) as server:
            options = Options(CALLER, server.port, networks(["127.0.0.0/8"]))
            verifier = Verifier(TableResolver(zone), options, now=lambda: NOON)
            verifier.know_habits("acme.com", known or {})
            found = [await verifier.verify(emails[0])]
            then(hosts)
            found += [await verifier.verify(each) for each in emails[1:]]
            await verifier.close()
            return [each.reason for each in found], server

    return asyncio.run(run())


def test_backup_that_takes_anybody_confirms_nobody_whom_the_first_has_not_confirmed():
    emails = [KNOWN, *(f"no{number}@acme.com" for number in range(20))]
    hosts = {ADDRESS: busy_after(1), BACKUP: Host(rcpt=saying("250 Ok"))}

    found, server = verify(emails, hosts, BOTH)

    assert found[KNOWN].reason == "mailbox_accepted"
    assert Counter(found[each].status for each in emails[1:])["deliverable"] == 0
    assert {found[each].reason for each in emails[1:]} == {"mailbox_not_found", "accept_all"}
    assert server.visits_of(BACKUP)


def test_habit_of_the_first_exchanger_is_not_believed_of_the_backup_that_stands_in_later():
    hosts = {ADDRESS: Host(), BACKUP: Host(rcpt=saying("250 Ok"))}

    reasons, _ = one_after_the_other(
        [KNOWN, STRANGER], hosts, then=lambda hosts: setattr(hosts[ADDRESS], "banner", BUSY)
    )

    assert reasons == ["mailbox_accepted", "accept_all"]


@pytest.mark.parametrize(
    ("place", "days", "reason", "recipients"),
    [
        pytest.param(ADDRESS, 6, "mailbox_accepted", 1, id="the same exchanger, this week"),
        pytest.param(ADDRESS, 8, "accept_all", 2, id="the same exchanger, last week"),
        pytest.param("127.0.5.9", 6, "accept_all", 2, id="another one, from which the domain has moved"),
    ],
)
def test_habit_is_believed_of_the_exchanger_that_has_it_for_a_week(place, days, reason, recipients):
    known = {place: CatchAll(is_known=True, value=False, at=NOON - timedelta(days=days), place=place)}

    reasons, server = one_after_the_other([STRANGER], {ADDRESS: Host(rcpt=saying("250 Ok"))}, table(), known)

    assert reasons == [reason]
    assert [len(visit.recipients) for visit in server.visits] == [recipients]


def test_probe_goes_to_the_exchanger_that_has_accepted():
    def hangs_up(visit, address):
        primary.banner = "220 mx ESMTP"
        return "250 Ok" if len(visit.recipients) == 1 else "close"

    primary = Host(banner=BUSY)
    found, server = verify([STRANGER], {ADDRESS: primary, BACKUP: Host(rcpt=hangs_up)}, BOTH)

    assert found[STRANGER].reason == "accept_all"
    assert [visit.recipients for visit in server.visits_of(ADDRESS)] == [[]]


def test_own_backups_beside_a_providers_exchanger_have_each_their_own_habit():
    google, other = "127.0.5.3", "127.0.5.9"
    zone = table({("acme.com", "MX"): ("10 aspmx.l.google.com", "20 mx.acme.com")})
    zone |= {("aspmx.l.google.com", "A"): (google,), ("mx.acme.com", "A"): (ADDRESS, other)}
    hosts = {google: Host(banner=BUSY), ADDRESS: Host(), other: Host(rcpt=saying("250 Ok"))}

    reasons, _ = one_after_the_other(
        [KNOWN, STRANGER], hosts, zone, then=lambda hosts: setattr(hosts[ADDRESS], "banner", BUSY)
    )

    assert reasons == ["mailbox_accepted", "accept_all"]


def test_own_machine_beside_a_providers_is_not_shut_with_it():
    terms = Terms(CALLER, Gate(), asyncio.Semaphore(1))

    terms.block("alt1.aspmx.l.google.com")
    terms.block("mx.acme.com")

    assert set(terms.gate.blocks) == {"google", "mx.acme.com"}


def test_backup_that_only_puts_off_does_not_stand_before_the_first_that_is_back():
    def puts_off(visit, address):
        hosts[ADDRESS].banner = "220 mx ESMTP"
        return "451 4.7.1 Greylisting in action, please try the primary"

    hosts = {ADDRESS: Host(banner=BUSY), BACKUP: Host(rcpt=puts_off)}
    found, _ = verify([KNOWN, STRANGER], hosts, BOTH, waits=(1, 1, 1))

    assert [found[each].reason for each in (KNOWN, STRANGER)] == ["mailbox_accepted", "mailbox_not_found"]


def test_probe_that_was_put_off_is_asked_alone_where_one_recipient_is_all_that_a_session_takes():
    seen = set()

    def one_only(visit, address):
        if len(visit.recipients) > 1:
            return "452 4.5.3 Too many recipients"
        if address not in seen:
            seen.add(address)
            return "450 4.2.0 Greylisting in action"
        return known_only(Host(), address)

    found, _ = verify([KNOWN], {ADDRESS: Host(rcpt=one_only)}, waits=(1, 1, 1))

    assert found[KNOWN].reason == "mailbox_accepted"


def test_next_question_takes_no_reason_from_those_who_are_leaving():
    habit = CatchAll(reason=Reason.GREYLISTED, tries=1)

    async def run():
        line = Line(Route("acme.com"), Terms(CALLER, Gate(), asyncio.Semaphore(1)), {ADDRESS: habit})
        asking = asyncio.ensure_future(line.answer(Ticket(KNOWN)))
        await asyncio.sleep(0)
        await line.close()
        await asyncio.gather(asking, return_exceptions=True)
        return line.habits

    assert (asyncio.run(run()), habit.reason) == ({}, Reason.GREYLISTED)
