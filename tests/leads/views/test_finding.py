"""The search over names as a page and inside the palette."""

import pytest
from django.urls import reverse
from django.utils import timezone

from leadengine.pages import pages
from tests.factories import leads, people, runs

pytestmark = pytest.mark.django_db
FIND = reverse("leads:find")


@pytest.fixture
def workspace(client):
    workspace = people.workspace()
    client.force_login(people.rep(workspace))
    leads.lead(workspace, "Mira Sandoval", company=leads.company(workspace, "Miro Retail"))
    return workspace


def test_page_lists_results_grouped(client, workspace):
    page = client.get(FIND, {"q": "mir"}).content.decode()

    assert page.index("Mira Sandoval") < page.index("Miro Retail", page.index("found-companies"))


def test_palette_gets_options_alone(client, workspace):
    shown = client.get(FIND, {"q": "mir"}, headers={"HX-Request": "true"}).content.decode()

    assert shown.count('role="option"') == 2
    assert "<main" not in shown


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "palette"])
def test_page_is_found_by_what_people_call_it(client, workspace, headers):
    shown = client.get(FIND, {"q": "forget"}, headers=headers).content.decode()

    assert reverse("billing:settings-privacy") in shown
    assert reverse("leads:person-find") not in shown
    assert "Nothing has this name" not in shown


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("export", "leads:lead-export"),
        ("csv", "leads:file-upload"),
        ("verify", "leads:lead-verify"),
        ("call", "leads:lead-list"),
        ("note", "leads:lead-list"),
        ("import", "leads:linkedin"),
        ("API key", "leads:provider-list"),
        ("password", "billing:password-change"),
        ("dark", "billing:settings-display"),
        ("schedule", "leads:search-list"),
    ],
)
def test_palette_finds_pages_by_what_they_do(client, workspace, text, name):
    shown = client.get(FIND, {"q": text}, headers={"HX-Request": "true"}).content.decode()

    assert f'href="{reverse(name)}"' in shown


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "palette"])
@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("buy credits", f"{reverse('leadengine:help')}#credits"),
        ("template", f"{reverse('leads:search-new')}?stock=owners"),
        ("owners", f"{reverse('leads:search-new')}?stock=owners"),
    ],
)
def test_actions_are_found(client, workspace, text, url, headers):
    assert f'href="{url}"' in client.get(FIND, {"q": text}, headers=headers).content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "palette"])
def test_last_edit_of_ones_own_is_offered_to_be_undone(client, workspace, headers):
    me = workspace.memberships.get().user
    mine = leads.lead_edit(workspace, by=me, words="Tagged “vip”")
    leads.lead_edit(workspace, by=me, undone_at=timezone.now())
    leads.lead_edit(workspace)

    shown = client.get(FIND, {"q": "undo"}, headers=headers).content.decode()

    assert shown.count('action="/leads/edits/') == 1
    assert f'action="{reverse("leads:edit-undo", args=[mine.pk])}"' in shown


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "palette"])
def test_own_search_can_be_scheduled_and_a_shared_one_cannot(client, workspace, headers):
    mine = runs.saved_search(workspace, name="Pumps", created_by=workspace.memberships.get().user)
    shared = runs.saved_search(workspace, name="Pumps of others", is_shared=True)

    shown = client.get(FIND, {"q": "pumps"}, headers=headers).content.decode()

    assert reverse("leads:search-schedule", args=[mine.pk]) in shown
    assert reverse("leads:search-schedule", args=[shared.pk]) not in shown


def test_nothing_found_offers_the_list_of_leads(client, workspace):
    page = client.get(FIND, {"q": "zz & co"}).content.decode()

    assert "Nothing has this name" in page
    assert "/leads/?q=zz%20%26%20co" in page


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("tag", "Tags"),
        ("lab", "Weight laboratory"),
        ("verify", "Verify e-mail addresses"),
        ("import", "Import your leads"),
        ("export", "Export leads"),
        ("schedule", "Schedule a saved search"),
        ("credits", "Ledger of credits"),
        ("bill", "Ledger of credits"),
        ("password", "Password"),
        ("theme", "Keyboard and display"),
    ],
)
def test_obvious_word_finds_its_page_first(typed, label):
    assert pages(typed, is_manager=True)[0].label == label


def test_rep_is_led_to_the_weights_that_she_may_see():
    assert [each.label for each in pages("lab", is_manager=False)] == ["Scoring"]


def test_page_without_words_lists_the_pages(client, workspace):
    assert "Saved searches" in client.get(FIND).content.decode()


@pytest.mark.parametrize("text", ["\x00\x00", "%%", "x" * 5000, "<b>"])
def test_odd_text_finds_nothing(client, workspace, text):
    assert client.get(FIND, {"q": text}).status_code == 200
