"""Where a next action can be done: links that do something, and none for what is not offered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import EmailStatus
from scoring.insights import contact_steps, data_steps
from scoring.insights.actions import Action
from scoring.receipt import receipt
from scoring.views.ways import WAYS, next_actions
from tests.factories import leads, people

NOT_OFFERED = {"find_profile", "complete_company"}


def links(lead, key: str, title: str = "Write", price: Decimal | None = None) -> list[tuple[str, str]]:
    action = Action(key, title, "", price, 0, 50, "B", "B", 0.5)
    is_writable = receipt(lead, now=timezone.now()).is_writable
    [found] = next_actions([action], lead, log_url="#log", is_writable=is_writable)
    return [(way.label, way.url) for way in found.ways]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "title", "fields", "found"),
    [
        ("follow_up", "Follow up", {}, [("Write", "mailto:mira@pumps.example"), ("Log it", "#log")]),
        ("first_contact", "Call for the first time", {}, [("Call", "tel:+4930123"), ("Log it", "#log")]),
        ("meet", "Propose", {"email_status": EmailStatus.UNDELIVERABLE}, [("Log it", "#log")]),
        (
            "meet",
            "Propose",
            {"email": "", "linkedin_slug": "mira"},
            [("Open the profile", "https://www.linkedin.com/in/mira"), ("Log it", "#log")],
        ),
        ("meet", "Propose", {"email_reason": "spamtrap_suspected"}, [("Log it", "#log")]),
        ("check_phone", "Check", {}, [("Call", "tel:+4930123"), ("Log it", "#log")]),
        ("confirm_job", "Confirm", {}, []),
        ("find_email", "Find", {}, []),
    ],
    ids=[
        "by mail",
        "by telephone",
        "address is dead",
        "address is a trap",
        "only a profile",
        "number",
        "no profile",
        "nobody to ask",
    ],
)
def test_an_action_leads_to_where_it_is_done(key, title, fields, found):
    given = {"email": "mira@pumps.example", "phone": "+4930123"}
    lead = leads.lead(people.workspace(), **given | fields)

    assert links(lead, key, title) == found


@pytest.mark.django_db
def test_address_that_a_mail_proved_dead_is_not_written_to_whatever_its_verdict():
    lead = leads.lead(people.workspace(), email_status=EmailStatus.DELIVERABLE, linkedin_slug="mira")
    leads.activity(lead, "email_bounced", detail={"proved": lead.email})

    assert [label for label, _ in links(lead, "follow_up", "Follow up")] == ["Open the profile", "Log it"]


@pytest.mark.django_db
def test_a_button_for_what_costs_something_names_the_price():
    lead = leads.lead(people.workspace())

    assert [label for label, _ in links(lead, "verify_email", price=Decimal("0.50"))] == ["Verify e-mail · 0.5 credits"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "email", "found"),
    [
        ("find_email", "", ("Find an e-mail · 2 credits", "#email-find")),
        ("find_email", "dead@pumps.example", ("Find an e-mail · 2 credits", "#email-check")),
        ("check_phone", "", ("Look up the line · 2 credits", "#phone-hours")),
    ],
)
def test_what_can_be_looked_up_leads_to_its_panel_with_the_price_though_it_is_advice_only(key, email, found):
    lead = leads.lead(people.workspace(), email=email)
    action = Action(key, "", "", Decimal(2), 0, 50, "B", "B", 0.5, is_offered=False)

    [shown] = next_actions([action], lead, log_url="#log", is_writable=True, can_be_looked_up=lambda kind: True)

    panel = reverse("leads:lead-detail", args=[lead.pk])
    assert [(way.label, way.url) for way in shown.ways] == [(found[0], panel + found[1])]


@pytest.mark.django_db
def test_who_decides_is_looked_for_at_the_company():
    lead = leads.lead(people.workspace())

    assert links(lead, "find_decision_maker")[0][1] == reverse("leads:company-detail", args=[lead.company_id])


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["verify_email", "verify_again", "correct_email"])
def test_address_is_verified_and_corrected_at_its_panel(key):
    lead = leads.lead(people.workspace())

    assert [url for _, url in links(lead, key)] == [f"{reverse('leads:lead-detail', args=[lead.pk])}#email-check"]


def test_every_action_is_offered_or_known_not_to_be():
    rules = {rule.__name__ for rule in (*data_steps.RULES, *contact_steps.RULES)}

    assert set(WAYS) | NOT_OFFERED == rules
    assert not set(WAYS) & NOT_OFFERED
