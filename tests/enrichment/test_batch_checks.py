"""A batch's domains are asked once each and in time; without working names nothing is condemned, and nothing is slow."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from enrichment import remembering
from enrichment.batch_checks import check_batch
from enrichment.resolving import Answer, Rcode, TableResolver
from enrichment.verifying.options import Options
from enrichment.verifying.selftest import NameTest
from enrichment.verifying.session import Caller
from enrichment.verifying.verifier import Verifier

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORLD = {("gmail.com", "MX"): ("5 mx.gmail.com",)}
ZONE = WORLD | {
    ("acme.com", "MX"): ("10 mx.acme.com",),
    ("mx.acme.com", "A"): ("93.184.215.14",),
    ("null.com", "MX"): ("0 ",),
    ("site.com", "TXT"): ("no mail here",),
    ("sick.com", "MX"): Answer(rcode=Rcode.SERVFAIL),
}


class SlowResolver(TableResolver):
    """Names that begin with "slow" are never answered."""

    async def query(self, name, rtype):
        if name.startswith("slow"):
            self.asked.append((name, rtype))
            await asyncio.sleep(60)
        return await super().query(name, rtype)


def making(resolver):
    options = Options(Caller("probe.example.com", "probe@example.com"), with_posture=False)

    def make():
        verifier = Verifier(resolver, options, now=lambda: NOON)
        verifier.can_resolve = NameTest(resolver)
        return verifier

    return make


def checked(emails, resolver, now=NOON, **more):
    return check_batch(emails, now=now, make_verifier=making(resolver), **more)


@pytest.mark.parametrize(
    ("email", "found"),
    [
        ("ada@acme.com", ("unknown", "not_checked")),
        ("ada@null.com", ("undeliverable", "null_mx")),
        ("ada@site.com", ("undeliverable", "no_mail_route")),
        ("ada@nowhere.com", ("undeliverable", "domain_not_found")),
        ("ada@@acme.com", ("undeliverable", "syntax_invalid")),
        ("ada@sick.com", ("unknown", "dns_servfail")),
    ],
)
def test_domain_decides(email, found):
    verdict = checked([email], TableResolver(ZONE)).verdicts[email]

    assert (verdict.status, verdict.reason) == found


def test_each_domain_is_asked_once_and_in_few_queries(django_assert_max_num_queries):
    resolver = TableResolver(ZONE)
    emails = [f"u{number}@{domain}" for number in range(50) for domain in ("acme.com", "null.com")]

    with django_assert_max_num_queries(14):
        found = checked(emails, resolver).verdicts

    assert len(found) == 100
    assert [resolver.asked.count((domain, "MX")) for domain in ("acme.com", "null.com")] == [1, 1]
    assert not any(rtype == "TXT" for _, rtype in resolver.asked)


def test_next_batch_asks_nothing_that_is_known():
    resolver = TableResolver(ZONE)
    checked(["ada@acme.com"], resolver)
    asked = len(resolver.asked)

    checked(["bob@acme.com"], resolver)

    assert len(resolver.asked) == asked


def test_domain_that_does_not_answer_in_time_is_not_checked_and_holds_nobody_up():
    started = time.perf_counter()

    found = checked(["ada@slow.com", "ada@null.com"], SlowResolver(ZONE), seconds=0.1).verdicts

    assert [(each.status, each.reason) for each in (found["ada@slow.com"], found["ada@null.com"])] == [
        ("unknown", "not_checked"), ("undeliverable", "null_mx"),
    ]  # fmt: skip
    assert time.perf_counter() - started < 1


def test_where_no_name_is_found_only_the_form_condemns_and_it_is_tried_once_for_a_while():
    resolver = TableResolver({})
    emails = ["ada@acme.com", "ada@@acme.com"]

    first = checked(emails, resolver)
    asked = len(resolver.asked)
    second = checked(emails, resolver)

    for found in (first, second):
        assert found.is_cut_off
        assert [found.verdicts[each].reason for each in emails] == ["dns_timeout", "syntax_invalid"]
    assert len(resolver.asked) == asked


def test_names_are_tried_again_after_a_while():
    checked(["ada@acme.com"], TableResolver({}))
    later = NOON + remembering.REACH_KEPT + timedelta(seconds=1)

    assert not checked(["ada@acme.com"], TableResolver(ZONE), now=later).is_cut_off


def test_what_its_form_condemns_asks_no_server_and_raises_no_alarm():
    resolver = TableResolver({})

    checks = checked(["tim_hoffmann94@gmail.com", "ada@@acme.com"], resolver)

    assert {each.status for each in checks.verdicts.values()} == {"undeliverable"}
    assert (checks.is_cut_off, resolver.asked) == (False, [])
