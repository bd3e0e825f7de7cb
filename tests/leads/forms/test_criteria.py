"""What the builder's fields ask for as criteria."""

import pytest
from django.http import QueryDict

from leads.forms.criteria import CriteriaForm


def criteria_of(query: str) -> dict:
    form = CriteriaForm(QueryDict(query))
    form.is_valid()
    return form.criteria.to_json()


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", {}),
        ("keywords=cnc,+milling", {"keywords": {"any": ["cnc", "milling"], "level": "must"}}),
        ("keywords_none=recruiting", {"keywords": {"none": ["recruiting"], "level": "must"}}),
        ("keywords=cnc&keywords_level=nice", {"keywords": {"any": ["cnc"], "level": "nice"}}),
        ("industries=manufacturing", {"industries": {"values": ["manufacturing"], "level": "must"}}),
        ("industries_text=Retail", {"industries": {"values": ["retail"], "level": "must"}}),
        (
            "places=region:dach&places_none=Austria",
            {"places": {"values": ["region:dach"], "none": ["AT"], "level": "must"}},
        ),
        ("titles=CFO", {"titles": {"values": ["CFO"], "level": "nice"}}),
        ("seniorities=vp&seniorities_level=must", {"seniorities": {"values": ["vp"], "level": "must"}}),
        ("departments=sales", {"departments": {"values": ["sales"], "level": "must"}}),
        (
            "departments=sales&departments=legal&departments_none=hr&departments_none=quality",
            {"departments": {"values": ["sales", "legal"], "none": ["hr", "quality"], "level": "must"}},
        ),
        ("departments_text=Legal,+hr", {"departments": {"values": ["legal", "hr"], "level": "must"}}),
        ("technologies=SAP", {"technologies": {"values": ["SAP"], "level": "nice"}}),
        ("funding_stages=seed", {"funding_stages": {"values": ["seed"], "level": "nice"}}),
        (
            "funding_stages=seed&funding_stages=growth&funding_stages_none=Public,+Series+E+and+later",
            {"funding_stages": {"values": ["seed", "growth"], "none": ["public", "series_e_plus"], "level": "nice"}},
        ),
        ("employees_min=50&employees_max=1,000", {"employees": {"min": 50, "max": 1000, "level": "must"}}),
        ("employees_max=1.000", {"employees": {"max": 1000, "level": "must"}}),
        ("employees_min=1+000", {"employees": {"min": 1000, "level": "must"}}),
        ("revenue_min=1000000", {"revenue": {"min": 1_000_000, "level": "nice"}}),
        ("founded_max=2010&founded_level=must", {"founded": {"max": 2010, "level": "must"}}),
        ("email=must&phone=nice", {"email": "must", "phone": "nice"}),
        ("hiring=must&new_in_role=nice", {"hiring": "must", "new_in_role": "nice"}),
    ],
)
def test_each_criterion_can_be_asked(query: str, asked: dict):
    assert criteria_of(query) == asked


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("industries_text=blurgh", "industries_text"),
        ("industries_none=blurgh&industries=retail", "industries_none"),
        ("places_text=Nowhereville+Xyz", "places_text"),
        ("departments=emperor", "departments_text"),
        ("funding_stages=series+z", "funding_stages"),
        ("employees_min=many", "employees_min"),
        ("employees_min=90&employees_max=10", "employees_min"),
        ("employees_max=many", "employees_max"),
        ("employees_min=10&employees_max=1.5", "employees_max"),
    ],
)
def test_mistake_is_shown_at_its_field(query: str, field: str):
    form = CriteriaForm(QueryDict(query))

    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_every_wrong_field_is_named():
    form = CriteriaForm(QueryDict("employees_min=few&employees_max=1.5&founded_max=soon&places_text=Xyzzy"))

    assert set(form.errors) == {"employees_min", "employees_max", "founded_max", "places_text"}
    assert form.errors["employees_max"] == ["“1.5” is not a whole number."]


def test_what_is_right_is_understood_beside_a_mistake():
    assert criteria_of("industries_text=blurgh&keywords=cnc") == {"keywords": {"any": ["cnc"], "level": "must"}}
