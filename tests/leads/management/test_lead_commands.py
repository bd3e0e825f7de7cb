"""Listing, editing and exporting leads from the command line."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from leads.models import Lead
from tests.factories import leads, people, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(workspace):
    people.owner(workspace)
    return people.rep(workspace)


def run(command: str, workspace, **options):
    """What the command prints as JSON."""
    out = StringIO()
    call_command(command, workspace=workspace.slug, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def graded(workspace, name: str, grade: str, **fields) -> Lead:
    lead = leads.lead(workspace, name, **fields)
    scores.score(lead, grade)
    return lead


def test_list_shows_rows_and_grades(workspace, rep):
    graded(workspace, "Ada", "A", owner=rep)
    graded(workspace, "Cem", "C")

    found = run("list_leads", workspace, query="grade:a,c", sort="-score")

    assert (found["query"], found["total"], found["grades"]) == ("grade:A,C", 2, {"A": 1, "C": 1})
    assert [(row["name"], row["grade"], row["owner"]) for row in found["leads"]] == [
        ("Cem", "C", None),
        ("Ada", "A", rep.email),
    ]


def test_me_is_whoever_it_is_done_for(workspace, rep):
    leads.lead(workspace, "Mine", owner=rep)
    leads.lead(workspace, "Other")

    found = run("list_leads", workspace, query="owner:me", by=rep.email)

    assert [row["name"] for row in found["leads"]] == ["Mine"]


def test_words_for_people(workspace, rep):
    graded(workspace, "Ada", "A", title="CTO")
    out = StringIO()

    call_command("list_leads", workspace=workspace.slug, stdout=out)

    assert out.getvalue().startswith("1 leads match “”. Page 1 of 1.\nA    80  Ada, CTO, Northwind")


@pytest.mark.parametrize(("query", "says"), [("stage:wonn", "Did you mean “won”"), ("is:new", "Say since when")])
@pytest.mark.parametrize("command", ["list_leads", "edit_leads", "export_leads"])
def test_query_that_is_not_understood_is_refused(workspace, rep, command, query, says, tmp_path):
    options = {"edit_leads": {"tag": "vip"}, "export_leads": {"to": str(tmp_path / "file.csv")}}.get(command, {})

    with pytest.raises(CommandError, match=says):
        run(command, workspace, query=query, **options)


def test_edit_changes_what_matches_and_undo_puts_it_back(workspace, rep):
    mine, other = leads.lead(workspace, "Ada"), leads.lead(workspace, "Bo")

    made = run("edit_leads", workspace, query="ada", owner=rep.email)

    assert made["changed"] == 1
    assert [Lead.objects.get(pk=lead.pk).owner for lead in (mine, other)] == [rep, None]
    assert run("edit_leads", workspace, undo=made["edit"]) == {"edit": made["edit"], "put_back": 1, "left": 0}
    assert Lead.objects.get(pk=mine.pk).owner is None


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"stage": "disqualified"}, "Say why"),
        ({"stage": "dancing"}, "Select a valid choice"),
        ({"owner": "nobody@nowhere.example"}, "Nobody called"),
        ({"undo": "00000000-0000-0000-0000-000000000000"}, "There is no edit"),
    ],
)
def test_edit_that_cannot_be_made_is_refused_in_words(workspace, rep, options, says):
    leads.lead(workspace)

    with pytest.raises(CommandError, match=says):
        run("edit_leads", workspace, **options)


def test_edit_cannot_be_taken_back_twice(workspace, rep):
    leads.lead(workspace)
    made = run("edit_leads", workspace, tag="vip")
    run("edit_leads", workspace, undo=made["edit"])

    with pytest.raises(CommandError, match="already"):
        run("edit_leads", workspace, undo=made["edit"])


def test_export_writes_a_new_file_and_says_how_many(workspace, rep, tmp_path):
    leads.lead(workspace, "Ada")
    leads.lead(workspace, "Blocked", do_not_contact=True)
    target = tmp_path / "leads.csv"

    said = run("export_leads", workspace, to=str(target), purpose="crm")

    assert (said["exported"], said["left_out"]) == (1, 1)
    assert [row["Last Name"] for row in csv.DictReader(StringIO(target.read_text("utf-8-sig")))] == ["Ada"]
    with pytest.raises(CommandError, match="File exists"):
        run("export_leads", workspace, to=str(target))
