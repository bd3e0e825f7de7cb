"""What is looked up of a lead: an address, found or only suggested; a number's line; paid once, told, taken by a click."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from billing import ledger
from billing.models import CreditEntry
from enrichment.known_verdicts import latest_check
from enrichment.lookup_words import outside_said, suggestions
from enrichment.models import Lookup
from leadengine.sandbox.invented_mail import greylists, verdict_at_last
from leadengine.sandbox.world import firms
from leadengine.workflows import dispatch
from leadengine.workflows.erasing import erase
from leadengine.workflows.lookups import NotLookedUp, latest_lookup, offer, start_lookup
from leadengine.workflows.picking import NotPickable
from leadengine.workflows.using_found import use_found
from leads.models import Activity, FieldChange, Lead
from tests.factories import leads, people, providers, verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def rep(workspace):
    return people.rep(workspace)


def somebody(workspace, status: str = "deliverable", *, is_grey: bool = False, **fields) -> Lead:
    """Of the sandbox's world, without an address; the status of the one that she has, and whether its server puts us off."""
    everybody = ((firm, each) for firm in firms() for each in firm.people)
    firm, person = next(
        (firm, each)
        for firm, each in everybody
        if (verdict_at_last(each.email), greylists(each.email)) == (status, is_grey)
    )
    company = leads.company(workspace, name=firm.name, domain=firm.domain)
    return leads.lead(workspace, f"{person.given} {person.family}", company=company, email="", **fields)


def looked_up(lead: Lead, rep, kind: str = "email") -> Lookup:
    start_lookup(lead, kind, key=uuid4(), by=rep, now=timezone.now())
    while dispatch.turn(now=timezone.now()):
        pass
    lead.refresh_from_db()
    return latest_lookup(lead, kind)


def test_address_that_the_mail_server_confirms_costs_a_verification_and_is_only_suggested(workspace, rep):
    lead = somebody(workspace)

    found = looked_up(lead, rep)

    assert (found.state, found.charged, lead.email) == ("done", found.price, "")
    assert suggestions(found)[0].percent == 97
    assert ledger.balance(workspace) == ledger.Balance(10 - found.price, 0)
    assert "E-mail address found" in Activity.objects.get(lead=lead, kind="checked").text


@pytest.mark.parametrize("is_grey", [False, True], ids=["clear at once", "its server puts strangers off"])
def test_address_is_taken_by_a_click_with_the_verification_that_it_cost(workspace, rep, is_grey):
    lead = somebody(workspace, is_grey=is_grey)
    found = looked_up(lead, rep)
    email = suggestions(found)[0].email

    use_found(lead, email, by=rep, now=timezone.now())

    lead.refresh_from_db()
    assert (lead.email, lead.email_status, lead.email_reason) == (email, "deliverable", "mailbox_accepted")
    assert (found.charged, latest_check(lead).found.checked_at) == (found.price, lead.email_checked_at)
    assert CreditEntry.objects.filter(kind="capture").count() == 1


def test_another_address_is_looked_for_where_the_known_one_is_dead_and_takes_its_place(workspace, rep):
    lead = somebody(workspace)
    Lead.objects.filter(pk=lead.pk).update(email="old@else.example", email_status="undeliverable")
    lead = Lead.objects.select_related("company", "workspace").get(pk=lead.pk)
    email = suggestions(looked_up(lead, rep))[0].email

    use_found(lead, email, by=rep, now=timezone.now())

    lead.refresh_from_db()
    assert (lead.email, lead.email_status) == (email, "deliverable")
    assert FieldChange.objects.get(lead=lead, field="email").before == "old@else.example"


def test_dead_address_is_not_found_again_nor_charged(workspace, rep):
    lead = somebody(workspace)
    email = suggestions(looked_up(lead, rep))[0].email
    use_found(lead, email, by=rep, now=timezone.now())
    leads.activity(lead, "email_bounced", detail={"proved": email}, occurred_at=timezone.now())

    again = looked_up(Lead.objects.select_related("company", "workspace").get(pk=lead.pk), rep)

    assert (again.state, again.charged, again.result["email"]) == ("done", 0, None)
    assert email not in [each.email for each in suggestions(again)]


def test_address_that_was_not_suggested_is_not_taken(workspace, rep):
    lead = somebody(workspace)
    looked_up(lead, rep)

    with pytest.raises(NotPickable):
        use_found(lead, "somebody@else.example", by=rep, now=timezone.now())


def test_provider_is_asked_where_the_server_does_not_tell_and_nothing_confirmed_is_free(workspace, rep):
    providers.key(workspace, "hunter")
    lead = somebody(workspace, "risky")

    found = looked_up(lead, rep)

    assert found.result["evidence"]["outside"]["credits"] == 1
    first = suggestions(found)[0]
    assert (first.source, first.email) == ("hunter", found.result["evidence"]["outside"]["email"])
    is_confirmed = bool(found.result["email"])
    assert bool(found.charged) == is_confirmed


def test_without_the_providers_key_it_is_not_asked(workspace, rep):
    found = looked_up(somebody(workspace, "risky"), rep)

    assert "needs a key" in outside_said(found)
    assert (found.charged, ledger.balance(workspace).available) == (0, 10)


def test_the_same_order_again_is_the_first(workspace, rep):
    lead, key = somebody(workspace), uuid4()

    first, second = (start_lookup(lead, "email", key=key, by=rep, now=timezone.now()) for _ in range(2))
    third = start_lookup(lead, "email", key=uuid4(), by=rep, now=timezone.now())

    assert first == second == third
    assert ledger.balance(workspace).held == first.price


def test_number_is_looked_up_and_told_on_the_lead(workspace, rep):
    providers.key(workspace, "twilio", "AC1:a-token")
    lead = somebody(workspace, phone="+447400123456", phone_type="fixed")

    found = looked_up(lead, rep, "line")

    assert (found.charged, found.result["has_line"], lead.phone_type) == (2, True, "mobile")
    assert FieldChange.objects.get(lead=lead, field="phone_type").after == "mobile"
    assert "Twilio Lookup: mobile, carrier" in Activity.objects.get(lead=lead, kind="checked").text
    assert CreditEntry.objects.get(kind="capture").price_kind == "phone_check"


def test_number_that_was_asked_about_lately_is_free(workspace, rep):
    providers.key(workspace, "twilio", "AC1:a-token")
    lead = somebody(workspace, phone="+447400123456")
    looked_up(lead, rep, "line")

    again = looked_up(lead, rep, "line")

    assert (again.charged, again.result["is_kept"]) == (0, True)


@pytest.mark.parametrize(
    ("kind", "fields", "why"),
    [
        ("email", {"email": "ada@harbour.example"}, "An e-mail address is known."),
        ("email", {"do_not_contact": True}, "not to be contacted"),
        ("email", {"company": None}, "domain is not known"),
        ("line", {"phone": ""}, "no number"),
        ("line", {"phone": "+447400123456"}, "needs a key"),
    ],
    ids=["known", "not to be contacted", "no domain", "no number", "no key"],
)
def test_what_cannot_be_looked_up_says_why(workspace, rep, kind, fields, why):
    lead = somebody(workspace)
    Lead.objects.filter(pk=lead.pk).update(**fields)
    lead = Lead.objects.select_related("company", "workspace").get(pk=lead.pk)

    with pytest.raises(NotLookedUp, match=why):
        start_lookup(lead, kind, key=uuid4(), by=rep, now=timezone.now())

    assert why in offer(lead, kind, by=rep, now=timezone.now()).obstacle


def test_who_is_erased_leaves_no_lookup_and_nothing_held(workspace, rep):
    lead = somebody(workspace)
    looked_up(lead, rep)
    start_lookup(lead, "email", key=uuid4(), by=rep, now=timezone.now())

    erase(lead, by=people.owner(workspace), now=timezone.now())

    assert not Lookup.objects.exists()
    assert ledger.balance(workspace).held == 0
