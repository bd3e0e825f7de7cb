"""The score card: ten lines that add up, as page and region, and scoring again."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from leadengine.workflows.logging import log
from leads.logbook import Entry
from scoring import profiles, versions
from scoring.ideal import IdealCustomer
from scoring.models import LeadScore
from scoring.receipt import receipt
from scoring.recording import record
from scoring.rescoring import rescore
from scoring.versions import save_ideal
from scoring.views.score import action_prices
from scoring.weighting import Weighting
from tests.factories import leads, people
from tests.factories.scoring import scores

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def lead(workspace):
    company = leads.company(workspace, industry="retail")
    return leads.lead(workspace, "Mira Sandoval", company=company, title="Head of Sales", seniority="director")


@pytest.fixture
def rep(workspace, client):
    user = people.rep(workspace)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def card(lead) -> str:
    return reverse("scoring:score-card", args=[lead.pk])


def again(lead) -> str:
    return reverse("scoring:score-again", args=[lead.pk])


def points(html: str) -> list[tuple[int, int]]:
    """(points, of at most) of the lines on screen."""
    return [(int(got), int(most)) for got, most in re.findall(r'class="number[^"]*">(\d+) / (\d+)', html)]


def test_the_card_has_ten_lines_that_add_up_to_the_score(client, rep, lead):
    html = client.get(card(lead), headers=HTMX).content.decode()

    *lines, total = points(html)
    assert len(lines) == 10
    assert (sum(got for got, _ in lines), sum(most for _, most in lines)) == total
    assert f"{total[0]} of 100" in html


def test_the_card_is_a_region_for_htmx_and_a_page_otherwise(client, rep, lead):
    region, page = client.get(card(lead), headers=HTMX), client.get(card(lead))

    assert "<html" not in region.content.decode()
    assert "<h1>Score of Mira Sandoval</h1>" in page.content.decode()


def test_what_is_not_known_is_shown_as_assumed(client, rep, lead):
    html = client.get(card(lead), headers=HTMX).content.decode()

    assert "3 / 8 assumed" in html
    assert "Never contacted." in html


def test_a_line_names_source_and_date_of_its_evidence(client, rep, lead):
    seen = timezone.now() - timedelta(days=40)
    leads.evidence(lead, "title", source="sample-a", observed_at=seen)

    html = client.get(card(lead), headers=HTMX).content.decode()

    assert f'<span class="score-source">Sample-a, <time datetime="{seen:%Y-%m-%d}">' in html


def test_next_actions_have_links_where_they_can_be_done_here(client, rep, lead):
    advice = reverse("scoring:score-advice", args=[lead.pk])

    html = client.get(advice, headers=HTMX).content.decode()

    assert f'href="{reverse("leads:lead-detail", args=[lead.pk])}#email-check"' in html
    assert f'href="mailto:{lead.email}"' in html
    assert 'href="#lead-note"' in html


def test_a_changed_score_is_told(client, rep, workspace, lead):
    profile = profiles.current(workspace)
    for steps, why in (((1_000,) * 10, "Delivered"), ((5_000,) * 10, "Replied")):
        record(workspace.pk, [lead.pk], scores(*steps), profile_id=profile.pk, why=why, now=timezone.now())

    html = client.get(card(lead), headers=HTMX).content.decode()

    assert "+40 points, D to C" in html
    assert "Replied" in html
    assert f'href="{reverse("scoring:score-trend", args=[lead.pk])}"' in html
    assert "Delivered" not in html  # what was before that stands with the trend


def test_scoring_again_stores_the_score_and_returns_to_the_card(client, rep, lead):
    response = client.post(again(lead))

    assert (response.status_code, response["Location"]) == (303, card(lead))
    assert LeadScore.objects.filter(lead=lead).exists()


def test_scoring_again_by_htmx_answers_with_the_card(client, rep, lead):
    response = client.post(again(lead), headers=HTMX)

    stored = LeadScore.objects.get(lead=lead)
    assert f"{stored.total} of 100" in response.content.decode()
    assert f"Scored again: {stored.grade} {stored.total}" in response["HX-Trigger"]


def test_what_stands_beside_the_card_is_read_again_with_it(client, rep, lead):
    page = client.get(reverse("leads:lead-detail", args=[lead.pk])).content.decode()

    event = json.loads(client.post(again(lead), headers=HTMX)["HX-Trigger"]).keys() - {"toast"}
    for region in ("score-trend", "lead-advice"):
        [listening] = re.findall(rf'id="{region}"[^>]*hx-trigger="([^"]*)"', page)
        assert [each for each in event if f"{each} from:body" in listening]


def test_reading_stores_nothing(client, rep, lead):
    client.get(card(lead))

    assert client.get(again(lead)).status_code == 405
    assert not LeadScore.objects.exists()


def test_a_stranger_finds_no_lead(client, lead):
    client.force_login(people.owner(people.workspace()), backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(card(lead)).status_code == 404
    assert client.post(again(lead)).status_code == 404


def test_an_erased_lead_has_no_card(client, rep, workspace):
    lead = leads.lead(workspace, erased_at=timezone.now())

    assert client.get(card(lead)).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_evidence(client, rep, lead, django_assert_max_num_queries):
    for number in range(20):
        leads.evidence(lead, "title", value=f"Head of Sales {number}")

    with django_assert_max_num_queries(32):
        client.get(card(lead), headers=HTMX)


def flat(html: str) -> str:
    """The text of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_card_says_how_many_facts_it_rests_on_and_which_are_missing(client, rep, lead):
    text = flat(client.get(card(lead), headers=HTMX).content.decode())

    told = receipt(lead, now=timezone.now())
    assert f"based on {len(told.facts_known)} of 12 facts" in text
    assert f"Not known: {', '.join(told.facts_missing)}." in text.replace("&#x27;", "'")


def test_card_names_the_cheapest_way_to_the_next_grade(client, rep, workspace):
    save_ideal(workspace, IdealCustomer(industries=("retail",), places=("DE",)), by=None, now=timezone.now())
    company = leads.company(workspace, industry="retail", country="DE")
    lead = leads.lead(workspace, company=company, title="CEO", seniority="c_level", country="DE")

    told = receipt(lead, now=timezone.now(), prices=action_prices(timezone.now()))

    text = flat(client.get(card(lead), headers=HTMX).content.decode())
    assert told.path
    assert "What would raise it:" in text
    assert all(step.title in text for step in told.path.steps)
    assert f"may become Grade {told.path.grade}" in text


@pytest.mark.parametrize(("cuts", "is_best"), [((4, 3, 2, 1), True), ((100, 99, 98, 97), False)], ids=["A+", "D"])
def test_card_speaks_of_a_next_grade_only_where_there_is_one(client, rep, workspace, lead, cuts, is_best):
    draft = versions.drafted(workspace, "", Weighting(cuts=cuts), note="", by=None, now=timezone.now())
    versions.publish(draft, by=None, now=timezone.now())

    text = flat(client.get(card(lead), headers=HTMX).content.decode())

    assert "What would raise it: " in text
    assert ("which is not enough for the next grade" in text) != is_best


def test_card_says_of_each_line_what_is_missing(client, rep, lead):
    html = client.get(card(lead), headers=HTMX).content.decode()

    told = receipt(lead, now=timezone.now())
    lacking = [line.shortfall for line in told.lines if line.points < line.most]
    assert len(lacking) > 3
    assert all(escape(sentence) in html for sentence in lacking)


def test_card_of_somebody_who_opted_out_offers_no_way_up(client, rep, workspace):
    lead = leads.lead(workspace, do_not_contact=True)

    text = flat(client.get(card(lead), headers=HTMX).content.decode())

    assert "What would raise it" not in text
    assert "Marked as not to be contacted." in text


@pytest.mark.parametrize("is_barred", [True, False])
def test_advice_says_why_there_is_nothing_to_do(client, rep, workspace, is_barred):
    lead = leads.lead(
        workspace,
        email_status="deliverable",
        phone="+436601234567",
        phone_type="mobile",
        phone_valid=True,
        linkedin_slug="mira",
        country="DE",
        seniority="director",
        department="sales",
        do_not_contact=is_barred,
    )
    leads.activity(lead, "meeting")

    text = flat(client.get(reverse("scoring:score-advice", args=[lead.pk]), headers=HTMX).content.decode())

    assert ("does not want to be contacted" in text) == is_barred
    assert ("what can be known is known" in text) != is_barred


def test_card_says_what_changed_the_score(client, rep, lead):
    now = timezone.now()
    rescore([lead], why="Delivered", now=now)

    log(lead, Entry("meeting", now), by=rep, now=now)

    text = flat(client.get(card(lead), headers=HTMX).content.decode())
    assert f"Meeting on {now:%-d %B}" in text
    assert re.search(r"\+\d+ points", text)
