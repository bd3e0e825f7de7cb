"""`manage.py saved_searches` does what the page does, and `--saved` orders one."""

import json

import pytest
from django.core.management import CommandError, call_command

from leads.models import SavedSearch
from tests.factories import directory, people, runs

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved():
    """A search of a workspace's owner for people at manufacturers, of which there are four."""
    directory.people(4)
    workspace = people.workspace(credits=50)
    return runs.saved_search(
        workspace,
        created_by=people.owner(workspace),
        name="Pumps",
        criteria={"industries": ["manufacturing"]},
        most_leads=3,
    )


def searches(capsys, saved, **options):
    call_command("saved_searches", workspace=saved.workspace.slug, json=True, **options)
    return json.loads(capsys.readouterr().out)["searches"]


def test_list_tells_what_is_new(capsys, saved):
    (told,) = searches(capsys, saved)

    assert (told["name"], told["new"], told["most_leads"], told["shared"]) == ("Pumps", "4", 3, False)


@pytest.mark.parametrize(
    ("action", "left"),
    [
        ("share", [("Pumps", True)]),
        ("duplicate", [("Pumps", False), ("Pumps (copy)", False)]),
        ("delete", []),
    ],
)
def test_one_is_changed_by_its_name(capsys, saved, action, left):
    told = searches(capsys, saved, **{action: "Pumps"})

    assert [(each["name"], each["shared"]) for each in told] == left


def test_name_that_is_not_there_is_told(capsys, saved):
    with pytest.raises(CommandError, match="no saved search “Wells” to change"):
        searches(capsys, saved, delete="Wells")

    assert SavedSearch.objects.exists()


def test_saved_search_is_quoted_with_its_limits(capsys, saved):
    call_command("quote_leads", workspace=saved.workspace.slug, saved="Pumps", json=True)

    quote = json.loads(capsys.readouterr().out)
    assert (quote["matches"], quote["at_most"]) == (4, "3.00")
