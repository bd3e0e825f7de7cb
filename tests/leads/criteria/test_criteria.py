"""Criteria as a whole: what filters, what scores, what needs a person, and the sentence people read."""

import pytest

from leads.criteria import Criteria

MIXED = {
    "industries": {"values": ["Software", "Banking"], "none": ["Computer Games"], "level": "must"},
    "places": ["DACH"],
    "employees": {"min": 50, "max": 1_000},
    "technologies": {"values": ["SAP"], "level": "nice"},
    "keywords": {"none": ["agency"], "level": "nice"},
    "founded": {"min": 2000, "level": "nice"},
    "email": "must",
    "hiring": "nice",
}


def test_musts_and_nices():
    criteria = Criteria.from_json(MIXED)

    assert [each.name for each in criteria.musts()] == ["keywords", "industries", "places", "employees", "has_email"]
    assert [each.name for each in criteria.nices()] == ["technologies", "founded", "hiring"]


def test_describe():
    assert Criteria.from_json(MIXED).describe() == (
        "Leads that must match: in Software Development or Banking; in DACH; 50 to 1,000 employees; an e-mail address. "
        "Ideally: using SAP; founded from 2000; open positions. Never: in Computer Games; the words “agency”."
    )


def test_describe_nothing():
    assert Criteria().describe() == "Leads of any kind."


def test_describe_names_a_few_of_many():
    criteria = Criteria.from_json({"titles": ["A", "B", "C", "D", "E", "F"]})

    assert "“A”, “B”, “C”, “D” or 2 more" in criteria.describe()


@pytest.mark.parametrize(
    ("data", "is_empty"),
    [({}, True), ({"titles": []}, True), ({"email": False}, True), ({"email": "nice"}, False)],
    ids=str,
)
def test_is_empty(data: dict[str, object], is_empty: bool):
    assert Criteria.from_json(data).is_empty is is_empty


@pytest.mark.parametrize(
    ("data", "required"),
    [
        ({"titles": ["CEO"]}, True),
        ({"seniorities": ["vp"]}, True),
        ({"departments": ["sales"]}, True),
        ({"new_in_role": "must"}, True),
        ({"titles": {"values": ["CEO"], "level": "nice"}}, False),
        ({"titles": {"none": ["CEO"]}}, False),
        ({"email": "must", "places": ["Germany"]}, False),
    ],
    ids=str,
)
def test_person_required(data: dict[str, object], required: bool):
    assert Criteria.from_json(data).person_required is required
