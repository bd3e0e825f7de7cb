"""The laboratory: numbers in, what would change out, and the way to a version or a draft."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring import profiles, versions
from scoring.ideal import IdealCustomer
from scoring.models import Profile, Rescoring
from scoring.recording import record
from scoring.rulebook import WEIGHTS
from scoring.weighting import Weighting
from tests.factories import leads, people, scores
from tests.factories.scoring import scores as scored

pytestmark = pytest.mark.django_db

LAB, HTMX = reverse("scoring:lab"), {"HX-Request": "true"}
ON_POTENTIAL = Weighting((100, *[0] * 9))
RETAIL = IdealCustomer(industries=("retail",))


@pytest.fixture
def workspace():
    made = people.workspace()
    profiles.ensure_default(made)
    return made


@pytest.fixture(autouse=True)
def manager(client, workspace):
    user = people.manager(workspace)
    client.force_login(user)
    return user


def scored_leads(workspace, *potentials: int, **fields):
    made = [leads.lead(workspace, f"Lead {value}", **fields) for value in potentials]
    for lead, value in zip(made, potentials, strict=True):
        table = scored(value, *[5_000] * 9)
        record(workspace.pk, [lead.pk], table, profile_id=profiles.current(workspace).pk, why="", now=timezone.now())
    return made


def numbers(weighting: Weighting, **more):
    return {name: str(number) for name, number in weighting.columns().items()} | more


def test_it_opens_on_what_is_in_force_and_changes_nothing(client, workspace):
    scored_leads(workspace, 10_000, 0)

    page = client.get(LAB).content.decode()

    assert "None of 2 leads would get another grade." in page
    assert 'name="potential" value="15"' in page


def test_other_numbers_show_who_would_change(client, workspace):
    scored_leads(workspace, 10_000, 0, 5_000)

    answer = client.get(LAB, numbers(ON_POTENTIAL), headers=HTMX)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith('<div id="lab-results"')
    assert "1 of 3 leads (33 %) would get another grade: 1 a better one, 0 a worse one." in page
    assert ("Lead 10000" in page, "Lead 5000" in page) == (True, False)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({}, "1 lead changes Grade A+ 0 → 1 Grade C 3 → 2", id="some"),
        pytest.param({"potential": "99"}, "1 left 1 lead changes Grade", id="not 100"),
        pytest.param({"potential": ""}, "A number is missing or wrong", id="a mistake"),
    ],
)
def test_the_line_that_stays_in_sight_says_what_would_change(client, workspace, changed, told):
    scored_leads(workspace, 10_000, 5_000, 5_000)

    page = client.get(LAB, numbers(ON_POTENTIAL) | changed, headers=HTMX).content.decode()

    line = page[page.index('id="lab-told"') :].partition("</div>")[0]
    assert 'hx-swap-oob="true"' in line
    assert told in " ".join(re.sub(r"<[^>]+>", " ", line.partition(">")[2]).split())


def test_movers_are_narrowed_to_one_way(client, workspace):
    scored_leads(workspace, 10_000, 8_000)

    page = client.get(LAB, numbers(ON_POTENTIAL, **{"from": "C", "to": "A"})).content.decode()

    assert ("Lead 8000" in page, "Lead 10000" in page) == (True, False)


def test_weights_that_do_not_add_up_are_a_422_with_the_form_and_shown_as_balanced(client, workspace):
    scored_leads(workspace, 10_000)

    answer = client.get(LAB, numbers(Weighting((35, *WEIGHTS[1:]))))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The weights add up to 120: 20 too many." in page
    assert "this is what the balanced weights would do" in page
    assert 'name="potential" value="35"' in page


def test_half_typed_number_is_no_mistake_yet_and_leaves_the_cursor_where_it_is(client, workspace):
    answer = client.get(LAB, numbers(Weighting()) | {"potential": "x"}, headers=HTMX)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert ("Enter a whole number." in page, "autofocus" in page, "<html" in page) == (True, False, False)


def test_balance_keeps_what_was_changed(client, workspace):
    answer = client.get(LAB, numbers(Weighting((35, *WEIGHTS[1:])), balance="1"), headers=HTMX)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith('<div id="lab"')
    assert ('name="potential" value="35"' in page, "The weights add up to 100." in page) == (True, True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"potential": "x"}, "Enter a whole number."),
        ({"potential": ""}, "This field is required."),
        ({"cut_a": "90"}, "The cut-offs must fall"),
        ({"potential": "101"}, "less than or equal to 100"),
    ],
    ids=["no number", "empty", "order", "too much"],
)
def test_mistakes_are_a_422(client, workspace, wrong, said):
    answer = client.get(LAB, numbers(Weighting()) | wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("query", ["profile=0", "profile=x", "start=alchemy", "industry=alchemy"])
def test_what_there_is_not_cannot_be_tried(client, query):
    assert client.get(f"{LAB}?{query}").status_code == 404


def test_an_industry_is_tried_on_its_own_leads_only(client, workspace):
    scored_leads(workspace, 10_000, company=leads.company(workspace, industry="retail-groceries"))
    scored_leads(workspace, 9_000)

    page = client.get(LAB, numbers(ON_POTENTIAL, industry="retail")).content.decode()

    assert "1 of 1 leads (100 %) would get another grade" in page
    assert "Lead 9000" not in page


def test_few_deals_are_said_to_be_few(client, workspace):
    scored_leads(workspace, 10_000, outcome="won", closed_at=timezone.now())

    page = client.get(LAB).content.decode()

    assert "Too few to judge by: 1 lead was won or lost in the last 90 days" in page
    assert "Share won" not in page


def test_review_names_the_numbers_before_anything_happens(client, workspace):
    scored_leads(workspace, 10_000, 0)

    page = client.get(reverse("scoring:lab-review"), numbers(ON_POTENTIAL)).content.decode()

    assert "Publish · 1 lead changes grade" in page
    assert Profile.objects.of(workspace).count() == 1


def test_publishing_puts_it_in_force_and_scores_all_again(client, workspace, manager):
    scored_leads(workspace, 10_000)

    answer = client.post(reverse("scoring:lab-publish"), numbers(ON_POTENTIAL, seen="1", note="Bold"), follow=True)

    made = profiles.current(workspace)
    assert (made.potential, made.version, made.note, made.created_by) == (100, 2, "Bold", manager)
    assert "Default profile, version 2 is in force. 1 leads are being scored again." in answer.content.decode()
    assert Rescoring.objects.get().started_by == manager


def test_of_two_who_publish_at_once_the_second_is_told(client, workspace):
    other = versions.drafted(workspace, "", Weighting(), note="", by=None, now=timezone.now())
    versions.publish(other, by=None, now=timezone.now())

    answer = client.post(reverse("scoring:lab-publish"), numbers(ON_POTENTIAL, seen="1", note="Bold"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody published version 2" in page
    assert ('name="seen" value="2"' in page, 'value="Bold"' in page) == (True, True)
    assert profiles.current(workspace) == other


def test_publishing_without_having_looked_is_a_422_in_a_sentence(client, workspace):
    answer = client.post(reverse("scoring:lab-publish"), numbers(ON_POTENTIAL, seen="x"))

    assert answer.status_code == 422
    assert "not said which version you saw in force" in answer.content.decode()


def test_publishing_a_mistake_is_a_422(client, workspace):
    answer = client.post(reverse("scoring:lab-publish"), numbers(Weighting((35, *WEIGHTS[1:])), seen="1"))

    assert answer.status_code == 422
    assert profiles.current(workspace).version == 1


def test_a_draft_is_kept_and_kept_again(client, workspace):
    client.post(reverse("scoring:lab-keep"), numbers(ON_POTENTIAL, seen="0", industry="retail"))
    draft = Profile.objects.get(state="draft")

    client.post(reverse("scoring:lab-keep"), numbers(Weighting(), seen="0", profile=draft.pk, note="Calmer"))

    draft = Profile.objects.get(state="draft")
    assert (draft.industry, draft.potential, draft.note) == ("retail", 15, "Calmer")


def test_a_draft_that_is_kept_by_a_double_click_is_one_draft(client, workspace):
    first, second = (
        client.post(reverse("scoring:lab-keep"), numbers(ON_POTENTIAL, seen="0", note="Twice")) for _ in "12"
    )

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert Profile.objects.filter(state="draft").count() == 1


def test_what_starts_from_an_earlier_version_has_the_ideal_customer_of_today(client, workspace, manager):
    first = profiles.current(workspace)
    versions.save_ideal(workspace, RETAIL, by=manager, now=timezone.now())

    client.post(reverse("scoring:lab-publish"), numbers(ON_POTENTIAL, seen="2", profile=first.pk))

    now_in_force = profiles.current(workspace)
    assert (now_in_force.version, IdealCustomer.from_json(now_in_force.ideal)) == (3, RETAIL)


def test_an_untouched_laboratory_says_that_newer_averages_make_the_change(client, workspace):
    scored_leads(workspace, *[-1] * 3, *[10_000] * 30)
    before = profiles.current(workspace)
    Profile.objects.filter(pk=before.pk).update(expected=[0.0] * 10, cut_a_plus=60, cut_a=55, cut_b=50, cut_c=45)

    page = client.get(LAB).content.decode()

    assert "3 of 33 leads (9 %) would get another grade" in page
    assert "all of it comes from averages that are newer than those of version 1." in page
    assert "Nothing moved; 3 leads change by newer averages" in page


def test_a_draft_is_published_from_its_review(client, workspace):
    draft = scores.draft(workspace)

    client.post(reverse("scoring:lab-publish"), numbers(ON_POTENTIAL, seen="0", profile=draft.pk))

    draft.refresh_from_db()
    assert (draft.state, draft.potential) == ("published", 100)


def test_queries_do_not_grow_with_the_leads(client, workspace, django_assert_max_num_queries):
    scored_leads(workspace, *range(9_000, 10_000, 40))

    with django_assert_max_num_queries(14):
        client.get(LAB, numbers(ON_POTENTIAL))


@pytest.mark.parametrize(
    ("name", "status"),
    [pytest.param("profile", 404, id="a profile"), pytest.param("potential", 422, id="a weight")],
)
def test_number_too_long_for_any_row_is_refused(client, name, status):
    answers = [
        client.get(LAB, {name: "9" * 5_000}),
        client.post(reverse("scoring:lab-publish"), {name: "9" * 5_000, "note": "More", "seen": "1"}),
    ]

    assert [answer.status_code for answer in answers] == [status, status]
