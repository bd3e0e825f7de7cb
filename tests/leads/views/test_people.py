"""What is held on a person: found by any address, handed over, erased after a question; by managers alone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import AuditEvent
from leads.erasing import erase_forgotten
from leads.identity import name_sort_key
from leads.models import Lead, SourceFileRow, Suppression
from tests.factories import leads, people, runs

pytestmark = pytest.mark.django_db

FIND = reverse("leads:person-find")


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def manager(client, workspace):
    user = people.manager(workspace)
    client.force_login(user)
    return user


@pytest.fixture
def zelda(workspace) -> Lead:
    slug = "zelda-okonkwo-7"
    own = {"email": "zelda@pumps.example", "phone": "+4930123456", "linkedin_slug": slug, "name_key": "okonkwo zelda"}
    return leads.lead(workspace, "Zelda Okonkwo", **own)


def url(name: str, lead: Lead) -> str:
    return reverse(f"leads:person-{name}", args=[lead.pk])


@pytest.mark.parametrize(
    "who",
    [" Zelda@pumps.example", "(030) 12 34 56", "+49 30 123456", "de.linkedin.com/in/Zelda-Okonkwo-7/", "zelda okonkwo"],
)
def test_person_is_found_by_any_address(client, manager, zelda, who):
    zelda.name_key = name_sort_key("Zelda Okonkwo")
    zelda.save()

    answer = client.post(FIND, {"who": who})

    assert (answer.status_code, answer.get("Location")) == (303, url("detail", zelda))


def test_namesakes_are_offered_to_choose_from(client, manager, workspace):
    found = [leads.lead(workspace, "Ana Lee", name_key="ana lee") for _ in range(2)]

    page = client.post(FIND, {"who": "Ana Lee"}).content.decode()

    assert all(url("detail", lead) in page for lead in found)


@pytest.mark.parametrize("who", ["", "nobody@pumps.example", "Nobody Atall", "030 999999"])
def test_nobody_found_is_a_sentence(client, manager, zelda, who):
    assert client.post(FIND, {"who": who}).status_code == 422


def test_page_counts_what_is_held_and_what_names_them(client, manager, workspace, zelda):
    leads.evidence(zelda, "email")
    friend = leads.lead(workspace)
    leads.activity(friend, text="Knows Zelda Okonkwo")

    page = client.get(url("detail", zelda)).content.decode()

    assert "Facts with their sources" in page
    assert "Texts of colleagues with the name “Zelda Okonkwo”" in page
    assert reverse("leads:lead-detail", args=[friend.pk]) in page


def test_page_asks_as_often_for_much_as_for_little(client, manager, workspace, zelda, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        client.get(url("detail", zelda))

    for _ in range(5):
        leads.evidence(zelda, "email")
        leads.activity(leads.lead(workspace), text="Knows Zelda Okonkwo")

    with django_assert_max_num_queries(15):
        client.get(url("detail", zelda))


def test_file_holds_everything_and_is_audited(client, manager, zelda):
    answer = client.post(url("export", zelda))

    assert answer.json()["lead"][0]["email"] == zelda.email
    assert answer["Content-Disposition"].startswith("attachment")
    assert AuditEvent.objects.get(verb="person.exported").actor_id == manager.pk


def test_question_names_the_person_and_erases_nothing(client, manager, zelda):
    assert b"Erase Zelda Okonkwo?" in client.get(url("erase", zelda)).content

    assert Lead.objects.living().filter(pk=zelda.pk).exists()


def test_erasing_leaves_a_stub_that_says_when(client, manager, zelda):
    answer = client.post(url("erase", zelda), follow=True)

    assert "Erased on request on" in answer.content.decode()
    assert b"Zelda" not in answer.content
    assert Suppression.objects.count() == 3


def test_what_still_names_them_is_told(client, manager, workspace, zelda):
    leads.activity(leads.lead(workspace), text="Knows Zelda Okonkwo")

    page = client.post(url("erase", zelda), follow=True).content.decode()

    assert "The name still stands in 1 text of a colleague." in page


def test_erased_person_leads_to_the_stub(client, manager, zelda):
    client.post(url("erase", zelda))

    found = [client.get(url("detail", zelda)), client.get(url("erase", zelda)), client.post(url("erase", zelda))]

    assert {answer["Location"] for answer in found} == {reverse("leads:lead-detail", args=[zelda.pk])}


def test_rep_is_told_whom_to_ask(client, workspace, zelda):
    client.force_login(people.rep(workspace))
    manager = people.manager(workspace)

    answer = client.get(FIND)

    assert answer.status_code == 403
    assert manager.email in answer.content.decode()


def test_stub_of_a_lead_kept_long_enough_says_so(client, manager, zelda):
    erase_forgotten(zelda, now=timezone.now())

    page = client.get(reverse("leads:lead-detail", args=[zelda.pk])).content.decode()

    assert "kept long enough" in page
    assert "on request" not in page


@pytest.fixture
def in_a_file(workspace) -> SourceFileRow:
    """Somebody who is no lead."""
    runs.source_file(workspace, [["Ana Lee", "ana@lee.example", "Pumps"]])
    return SourceFileRow.objects.get()


RECORDS = {"download": reverse("leads:person-records-export"), "erase": reverse("leads:person-records-erase")}


def test_somebody_who_is_no_lead_is_found_in_a_file(client, manager, in_a_file):
    page = client.post(FIND, {"who": "Ana@lee.example"}).content.decode()

    assert "No lead, but records that name Ana@lee.example" in page
    assert "Rows of uploaded files" in page


def test_somebody_who_is_no_lead_gets_what_is_held(client, manager, in_a_file):
    data = client.post(RECORDS["download"], {"who": "ana@lee.example"}).json()

    assert (data["lead"], data["sourcefilerow"][0]["cells"]) == ([], in_a_file.cells)


def test_somebody_who_is_no_lead_is_erased_and_suppressed(client, manager, workspace, in_a_file):
    note = leads.activity(leads.lead(workspace), text="Write to ana@lee.example")
    before = Lead.objects.count()

    answer = client.post(RECORDS["erase"], {"who": "ana@lee.example"})

    in_a_file.refresh_from_db()
    note.refresh_from_db()
    assert (answer.status_code, in_a_file.cells, note.text) == (303, [], "Write to [erased]")
    assert (Lead.objects.count(), Suppression.objects.get().kind) == (before, "email")
    assert client.post(FIND, {"who": "ana@lee.example"}).status_code == 422


@pytest.mark.parametrize("act", RECORDS)
def test_records_of_a_lead_go_by_its_page(client, manager, zelda, act):
    answer = client.post(RECORDS[act], {"who": zelda.email})

    assert answer.status_code == 422
    assert url("detail", zelda) in answer.content.decode()
