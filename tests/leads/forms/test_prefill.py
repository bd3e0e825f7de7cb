"""Searches as the query string of the builder, and back."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from leads.criteria import Criteria
from leads.forms.builder import BuilderForm
from leads.forms.prefill import of_run, of_saved, short
from tests.factories import people, runs

EVERYTHING = {
    "keywords": {"any": ["cnc", "milling"], "none": ["recruiting"], "level": "nice"},
    "industries": {"values": ["manufacturing", "breweries"], "none": ["retail"], "level": "must"},
    "places": {"values": ["region:dach", "city:Lyon,FR"], "none": ["AT"], "level": "must"},
    "titles": {"values": ["CFO"], "level": "must"},
    "seniorities": {"values": ["vp"], "none": ["entry"], "level": "nice"},
    "departments": {"values": ["sales", "legal"], "none": ["hr", "quality"], "level": "must"},
    "technologies": {"values": ["SAP"], "level": "must"},
    "funding_stages": {"values": ["seed", "growth"], "none": ["series_e_plus", "public"], "level": "nice"},
    "employees": {"min": 50, "max": 1000, "level": "must"},
    "revenue": {"min": 1000000, "level": "nice"},
    "founded": {"max": 2010, "level": "must"},
    "email": "must",
    "phone": "nice",
    "hiring": "must",
    "new_in_role": "nice",
}


def form_of(query: QueryDict) -> BuilderForm:
    form = BuilderForm(query, files=[])
    form.is_valid()
    return form


@pytest.mark.django_db
def test_saved_search_comes_back_whole():
    saved = runs.saved_search(people.workspace(), criteria=Criteria.from_json(EVERYTHING).to_json(), most_leads=250)

    form = form_of(of_saved(saved))

    assert form.errors == {}
    assert form.criteria == Criteria.from_json(EVERYTHING)
    assert form.brief().most_leads == 250


@pytest.mark.django_db
def test_run_is_repeated_without_a_ceiling_that_only_the_estimate_said():
    said = runs.run(quote={"at_most": "10.00"}, most_credits=Decimal(10))
    own = runs.run(quote={"at_most": "10.00"}, most_credits=Decimal(7))

    assert "most_credits" not in of_run(said)
    assert of_run(own)["most_credits"] == "7"


def test_short_leaves_out_what_says_nothing():
    data = QueryDict(
        "csrfmiddlewaretoken=secret&keywords=&keywords_level=nice&titles=CFO&titles_level=nice&most_leads=9"
    )

    assert short(data).urlencode() == "titles=CFO&most_leads=9&asked=1"


def test_short_keeps_the_whole_search():
    full = QueryDict("asked=1&sources=directory&most_leads=9&lowest_grade=B&titles=CFO&titles_level=must&email=nice")

    assert form_of(short(full)).brief() == form_of(full).brief()
