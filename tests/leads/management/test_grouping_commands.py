"""Tags, lists, companies and moves from the command line."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from leads.models import Company, Evidence, Lead
from tests.factories import groups, leads, people, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    made = people.workspace()
    people.owner(made)
    return made


def run(workspace, name: str, *arguments: str) -> dict:
    out = StringIO()
    call_command(name, *arguments, "--workspace", workspace.slug, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_companies_are_listed_by_the_filters_of_the_page(workspace):
    scores.score(leads.lead(workspace, company=leads.company(workspace, "Anker", country="AT")), "A")
    leads.company(workspace, "Birke")

    found = run(workspace, "list_companies", "--country", "AT")

    assert found["count"] == 1
    assert {"name": "Anker", "grade": "A", "people": 1}.items() <= found["companies"][0].items()


def test_unknown_filter_is_an_error_in_words(workspace):
    with pytest.raises(CommandError, match="country"):
        run(workspace, "list_companies", "--country", "XX")


@pytest.mark.parametrize("named", ["domain", "id"])
def test_company_is_marked_and_unmarked(workspace, named):
    company = leads.company(workspace)
    name = company.domain if named == "domain" else str(company.pk)

    marked = run(workspace, "mark_company", name, "--relation", "customer")
    unmarked = run(workspace, "mark_company", name, "--relation", "none")

    assert (marked["before"], marked["relation"]) == ("", "customer")
    assert (unmarked["before"], Company.objects.get().relation) == ("customer", "")


def test_company_of_another_workspace_is_not_marked(workspace):
    theirs = leads.company(people.workspace())

    with pytest.raises(CommandError, match="knows no company"):
        run(workspace, "mark_company", theirs.domain, "--relation", "customer")


def test_lead_is_moved_with_a_deal(workspace):
    lead = leads.lead(workspace)

    moved = run(workspace, "lead", lead.email, "--stage", "won", "--value", "900", "--currency", "CHF")

    lead.refresh_from_db()
    assert (moved["stage"], lead.deal_value, lead.deal_currency) == ("won", 900, "CHF")
    run(workspace, "edit_leads", "--undo", moved["edits"][0])
    lead.refresh_from_db()
    assert (lead.stage.key, lead.deal_value) == ("new", None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--stage", "disqualified"], "Say with --reason why"),
        (["--stage", "dancing"], "There is no stage “dancing”. Known: new"),
        (["--stage", "won", "--value", "much"], "no amount"),
        (["--stage", "won", "--value", "NaN"], "no amount"),
    ],
)
def test_move_that_cannot_be_is_an_error_in_words(workspace, arguments, said):
    with pytest.raises(CommandError, match=said):
        run(workspace, "lead", str(leads.lead(workspace).pk), *arguments)


def test_list_is_made_filled_shown_emptied_and_deleted(workspace):
    one, other = leads.lead(workspace), leads.lead(workspace)

    made = run(workspace, "lead_lists", "create", "--name", "Fair", "--leads", one.email)
    added = run(workspace, "lead_lists", "add", "--name", "fair", "--leads", one.email, str(other.pk))
    removed = run(workspace, "lead_lists", "remove", "--name", "Fair", "--leads", one.email)
    shown = run(workspace, "lead_lists", "--name", "Fair")
    every = run(workspace, "lead_lists")
    run(workspace, "lead_lists", "delete", "--name", "Fair")

    assert [each["changed"] for each in (made, added, removed)] == [1, 1, 1]
    assert [each["id"] for each in shown["leads"]] == [str(other.pk)]
    assert every == {"lists": [{"name": "Fair", "leads": 1, "grades": {}}]}
    assert run(workspace, "lead_lists") == {"lists": []}


def test_tags_are_put_on_renamed_and_merged(workspace):
    one = leads.lead(workspace)
    groups.tag(workspace, "Warm")

    run(workspace, "tags", "add", "--name", "Hot", "--leads", one.email)
    run(workspace, "tags", "rename", "--name", "Hot", "--to", "Very hot")
    merged = run(workspace, "tags", "merge", "--name", "very hot", "--to", "Warm")

    assert merged["gained"] == 1
    assert run(workspace, "tags") == {"tags": [{"name": "Warm", "leads": 1}]}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["lead_lists", "add", "--name", "Fair"], "has no list “Fair”"),
        (["tags", "delete", "--name", "Warm"], "has no tag “Warm”"),
        (["lead_lists", "create", "--name", " "], "Give the list a name"),
        (["tags", "add", "--name", "Warm", "--leads", "nobody@nowhere.example"], "has no lead"),
    ],
)
def test_what_is_not_there_is_an_error_in_words(workspace, command, said):
    with pytest.raises(CommandError, match=said):
        run(workspace, *command)

    assert not Lead.objects.exists()


def test_value_of_a_company_is_chosen_and_taken_back(workspace):
    company = leads.company(workspace, founded_year=1990)
    given = {"field": "founded_year", "value": "1990", "source": "directory", "observed_at": company.created_at}
    Evidence.objects.create(workspace=workspace, company=company, **given)
    leads.evidence(leads.lead(workspace, company=company), "company.founded_year", value="1980", source="file")
    (asked,) = run(workspace, "company", company.domain)["conflicts"]

    told = run(workspace, "company", company.domain, "--pick", str(asked["others"][0]["evidence"]))

    (chosen,) = told["choices"]
    assert (asked["used"]["value"], told["conflicts"][0]["settled"]) == ("1990", True)
    assert Company.objects.get(pk=company.pk).founded_year == 1980
    run(workspace, "company", company.domain, "--undo", str(chosen["choice"]))
    assert Company.objects.get(pk=company.pk).founded_year == 1990
