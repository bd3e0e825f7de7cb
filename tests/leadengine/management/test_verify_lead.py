"""`manage.py verify_lead` does what the button does, and refuses in words."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import people, verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    made = verification.workspace()
    people.owner(made)
    return made


def test_verdict_is_told_as_json_with_its_evidence(workspace, capsys):
    lead = verification.lead(workspace, "undeliverable")

    call_command("verify_lead", str(lead.pk), workspace=workspace.slug, json=True)

    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["reason"], told["charged"]) == ("undeliverable", "mailbox_not_found", "0.50")
    assert told["evidence"]["smtp"]


def test_verdict_is_told_in_words(workspace, capsys):
    lead = verification.lead(workspace, "risky")

    call_command("verify_lead", lead.email, workspace=workspace.slug)

    told = capsys.readouterr().out
    assert f"{lead.email}: risky. The mail server takes any address" in told
    assert "Free. Sandbox" in told


def test_many_are_one_order_and_what_is_known_is_left_out(workspace, capsys):
    made = [verification.lead(workspace, status) for status in ("deliverable", "undeliverable", "risky")]
    verification.done(made[0])

    call_command("verify_lead", all=True, workspace=workspace.slug, json=True)

    told = json.loads(capsys.readouterr().out)
    assert (told["ordered"], told["credits"], told["held"]) == (2, 0.5, 0)
    assert told["verdicts"] == {"deliverable": 0, "risky": 1, "undeliverable": 1, "unknown": 0}


def test_only_those_that_are_named_are_verified(workspace, capsys):
    one, _other = (verification.lead(workspace, status) for status in ("deliverable", "risky"))

    call_command("verify_lead", ids=[one.pk], workspace=workspace.slug)

    assert capsys.readouterr().out.startswith("1 ordered: 1 deliverable. 0.5 credits.")


@pytest.mark.parametrize(
    ("fields", "options", "said"),
    [({"do_not_contact": True}, {}, "not to be contacted"), ({}, {"correct": True}, "no other spelling")],
)
def test_what_cannot_be_is_refused_in_words(workspace, fields, options, said):
    lead = verification.lead(workspace, **fields)

    with pytest.raises(CommandError, match=said):
        call_command("verify_lead", str(lead.pk), workspace=workspace.slug, **options)
