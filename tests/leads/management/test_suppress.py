"""`manage.py suppress` keeps the suppression list as its page does."""

from __future__ import annotations

import pytest

from billing.models import Workspace
from leads.models import Lead, Suppression
from tests.commands import data, refused
from tests.factories import leads, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace() -> Workspace:
    made = people.workspace("Ostra Sales")
    people.owner(made)
    return made


@pytest.fixture
def at(workspace: Workspace) -> tuple[str, str]:
    return "--workspace", workspace.slug


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "Mira@fjell.example"),
        ("domain", "https://fjell.example/"),
        ("phone", "+49 3641 555010"),
        ("linkedin", "mira-1"),
    ],
)
def test_listed_once_and_taken_off(at, kind: str, value: str):
    told = [data("suppress", *at, "--kind", kind, "--value", value)["listed"] for _ in range(2)]
    listed = Suppression.objects.count()
    gone = data("suppress", *at, "--kind", kind, "--value", value, "--remove")

    assert (told, listed, gone["listed"]) == ([True, True], 1, False)
    assert not Suppression.objects.exists()


def test_leads_of_the_address_are_marked(at, workspace):
    lead = leads.lead(workspace, email="mira@fjell.example")

    told = data("suppress", *at, "--kind", "email", "--value", "Mira@Fjell.example", "--note", "asked us")

    assert told["marked"] == 1
    assert Lead.objects.get(pk=lead.pk).do_not_contact


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--kind", "email", "--value", "mira"), "“mira” is not"),
        (("--kind", "phone", "--value", "12"), "“12” is not"),
        (("--kind", "fax", "--value", "12"), "invalid choice: 'fax'"),
        (("--kind", "email"), "required: --value"),
        (
            ("--kind", "email", "--value", "mira@fjell.example", "--remove"),
            "not on the suppression list of Ostra Sales",
        ),
        (("--kind", "email", "--value", "mira", "--remove"), "“mira” is not"),
        (("--kind", "email", "--value", "mira@fjell.example", "--note", "n" * 201), "The note is longer than 200"),
    ],
)
def test_mistakes(at, arguments: tuple[str, ...], sentence: str):
    assert sentence in refused("suppress", *at, *arguments)
    assert not Suppression.objects.exists()


def test_workspace_of_nobody():
    made = people.workspace("Empty")

    said = refused("suppress", "--workspace", made.slug, "--kind", "email", "--value", "mira@fjell.example")

    assert said == "Nobody works in Empty."
