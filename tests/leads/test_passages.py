"""Addresses of a person go from every text of the workspace, bare names are only counted."""

import pytest
from django.utils import timezone

from leads.erasing import erase_person, named_elsewhere
from leads.models import ActivityKind, Evidence, Lead, RunCompany, Suppression
from leads.suppressing import suppress
from tests.factories import groups, leads, people, runs

pytestmark = pytest.mark.django_db

EMAIL, PHONE = "zelda.okonkwo@pumps.example", "+4930123456"
NOTE = "Ask Zelda Okonkwo, zelda.okonkwo@pumps.example or 030 / 12 34 56."


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def zelda(workspace) -> Lead:
    return leads.lead(workspace, "Zelda Okonkwo", email=EMAIL, phone=PHONE, linkedin_slug="zelda-okonkwo-7")


def erase(lead: Lead) -> None:
    erase_person(lead, by=None, now=timezone.now())


def test_note_on_another_lead_loses_the_addresses_and_keeps_the_rest(workspace, zelda):
    note = leads.activity(leads.lead(workspace), text=NOTE, detail={"to": [EMAIL, 7]})

    erase(zelda)

    note.refresh_from_db()
    assert note.text == "Ask Zelda Okonkwo, [erased] or [erased]."
    assert note.detail == {"to": ["[erased]", 7]}


def test_bare_names_are_counted_by_the_kind_of_text(workspace, zelda):
    leads.activity(zelda, text="Spoke to Zelda Okonkwo")
    leads.activity(leads.lead(workspace), kind=ActivityKind.CALL, text=NOTE)
    leads.saved_view(workspace, name="Like Zelda Okonkwo")

    assert named_elsewhere(zelda) == {"activities": 1, "saved views": 1}


def test_fact_of_the_company_loses_them(workspace, zelda):
    fact = Evidence.objects.create(
        workspace=workspace, company=zelda.company, field="contact", value=EMAIL, source="x", observed_at=timezone.now()
    )

    erase(zelda)

    fact.refresh_from_db()
    assert fact.value == "[erased]"


@pytest.mark.parametrize("kind", ["view", "search", "run", "tag", "list"])
def test_name_that_somebody_gave_loses_them(workspace, zelda, kind):
    user, name = people.rep(workspace), f"For {EMAIL}"
    named = {
        "view": lambda: leads.saved_view(workspace, name=name, query=f'"{EMAIL}"'),
        "search": lambda: runs.saved_search(workspace, name=name),
        "run": lambda: runs.run(workspace, name=name),
        "tag": lambda: groups.tag(workspace, name),
        "list": lambda: groups.lead_list(workspace, name, by=user),
    }[kind]()

    erase(zelda)

    named.refresh_from_db()
    assert named.name == f"For [erased {named.pk}]"[: named._meta.get_field("name").max_length]


def test_company_that_was_found_on_the_way_loses_them(workspace, zelda):
    facts = {"people": [{"name": "Zelda Okonkwo", "phone": "030 123 456"}]}
    found = RunCompany.objects.create(
        workspace=workspace, run=runs.run(workspace), company_key="pumps.example", facts=facts, found_by="directory"
    )

    erase(zelda)

    found.refresh_from_db()
    assert found.facts == {"people": [{"name": "Zelda Okonkwo", "phone": "[erased]"}]}


def test_note_of_the_suppression_list_loses_them(workspace, zelda):
    suppress("domain", "pumps.example", workspace=workspace, by=None, note=f"{EMAIL} asked", now=timezone.now())

    erase(zelda)

    assert Suppression.objects.get(kind="domain").note == "[erased] asked"


def test_other_people_and_other_workspaces_keep_theirs(workspace, zelda):
    colleague = leads.lead(workspace, "Bo Lund", phone=PHONE)
    stranger = leads.activity(leads.lead(people.workspace()), text=NOTE)

    erase(zelda)

    colleague.refresh_from_db()
    stranger.refresh_from_db()
    assert (colleague.phone, stranger.text) == (PHONE, NOTE)
