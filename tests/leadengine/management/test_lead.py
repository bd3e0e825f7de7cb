"""`manage.py lead` does what the page of a lead does."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from leads.models import Activity
from tests.factories import leads, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    workspace = people.workspace()
    people.owner(workspace)
    return leads.lead(workspace, "Ada Lovelace", email="ada@bright.example", title="CTO")


def run(lead, *arguments: str) -> dict:
    out = StringIO()
    call_command("lead", lead.email, "--workspace", lead.workspace.slug, "--json", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_stage_owner_note_and_value_in_one_call(lead):
    rep = people.rep(lead.workspace)

    told = run(
        lead, "--stage", "won", "--owner", rep.email, "--note", "Signed", "--kind", "meeting", "--value", "12500"
    )

    assert (told["stage"], told["owner"], told["value"], told["currency"]) == ("won", rep.email, 12_500, "EUR")
    assert Activity.objects.filter(lead=lead, kind="meeting", text="Signed").exists()


def test_conflict_is_told_and_decided(lead):
    leads.evidence(lead, "title")
    other = leads.evidence(lead, "title", value="CIO", source="file", is_current=False)

    (found,) = run(lead)["conflicts"]
    told = run(lead, "--pick", str(other.pk))

    assert found["others"][0] == {"evidence": other.pk, "value": "CIO", "source": "Your file", "confidence": 0.5}
    assert (told["title"], told["conflicts"][0]["settled"], found["settled"]) == ("CIO", True, False)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--stage", "atlantis"], "Known: new, working"),
        (["--stage", "disqualified"], "--reason"),
        (["--owner", "nobody@elsewhere.example"], "works in this workspace"),
        (["--value", "5"], "Only a won lead"),
        (["--pick", "1"], "no evidence 1"),
    ],
    ids=["no stage", "no reason", "no member", "not won", "no evidence"],
)
def test_what_cannot_be_done_is_a_sentence(lead, arguments, why):
    with pytest.raises(CommandError, match=why):
        run(lead, *arguments)


def test_lead_of_another_workspace_is_not_found(lead):
    other = people.workspace()

    with pytest.raises(CommandError, match="There is no lead"):
        call_command("lead", lead.email, "--workspace", other.slug)


def test_in_words(lead):
    out = StringIO()

    call_command("lead", str(lead.pk), "--workspace", lead.workspace.slug, stdout=out)

    assert out.getvalue().startswith("Ada Lovelace, CTO: new, owned by nobody.")
