"""Enriching from the list: the page that names cost and return, the start, its second confirmation, and refusals in words."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import Workspace
from enrichment.models import Enrichment, EnrichmentItem
from leadengine.workflows import enrichment_effect
from leads.models import Lead
from tests.factories import enrichments, people, providers, verification

pytestmark = pytest.mark.django_db

ENRICH, COST = reverse("leads:lead-enrich"), reverse("leads:lead-enrich-cost")
EFFECT = reverse("leads:lead-enrich-effect")


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


@pytest.fixture
def two(workspace):
    return [verification.lead(workspace, status) for status in ("deliverable", "risky")]


def start(client, answer, **data):
    """Press the button of what the page shows."""
    context = answer.context
    shown = {"key": context["key"], "shown_at_most": context["offer"].at_most, "asked": 1, "start": 1}
    kinds = [str(each.info.kind) for each in context["offer"].chosen]
    return client.post(ENRICH, shown | {"kind": kinds, "everything": 1} | data)


def test_page_names_kinds_cost_and_what_is_locked(client, rep, two, django_assert_max_num_queries):
    client.get(ENRICH)

    with django_assert_max_num_queries(19):
        page = client.get(ENRICH)

    text = page.content.decode()
    assert "Enrich 2 · at most 1 credit" in text
    assert "Not measured yet" in text
    assert "Locked: Twilio Lookup needs a key" in text


def test_what_it_could_do_to_grades_is_told_apart_from_its_cost(client, rep, two, django_assert_max_num_queries):
    data = {"asked": 1, "everything": 1, "kind": ["verify"]}
    page = client.post(COST, data, headers={"HX-Request": "true"})

    with django_assert_max_num_queries(25):
        effect = client.post(EFFECT, data, headers={"HX-Request": "true"})

    assert f'hx-post="{EFFECT}"' in page.content.decode()
    assert b"<html" not in effect.content
    assert "by this alone" in effect.content.decode() or "become" in effect.content.decode()


@pytest.mark.parametrize(("after", "said"), [("A+", "2 could become A+"), ("A", "none would become A+")])
def test_who_is_a_already_is_told_with_who_could_become_the_best(client, rep, two, monkeypatch, after, said):
    graded = SimpleNamespace(grade=[after] * 2)
    monkeypatch.setattr(enrichment_effect, "score_each", lambda facts, rulebooks: graded)
    monkeypatch.setattr(enrichment_effect, "_grade_now", lambda lead: "A")

    effect = client.post(EFFECT, {"asked": 1, "everything": 1, "kind": ["verify"]}, headers={"HX-Request": "true"})

    assert "2 are A already" in effect.content.decode()
    assert said in effect.content.decode()
    assert "No lead would become A" not in effect.content.decode()


def test_with_its_key_a_kind_is_open(client, workspace, rep):
    providers.key(workspace, "twilio", "AC1:a-token")
    verification.lead(workspace, phone="+447400123456")

    page = client.get(ENRICH, {"preset": "call"})

    assert [str(each.info.kind) for each in page.context["offer"].chosen] == ["line", "company"]
    assert page.context["offer"].at_most == 3


def test_preset_says_which_of_its_kinds_is_locked_and_why(client, rep, two):
    page = client.get(ENRICH, {"preset": "call"}).content.decode()

    assert "Phone line is locked: Twilio Lookup needs a key" in page


def test_kind_with_nothing_to_ask_is_not_ticked(client, rep, two):
    page = client.get(ENRICH, {"preset": "mail"}).content.decode()

    assert 'value="email" disabled' in page
    assert 'value="verify" checked' in page


def test_region_of_the_cost_follows_what_is_ticked(client, rep, two):
    data = {"asked": 1, "everything": 1, "kind": ["company"], "most_credits": "1"}

    answer = client.post(COST, data, headers={"HX-Request": "true"})

    assert b"<html" not in answer.content
    assert (answer.context["offer"].full, answer.context["offer"].at_most) == (2, 1)
    assert "Your limit" in answer.content.decode()


def test_link_of_a_lead_is_about_it_alone(client, rep, two):
    page = client.get(ENRICH, {"lead": two[0].pk})

    assert page.context["offer"].plan.selected == 1
    assert f'name="lead" value="{two[0].pk}"' in page.content.decode()


def test_start_leads_to_its_page_and_twice_is_once(client, rep, two):
    page = client.get(ENRICH)

    first = start(client, page)
    again = start(client, page)

    job = Enrichment.objects.get()
    assert first["Location"] == again["Location"] == reverse("enrichment:job", args=[job.pk])
    assert (job.at_most, job.by) == (1, rep)


def test_large_sum_is_confirmed_a_second_time(client, rep, two):
    Workspace.objects.update(confirm_above="0.50")
    page = client.get(ENRICH)

    asked = start(client, page)
    confirmed = start(client, asked, start="confirmed")

    assert asked.status_code == 422
    assert "1 credit at most, for 2 leads" in asked.content.decode()
    assert (confirmed.status_code, Enrichment.objects.count()) == (303, 1)


def test_price_that_is_not_named_starts_nothing(client, rep, two):
    answer = client.post(ENRICH, {"start": 1, "everything": 1, "asked": 1, "kind": "verify"})

    assert (answer.status_code, Enrichment.objects.count()) == (422, 0)
    assert "Look at the price again" in answer.content.decode()


def test_without_credits_the_page_says_what_to_do(client, workspace, two):
    client.force_login(people.rep(verification.workspace(credits=0)))
    rep = people.rep(workspace)
    rep.memberships.update(monthly_limit=0)
    client.force_login(rep)

    page = client.get(ENRICH)

    assert "Your limit of 0 credits a month leaves 0. Set fewer as the most credits" in page.content.decode()


def test_wrong_limit_is_told_with_everything_kept(client, rep, two):
    data = {"asked": 1, "start": 1, "lead": [two[0].pk], "kind": ["company"], "most_credits": "many"}

    answer = client.post(ENRICH, data)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter the most credits as a number." in text
    assert 'value="company" checked' in text
    assert 'value="many"' in text


def test_nobody_ticked_is_told(client, rep, two):
    answer = client.post(ENRICH)

    assert answer.status_code == 422
    assert "Tick at least one lead." in answer.content.decode()


def test_who_is_not_to_be_contacted_is_left_out_and_said(client, rep, two):
    Lead.objects.filter(pk=two[0].pk).update(do_not_contact=True)

    page = client.get(ENRICH)

    assert page.context["offer"].leads == 1
    assert "1 left out: this person is not to be contacted." in page.content.decode()


@pytest.mark.parametrize("ask", ["get", "post"])
def test_nobody_ticked_does_not_become_everybody(client, rep, two, ask):
    page = getattr(client, ask)(ENRICH, {"lead": "junk"})

    assert 'name="everything"' not in page.content.decode()


def test_test_of_a_large_sum_is_confirmed_as_a_test(client, rep, workspace):
    for number in range(6):
        verification.lead(workspace, email=f"ada.okafor{number}@harbour{number}.example")
    Workspace.objects.update(confirm_above="0.50")
    page = client.get(ENRICH)
    press = {"start": [], "shown_test": page.context["offer"].test_at_most}

    asked = start(client, page, **press, test="1")
    confirmed = start(client, asked, **press, test="confirmed")

    text = asked.content.decode()
    assert 'name="test" value="confirmed"' in text
    assert 'name="start" value="1"' in text
    assert (asked.status_code, confirmed.status_code, Enrichment.objects.get().is_test) == (422, 303, True)


def test_findings_that_nobody_decided_on_are_told_before_they_are_asked_again(client, workspace, rep):
    lead = verification.lead(workspace)
    field = enrichments.found(workspace, lead, by=rep)
    old = timezone.now() - timedelta(days=31)
    EnrichmentItem.objects.filter(pk=field.item_id).update(ended_at=old)

    effect = client.post(EFFECT, {"asked": 1, "everything": 1, "kind": ["company"]}, headers={"HX-Request": "true"})

    assert "1 of these leads has findings that nobody decided on" in effect.content.decode()
