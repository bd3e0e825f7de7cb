"""`manage.py look_up_lead` does what the buttons do, and refuses in words."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import leads, people, verification

pytestmark = pytest.mark.django_db


def test_address_is_found_and_taken(capsys):
    workspace = verification.workspace()
    people.owner(workspace)
    company = leads.company(workspace, domain=verification.domain_where("ada.okafor", "deliverable"))
    lead = leads.lead(workspace, "Ada Okafor", company=company, email="")

    call_command("look_up_lead", str(lead.pk), "--find=email", workspace=workspace.slug, json=True)
    found = json.loads(capsys.readouterr().out)
    call_command("look_up_lead", str(lead.pk), f"--use={found['email']}", workspace=workspace.slug)

    assert (found["charged"], found["status"]) == ("0.50", "deliverable")
    assert capsys.readouterr().out == f"E-mail: {found['email']}.\n"


def test_refusal_is_a_sentence():
    workspace = verification.workspace()
    people.owner(workspace)
    lead = leads.lead(workspace, phone="")

    with pytest.raises(CommandError, match="There is no number"):
        call_command("look_up_lead", str(lead.pk), "--find=line", workspace=workspace.slug)
