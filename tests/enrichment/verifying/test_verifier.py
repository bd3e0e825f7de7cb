"""The verdict on each behaviour of mail servers, over real sockets; what the server's own log says of our manners."""

import asyncio
import ssl
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from enrichment.resolving import Answer, Rcode, TableResolver
from enrichment.verdict import STATUS_OF, Reason
from enrichment.verifying.caller import Caller
from enrichment.verifying.connection import Patience
from enrichment.verifying.options import Options
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from leadengine.sandbox.mail import CLOSE, MUTE, Host, MailServer, known_only

KNOWN, STRANGER = "ada@acme.com", "nobody@acme.com"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUICK = Patience(connect=2, banner=0.3, reply=0.3, goodbye=0.3)
CALLER = Caller("probe.example.com", "probe@example.com", QUICK)
BLOCKED = "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org"
ADDRESS = "127.0.5.1"


def saying(reply):
    return lambda visit, address: reply


def knowing(then):
    """Answers as its mailboxes say, but for what `then` (visit, address) has to say first."""
    return lambda visit, address: then(visit, address) or known_only(Host(), address)


def greylisting(times=1):
    """Puts each sender and recipient off so many times."""
    seen = Counter()

    def first(visit, address):
        seen[visit.sender, address] += 1
        return "451 4.7.1 Greylisting in action, please come back later" if seen[visit.sender, address] <= times else ""

    return knowing(first)


def one_recipient(visit, address):
    return "452 4.5.3 Error: too many recipients" if len(visit.recipients) > 1 else ""


def table(extra=None, address=ADDRESS):
    return {("acme.com", "MX"): ("10 mx.acme.com",), ("mx.acme.com", "A"): (address,)} | (extra or {})


def verify(emails, hosts, zone=None, *, waits=(), caller=CALLER, **options):
    """Verdicts by address, the server and the verifier, after all were verified at once on one loop."""

    async def run():
        async with MailServer(hosts) as server:
            allowed = networks(["127.0.0.0/8"])
            verifier = Verifier(
                TableResolver(zone or table()),
                Options(caller, server.port, allowed, waits=waits, **options),
                now=lambda: NOON,
                sleep=lambda seconds: asyncio.sleep(0),
            )
            found = await asyncio.wait_for(asyncio.gather(*(verifier.verify(each) for each in emails)), 20)
            await verifier.close()
            return dict(zip(emails, found, strict=True)), server

    return asyncio.run(run())


BEHAVIOURS = [
    pytest.param(Host(), "mailbox_accepted", "mailbox_not_found", id="strict"),
    pytest.param(Host(rcpt=saying("250 Ok")), "accept_all", "accept_all", id="catch-all"),
    pytest.param(Host(rcpt=greylisting(99)), "greylisted", "greylisted", id="greylisting for ever"),
    pytest.param(Host(banner=BLOCKED), "ip_blocked", "ip_blocked", id="blocked at the banner"),
    pytest.param(Host(rcpt=saying(BLOCKED)), "ip_blocked", "ip_blocked", id="blocked at the recipient"),
    pytest.param(Host(rcpt=knowing(one_recipient)), "mailbox_accepted", "mailbox_not_found", id="one recipient only"),
    pytest.param(
        Host(rcpt=knowing(lambda visit, _: "550 Only one recipient at a time" if len(visit.recipients) > 1 else "")),
        "mailbox_accepted", "mailbox_not_found", id="one recipient only, for ever",
    ),
    pytest.param(
        Host(rcpt=knowing(lambda visit, _: "452 Requested action not taken" if len(visit.recipients) > 1 else "")),
        "mailbox_accepted", "mailbox_not_found", id="one recipient only, without a word",
    ),
    pytest.param(Host(rcpt=saying("452 Requested action not taken")), "server_busy", "server_busy", id="452 for anybody"),
    pytest.param(
        Host(mail=lambda _: "530 5.7.0 Must issue STARTTLS", offers=("STARTTLS",)), "tls_required", "tls_required",
        id="TLS offered and refused",
    ),
    pytest.param(Host(banner="554 No SMTP service here"), "unclear_reply", "unclear_reply", id="takes no mail"),
    pytest.param(Host(banner=MUTE), "no_banner", "no_banner", id="silent"),
    pytest.param(Host(banner=CLOSE), "disconnected", "disconnected", id="hangs up at once"),
    pytest.param(Host(rcpt=saying(CLOSE)), "disconnected", "disconnected", id="hangs up at the recipient"),
    pytest.param(Host(rcpt=saying(MUTE)), "smtp_timeout", "smtp_timeout", id="mute at the recipient"),
    pytest.param(Host(helo="502 5.5.1 What?"), "mailbox_accepted", "mailbox_not_found", id="HELO only"),
    pytest.param(
        Host(mail=lambda sender: "250 Ok" if not sender else "550 5.1.8 Sender address rejected"),
        "mailbox_accepted", "mailbox_not_found", id="null sender only",
    ),
    pytest.param(
        Host(mail=lambda sender: "550 5.1.8 Sender address rejected"),
        "sender_rejected", "sender_rejected", id="sender refused",
    ),
    pytest.param(Host(mail=lambda _: "530 5.7.0 Must issue STARTTLS"), "tls_required", "tls_required", id="no TLS"),
    pytest.param(
        Host(rcpt=saying("554 5.7.1 Relay access denied")), "relay_denied", "relay_denied", id="relay denied"
    ),
    pytest.param(
        Host(rcpt=saying("452 4.2.2 The mailbox is over quota")), "mailbox_full", "mailbox_full", id="full"
    ),
    pytest.param(
        Host(rcpt=saying("550 5.2.1 The account is disabled")), "mailbox_disabled", "mailbox_disabled", id="disabled"
    ),
    pytest.param(
        Host(rcpt=saying("550 5.4.1 Recipient address rejected: Access denied")),
        "mailbox_not_found", "mailbox_not_found", id="edge blocking",
    ),
    pytest.param(
        Host(rcpt=saying("450 4.2.1 The user is receiving mail at a rate that prevents more")),
        "server_busy", "server_busy", id="everybody receives too much",
    ),
    pytest.param(
        Host(rcpt=saying("550 no such user: probe@example.com")), "sender_rejected", "sender_rejected",
        id="our own sender is not there",
    ),
    pytest.param(
        Host(rcpt=saying("421 4.7.0 Too many errors")), "rate_limited", "rate_limited", id="421 at the recipient"
    ),
    pytest.param(
        Host(rcpt=knowing(lambda visit, address: "" if address == KNOWN else "550-5.1.1 Das Postfach\r\n550 5.1.1 gibt’s nicht")),
        "mailbox_accepted", "mailbox_not_found", id="several lines, 8 bits",
    ),
    pytest.param(
        Host(rcpt=knowing(lambda visit, address: "" if address == KNOWN else "550")),
        "unclear_reply", "unclear_reply", id="a code without a word",
    ),
    pytest.param(
        Host(rcpt=knowing(lambda visit, address: "" if address == KNOWN else "550 5.7.1 Message rejected by policy")),
        "ip_blocked", "ip_blocked", id="whoever is not known is refused by policy",
    ),
    pytest.param(
        Host(rcpt=saying("550 5.7.1 Service refused, user unknown to us is your IP")), "ip_blocked", "ip_blocked",
        id="about us, with words of a mailbox",
    ),
    pytest.param(Host(rcpt=saying("452 4.3.1 Insufficient system storage")), "server_busy", "server_busy", id="disk full"),
    pytest.param(Host(rcpt=saying("252 2.1.5 Will try")), "accept_all", "accept_all", id="promises nothing"),
    pytest.param(Host(banner="HTTP/1.1 400 Bad Request"), "disconnected", "disconnected", id="no mail server"),
    pytest.param(Host(banner="220 " + "x" * 9000), "disconnected", "disconnected", id="a line without end"),
    pytest.param(
        Host(banner="\r\n".join(["220-mx"] * 150 + ["220 mx"])), "disconnected", "disconnected", id="a greeting without end"
    ),
    pytest.param(Host(banner="220 mx\0\x1b[2J\x85 ESMTP"), "mailbox_accepted", "mailbox_not_found", id="no text"),
    pytest.param(Host(banner="220 mx\r\n220 mx"), "disconnected", "disconnected", id="greets twice"),
    pytest.param(Host(helo="250 mx\r\n250 mx"), "disconnected", "disconnected", id="answers EHLO twice"),
    pytest.param(
        Host(rcpt=lambda visit, address: known_only(Host(), address) + "\r\n250 Ok"), "disconnected", "disconnected",
        id="one answer too many at the recipient",
    ),
    pytest.param(
        Host(rcpt=saying("550 5.1.1 <zed@acme.com> unknown")), "unclear_reply", "unclear_reply", id="about another"
    ),
    pytest.param(
        Host(rcpt=knowing(lambda _, address: "" if address == KNOWN else "550 5.1.1 Unknown, write to <info@acme.com>")),
        "mailbox_accepted", "mailbox_not_found", id="tells whom to write to",
    ),
    pytest.param(
        Host(rcpt=knowing(lambda _, address: "250 Ok <ada.byron@acme.com>" if address == KNOWN else "")),
        "unclear_reply", "mailbox_not_found", id="takes one under another name",
    ),
    pytest.param(Host(helo="550 5.7.1 Your name is blocked"), "ip_blocked", "ip_blocked", id="refused by our name"),
]  # fmt: skip


@pytest.mark.parametrize(("host", "known", "stranger"), BEHAVIOURS)
def test_verdict(host, known, stranger):
    found, server = verify([KNOWN, STRANGER], {ADDRESS: host})

    assert (found[KNOWN].reason, found[STRANGER].reason) == (known, stranger)
    assert all(verdict.status == STATUS_OF[Reason(verdict.reason)] for verdict in found.values())
    assert max((len(visit.recipients) for visit in server.visits), default=0) <= 8


@pytest.mark.parametrize(
    ("zone", "reason", "status"),
    [
        ({("acme.com", "MX"): ("0 ",)}, "null_mx", "undeliverable"),
        ({("other.com", "A"): ("192.0.2.1",)}, "domain_not_found", "undeliverable"),
        ({("acme.com", "TXT"): ("hello",)}, "no_mail_route", "undeliverable"),
        ({("acme.com", "MX"): Answer(rcode=Rcode.SERVFAIL)}, "dns_servfail", "unknown"),
        ({("acme.com", "MX"): Answer(rcode=Rcode.TIMEOUT)}, "dns_timeout", "unknown"),
        ({("acme.com", "MX"): ("10 gone.acme.com",)}, "mx_unresolvable", "unknown"),
        ({("acme.com", "MX"): tuple(f"{n} mx{n}.acme.com" for n in range(7)), ("mx6.acme.com", "A"): ("10.0.0.1",)},
         "unsafe_address", "unknown"),
        (table(address="10.0.0.1"), "unsafe_address", "unknown"),
        (table(address="::ffff:169.254.169.254"), "unsafe_address", "unknown"),
        ({("acme.com", "MX"): ("1 mta5.am0.yahoodns.net",), ("mta5.am0.yahoodns.net", "A"): ("1.1.1.1",)},
         "provider_unverifiable", "risky"),
    ],
)  # fmt: skip
def test_verdict_by_dns_alone(zone, reason, status):
    found, server = verify([KNOWN], {ADDRESS: Host()}, zone)

    assert (found[KNOWN].reason, found[KNOWN].status, server.visits) == (reason, status, [])


@pytest.mark.parametrize(
    ("exchanger", "reason"),
    [
        ("mail.mailinator.com", "disposable"),
        ("mx.yandex.net", "mailbox_accepted"),
        ("mx1.improvmx.com", "mailbox_accepted"),
    ],
    ids=["throw-away", "listed among throw-aways though it is none", "forwarder"],
)
def test_domain_with_the_exchanger_of_a_throw_away_provider_is_one(exchanger, reason):
    zone = {("acme.com", "MX"): (f"10 {exchanger}",), (exchanger, "A"): (ADDRESS,)}

    found, _ = verify([KNOWN], {ADDRESS: Host()}, zone)

    assert (found[KNOWN].reason, "disposable" in found[KNOWN].flags) == (reason, reason == "disposable")


def test_throw_away_domain_is_only_a_flag_where_the_settings_say_so():
    zone = {("acme.com", "MX"): ("10 mail.mailinator.com",), ("mail.mailinator.com", "A"): (ADDRESS,)}

    found, _ = verify([KNOWN], {ADDRESS: Host()}, zone, is_disposable_final=False)

    assert (found[KNOWN].status, "disposable" in found[KNOWN].flags) == ("deliverable", True)


class _Broken(TableResolver):
    async def query(self, name, rtype):
        if name == "broken.example":
            raise RuntimeError
        return await super().query(name, rtype)


def test_a_fault_of_our_own_costs_one_verdict():
    async def run():
        options = Options(CALLER, allowed=networks(["127.0.0.0/8"]), is_probing=False)
        verifier = Verifier(_Broken(table()), options, now=lambda: NOON)
        return await asyncio.gather(verifier.verify("x@broken.example"), verifier.verify(KNOWN))

    broken, other = asyncio.run(run())

    assert (broken.status, broken.reason, other.reason) == ("unknown", "not_checked", "probe_disabled")


PUBLISHED = {
    ("acme.com", "TXT"): ("v=spf1 include:_spf.acme.com -all",),
    ("_spf.acme.com", "TXT"): ("v=spf1 a mx -all",),
    ("_dmarc.acme.com", "TXT"): ("v=DMARC1; p=reject; rua=mailto:d@acme.com",),
    ("_mta-sts.acme.com", "TXT"): ("v=STSv1; id=20260101",),
    ("default._bimi.acme.com", "TXT"): ("v=BIMI1; l=https://acme.com/logo.svg",),
    ("_domainkey.acme.com", "TXT"): (),
    ("google._domainkey.acme.com", "TXT"): ("v=DKIM1; p=abc",),
    ("acme.com.dbl.example", "A"): ("127.0.1.2",),
}


def test_evidence_tells_the_whole_posture_and_what_lists_say():
    zone = table(PUBLISHED)

    found, _ = verify([KNOWN], {ADDRESS: Host()}, zone, block_lists=("dbl.example",))

    dns, reputation = found[KNOWN].evidence["dns"], found[KNOWN].evidence["reputation"]
    assert (dns["dkim_selectors"], dns["mta_sts"], dns["bimi"]["logo"]) == (
        ["google"], "20260101", "https://acme.com/logo.svg",
    )  # fmt: skip
    assert (dns["spf"]["lookups"], dns["spf"]["valid"], dns["tls_rpt"]) == (3, True, [])
    assert reputation == {
        "posture": 93, "at": NOON.isoformat(),
        "block_lists": [{"zone": "dbl.example", "listed": True, "codes": ["127.0.1.2"]}],
    }  # fmt: skip
    assert found[KNOWN].evidence["attempts"] == [{"at": NOON.isoformat(), "reason": "mailbox_accepted"}]


@pytest.mark.parametrize("trap", ["acme.com", "ada@acme.com"])
def test_address_on_the_users_list_of_traps_is_risky_and_not_asked(trap):
    found, server = verify([KNOWN], {ADDRESS: Host()}, traps=frozenset({trap}))

    assert (found[KNOWN].status, found[KNOWN].reason, server.visits) == ("risky", "spamtrap_suspected", [])


def test_provider_that_is_to_be_left_alone_is():
    zone = {("acme.com", "MX"): ("1 aspmx.l.google.com",), ("aspmx.l.google.com", "A"): (ADDRESS,)}

    found, server = verify([KNOWN], {ADDRESS: Host()}, zone, skipped=frozenset({"google"}))

    assert (found[KNOWN].reason, found[KNOWN].status, server.visits) == ("provider_skipped", "unknown", [])


def test_exchanger_that_is_rebound_is_reached_where_it_was_judged_and_looked_up_once():
    class Rebinding(TableResolver):
        """Gives the address that is allowed once, and then one that is not."""

        async def query(self, name, rtype):
            answer = await super().query(name, rtype)
            return Answer(("127.0.5.2",)) if self.asked.count(("mx.acme.com", "A")) > 1 and rtype == "A" else answer

    async def run():
        async with MailServer({ADDRESS: Host(), "127.0.5.2": Host()}) as server:
            resolver = Rebinding(table())
            options = Options(CALLER, server.port, networks([ADDRESS]))
            verifier = Verifier(resolver, options, now=lambda: NOON)
            found = [await verifier.verify(each) for each in (KNOWN, STRANGER)]
            await verifier.close()
            return [each.reason for each in found], {visit.host for visit in server.visits}, resolver.asked

    reasons, hosts, asked = asyncio.run(run())

    assert (reasons, hosts) == (["mailbox_accepted", "mailbox_not_found"], {ADDRESS})
    assert asked.count(("mx.acme.com", "A")) == 1


def test_domain_without_mx_is_asked_at_its_own_address():
    found, _ = verify([KNOWN, STRANGER], {ADDRESS: Host()}, {("acme.com", "A"): (ADDRESS,)})

    assert [found[each].reason for each in (KNOWN, STRANGER)] == ["mailbox_accepted", "mailbox_not_found"]
    assert "implicit_mx" in found[KNOWN].flags


def test_greylisted_address_is_asked_again_with_the_same_sender_and_recipients():
    found, server = verify([KNOWN, STRANGER], {ADDRESS: Host(rcpt=greylisting())}, waits=(4, 4, 4))

    probes = {each for visit in server.visits for each in visit.recipients} - {KNOWN, STRANGER}
    assert [found[each].reason for each in (KNOWN, STRANGER)] == ["mailbox_accepted", "mailbox_not_found"]
    assert len(probes) == 1
    assert {visit.sender for visit in server.visits} == {"probe@example.com"}


def test_greylisted_address_that_nobody_waits_for_says_when_to_come_back():
    found, _ = verify([KNOWN], {ADDRESS: Host(rcpt=greylisting())})

    assert (found[KNOWN].status, found[KNOWN].retry_at) == ("unknown", NOON + timedelta(minutes=6))


def test_many_addresses_keep_to_eight_recipients_and_two_sessions_by_the_servers_log():
    emails = [f"u{number}@acme.com" for number in range(40)]
    mailboxes = frozenset(f"u{number}" for number in range(20))

    found, server = verify(emails, {ADDRESS: Host(mailboxes, wait=0.002)})

    assert Counter(found[each].reason for each in emails) == {"mailbox_accepted": 20, "mailbox_not_found": 20}
    assert max(len(visit.recipients) for visit in server.visits) <= 8
    assert server.most_at_once[ADDRESS] <= 2
    assert len(server.visits) <= 7


def test_random_recipient_comes_last_and_only_after_one_that_was_accepted():
    _, with_known = verify([KNOWN], {ADDRESS: Host()})
    _, without = verify([STRANGER], {ADDRESS: Host()})

    assert [len(visit.recipients) for visit in with_known.visits] == [2]
    assert with_known.visits[0].recipients[0] == KNOWN
    assert without.visits[0].recipients == [STRANGER]


def test_catch_all_is_true_false_or_not_known():
    open_to_all, _ = verify([KNOWN], {ADDRESS: Host(rcpt=saying("250 Ok"))})
    strict, _ = verify([KNOWN], {ADDRESS: Host()})
    refusing, _ = verify([STRANGER], {ADDRESS: Host()})

    values = [found[email].catch_all for found, email in ((open_to_all, KNOWN), (strict, KNOWN), (refusing, STRANGER))]
    assert values == [True, False, None]


@pytest.mark.parametrize("banner", ["421 4.3.2 Too busy", "554 No SMTP service here"])
def test_next_exchanger_is_tried_when_the_first_is_down_or_busy_or_takes_no_mail(banner):
    zone = table({("acme.com", "MX"): ("10 dead.acme.com", "20 busy.acme.com", "30 mx.acme.com")})
    zone |= {("dead.acme.com", "A"): ("127.0.5.9",), ("busy.acme.com", "A"): ("127.0.5.2",)}
    found, _ = verify([KNOWN], {ADDRESS: Host(), "127.0.5.2": Host(banner=banner)}, zone)

    assert found[KNOWN].reason == "mailbox_accepted"


def test_answers_before_a_hang_up_are_kept_and_the_rest_is_asked_in_a_new_session():
    def third(visit, address):
        return CLOSE if len(visit.recipients) == 3 else ""

    emails = [KNOWN, *(f"u{number}@acme.com" for number in range(5))]
    found, server = verify(emails, {ADDRESS: Host(rcpt=knowing(third))}, per_host_sessions=1)

    assert Counter(found[each].reason for each in emails[1:]) == {"mailbox_not_found": 5}
    assert len(server.visits) >= 3


def test_one_address_that_breaks_sessions_does_not_condemn_the_others():
    def poison(visit, address):
        return CLOSE if address.startswith("poison") else ""

    emails = ["poison@acme.com", KNOWN, STRANGER]
    found, _ = verify(emails, {ADDRESS: Host(rcpt=knowing(poison))}, per_host_sessions=1)

    assert [found[each].reason for each in emails] == ["disconnected", "mailbox_accepted", "mailbox_not_found"]


class Forgetful(Caller):
    def stranger_at(self, domain, at):
        raise LookupError(domain)


def test_fault_of_our_own_sends_home_everybody_whom_the_session_served():
    found, _ = verify(
        [KNOWN, "info@acme.com"], {ADDRESS: Host()}, caller=Forgetful(CALLER.helo, CALLER.mail_from, QUICK)
    )

    assert {(each.status, each.reason) for each in found.values()} == {("unknown", "disconnected")}


def test_host_that_blocks_us_is_left_alone_by_the_other_domains_on_it():
    zone = table() | {("brick.com", "MX"): ("10 mx.acme.com",)}

    found, server = verify([KNOWN, "ada@brick.com"], {ADDRESS: Host(banner=BLOCKED)}, zone, per_host_sessions=1)

    assert [verdict.reason for verdict in found.values()] == ["ip_blocked", "ip_blocked"]
    assert len(server.visits) == 1


def test_a_list_of_many_domains_does_not_fill_the_memory():
    domains = [f"firm{number}.com" for number in range(9)]
    zone = {(domain, "A"): (ADDRESS,) for domain in domains}

    async def run():
        async with MailServer({ADDRESS: Host()}) as server:
            options = Options(CALLER, server.port, networks(["127.0.0.0/8"]), most_domains=4)
            verifier = Verifier(TableResolver(zone), options, now=lambda: NOON)
            found = [await verifier.verify(f"ada@{domain}") for domain in domains]
            await verifier.close()
            return {each.reason for each in found}, len(verifier.habits)

    reasons, kept = asyncio.run(run())

    assert reasons == {"mailbox_accepted"}
    assert kept <= 4


def test_address_asked_for_twice_is_asked_once():
    _, server = verify([KNOWN, KNOWN, " Ada@ACME.com".replace("Ada", "ada")], {ADDRESS: Host()})

    assert len(server.visits) == 1


def test_evidence_names_the_exchanger_and_only_the_addresss_own_transcript():
    found, _ = verify([KNOWN, STRANGER], {ADDRESS: Host()})

    session = found[STRANGER].evidence["smtp"][0]
    commands = [line["cmd"] for line in session["transcript"]]
    assert (session["host"], session["ip"], session["helo"]) == ("mx.acme.com", ADDRESS, "probe.example.com")
    assert commands[-1] == f"RCPT TO:<{STRANGER}>"
    assert KNOWN not in str(found[STRANGER].evidence)


def test_without_the_mail_server_good_addresses_stay_unknown():
    found, server = verify([KNOWN], {ADDRESS: Host()}, is_probing=False)

    assert (found[KNOWN].status, found[KNOWN].reason, server.visits) == ("unknown", "probe_disabled", [])


@pytest.mark.parametrize("name", ["mx.acme.com", "a" * 70 + ".com", "mx..acme.com"])
def test_host_that_demands_encryption_gets_it_whatever_its_name(name):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(Path(__file__).with_name("certificate.pem"))
    zone = {("acme.com", "MX"): (f"10 {name}",), (name, "A"): (ADDRESS,)}
    found, server = verify([KNOWN, STRANGER], {ADDRESS: Host(tls=context)}, zone, per_host_sessions=1)

    assert [found[each].reason for each in (KNOWN, STRANGER)] == ["mailbox_accepted", "mailbox_not_found"]
    assert found[KNOWN].evidence["smtp"][0]["tls"] is True
    assert [visit.is_secure for visit in server.visits] == [True]
