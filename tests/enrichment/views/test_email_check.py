"""The panel of a lead's e-mail address: what it says, what its buttons do, with script and without."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from billing import ledger
from enrichment.models import EmailCheck
from enrichment.remembering import learn_reach
from enrichment.wording import CUT_OFF
from leadengine.leased import LeaseState
from leads.models import Evidence
from tests.factories import leads, people, verification

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MISSPELT, MEANT = "ada@gmial.com", "ada@gmail.com"
VERDICT = {"status": "undeliverable", "reason": "no_mail_route", "flags": [], "suggestion": MEANT, "confidence": 0.9}


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def url(lead, name="email-check"):
    return reverse(f"enrichment:{name}", args=[lead.pk])


def shown(client, lead, **headers):
    return client.get(url(lead), headers=headers).content.decode()


def start(client, lead, key=None, **more):
    return client.post(url(lead, "email-check-start"), {"key": key or uuid4()}, **more)


def settled(lead, rep, verdict):
    """A verification that has come to this verdict."""
    check = verification.queued(lead, by=rep)
    EmailCheck.objects.filter(pk=check.pk).update(
        state=LeaseState.DONE, verdict=verdict, finished_at=timezone.now(), is_invented=False
    )
    columns = {"email_status": verdict["status"], "email_reason": verdict["reason"]}
    type(lead).objects.filter(pk=lead.pk).update(**columns)
    return check


@pytest.mark.parametrize(("status", "is_dead"), [("deliverable", False), ("undeliverable", True)])
def test_dead_address_is_no_link_and_another_is_looked_for(client, workspace, rep, status, is_dead):
    lead = verification.lead(workspace, name="Ada Okafor", email_status=status)

    shown = client.get(url(lead), headers={"HX-Request": "true"}).content.decode()

    assert (f"mailto:{lead.email}" in shown, url(lead, "email-find") in shown) == (not is_dead, is_dead)


def test_address_that_was_never_checked_is_offered_with_its_price(client, workspace, rep):
    page = shown(client, verification.lead(workspace))

    assert "Not checked" in page
    assert "Verify e-mail · 0.5 credits" in page
    assert "Sandbox: invented data" in page


def test_invented_lead_says_so_once(client, workspace, rep):
    lead = verification.lead(workspace, is_sample=True)

    page, beside = shown(client, lead), shown(client, lead, **HTMX)

    assert "Sandbox: invented data" not in beside
    assert page.partition("<main")[2].count("Sandbox: invented data") == 1


BESIDE = [("detail", {}, "Verify e-mail"), ("pipeline", HTMX, "Verify e-mail"), ("peek", HTMX, "Verify")]


@pytest.mark.parametrize(("name", "headers", "does"), BESIDE)
def test_button_beside_other_things_names_its_price_until_there_is_a_verdict(
    client, workspace, rep, name, headers, does
):
    lead = verification.lead(workspace)
    address = reverse(f"leads:lead-{name}", args=[lead.pk])
    before = client.get(address, headers=headers).content.decode()

    answer = client.post(url(lead, "email-check-start"), {"key": uuid4(), "back": "lead"})
    type(lead).objects.filter(pk=lead.pk).update(email_status="deliverable", email_reason="mailbox_accepted")

    assert f"{does} · 0.5 credits" in before
    assert answer["Location"] == reverse("leads:lead-detail", args=[lead.pk])
    assert 'data-key="v"' in before
    assert 'data-key="v"' not in client.get(address, headers=headers).content.decode()


def test_order_without_script_leads_to_the_page_that_says_it_is_under_way(client, workspace, rep):
    lead = verification.lead(workspace)

    answer = start(client, lead)

    assert (answer.status_code, answer["Location"]) == (303, url(lead))
    assert "Look again" in shown(client, lead)


def test_region_polls_while_the_check_is_open_and_tells_when_it_is_done(client, workspace, rep):
    lead = verification.lead(workspace)
    waiting = start(client, lead, headers=HTMX).content.decode()
    verification.work_off(EmailCheck.objects.get())

    answer = client.get(url(lead), {"waiting": 1}, headers=HTMX)

    assert "every 1s" in waiting
    assert "every 1s" not in answer.content.decode()
    assert "leads-changed" in answer["HX-Trigger"]
    assert "E-mail deliverable. 0.5 credits." in answer["HX-Trigger"]


def asked_by_the_page(client, lead):
    """What the lead's page asks for about the address when it has come."""
    page = client.get(reverse("leads:lead-detail", args=[lead.pk])).content.decode()
    return re.search(r'hx-get="([^"]+shown=[^"]*)"', page)[1]


def test_page_that_came_before_the_verdict_is_told_of_it_at_once(client, workspace, rep):
    lead = verification.lead(workspace)
    start(client, lead)
    before = asked_by_the_page(client, lead)
    verification.work_off(EmailCheck.objects.get())

    answer = client.get(before, headers=HTMX)
    known = client.get(asked_by_the_page(client, lead), headers=HTMX)

    assert "leads-changed" in answer["HX-Trigger"]
    assert "HX-Trigger" not in known


def test_order_that_has_ended_already_is_told_by_its_own_answer(client, workspace, rep):
    lead, key = verification.lead(workspace), uuid4()
    start(client, lead, key)
    verification.work_off(EmailCheck.objects.get())

    answer = start(client, lead, key, headers=HTMX)

    assert "leads-changed" in answer["HX-Trigger"]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("deliverable", ["Deliverable", "refuses one that was made up", "97%", "Takes any address:</span> No"]),
        ("undeliverable", ["Undeliverable", "no such mailbox", "550 5.1.1"]),
        ("risky", ["Risky", "takes any address of this domain", "Takes any address:</span> Yes", "Cost nothing"]),
        ("unknown", ["Unknown", "refuses calls from our address", "Not known", "Cost nothing"]),
    ],
)
def test_verdict_is_shown_with_reason_and_evidence(client, workspace, rep, status, words):
    lead = verification.lead(workspace, status)
    verification.done(lead, by=rep)

    page = shown(client, lead)

    assert [each for each in words if each not in page] == []
    assert "SPF valid" in page


@pytest.mark.parametrize("credits", [0])
def test_without_credits_the_button_is_off_and_says_why(client, credits):
    workspace = verification.workspace(credits=credits)
    client.force_login(people.rep(workspace))
    lead = verification.lead(workspace)

    answer = start(client, lead)

    assert answer.status_code == 422
    assert "This needs 0.5 credits; 0 are available." in answer.content.decode()
    assert 'disabled aria-describedby="email-obstacle"' in shown(client, lead)


def test_form_without_a_key_is_refused_in_words(client, workspace, rep):
    answer = client.post(url(verification.lead(workspace), "email-check-start"))

    assert answer.status_code == 422
    assert "Open the lead again" in answer.content.decode()


def test_form_that_is_sent_twice_is_one_order(client, workspace, rep):
    lead, key = verification.lead(workspace), uuid4()

    for _ in range(2):
        start(client, lead, key)

    assert EmailCheck.objects.count() == 1
    assert ledger.balance(workspace).held == EmailCheck.objects.get().price


def test_likelier_spelling_is_taken_with_one_click_and_put_back_with_its_verdict(client, workspace, rep):
    lead = verification.lead(workspace, email=MISSPELT)
    good = VERDICT | {"expires_at": "2099-01-01T00:00:00+00:00"}
    settled(lead, rep, good)

    answer = client.post(url(lead, "email-correct"), headers=HTMX)
    lead.refresh_from_db()
    taken = (lead.email, lead.email_reason)
    current = Evidence.objects.get(lead=lead, field="email", is_current=True)
    before = Evidence.objects.get(lead=lead, field="email", value=MISSPELT)
    client.post(reverse("leads:lead-pick", args=[lead.pk]), {"evidence": before.pk, "restores": current.pk})

    lead.refresh_from_db()
    assert taken == (MEANT, "not_checked")
    assert "Not checked" in answer.content.decode()
    assert "undo" in answer["HX-Trigger"]
    assert (lead.email, lead.email_status) == (MISSPELT, "undeliverable")


def left_out(workspace, given, reason):
    """A lead whose source gave an address that could not be kept."""
    lead = verification.lead(workspace, email="", email_reason=reason)
    observed = {"source": lead.source, "observed_at": timezone.now()}
    Evidence.objects.create(workspace=workspace, lead=lead, field="email", value=given, **observed)
    return lead


@pytest.mark.parametrize(
    ("given", "reason", "meant"),
    [
        ("ada@yahooo.de", "domain_not_found", "ada@yahoo.de"),
        ("Ada <ada@acme.com>", "syntax_invalid", "ada@acme.com"),
        ("ada@yahooo.de", "mailbox_not_found", ""),
        ("ada@acme.com", "domain_not_found", ""),
    ],
)
def test_address_that_was_left_out_is_offered_as_it_may_have_been_meant(client, workspace, rep, given, reason, meant):
    lead = left_out(workspace, given, reason)

    page = client.get(reverse("leads:lead-detail", args=[lead.pk])).content.decode()
    answer = client.post(url(lead, "email-correct"), {"back": ""})

    lead.refresh_from_db()
    assert (f"Did you mean <b>{meant}</b>" in page) is bool(meant)
    assert (answer.status_code, lead.email) == (303 if meant else 422, meant)


def test_address_on_a_domain_without_mail_servers_is_offered_in_its_likelier_spelling_unverified(
    client, workspace, rep
):
    given = {"ada@yahooo.de": "implicit_mx", "bo@yahooo.de": ""}
    both = [verification.lead(workspace, email=email, email_flags=flags) for email, flags in given.items()]

    assert ["Did you mean" in shown(client, each) for each in both] == [True, False]


def test_no_spelling_is_offered_of_somebody_who_is_not_to_be_written_to(client, workspace, rep):
    lead = left_out(workspace, "ada@yahooo.de", "domain_not_found")
    type(lead).objects.filter(pk=lead.pk).update(do_not_contact=True)

    panel, answer = shown(client, lead), client.post(url(lead, "email-correct"))

    lead.refresh_from_db()
    assert ("Did you mean" in panel, answer.status_code, lead.email) == (False, 422, "")


def test_spelling_that_nobody_suggested_is_refused(client, workspace, rep):
    answer = client.post(url(verification.lead(workspace), "email-correct"))

    assert answer.status_code == 422
    assert "no other spelling" in answer.content.decode()


def test_machine_that_reaches_no_mail_server_is_one_sentence(client, workspace, rep):
    lead = verification.lead(workspace, email="ada@acme.com")
    settled(lead, rep, VERDICT | {"status": "unknown", "reason": "port25_blocked", "suggestion": ""})

    assert shown(client, lead).count(CUT_OFF["port25_blocked"]) == 1


@pytest.mark.parametrize("can_resolve", [True, False])
def test_address_that_could_not_be_looked_up_has_the_banner_only_while_no_name_can(client, workspace, rep, can_resolve):
    lead = leads.lead(workspace, email="ada@acme.com", email_status="unknown", email_reason="dns_timeout")
    learn_reach(can_resolve, now=timezone.now())

    assert (CUT_OFF["dns_timeout"] in shown(client, lead)) is not can_resolve


def test_panel_takes_few_queries_however_often_it_was_checked(client, workspace, rep, django_assert_max_num_queries):
    lead = verification.lead(workspace)
    for _ in range(3):
        verification.done(lead, by=rep)

    with django_assert_max_num_queries(11):
        client.get(url(lead), headers=HTMX)
