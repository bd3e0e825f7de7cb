"""Stored factor values read as columns, and which industries a profile scores."""

import pytest

from scoring import profiles
from scoring.recording import record
from scoring.stored import LOST, OPEN, WON, Scope, read, scope_of
from tests.factories import leads, people
from tests.factories.scoring import NOW, scores

VALUES = (8_000, -1, 0, 10_000, 1, 2, 3, -1, 4, 9_999)


@pytest.mark.parametrize(
    ("industry", "published", "inside", "outside"),
    [
        pytest.param("", {""}, ["", "retail", "education"], [], id="default alone"),
        pytest.param(
            "", {"", "retail"}, ["", "education"], ["retail", "retail-groceries"], id="default beside another"
        ),
        pytest.param("retail", {""}, ["retail", "retail-groceries"], ["", "education"], id="new industry"),
        pytest.param(
            "retail", {"", "retail", "retail-groceries"}, ["retail"], ["retail-groceries"], id="with one below"
        ),
        pytest.param("retail-groceries", {"", "retail"}, ["retail-groceries"], ["retail"], id="below another"),
    ],
)
def test_which_leads_a_profile_scores(industry, published, inside, outside):
    scope = scope_of(industry, published)

    assert [code for code in (*inside, *outside) if scope.has(code)] == inside


@pytest.mark.django_db
def test_values_come_as_they_are_stored():
    workspace = people.workspace()
    lead, other = leads.lead(workspace), leads.lead()
    for each in (lead, other):
        profile = profiles.ensure_default(each.workspace)
        record(each.workspace_id, [each.pk], scores(*VALUES), profile_id=profile.pk, why="", now=NOW)

    found = read(workspace.pk, Scope(), now=NOW)

    assert found.steps.tolist() == [list(VALUES)]
    assert (found.lead_ids([0]), found.in_scope.tolist(), found.outcomes.tolist()) == ([lead.pk], [True], [OPEN])


@pytest.mark.django_db
def test_scope_and_outcomes_are_told_of_each_lead():
    workspace = people.workspace()
    profile = profiles.ensure_default(workspace)
    shop = leads.company(workspace, industry="retail-groceries")
    closed = {"won": NOW, "lost": NOW, "disqualified": NOW}
    made = [leads.lead(workspace, company=shop, outcome=each, closed_at=at) for each, at in closed.items()]
    made += [leads.lead(workspace), leads.lead(workspace, erased_at=NOW)]
    record(workspace.pk, [each.pk for each in made], scores(n=5), profile_id=profile.pk, why="", now=NOW)

    found = read(workspace.pk, scope_of("retail", {""}), now=NOW)

    told = dict(zip(found.lead_ids(range(4)), zip(found.in_scope, found.outcomes, strict=True), strict=True))
    assert [told[each.pk] for each in made[:4]] == [(True, WON), (True, LOST), (True, OPEN), (False, OPEN)]
    assert len(found.scoped().steps) == 3


@pytest.mark.django_db
def test_a_workspace_without_scores_has_no_rows():
    found = read(people.workspace().pk, Scope(), now=NOW)

    assert found.steps.shape == (0, 10)
    assert found.expected() == (0.4,) * 10
