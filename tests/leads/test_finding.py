"""Finding by name: the beginnings of words, in any order, in one's own workspace."""

import pytest

from leads.finding import find
from tests.factories import leads, people, runs, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def mira(workspace):
    return leads.lead(workspace, "Mira Sandoval", company=leads.company(workspace, "Halden Retail"))


def found(text, workspace, user=None, most=5):
    return find(text, workspace, user=user or people.rep(workspace), most=most)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("mi san", True),
        ("san mi", True),
        ("MIRA", True),
        ("Míra", True),
        ("ira", False),
        ("mira x", False),
        ("m", False),
    ],
)
def test_each_word_begins_a_word_of_the_name(workspace, mira, text, is_found):
    assert (found(text, workspace).leads == [mira]) is is_found


def test_companies_are_found_by_name(workspace, mira):
    assert found("hald", workspace).companies == [mira.company]


def test_the_best_lead_stands_first(workspace, mira):
    best = leads.lead(workspace, "Mirabel Okoro")
    scores.score(best, "A")
    scores.score(mira, "B")

    assert found("mira", workspace).leads == [best, mira]


def test_people_without_a_grade_stand_last(workspace):
    for number in range(6):
        leads.lead(workspace, f"Mira {number}")
    graded = scores.score(leads.lead(workspace, "Mira Zeller"), "D").lead

    assert found("mira", workspace).leads[0] == graded


def test_saved_searches_are_found_by_any_part_unless_private_to_others(workspace):
    user = people.rep(workspace)
    mine = runs.saved_search(workspace, name="Nordic pumps", created_by=user)
    runs.saved_search(workspace, name="Secret pumps")

    assert found("pumps", workspace, user).searches == [mine]


def test_nothing_of_another_workspace_is_found(workspace, mira):
    assert not found("mira", people.workspace())


@pytest.mark.parametrize(
    ("text", "is_found"), [("run 7", True), ("7 run", True), ("pumps", True), ("run pumps", True), ("run 8", False)]
)
def test_runs_are_found_by_number_and_name(workspace, text, is_found):
    run = runs.run(workspace, number=7, name="Nordic pumps")

    assert (found(text, workspace).runs == [run]) is is_found


def test_four_queries_however_much_there_is(workspace, django_assert_num_queries):
    user = people.rep(workspace)
    for number in range(8):
        leads.lead(workspace, f"Mira {number}")

    with django_assert_num_queries(4):
        assert len(found("mira", workspace, user).leads) == 5
