"""Whatever the score pages do can be done from a script, with JSON out."""

import json
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from leads.models import EmailStatus, Lead
from scoring.models import LeadScore, Rescoring
from tests.factories import leads, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    made = people.workspace()
    people.owner(made)
    return made


@pytest.fixture
def lead(workspace):
    return leads.lead(workspace, "Mira Sandoval", company=leads.company(workspace, industry="retail"))


def called(name: str, *args: str, workspace, as_json: bool = True, **options):
    out = StringIO()
    call_command(name, *args, workspace=workspace.slug, json=as_json, stdout=out, **options)
    return json.loads(out.getvalue()) if as_json else out.getvalue()


@pytest.mark.parametrize("named", ["pk", "email"])
def test_explain_lead_adds_up(workspace, lead, named):
    told = called("explain_lead", str(getattr(lead, named)), workspace=workspace)

    assert sum(line["points"] for line in told["lines"]) == told["total"]
    assert told["lead"] == str(lead.pk)
    assert told["actions"][0].keys() >= {"title", "price", "gain"}


def test_explain_lead_has_the_shape_of_score_facts(workspace, lead, tmp_path):
    (tmp_path / "facts.json").write_text('{"id": "a"}')
    out = StringIO()
    call_command("score_facts", str(tmp_path / "facts.json"), json=True, stdout=out)

    told = called("explain_lead", str(lead.pk), workspace=workspace)

    assert set(told) == {*json.loads(out.getvalue()), "lead"}
    assert told["id"] == told["lead"] == str(lead.pk)


def test_explain_lead_in_words(workspace, lead):
    told = called("explain_lead", lead.email, workspace=workspace, as_json=False)

    assert told.startswith("Mira Sandoval: ")
    assert "Engagement history    3 / 8   assumed  Never contacted." in told


@pytest.mark.parametrize(
    "name", ["nobody@sample.example", "a\0b@sample.example", "00000000-0000-0000-0000-000000000000"]
)
def test_explain_lead_of_nobody(workspace, name):
    with pytest.raises(CommandError, match="There is no lead"):
        called("explain_lead", name, workspace=workspace)


def test_explain_lead_of_an_address_that_several_have_names_them(workspace, lead):
    other = leads.lead(workspace)
    Lead.objects.update(email="info@northwind.example")

    with pytest.raises(CommandError) as caught:
        called("explain_lead", "info@northwind.example", workspace=workspace)

    assert all(str(each.pk) in str(caught.value) for each in (lead, other))


def test_explain_lead_of_another_workspace(workspace, lead):
    with pytest.raises(CommandError, match="There is no lead"):
        called("explain_lead", str(lead.pk), workspace=people.workspace())


def test_rescore_scores_every_lead(workspace, lead):
    leads.lead(workspace, email_status=EmailStatus.DELIVERABLE)

    told = called("rescore", workspace=workspace)
    again = called("rescore", workspace=workspace)

    assert (told["leads"], told["done"], sum(told["grades"].values())) == (2, 2, 2)
    assert (told["changed"], again["changed"]) == (2, 0)
    assert LeadScore.objects.of(workspace).count() == 2


def test_rescore_can_leave_it_to_the_workers(workspace, lead):
    told = called("rescore", workspace=workspace, leave_to_workers=True)

    assert (told["leads"], told["done"]) == (1, 0)
    assert Rescoring.objects.get().state == "queued"


def test_rescore_of_an_empty_workspace(workspace):
    assert called("rescore", workspace=workspace)["leads"] == 0


def test_set_ideal_customer_publishes_a_version(workspace, lead):
    told = called("set_ideal_customer", '{"industries": ["Retail"], "places": ["Germany"]}', workspace=workspace)

    assert told == {"version": 2, "ideal": {"industries": ["retail"], "places": ["DE"]}, "rescoring": 1}


def test_set_ideal_customer_names_mistakes(workspace):
    with pytest.raises(CommandError, match="Atlantis"):
        called("set_ideal_customer", '{"places": ["Atlantis"]}', workspace=workspace)


def test_rescore_follows_another_that_somebody_starts_meanwhile(workspace, lead):
    def noticed(execute, sql, *args):
        if 'FROM "scoring_profile"' in sql and waiting:  # claimed, and about to read the rules
            waiting.pop()()
        return execute(sql, *args)

    waiting = [partial(called, "rescore", workspace=workspace, leave_to_workers=True)]
    with connection.execute_wrapper(noticed):
        told = called("rescore", workspace=workspace, as_json=False)

    assert told.startswith("Another rescoring took over: Scored again by ")
    assert [each.state for each in Rescoring.objects.order_by("pk")] == ["stopped", "done"]
