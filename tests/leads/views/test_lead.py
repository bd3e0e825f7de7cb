"""The page of a lead: what it shows, and what people do on it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from billing import ledger
from leads.logbook import Entry, put
from leads.models import Activity, Lead, LeadEdit, Stage, Suppression
from scoring.models import LeadScore
from tests.factories import credits, leads, people, runs, scores, verification

pytestmark = pytest.mark.django_db

CALLED = {"kind": "call", "outcome": "voicemail", "text": "Will call back"}
REGION = {"HTTP_HX_REQUEST": "true"}
LEFT = "The lead has been changed again since, and was left as it is."


@pytest.fixture
def workspace():
    return people.workspace(credits=10)


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


@pytest.fixture
def lead(workspace):
    return leads.lead(workspace, "Ada Lovelace", email="ada@bright.example", phone="+4930123456", linkedin_slug="ada")


def page(lead) -> str:
    return reverse("leads:lead-detail", args=[lead.pk])


def url(name: str, lead) -> str:
    return reverse(f"leads:{name}", args=[lead.pk])


def test_wrong_data_stands_below_the_data_and_tells_where_a_wrong_score_is_told(client, rep, lead):
    shown = client.get(page(lead)).content.decode()

    below = shown.partition("Contact and company")[2].partition("Wrong data, or do not contact?")
    assert "<section" not in below[0]
    assert 'href="#score-card"' in below[2].partition("</details>")[0]


def test_consent_that_was_refused_in_a_form_stands_beside_the_address(client, rep, lead):
    Lead.objects.filter(pk=lead.pk).update(source="linkedin")
    leads.evidence(lead, "consent", value="refused on 2026-03-12", source="linkedin")

    shown = client.get(page(lead)).content.decode()

    assert "Refused on 2026-03-12" in shown.partition("Contact and company")[2].partition("</section>")[0]


def edit_undo() -> str:
    return reverse("leads:edit-undo", args=[LeadEdit.objects.get().pk])


def toast(answer) -> dict:
    return json.loads(answer["HX-Trigger"])["toast"]


def take_back(client, answer):
    """Presses the undo of the toast."""
    undo = toast(answer)["undo"]
    return client.post(undo["url"], undo["values"], **REGION)


def paid_delivery(lead):
    """The lead, delivered and charged."""
    lane = runs.lane(runs.run(lead.workspace))
    delivery = runs.delivery(lane, lead)
    hold = credits.hold(lead.workspace, 1)
    credits.captured(hold, 1, delivery_id=delivery.pk)
    return delivery


def tab(client, lead, name: str, **headers) -> str:
    return client.get(f"{page(lead)}?tab={name}", **headers).content.decode()


@pytest.mark.parametrize(
    ("status", "reason"), [("undeliverable", "mailbox_not_found"), ("risky", "spamtrap_suspected")]
)
def test_address_that_does_not_exist_or_does_harm_is_shown_and_not_written_to(client, rep, lead, status, reason):
    Lead.objects.filter(pk=lead.pk).update(email_status=status, email_reason=reason)

    text = client.get(page(lead)).content.decode()

    assert ("ada@bright.example" in text, "mailto:ada@bright.example" in text) == (True, False)


def test_overview_shows_contact_company_and_what_happened_last(client, rep, lead):
    leads.activity(lead, text="Wants a call in May")
    leads.signal(lead.company, detail="Three sales jobs")

    text = client.get(page(lead)).content.decode()

    assert "mailto:ada@bright.example" in text
    assert "Wants a call in May" in text
    assert "Three sales jobs" in text


def test_people_tab_shows_who_else_is_known_at_the_company(client, rep, lead):
    scores.score(leads.lead(lead.workspace, "Bo Colleague", company=lead.company), "A")
    leads.lead(lead.workspace, "Cy Elsewhere")

    text = tab(client, lead, "people")

    assert "Bo Colleague" in text
    assert "Cy Elsewhere" not in text


def test_signals_tab_names_source_and_day(client, rep, lead):
    leads.signal(lead.company, detail="Three sales jobs", url="https://bright.example/jobs")

    text = tab(client, lead, "signals")

    assert "Three sales jobs" in text
    assert '<a class="link" href="https://bright.example/jobs" rel="noreferrer">Company database</a>' in text


def test_data_tab_says_where_each_fact_is_from(client, rep, lead):
    leads.evidence(lead, "company.industry", value="software-development", url="https://bright.example/about")

    text = tab(client, lead, "data")

    assert "https://bright.example/about" in text
    assert "Software Development" in text


def test_data_tab_counts_what_it_lists(client, rep, lead):
    now = timezone.now()
    for name in ("company.employees_min", "company.employees_max"):
        leads.evidence(lead, name, value="89", observed_at=now)

    answer = client.get(page(lead), {"tab": "data"})

    assert next(each.count for each in answer.context["tabs"] if each.key == "data") == 1
    assert "1 fact<" in answer.content.decode()


def test_tab_by_htmx_is_the_region_alone(client, rep, lead):
    text = tab(client, lead, "activity", **REGION)

    assert text.strip().startswith('<div id="lead-panel"')
    assert 'id="lead-timeline"' in text


def test_unknown_tab_is_the_overview(client, rep, lead):
    assert "Contact and company" in tab(client, lead, "atlantis")


def test_delivery_is_told_by_the_title_of_its_source(client, rep, lead):
    leads.activity(lead, "delivered", text="Delivered by directory", detail={"source": "directory", "grade": "B"})

    text = tab(client, lead, "activity")

    assert "By Company database with grade B" in text
    assert "by directory" not in text


def test_score_card_is_loaded_and_linked(client, rep, lead):
    scores.score(lead, "A")

    text = client.get(page(lead)).content.decode()

    assert f'hx-get="{reverse("scoring:score-card", args=[lead.pk])}"' in text
    assert f'href="{reverse("scoring:score-card", args=[lead.pk])}"' in text


def test_what_is_logged_is_scored_at_once(client, rep, lead):
    client.post(url("lead-note", lead), {"kind": "email_replied", "text": "Wants a demo"}, **REGION)

    change = lead.score_changes.latest("changed_at")
    assert change.why.startswith("Reply on ")
    assert change.total == lead.score.total


def test_erased_lead_is_a_stub(client, rep, workspace):
    lead = leads.lead(workspace, "Gone Person", erased_at=timezone.now())

    text = client.get(page(lead)).content.decode()

    assert "Erased on request on" in text
    assert "Gone Person" not in text


@pytest.mark.parametrize("name", ["overview", "people", "signals", "activity", "data"])
def test_queries_do_not_grow_with_what_is_known(client, rep, lead, query_count, name):
    def learn() -> None:
        leads.activity(lead, by=people.rep(lead.workspace))
        leads.evidence(lead)
        leads.signal(lead.company, detail=f"Job {Activity.objects.count()}")
        scores.score(leads.lead(lead.workspace, company=lead.company))

    learn()
    few = query_count(lambda: tab(client, lead, f"{name}&from=sort%3Dname"))
    for _ in range(5):
        learn()

    assert query_count(lambda: tab(client, lead, f"{name}&from=sort%3Dname")) == few
    assert few - 2 < 20  # without the two savepoints of the test's own transaction


def test_stage_is_moved_and_told(client, rep, lead):
    answer = client.post(url("lead-stage", lead), {"stage": "won"})

    lead.refresh_from_db()
    assert (answer.status_code, answer.url) == (303, page(lead))
    assert (lead.stage.key, lead.outcome) == ("won", "won")
    assert Activity.objects.get(lead=lead).text == "New → Won"


def test_disqualifying_asks_for_a_reason(client, rep, lead):
    answer = client.post(url("lead-stage", lead), {"stage": "disqualified"})

    lead.refresh_from_db()
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    assert lead.stage.key == "new"


def test_stage_by_htmx_tells_the_page_to_renew_itself_and_offers_a_way_back(client, rep, lead):
    answer = client.post(url("lead-stage", lead), {"stage": "working"}, **REGION)

    said = json.loads(answer["HX-Trigger"])
    assert (answer.status_code, answer.content) == (204, b"")
    assert "leads-changed" in said
    assert said["toast"]["undo"] == {"url": edit_undo(), "values": {"next": page(lead)}}


def test_stage_goes_back_where_it_was(client, rep, lead):
    client.post(url("lead-stage", lead), {"stage": "disqualified", "reason": "Too small"})
    answer = client.post(url("lead-stage", lead), {"stage": "working"}, **REGION)

    back = take_back(client, answer)

    lead.refresh_from_db()
    assert toast(back)["text"] == "Ada Lovelace is back in Disqualified."
    assert (lead.stage.key, lead.outcome_reason) == ("disqualified", "Too small")


@pytest.mark.parametrize("reason", ["Too small", ""], ids=["reason", "no reason"])
@pytest.mark.parametrize("key", ["won", "disqualified"])
def test_undo_of_a_stage_leads_to_closing_time_reason_and_deal_of_before(client, rep, lead, key, reason):
    stage = Stage.objects.of(lead.workspace).get(key=key)
    closed, deal = timezone.now() - timedelta(days=90), {"deal_value": Decimal(1000), "deal_currency": "EUR"}
    before = {"stage": stage.pk, "outcome": key, "outcome_reason": reason, "closed_at": closed, **deal}
    Lead.objects.filter(pk=lead.pk).update(**before)
    answer = client.post(url("lead-stage", lead), {"stage": "working"}, **REGION)

    take_back(client, answer)

    assert Lead.objects.values(*before).get(pk=lead.pk) == before


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "says"),
    [
        ("lead-stage", {"stage": "working"}, {"stage": "meeting"}, LEFT),
        ("lead-owner", {"owner": "rep"}, {"owner": "other"}, LEFT),
        ("lead-owner", {"owner": "rep"}, {"owner": ""}, LEFT),
    ],
    ids=["stage", "owner", "nobody"],
)
def test_undo_leaves_what_somebody_else_changed_since(client, rep, lead, name, mine, theirs, says):
    other = people.rep(lead.workspace)
    members = {"rep": rep.pk, "other": other.pk}
    answer = client.post(url(name, lead), {key: members.get(each, each) for key, each in mine.items()}, **REGION)
    client.force_login(other)
    client.post(url(name, lead), {key: members.get(each, each) for key, each in theirs.items()}, **REGION)
    standing = Lead.objects.values("stage", "owner").get(pk=lead.pk)
    client.force_login(rep)

    back = take_back(client, answer)

    assert toast(back) == {"text": says, "tone": "bad"}
    assert Lead.objects.values("stage", "owner").get(pk=lead.pk) == standing


def test_undo_of_an_outcome_leads_to_the_deal_of_before_once(client, rep, lead):
    client.post(url("lead-stage", lead), {"stage": "won"})
    client.post(url("lead-outcome", lead), {"value": "700", "currency": "CHF"})
    answer = client.post(url("lead-outcome", lead), {"value": "12500", "currency": "EUR"}, **REGION)

    first, again = take_back(client, answer), take_back(client, answer)

    lead.refresh_from_db()
    assert (lead.deal_value, lead.deal_currency) == (Decimal(700), "CHF")
    assert toast(first)["text"] == "The outcome is back to what it was."
    assert toast(again)["text"] == "It was taken back already."


def test_undo_of_an_outcome_leaves_what_somebody_noted_since(client, rep, lead):
    client.post(url("lead-stage", lead), {"stage": "won"})
    answer = client.post(url("lead-outcome", lead), {"value": "700", "currency": "CHF"}, **REGION)
    client.force_login(people.rep(lead.workspace))
    client.post(url("lead-outcome", lead), {"value": "800", "currency": "CHF"})
    client.force_login(rep)

    back = take_back(client, answer)

    lead.refresh_from_db()
    assert (lead.deal_value, toast(back)["text"]) == (Decimal(800), LEFT)


@pytest.mark.parametrize(("role", "owner_is_back"), [("rep", False), ("manager", True)])
def test_only_its_maker_or_a_manager_takes_a_change_back(client, rep, lead, role, owner_is_back):
    answer = client.post(url("lead-owner", lead), {"owner": rep.pk}, **REGION)
    client.force_login(people.membership(lead.workspace, role).user)

    take_back(client, answer)

    lead.refresh_from_db()
    assert (lead.owner is None) is owner_is_back


def test_lead_is_scored_again_after_the_undo_of_a_stage(client, rep, lead):
    answer = client.post(url("lead-stage", lead), {"stage": "working"}, **REGION)
    LeadScore.objects.filter(lead=lead).delete()

    take_back(client, answer)

    assert LeadScore.objects.filter(lead=lead).exists()


def test_without_script_the_way_back_is_a_button_on_the_next_page(client, rep, lead):
    text = client.post(url("lead-stage", lead), {"stage": "working"}, follow=True).content.decode()

    assert f'<form class="undo" method="post" action="{edit_undo()}">' in text


def test_without_script_the_way_back_leads_to_the_page_of_the_lead(client, rep, lead):
    client.post(url("lead-stage", lead) + "?tab=data", {"stage": "working"})

    answer = client.post(edit_undo(), {"next": page(lead) + "?tab=data"})

    assert (answer.status_code, answer.url) == (303, page(lead) + "?tab=data")
    assert "Ada Lovelace is back in New." in client.get(page(lead)).content.decode()


@pytest.mark.parametrize("name", ["lead-pipeline", "lead-timeline"])
def test_part_of_the_page_opened_by_itself_leads_to_the_page(client, rep, lead, name):
    alone, region = client.get(url(name, lead) + "?tab=data"), client.get(url(name, lead), **REGION)

    assert (alone.status_code, alone.url) == (303, page(lead) + "?tab=data")
    assert f'id="{name}"' in region.content.decode()


@pytest.mark.parametrize(("status", "is_there"), [("deliverable", True), ("undeliverable", False)])
def test_button_to_write_comes_and_goes_with_the_verdict(client, rep, lead, status, is_there):
    Lead.objects.filter(pk=lead.pk).update(email_status=status)

    renewed = client.get(url("lead-pipeline", lead), **REGION).content.decode()

    assert 'id="write-head" hx-swap-oob' in renewed
    assert (f"mailto:{lead.email}" in renewed) is is_there


def test_won_lead_takes_the_value_of_its_deal(client, rep, lead):
    client.post(url("lead-stage", lead), {"stage": "won"})

    answer = client.post(url("lead-outcome", lead), {"value": "12500", "currency": "EUR"}, **REGION)

    lead.refresh_from_db()
    assert (answer.status_code, lead.deal_value, lead.deal_currency) == (204, Decimal(12500), "EUR")
    assert "12,500.00 EUR" in Activity.objects.filter(lead=lead).latest("pk").text


def test_value_that_is_no_number_is_refused_in_place(client, rep, lead):
    client.post(url("lead-stage", lead), {"stage": "won"})

    answer = client.post(url("lead-outcome", lead), {"value": "a lot", "currency": "EUR"}, **REGION)

    assert answer.status_code == 422
    assert "Write an amount, such as 12500." in answer.content.decode()


def test_disqualified_lead_keeps_a_reason(client, rep, lead):
    client.post(url("lead-stage", lead), {"stage": "disqualified", "reason": "Too small"})

    assert client.post(url("lead-outcome", lead), {"reason": ""}).status_code == 422
    assert client.post(url("lead-outcome", lead), {"reason": "Too far"}).status_code == 303


def test_owner_must_be_a_member(client, rep, lead):
    stranger = people.user()

    refused = client.post(url("lead-owner", lead), {"owner": stranger.pk})
    accepted = client.post(url("lead-owner", lead), {"owner": rep.pk})

    lead.refresh_from_db()
    assert (refused.status_code, accepted.status_code) == (422, 303)
    assert lead.owner == rep


def test_note_is_added_to_the_timeline_and_taken_back(client, rep, lead):
    answer = client.post(url("lead-note", lead), {"kind": "call", "text": "Left a message"}, **REGION)
    made = Activity.objects.get(lead=lead)
    undo = json.loads(answer["HX-Trigger"])["toast"]["undo"]

    client.post(undo["url"], undo["values"], **REGION)

    assert (made.text, made.by) == ("Left a message", rep)
    assert 'id="lead-note"' in answer.content.decode()
    assert not Activity.objects.filter(lead=lead).exists()


def test_what_is_sent_twice_from_one_form_is_logged_once(client, rep, lead):
    form = client.get(url("lead-detail", lead) + "?tab=activity").context["note_form"]
    said = CALLED | {"once": str(form["once"].value())}

    twice = [client.post(url("lead-note", lead), said) for _ in range(2)]
    client.post(url("lead-note", lead), said | {"text": "She did"})

    texts = Activity.objects.filter(lead=lead).order_by("pk").values_list("text", flat=True)
    assert [answer.status_code for answer in twice] == [303, 422]
    assert "The timeline has this from you already" in twice[1].content.decode()
    assert list(texts) == ["Will call back", "She did"]


@pytest.mark.parametrize("headers", [{}, REGION], ids=["page", "region"])
def test_the_same_in_another_form_is_logged_once_unless_it_is_meant(client, rep, lead, headers):
    client.post(url("lead-note", lead), CALLED | {"once": str(uuid4())}, **headers)
    restored = CALLED | {"once": str(uuid4())}

    answer = client.post(url("lead-note", lead), restored, **headers)
    logged = Activity.objects.filter(lead=lead).count()
    meant = restored | {"again": str(answer.context["note_form"].second)}
    statuses = [client.post(url("lead-note", lead), meant, **headers).status_code for _ in range(2)]

    assert (answer.status_code, logged) == (422, 1)
    assert "Add it a second time" in answer.content.decode()
    assert statuses == [200 if headers else 303, 422]
    assert Activity.objects.filter(lead=lead).count() == 2


@pytest.mark.parametrize(
    ("before", "is_other_person"),
    [
        ({"at": timezone.now() - timedelta(hours=1)}, False),
        ({"text": "No answer again"}, False),
        ({"outcome": "no_answer"}, False),
        ({}, True),
    ],
    ids=["earlier", "in other words", "another outcome", "by a colleague"],
)
def test_what_differs_is_logged_without_a_question(client, rep, lead, before, is_other_person):
    by = people.rep(lead.workspace) if is_other_person else rep
    put(lead, replace(Entry("call", timezone.now(), CALLED["text"], CALLED["outcome"]), **before), by=by)

    answer = client.post(url("lead-note", lead), CALLED)

    assert (answer.status_code, Activity.objects.filter(lead=lead).count()) == (303, 2)


def test_call_of_another_day_is_logged_with_its_outcome(client, rep, lead):
    said = {"kind": "call", "outcome": "no_answer", "on": "2026-05-03", "text": ""}

    client.post(url("lead-note", lead), said)

    made = Activity.objects.get(lead=lead)
    assert (made.detail, made.occurred_at.isoformat()) == ({"outcome": "no_answer"}, "2026-05-03T12:00:00+00:00")
    assert "Call: no answer" in client.get(page(lead)).content.decode()


def test_who_asked_not_to_be_called_is_not_offered_to_be_called(client, rep, workspace):
    lead = leads.lead(workspace, phone="+436601234567")
    before = client.get(page(lead)).content.decode()

    client.post(url("lead-note", lead), {"kind": "call", "outcome": "refused"})

    after = client.get(page(lead)).content.decode()
    assert "tel:+436601234567" in before
    assert "tel:+436601234567" not in after
    assert "Do not call." in after
    assert f"mailto:{lead.email}" in after


def test_peek_does_not_offer_to_call_who_refused_it(client, rep, workspace):
    lead = leads.lead(workspace, phone="+436601234567")
    leads.activity(lead, "call", detail={"outcome": "refused"})

    text = client.get(url("lead-peek", lead), **REGION).content.decode()

    assert "Do not call" in text
    assert "tel:" not in text


def test_outcome_that_was_chosen_before_the_kind_was_is_left_out(client, rep, lead):
    client.post(url("lead-note", lead), {"kind": "meeting", "outcome": "reached"})

    assert Activity.objects.get(lead=lead).detail == {}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "call", "on": "2226-05-03"}, "It has not happened yet"),
        ({"kind": "call", "on": "soon"}, "Enter a valid date"),
        ({"kind": "note", "text": " "}, "Write the note."),
        ({"kind": "delivered"}, "Select a valid choice"),
    ],
    ids=["in the future", "no day", "empty note", "what only the engine writes"],
)
def test_what_cannot_be_logged_is_refused_in_place(client, rep, lead, said, sentence):
    answer = client.post(url("lead-note", lead), said)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("kind", ["note", "delivered"])
def test_line_of_somebody_else_or_of_the_engine_stays(client, rep, lead, kind):
    by = people.rep(lead.workspace) if kind == "note" else None
    made = leads.activity(lead, kind, by=by)

    client.post(url("lead-note-undo", lead), {"note": made.pk})

    assert Activity.objects.filter(pk=made.pk).exists()


def test_labels_say_when_a_field_is_needed(client, rep, lead):
    page = client.get(url("lead-detail", lead)).content.decode()

    assert "Needed for a note; of anything else it may stay empty." in page
    assert "Reason (only for Disqualified)</label>" in page
    assert "Note <span" not in page


def test_empty_note_is_refused_in_place(client, rep, lead):
    answer = client.post(url("lead-note", lead), {"kind": "note", "text": ""}, **REGION)

    assert answer.status_code == 422
    assert 'id="lead-note"' in answer.content.decode()


def test_bad_data_is_paid_back_once(client, rep, lead):
    paid_delivery(lead)
    before = ledger.balance(lead.workspace).available

    for _ in range(2):
        client.post(url("lead-report", lead), {"fault": "bounced"})

    assert ledger.balance(lead.workspace).available == before + Decimal(1)


def test_report_without_a_fault_is_refused(client, rep, lead):
    paid_delivery(lead)

    assert client.post(url("lead-report", lead), {}).status_code == 422


def test_old_delivery_cannot_be_reported(client, rep, lead):
    runs.delivery(lead=lead, of=runs.lane(runs.run(lead.workspace)), delivered_at=timezone.now() - timedelta(days=31))

    assert url("lead-report", lead) not in client.get(page(lead)).content.decode()


def test_suppressing_marks_everybody_with_the_address(client, rep, lead):
    twin = leads.lead(lead.workspace, company=lead.company, email="bo@bright.example", phone=lead.phone)

    client.post(url("suppress", lead), {"kind": "phone"})

    twin.refresh_from_db()
    assert Suppression.objects.filter(workspace=lead.workspace, kind="phone").count() == 1
    assert twin.do_not_contact


def test_suppressing_needs_one_of_the_leads_addresses(client, rep, workspace):
    lead = leads.lead(workspace, email="ada@bright.example")

    answer = client.post(url("suppress", lead), {"kind": "phone"})

    assert answer.status_code == 422
    assert Suppression.objects.count() == 0


def test_marked_lead_says_why_and_by_whom(client, rep, lead):
    client.post(url("suppress", lead), {"kind": "email"})

    text = client.get(page(lead)).content.decode()

    assert "Not to be contacted: E-mail" in text
    assert f"by {rep.name}" in text


def test_marked_lead_offers_no_way_to_write(client, rep, workspace):
    lead = leads.lead(workspace, email="ada@bright.example", do_not_contact=True)

    text = client.get(page(lead)).content.decode()

    assert "Do not contact" in text
    assert "Copy e-mail" not in text


@pytest.mark.parametrize("name", ["lead-stage", "lead-owner", "lead-note", "lead-report", "lead-pick", "suppress"])
def test_nothing_can_be_done_with_an_erased_lead(client, rep, workspace, name):
    lead = leads.lead(workspace, erased_at=timezone.now())

    assert client.post(url(name, lead), {"stage": "won"}).status_code == 404


@pytest.mark.parametrize("name", ["lead-detail", "lead-stage", "lead-owner", "lead-note", "lead-report", "suppress"])
def test_lead_of_another_workspace_is_not_found(client, rep, name):
    foreign = leads.lead(people.workspace())

    answer = client.get(url(name, foreign)) if name == "lead-detail" else client.post(url(name, foreign))

    assert answer.status_code == 404


def test_dock_of_a_phone_verifies_until_there_is_a_verdict(client):
    lead = verification.lead(verification.workspace())
    client.force_login(people.rep(lead.workspace))
    before = client.get(page(lead)).content.decode()
    Lead.objects.filter(pk=lead.pk).update(email_status="deliverable", email_checked_at=timezone.now())
    after = client.get(page(lead)).content.decode()

    start = reverse("enrichment:email-check-start", args=[lead.pk])
    docks = [shown.split('class="dock lead-dock"')[1].split("</main>")[0] for shown in (before, after)]
    assert [f'action="{start}"' in dock for dock in docks] == [True, False]
    assert "Verify · 0.5 credits" in " ".join(docks[0].split())
