"""The pages of the board: filters, moves, what a stage asks, and the way back."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import Activity, Lead, Stage
from scoring.models import LeadScore
from tests.factories import leads, people, scores

pytestmark = pytest.mark.django_db

BOARD, COLUMN = reverse("leads:board"), reverse("leads:board-column")
REGION = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def cards(answer) -> dict[str, list[str]]:
    return {each.stage.key: [lead.full_name for lead in each.cards] for each in answer.context["columns"] if each.cards}


def move(client, lead, stage: str, region: bool = True, **fields):
    url = reverse("leads:lead-move", args=[lead.pk])
    return client.post(url, {"stage": stage, **fields}, **(REGION if region else {}))


def told(answer) -> dict:
    return json.loads(answer["HX-Trigger"])["toast"]


def stage_of(lead) -> str:
    return Lead.objects.values_list("stage__key", flat=True).get(pk=lead.pk)


def test_workspace_without_leads_is_led_to_a_search(client, rep):
    page = client.get(BOARD).content.decode()

    assert "Nobody is in the pipeline yet" in page
    assert reverse("leads:search-new") in page


def test_filters_by_owner_grade_and_words(client, rep, workspace):
    company = leads.company(workspace, "Brightwater Works", domain="bright.example")
    scores.score(leads.lead(workspace, "Ada", owner=rep, company=company), "A")
    scores.score(leads.lead(workspace, "Bo", owner=rep, stage=Stage.objects.of(workspace).get(key="won")), "B")
    leads.lead(workspace, "Cem", title="Plant Manager")

    assert cards(client.get(BOARD)) == {"new": ["Ada", "Cem"], "won": ["Bo"]}
    assert cards(client.get(f"{BOARD}?owner=me&grade=A&grade=B")) == {"new": ["Ada"], "won": ["Bo"]}
    assert cards(client.get(f"{BOARD}?q=brightw+ada")) == {"new": ["Ada"]}
    assert cards(client.get(f"{BOARD}?q=plant")) == {"new": ["Cem"]}


def test_no_match_says_how_to_go_on(client, rep, workspace):
    leads.lead(workspace)

    page = client.get(f"{BOARD}?grade=A").content.decode()

    assert "No leads match" in page
    assert "Clear filters" in page


def test_unknown_grade_is_refused_in_words(client, rep, workspace):
    leads.lead(workspace)

    answer = client.get(f"{BOARD}?grade=Z")

    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_erased_and_foreign_leads_are_not_on_the_board(client, rep, workspace):
    leads.lead(workspace, "Gone", erased_at=timezone.now())
    leads.lead(people.workspace(), "Foreign")

    assert cards(client.get(BOARD)) == {}


def test_more_cards_come_as_a_region_and_without_script_as_the_page(client, rep, workspace):
    company = leads.company(workspace)
    for number in range(22):
        leads.lead(workspace, f"Person {number:02}", company=company)

    region = client.get(f"{COLUMN}?stage=new&from=20", **REGION).content.decode()
    page = client.get(f"{BOARD}?shown=new:40")

    assert region.count("data-card") == 2
    assert "Person 20" in region
    assert len(cards(page)["new"]) == 22


@pytest.mark.parametrize("query", ["stage=dancing", "stage=new&from=x"], ids=["no such stage", "no number"])
def test_more_of_nothing_is_no_error(client, rep, query):
    assert client.get(f"{COLUMN}?{query}", **REGION).status_code in (200, 404)


def test_board_takes_a_fixed_number_of_queries(client, rep, workspace, query_count):
    leads.lead(workspace)
    few = query_count(lambda: client.get(BOARD))
    for number in range(30):
        lead = leads.lead(workspace, f"Person {number}", owner=rep)
        scores.score(lead, "B")
        Stage.objects.create(workspace=workspace, key=f"own-{number}", name=f"Own {number}")

    many = query_count(lambda: client.get(BOARD))

    assert many == few < 20


def test_move_is_told_with_its_way_back(client, rep, workspace):
    lead = leads.lead(workspace, "Mira Sandoval")

    answer = move(client, lead, "working")

    assert stage_of(lead) == "working"
    assert answer.status_code == 204
    assert "leads-changed" in answer["HX-Trigger"]
    assert told(answer)["text"] == "Mira Sandoval moved to Working."
    client.post(told(answer)["undo"]["url"], told(answer)["undo"]["values"], **REGION)
    assert stage_of(lead) == "new"


def test_move_without_script_goes_back_to_the_board_with_its_filters(client, rep, workspace):
    lead = leads.lead(workspace, "Mira Sandoval", owner=rep)

    answer = move(client, lead, "working", region=False, next=f"{BOARD}?owner=me")

    assert (answer.status_code, answer["Location"]) == (303, f"{BOARD}?owner=me")
    assert "Mira Sandoval moved to Working." in client.get(answer["Location"]).content.decode()


def test_move_never_leads_to_another_site(client, rep, workspace):
    answer = move(client, leads.lead(workspace), "working", region=False, next="https://elsewhere.example/")

    assert answer["Location"] == BOARD


@pytest.mark.parametrize(("stage", "field"), [("disqualified", 'name="reason"'), ("won", 'name="value"')])
@pytest.mark.parametrize("region", [True, False], ids=["in the dialog", "as a page"])
def test_stage_that_asks_is_asked_before_anything_is_moved(client, rep, workspace, stage, field, region):
    lead = leads.lead(workspace)

    answer = move(client, lead, stage, region=region)

    assert answer.status_code == 200
    assert field in answer.content.decode()
    assert stage_of(lead) == "new"


def test_dialog_opens_by_an_event_in_its_own_place(client, rep, workspace):
    answer = move(client, leads.lead(workspace), "won")

    assert answer["HX-Retarget"] == "#move"
    assert "ask" in answer["HX-Trigger-After-Swap"]


def test_disqualifying_needs_a_reason(client, rep, workspace):
    lead = leads.lead(workspace)

    refused = move(client, lead, "disqualified", is_asked="True")
    move(client, lead, "disqualified", is_asked="True", reason="Too small")

    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    assert Lead.objects.get(pk=lead.pk).outcome_reason == "Too small"


def test_won_may_say_what_it_is_worth_or_not(client, rep, workspace):
    with_value, without = leads.lead(workspace), leads.lead(workspace)

    move(client, with_value, "won", is_asked="True", value="12000", currency="CHF")
    move(client, without, "won", is_asked="True", value="", currency="EUR")

    worth = Lead.objects.filter(stage__key="won").values_list("pk", "deal_value", "deal_currency")
    assert set(worth) == {(with_value.pk, 12000, "CHF"), (without.pk, None, "")}


@pytest.mark.parametrize("value", ["much", "-5", "NaN", "1e40"])
def test_deal_that_is_no_amount_is_refused(client, rep, workspace, value):
    lead = leads.lead(workspace)

    answer = move(client, lead, "won", is_asked="True", value=value, currency="EUR")

    assert answer.status_code == 422
    assert stage_of(lead) == "new"


def test_page_of_a_move_lets_choose_the_stage(client, rep, workspace):
    lead = leads.lead(workspace)

    page = client.get(reverse("leads:lead-move", args=[lead.pk])).content.decode()

    assert '<option value="meeting">Meeting</option>' in page


def test_way_back_that_comes_too_late_says_so(client, rep, workspace):
    lead = leads.lead(workspace)
    undo = told(move(client, lead, "working"))["undo"]
    move(client, lead, "meeting")

    answer = client.post(undo["url"], undo["values"], **REGION)

    assert "changed again since" in told(answer)["text"]
    assert stage_of(lead) == "meeting"


def test_move_and_its_way_back_score_the_lead_again(client, rep, workspace):
    lead = leads.lead(workspace)

    undo = told(move(client, lead, "working"))["undo"]
    moved = LeadScore.objects.filter(lead=lead).delete()[0] > 0
    client.post(undo["url"], undo["values"], **REGION)

    assert moved
    assert LeadScore.objects.filter(lead=lead).exists()


def test_move_of_somebody_else_is_not_taken_back(client, rep, workspace):
    lead = leads.lead(workspace)
    undo = told(move(client, lead, "working"))["undo"]
    client.force_login(people.rep(workspace))

    assert client.post(undo["url"], undo["values"], **REGION).status_code == 404
    assert stage_of(lead) == "working"


def test_stage_of_another_workspace_is_no_stage(client, rep, workspace):
    Stage.objects.create(workspace=people.workspace(), key="theirs", name="Theirs")
    lead = leads.lead(workspace)

    assert move(client, lead, "theirs").status_code == 422
    assert not Activity.objects.exists()
