"""Whether a lead may be written to: the same on every page as on its score card, and of a whole list in one query."""

from datetime import UTC, datetime, timedelta

import pytest

from leads.bounces import can_be_written_to, email_standing, with_bounces
from leads.models import Lead
from scoring.receipt import receipt
from tests.factories import leads, people

NOW = datetime(2026, 11, 20, tzinfo=UTC)
ADDRESS = "mira@pumps.example"
CHECKED = {"email_status": "deliverable", "email_checked_at": NOW - timedelta(days=5)}
CASES = {
    "never written to": ([], CHECKED, True),
    "came back": ([("email_bounced", 2)], CHECKED, False),
    "came back, unchecked": ([("email_bounced", 2)], {}, False),
    "came back before it was found deliverable": ([("email_bounced", 9)], CHECKED, True),
    "came back before it was found risky": ([("email_bounced", 9)], CHECKED | {"email_status": "risky"}, False),
    "answered since": ([("email_bounced", 4), ("email_replied", 2)], CHECKED, True),
    "answered before": ([("email_bounced", 2), ("email_replied", 4)], CHECKED, False),
    "came back again": ([("email_bounced", 4), ("email_replied", 3), ("email_bounced", 2)], CHECKED, False),
    "of an earlier address": ([("email_bounced", 2, "mira@old.example")], CHECKED, True),
    "a trap": ([], CHECKED | {"email_reason": "spamtrap_suspected"}, False),
    "thrown away": ([], CHECKED | {"email_flags": "disposable"}, False),
    "no such mailbox": ([], {"email_status": "undeliverable"}, False),
    "none": ([], {"email": ""}, False),
}


@pytest.mark.django_db
def test_what_lists_show_is_what_the_score_card_says(django_assert_num_queries):
    workspace, expected = people.workspace(), {}
    for name, (touches, fields, is_writable) in CASES.items():
        lead = leads.lead(workspace, name, **fields)
        for kind, days, *earlier in touches:
            detail = {"proved": earlier[0] if earlier else lead.email}
            leads.activity(lead, kind, occurred_at=NOW - timedelta(days=days), detail=detail)
        expected[name] = is_writable

    with django_assert_num_queries(1):
        shown = {each.full_name: can_be_written_to(each) for each in with_bounces(Lead.objects.of(workspace))}

    assert shown == expected
    assert {each.full_name: receipt(each, now=NOW).is_writable for each in Lead.objects.of(workspace)} == expected


@pytest.mark.django_db
def test_lead_that_was_read_alone_is_asked_about_once(django_assert_num_queries):
    lead = leads.lead(people.workspace(), email=ADDRESS, **CHECKED)
    leads.activity(lead, "email_bounced", occurred_at=NOW, detail={"proved": ADDRESS})

    with django_assert_num_queries(1):
        assert (can_be_written_to(lead), email_standing(lead)) == (False, "undeliverable")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/leads/?view={view}", "/leads/{lead}/", "/leads/{lead}/peek/"])
def test_no_page_asks_to_write_where_mail_came_back(client, path):
    workspace = people.workspace()
    rep, lead = people.rep(workspace), leads.lead(workspace, email=ADDRESS, **CHECKED)
    leads.activity(lead, "email_bounced", occurred_at=NOW, detail={"proved": ADDRESS})
    view = leads.saved_view(workspace, owner=rep, columns=["email", "data"])
    client.force_login(rep)

    page = client.get(path.format(lead=lead.pk, view=view.pk), headers={"HX-Request": "true"} if "peek" in path else {})

    text = page.content.decode()
    assert ADDRESS in text
    assert f"mailto:{ADDRESS}" not in text
    assert "E-mail: undeliverable" in text or "Mail to it came back" in text
