"""The builder: what it is filled with, and what it starts and saves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import Price, PriceKind
from leadengine.workflows.briefs import Brief
from leadengine.workflows.scoring import publish_ideal
from leads.criteria import Criteria, Range
from leads.models import Run, SavedSearch
from leads.stock_searches import STOCK
from leads.views.searches import CHANGED
from leads.views.starting import EXAMPLES
from scoring.ideal import IdealCustomer
from tests.factories import directory, leads, people, runs

pytestmark = pytest.mark.django_db

NEW = reverse("leads:search-new")
SEARCH = {"asked": "1", "sources": "directory", "most_leads": "5", "lowest_grade": "D", "new_only": "on"}
FIVE = Brief(criteria=Criteria(), sources=("directory",), most_leads=5)
ORDER = SEARCH | {"request_key": "abc", "shown_at_most": "5.00", "shown_test": "5.00", "start": "1"}
ORDER |= {"shown_search": FIVE.fingerprint}


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


@pytest.fixture
def database():
    directory.people(12)


def test_builder_opens_with_the_first_search_and_its_price(client, rep, database):
    page = client.get(NEW)

    assert page.status_code == 200
    assert page.context["estimate"].quote.matches.value == 12
    assert "Start run · at most 12 credits" in page.content.decode()


def test_builder_tells_how_many_come_first(client, rep, database):
    page = client.get(NEW, SEARCH).content.decode()

    assert "The best 5 of 12 by fit." in page


def test_builder_opens_with_the_ideal_customer(client, rep, workspace, database):
    ideal = IdealCustomer(industries=("manufacturing",), employees=Range(50, None), titles=("CFO",), keywords=("cnc",))
    publish_ideal(workspace, ideal, by=people.manager(workspace), now=timezone.now())

    page = client.get(NEW)

    assert page.context["form"].criteria.to_json() == {
        "keywords": {"any": ["cnc"], "level": "nice"},
        "industries": {"values": ["manufacturing"], "level": "must"},
        "titles": {"values": ["CFO"], "level": "nice"},
        "employees": {"min": 50, "level": "must"},
    }
    assert "Start empty" in page.content.decode()
    assert client.get(f"{NEW}?new_only=on").context["form"].criteria.is_empty


def test_start_goes_to_the_run(client, rep, workspace, database):
    answer = client.post(NEW, ORDER)

    run = Run.objects.of(workspace).get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("leads:run-detail", args=[run.pk]))
    assert (run.most_leads, run.started_by, run.most_credits) == (5, rep, 5)


def test_start_twice_is_one_run(client, rep, workspace, database):
    client.post(NEW, ORDER)
    client.post(NEW, ORDER)

    assert Run.objects.of(workspace).count() == 1


def test_test_asks_for_ten(client, rep, workspace, database):
    twelve = {"most_leads": "12", "shown_search": replace(FIVE, most_leads=12).fingerprint}
    client.post(NEW, ORDER | twelve | {"test": "10", "shown_test": "10.00"})

    assert Run.objects.of(workspace).get().most_leads == 10


def test_start_is_refused_when_the_price_rose(client, rep, workspace, database):
    answer = client.post(NEW, ORDER | {"shown_at_most": "4.00"})

    assert answer.status_code == 422
    assert not Run.objects.of(workspace).exists()
    assert "5" in answer.context["form"].non_field_errors()[0]


@pytest.mark.parametrize("other", [{"places": "FR"}, {"lowest_grade": "C"}, {"shown_search": ""}], ids=str)
def test_start_is_refused_when_something_else_was_priced(client, rep, workspace, database, other):
    answer = client.post(NEW, ORDER | other)

    assert answer.status_code == 422
    assert not Run.objects.of(workspace).exists()
    assert answer.context["form"].non_field_errors() == [CHANGED]
    assert answer.context["shown_search"] in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"industries_text": "blurgh"}, "industries_text"),
        ({"most_leads": "0"}, "most_leads"),
        ({"sources": ""}, "sources"),
    ],
)
def test_start_of_a_wrong_search_shows_the_mistake_and_keeps_the_rest(client, rep, workspace, database, wrong, field):
    answer = client.post(NEW, ORDER | wrong | {"titles": "CFO"})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert 'value="CFO"' in answer.content.decode()
    assert not Run.objects.of(workspace).exists()


def test_start_without_an_estimate_asks_to_check_again(client, rep, workspace, database):
    answer = client.post(NEW, SEARCH | {"start": "1"})

    assert answer.status_code == 422
    assert "out of date" in answer.context["form"].non_field_errors()[0]


def test_update_without_script_is_the_same_search_by_its_address(client, rep):
    answer = client.post(NEW, SEARCH | {"titles": "CFO", "update": "1"})

    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{NEW}?")
    assert "titles=CFO" in answer["Location"]


def test_price_is_shown_with_the_source(client, rep, database):
    Price.objects.create(kind=PriceKind.DELIVERY, source="directory", amount=3, valid_from=timezone.now())

    page = client.get(NEW, SEARCH)

    assert page.context["sources"][0].price == "3 credits a lead"
    assert page.context["estimate"].quote.at_most == 15


def test_save_keeps_the_search_and_goes_on_with_it(client, rep, workspace):
    answer = client.post(reverse("leads:search-save"), SEARCH | {"name": "Pumps", "titles": "CFO", "is_shared": "on"})

    saved = SavedSearch.objects.of(workspace).get()
    assert (saved.name, saved.is_shared, saved.most_leads, saved.created_by) == ("Pumps", True, 5, rep)
    assert saved.criteria == {"titles": {"values": ["CFO"], "level": "nice"}}
    assert answer["Location"] == f"{NEW}?saved={saved.pk}"


@pytest.mark.parametrize(("named", "names"), [("", ["Pumps"]), ("Pumps", [])], ids=["typed", "as it was"])
def test_enter_after_a_name_was_typed_saves_and_else_renews_the_page(client, rep, workspace, named, names):
    page = client.get(NEW, SEARCH | {"name": named}).content.decode()

    client.post(NEW, SEARCH | {"update": "enter", "named": named, "name": "Pumps"})

    assert f'name="named" value="{named}"' in page
    assert list(SavedSearch.objects.of(workspace).values_list("name", flat=True)) == names


def test_save_under_the_same_name_replaces_ones_own(client, rep, workspace):
    for most in ("5", "7"):
        client.post(reverse("leads:search-save"), SEARCH | {"name": "Pumps", "most_leads": most})

    assert SavedSearch.objects.of(workspace).get().most_leads == 7


def test_save_without_a_name_is_refused(client, rep, workspace):
    answer = client.post(reverse("leads:search-save"), SEARCH | {"name": "  "})

    assert answer.status_code == 422
    assert answer.context["form"].errors["name"] == ["Give the search a name to save it under."]


def test_saved_search_opens_in_the_builder(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep, criteria={"titles": {"values": ["CFO"]}}, most_leads=33)

    form = client.get(NEW, {"saved": saved.pk}).context["form"]

    assert (form["titles"].value(), form["most_leads"].value()) == ("CFO", "33")


def test_earlier_run_opens_in_the_builder(client, rep, workspace):
    run = runs.run(workspace, criteria={"titles": {"values": ["CFO"]}})

    form = client.get(NEW, {"run": str(run.pk)}).context["form"]

    assert form["titles"].value() == "CFO"


@pytest.mark.parametrize("query", [{"saved": "1e9"}, {"saved": "999999"}, {"run": "nonsense"}])
def test_search_that_is_not_there_is_not_found(client, rep, query):
    assert client.get(NEW, query).status_code == 404


def test_private_search_of_somebody_else_is_not_found(client, rep, workspace):
    private = runs.saved_search(workspace)

    assert client.get(NEW, {"saved": private.pk}).status_code == 404


SENTENCE = "CFOs in Austria with 50 to 200 people, not banks, xyzzy"


def test_sentence_fills_the_form_and_keeps_the_limits(client, rep):
    form = client.get(NEW, {"sentence": SENTENCE, "most_leads": "33", "lowest_grade": "B"}).context["form"]

    assert form.criteria.to_json() == {
        "industries": {"none": ["banking"], "level": "must"},
        "places": {"values": ["AT"], "level": "must"},
        "titles": {"values": ["CFO"], "level": "must"},
        "employees": {"min": 50, "max": 200, "level": "must"},
    }
    assert (form["most_leads"].value(), form["lowest_grade"].value()) == ("33", "B")


@pytest.mark.parametrize(("ticked", "new_only"), [({"new_only": "on"}, True), ({}, False)], ids=["new only", "all"])
def test_sentence_keeps_whether_known_leads_are_left_out(client, rep, ticked, new_only):
    form = described(client, SENTENCE, **ticked).context["form"]

    assert form.brief().new_only is new_only


def test_sentence_may_say_how_many_leads(client, rep):
    form = client.get(NEW, {"sentence": "70 leads in Austria", "most_leads": "33"}).context["form"]

    assert form["most_leads"].value() == "70"


def test_each_part_of_a_sentence_can_be_removed(client, rep):
    chips = client.get(NEW, {"sentence": SENTENCE}).context["reading"].chips

    left = {chip.part.text: set(client.get(chip.url).context["form"].criteria.to_json()) for chip in chips}

    everything = {"industries", "places", "titles", "employees"}
    assert left == {
        "CFOs": everything - {"titles"},
        "Austria": everything - {"places"},
        "50 to 200 people": everything - {"employees"},
        "banks": everything - {"industries"},
    }


def test_strange_words_become_a_keyword_with_one_click(client, rep):
    (stray,) = client.get(NEW, {"sentence": SENTENCE}).context["reading"].strays

    after = client.get(stray.url)

    assert after.context["form"].criteria.keywords.values == ("xyzzy",)
    assert after.context["reading"].strays == ()


def test_chip_goes_when_its_criterion_was_changed_in_the_form(client, rep):
    page = client.get(NEW, SEARCH | {"sentence": SENTENCE, "titles": "CFO", "titles_level": "must"})

    assert [chip.part.text for chip in page.context["reading"].chips] == ["CFOs"]


def test_stock_search_opens_in_the_builder(client, rep):
    form = client.get(NEW, {"stock": "owners"}).context["form"]

    assert form.criteria == STOCK["owners"].criteria


def test_companies_like_one_of_the_workspace(client, rep, workspace):
    leads.company(workspace, name="Harbour Pumps", industry="machinery-manufacturing", country="AT")

    form = client.get(NEW, {"like": "harbour"}).context["form"]

    assert form.criteria.to_json() == {
        "industries": {"values": ["machinery-manufacturing"], "level": "must"},
        "places": {"values": ["AT"], "level": "must"},
        "employees": {"min": 100, "max": 200, "level": "must"},
    }


def test_company_that_is_not_there_is_told(client, rep):
    leads.company(people.workspace(), name="Harbour Pumps", country="AT")

    page = client.get(NEW, {"like": "Harbour Pumps"})

    assert page.context["form"].criteria.is_empty
    assert "No company of this workspace is called “Harbour Pumps”" in page.content.decode()


def test_saved_search_keeps_all_limits(client, rep, workspace):
    file = runs.source_file(workspace)
    limits = {"sources": ["directory", "file"], "file": str(file.pk), "most_credits": "12", "new_only": ""}
    client.post(reverse("leads:search-save"), SEARCH | limits | {"name": "Pumps"})

    form = client.get(NEW, {"saved": SavedSearch.objects.of(workspace).get().pk}).context["form"]

    assert (form["file"].value(), form["most_credits"].value(), form["new_only"].value()) == (
        str(file.pk),
        "12.00",
        False,
    )


def described(client, said: str, **typed: str):
    """The page that comes of a sentence in the form as somebody filled it in."""
    return client.post(NEW, {"asked": "1", "update": "sentence", "said": said} | typed, follow=True)


def test_sentence_that_is_not_understood_keeps_all_that_was_typed(client, rep):
    typed = {"titles": "Head of Sales", "employees_min": "40", "most_leads": "7", "most_credits": "40", "name": "Mine"}

    page = described(client, "zzqq unicorns", **typed)

    form = page.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert "Nothing of it is understood, so everything below is as it was." in page.content.decode()


def test_sentence_that_is_understood_takes_the_place_of_the_form(client, rep):
    form = described(client, "retailers in Germany", titles="Head of Sales").context["form"]

    assert (form.criteria.titles.values, form.criteria.places.values) == ((), ("DE",))


def test_sentence_that_was_not_filled_in_outlives_a_start_that_is_refused(client, rep):
    page = client.post(NEW, {"asked": "1", "start": "1", "said": "CFOs in <Austria>"})

    assert page.status_code == 422
    assert "CFOs in &lt;Austria&gt;</textarea>" in page.content.decode()


def test_sentence_that_was_not_filled_in_outlives_enter_in_another_field(client, rep):
    typed = {"asked": "1", "update": "enter", "sentence": "CFOs in Germany", "said": "CFOs in France"}

    page = client.post(NEW, typed | {"titles": "CFO"}, follow=True)

    assert "CFOs in France</textarea>" in page.content.decode()
    assert page.context["reading"].sentence == "CFOs in Germany"


@pytest.mark.parametrize("update", ["sentence", "enter"])
def test_what_is_too_long_for_an_address_stays_in_the_form(client, rep, update):
    names = ", ".join(f"Example Works {number} GmbH" for number in range(163))

    page = client.post(NEW, SEARCH | {"update": update, "said": "zzqq unicorns", "keywords": names})

    assert page.status_code == 200
    assert page.context["form"]["keywords"].value() == names
    assert "zzqq unicorns</textarea>" in page.content.decode()


def test_place_that_nobody_knows_is_told_to_be_left_out(client, rep):
    page = described(client, "CFOs in Germany and Atlantis")

    assert page.context["form"].criteria.places.values == ("DE",)
    assert "“Atlantis” is not understood and left out" in page.content.decode()


@pytest.mark.parametrize("sentence", EXAMPLES)
def test_example_is_understood_to_the_last_word(client, rep, sentence):
    reading = client.get(NEW, {"sentence": sentence}).context["reading"]

    assert reading.chips
    assert reading.strays == ()
