"""The ideal customer page: asked of anybody at first, kept by managers, each save a new version."""

import pytest
from django.urls import reverse

from leads.criteria import Range
from leads.forms.criteria import CriteriaForm
from scoring import profiles
from scoring.forms.ideal import IdealCustomerForm
from scoring.ideal import IdealCustomer
from scoring.models import Profile, Rescoring
from tests.factories import leads, people

pytestmark = pytest.mark.django_db

URL = reverse("scoring:ideal-customer")
RETAIL = {"industries": ["retail"], "places_text": "Germany", "employees_min": "50", "employees_max": "1,000"}


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def sign_in(client, workspace):
    def go(role: str) -> None:
        user = getattr(people, role)(workspace)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    return go


def ideal_of(workspace) -> IdealCustomer:
    return IdealCustomer.from_json(profiles.in_force(workspace).ideal)


def test_a_rep_may_describe_it_at_first_use(client, sign_in, workspace):
    sign_in("rep")
    warned = b"You can save this once." in client.get(URL).content

    response = client.post(URL, RETAIL)

    assert warned
    assert (response.status_code, response["Location"]) == (303, URL)
    assert ideal_of(workspace) == IdealCustomer(industries=("retail",), places=("DE",), employees=Range(50, 1000))


def test_later_a_rep_only_reads_it(client, sign_in, workspace):
    sign_in("manager")
    client.post(URL, RETAIL)
    sign_in("rep")

    page, refused = client.get(URL), client.post(URL, {"industries": ["construction"]})

    assert "<form" not in page.content.decode().split("<main")[1].split("</main")[0]
    assert "50 to 1,000" in page.content.decode()
    assert refused.status_code == 403
    assert ideal_of(workspace).industries == ("retail",)


def test_a_manager_changes_it_in_a_new_version(client, sign_in, workspace):
    sign_in("manager")
    client.post(URL, RETAIL)

    client.post(URL, {"industries": ["construction"]})

    versions = Profile.objects.of(workspace).order_by("version").values_list("version", "state")
    assert list(versions) == [(1, "retired"), (2, "retired"), (3, "published")]
    assert ideal_of(workspace) == IdealCustomer(industries=("construction",))


def test_saving_queues_the_leads_to_be_scored_again(client, sign_in, workspace):
    leads.lead(workspace)
    sign_in("owner")

    page = client.post(URL, RETAIL, follow=True).content.decode()

    assert Rescoring.objects.get().leads == 1
    assert "1 lead is being scored again." in page
    assert "Scoring again: 0 of 1 leads so far." in page


def test_after_saving_one_is_led_to_a_search_with_it(client, sign_in):
    sign_in("owner")

    page = client.post(URL, RETAIL, follow=True).content.decode()

    assert f'<a class="button small" href="{reverse("leads:search-new")}">Search with it</a>' in page
    assert 'id="search-with-it"' in page
    assert client.get(reverse("leads:search-new")).context["form"]["industries"].value() == ["retail"]


def test_nothing_described_yet_is_nothing_to_search_with(client, sign_in):
    sign_in("owner")

    page = client.get(URL).content.decode()

    assert 'id="search-with-it"' not in page
    assert '<nav class="settings-nav"' in page


def test_lists_are_completed_as_in_the_builder(client, sign_in):
    sign_in("owner")
    client.post(URL, RETAIL | {"titles_text": "CFO, Head of Pumps", "industries_text": "Oil, Gas, and Mining"})

    page = client.get(URL).content.decode()

    assert f'data-suggestions="{reverse("leads:search-suggest")}"' in page
    assert 'data-values="[&quot;Oil, Gas, and Mining&quot;]"' in page
    assert 'data-values="[&quot;CFO&quot;, &quot;Head of Pumps&quot;]"' in page


def test_saving_the_same_again_changes_nothing(client, sign_in, workspace):
    sign_in("owner")
    client.post(URL, RETAIL)

    client.post(URL, RETAIL)

    assert Profile.objects.of(workspace).count() == 2


def test_the_form_shows_what_was_saved(client, sign_in):
    sign_in("owner")
    client.post(URL, RETAIL | {"industries_text": "Breweries", "revenue_min": "2,000,000"})

    html = client.get(URL).content.decode()

    assert 'name="industries_text" value="Breweries"' in html
    assert 'value="2,000,000"' in html
    assert '<details class="card ideal-more" open>' in html


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        pytest.param({}, "Say at least one thing", id="nothing"),
        pytest.param({"places_text": "Atlantis"}, "Atlantis", id="unknown place"),
        pytest.param({"employees_min": "500", "employees_max": "50"}, "is above the largest", id="range upside down"),
        pytest.param({"employees_min": "many"}, "many", id="no number"),
    ],
)
def test_a_mistake_is_a_sentence(client, sign_in, workspace, given, sentence):
    sign_in("owner")

    response = client.post(URL, given)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert ideal_of(workspace).is_empty


def test_one_returns_to_where_one_came_from(client, sign_in):
    sign_in("rep")

    asked = client.get(URL, {"next": "/members/"}).content.decode()
    response = client.post(URL, RETAIL | {"next": "/members/"})

    assert '<input type="hidden" name="next" value="/members/">' in asked
    assert response["Location"] == "/members/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client, sign_in, target):
    sign_in("rep")

    assert client.post(URL, RETAIL | {"next": target})["Location"] == URL


@pytest.mark.parametrize("name", ["industries", "places", "departments", "seniorities"])
def test_a_search_offers_the_same_in_the_same_order(name):
    asked, searched = IdealCustomerForm.base_fields[name], CriteriaForm.base_fields[name]

    assert list(asked.choices) == list(searched.choices)


def test_what_is_not_ticked_is_typed_by_its_name_and_comes_back(client, sign_in, workspace):
    sign_in("manager")

    client.post(URL, {"departments": "sales", "departments_text": "Legal", "funding_stages_text": "Series E and later"})

    ideal = ideal_of(workspace)
    assert (ideal.departments, ideal.funding_stages) == (("sales", "legal"), ("series_e_plus",))
    shown = client.get(URL).context["form"]
    assert (shown["departments"].value(), shown["departments_text"].value()) == (["sales"], "Legal")
    assert shown["funding_stages_text"].value() == "Series E and later"
