"""The pages of lists and tags, and the editors on a lead."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from leads.models import LeadList, Tag
from tests.factories import groups, leads, people, scores

pytestmark = pytest.mark.django_db

LISTS, TAGS = reverse("leads:list-list"), reverse("leads:tag-list")
REGION = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def url(name: str, of) -> str:
    return reverse(f"leads:{name}", args=[of.pk])


def undo(client) -> None:
    """Presses the button of the message on the page."""
    page = client.get(LISTS).content.decode()
    _, _, form = page.partition('<form class="undo" method="post" action="')
    fields = {name: form.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("name",) if name in form}
    client.post(form.partition('"')[0], fields)


@pytest.mark.parametrize(("page", "words"), [(LISTS, "No lists yet"), (TAGS, "No tags yet")], ids=["lists", "tags"])
def test_empty_page_says_what_belongs_here(client, rep, page, words):
    assert words in client.get(page).content.decode()


def test_lists_show_leads_and_grades(client, rep, workspace):
    lead, other = leads.lead(workspace), leads.lead(workspace)
    scores.score(lead, "A")
    groups.lead_list(workspace, "Fair", lead, other)

    (row,) = client.get(LISTS).context["rows"]

    assert (row.lead_list.name, row.leads, row.grades) == ("Fair", 2, {"A": 1})


def test_list_is_made_and_opened(client, rep):
    answer = client.post(LISTS, {"name": " Fair "})

    assert answer["Location"] == url("list-detail", LeadList.objects.get(name="Fair", created_by=rep))


@pytest.mark.parametrize("page", [LISTS, TAGS], ids=["list", "tag"])
def test_name_that_is_taken_is_refused_beside_its_field(client, rep, workspace, page):
    groups.lead_list(workspace, "Fair"), groups.tag(workspace, "Fair")

    answer = client.post(page, {"name": "fair"})

    assert answer.status_code == 422
    assert "“fair” already." in answer.content.decode()


@pytest.mark.parametrize(("make", "kind"), [(groups.lead_list, "list"), (groups.tag, "tag")], ids=["list", "tag"])
def test_renaming_is_taken_back(client, rep, workspace, make, kind):
    group = make(workspace, "Fair")

    client.post(url(f"{kind}-rename", group), {"name": "May fair"})
    group.refresh_from_db()
    renamed = group.name
    undo(client)

    group.refresh_from_db()
    assert (renamed, group.name) == ("May fair", "Fair")


@pytest.mark.parametrize(("make", "kind"), [(groups.lead_list, "list"), (groups.tag, "tag")], ids=["list", "tag"])
def test_name_that_cannot_be_given_is_asked_again(client, rep, workspace, make, kind):
    answer = client.post(url(f"{kind}-rename", make(workspace, "Fair")), {"name": " "})

    assert answer.status_code == 422
    assert f"Give the {kind} a name." in answer.content.decode()


@pytest.mark.parametrize(
    ("make", "kind", "model"), [(groups.lead_list, "list", LeadList), (groups.tag, "tag", Tag)], ids=["list", "tag"]
)
def test_deleting_is_taken_back(client, rep, workspace, make, kind, model):
    client.post(url(f"{kind}-delete", make(workspace, "Fair", leads.lead(workspace))))
    assert not model.objects.exists()

    undo(client)

    assert model.objects.get().name == "Fair"


def test_name_that_is_taken_again_keeps_it_deleted(client, rep, workspace):
    client.post(url("tag-delete", groups.tag(workspace, "Warm")))
    groups.tag(workspace, "Warm")

    undo(client)

    assert "another tag “Warm” by now" in client.get(TAGS).content.decode()
    assert Tag.objects.count() == 1


def test_tags_are_merged_and_it_is_taken_back(client, rep, workspace):
    tag, into = groups.tag(workspace, "Hot", leads.lead(workspace)), groups.tag(workspace, "Warm")

    client.post(url("tag-merge", tag), {"into": into.pk})
    merged = list(client.get(TAGS).context["page"].object_list.values_list("name", "number"))
    client.post(url("tag-merge", into), {"into": into.pk})

    assert merged == [("Warm", 1)]
    assert Tag.objects.filter(pk=into.pk).exists()


def test_tag_of_another_workspace_takes_no_leads(client, rep, workspace):
    tag, theirs = groups.tag(workspace, "Hot"), groups.tag(people.workspace(), "Theirs")

    answer = client.post(url("tag-merge", tag), {"into": theirs.pk})

    assert answer.status_code == 422
    assert Tag.objects.filter(pk=tag.pk).exists()


def test_lead_is_taken_off_a_list_and_put_back(client, rep, workspace):
    lead = leads.lead(workspace)
    found = groups.lead_list(workspace, "Fair", lead)

    answer = client.post(url("list-remove", found), {"lead": lead.pk}, **REGION)

    told = json.loads(answer["HX-Trigger"])["toast"]
    assert (told["text"], found.entries.count()) == ("1 lead taken off “Fair”.", 0)
    client.post(told["undo"]["url"], told["undo"]["values"], **REGION)
    assert found.entries.get().lead == lead


def test_several_leads_are_taken_off_a_list_and_only_they_are_put_back(client, rep, workspace):
    first, second, other = (leads.lead(workspace) for _ in range(3))
    found = groups.lead_list(workspace, "Fair", first, second)

    answer = client.post(url("list-remove", found), {"lead": [first.pk, second.pk, other.pk]}, **REGION)

    told = json.loads(answer["HX-Trigger"])["toast"]
    assert (told["text"], found.entries.count()) == ("2 leads taken off “Fair”.", 0)
    client.post(told["undo"]["url"], told["undo"]["values"], **REGION)
    assert {each.lead for each in found.entries.all()} == {first, second}


def test_removal_of_more_than_a_page_is_taken_back(client, rep, workspace):
    company = leads.company(workspace)
    many = [leads.lead(workspace, company=company) for _ in range(51)]
    found = groups.lead_list(workspace, "Fair", *many)

    answer = client.post(url("list-remove", found), {"lead": [each.pk for each in many]}, **REGION)
    assert found.entries.count() == 0
    client.post(json.loads(answer["HX-Trigger"])["toast"]["undo"]["url"], **REGION)

    assert found.entries.count() == 51


def test_lead_of_another_workspace_gets_on_no_list(client, rep, workspace):
    found = groups.lead_list(workspace, "Fair")

    client.post(url("list-add", found), {"lead": leads.lead(people.workspace()).pk})

    assert not found.entries.exists()


@pytest.mark.parametrize("name", ["list-list", "list-detail", "tag-list"])
def test_page_takes_a_fixed_number_of_queries(client, rep, workspace, query_count, name):
    found = groups.lead_list(workspace, "Fair", leads.lead(workspace))
    groups.tag(workspace)
    page = reverse(f"leads:{name}", args=[found.pk] if name == "list-detail" else [])
    few = query_count(lambda: client.get(page))
    for _ in range(6):
        lead = scores.score(leads.lead(workspace, owner=rep), "B").lead
        groups.lead_list(workspace, "", lead), groups.tag(workspace, "", lead)
        client.post(url("list-add", found), {"lead": lead.pk}, **REGION)

    many = query_count(lambda: client.get(page))

    assert many == few < 20


@pytest.mark.parametrize("key", ["tags", "lists"])
def test_lead_gets_what_is_typed_and_it_is_taken_back(client, rep, workspace, key):
    lead = leads.lead(workspace)
    editor = url(f"lead-{key}", lead)

    answer = client.post(editor, {"add": "Warm"}, **REGION)

    told = json.loads(answer["HX-Trigger"])["toast"]
    assert [str(each) for each in client.get(editor, **REGION).context["editor"].chosen] == ["Warm"]
    client.post(told["undo"]["url"], told["undo"]["values"], **REGION)
    assert client.get(editor, **REGION).context["editor"].chosen == ()
    assert client.get(editor, **REGION).context["editor"].offered == ("Warm",)


@pytest.mark.parametrize("text", ["", "x" * 90], ids=["nothing", "too long"])
@pytest.mark.parametrize("key", ["tags", "lists"])
def test_what_is_no_name_is_refused_in_the_region(client, rep, workspace, key, text):
    answer = client.post(url(f"lead-{key}", leads.lead(workspace)), {"add": text}, **REGION)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert f'value="{text}" aria-invalid' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_editor_is_a_page_of_its_own_without_script(client, rep, workspace):
    lead = leads.lead(workspace, "Mira Sandoval")
    editor = url("lead-tags", lead)

    answer = client.post(editor, {"add": "Warm"})

    assert answer["Location"] == editor
    assert "Tags of Mira Sandoval" in client.get(editor).content.decode()
