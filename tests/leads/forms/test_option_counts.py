"""The numbers beside the options."""

import pytest

from leads.criteria import Criteria
from leads.directory import refreshing
from leads.forms.option_counts import option_counts
from leads.models import DirectoryCount
from tests.factories import directory

pytestmark = pytest.mark.django_db


@pytest.fixture
def database():
    """Two people in Germany, one of them in sales, and one company in France without people."""
    made = directory.dataset()
    german = directory.company(made)
    directory.person(german)
    directory.person(german, department="finance", seniority="c_level")
    directory.company(made, country="FR", industry="chemical-manufacturing", employees_min=5000, employees_max=9000)
    refreshing.refresh(made)


def counts(**asked) -> dict:
    return option_counts(Criteria.from_json(asked), includes_samples=False)


def test_options_count_people_and_companies_without_people(database):
    found = counts()

    assert (found["places"]["DE"], found["places"]["FR"], found["places"]["region:dach"]) == ("2", "1", "2")
    assert found["industries"]["manufacturing"] == "3"
    assert (found["departments"]["sales"], found["seniorities"]["c_level"]) == ("1", "1")


def test_other_musts_narrow_a_count_and_its_own_do_not(database):
    found = counts(places=["FR"])

    assert found["places"]["DE"] == "2"
    assert found["industries"]["manufacturing"] == "1"


@pytest.mark.parametrize(
    ("asked", "germans", "french"),
    [
        ({"industries": {"none": ["chemical-manufacturing"]}}, "2", "0"),
        ({"employees": {"max": 1000}}, "2", "0"),
        ({"employees": {"min": 1000}}, "0", "1"),
        ({"departments": {"values": ["sales"], "level": "must"}}, "1", "0"),
        ({"departments": {"values": ["sales"], "level": "nice"}}, "2", "1"),
    ],
)
def test_each_must_narrows(database, asked: dict, germans: str, french: str):
    found = counts(**asked)

    assert (found["places"]["DE"], found["places"]["FR"]) == (germans, french)


def test_counts_take_one_query_and_one_for_what_is_hidden(database, django_assert_num_queries):
    with django_assert_num_queries(2):
        counts(places=["FR"], keywords={"any": ["pumps"]})


@pytest.mark.parametrize(
    ("asked", "germans", "french"),
    [
        ({}, "2", "1"),
        ({"employees": {"min": 1000}}, "0", "1"),
        ({"departments": {"values": ["sales"], "level": "must"}}, "1", "0"),
        ({"departments": {"none": ["sales"]}}, "1", "1"),
        ({"titles": ["Head of Sales"]}, "2", "0"),
    ],
    ids=["all", "size", "department", "without a department", "people"],
)
def test_invented_data_counts_in_a_sample_only(database, asked, germans, french):
    made = directory.dataset(is_sample=True)
    directory.person(directory.company(made))
    directory.company(made, employees_min=None, employees_max=None)
    refreshing.refresh(made)

    real = counts(**asked)["places"]

    everything = option_counts(Criteria(), includes_samples=True)["places"]
    assert (real["DE"], real["FR"]) == (germans, french)
    assert (everything["DE"], everything["FR"]) == ("4", "1")


def test_city_narrows_the_counts_beside_other_fields():
    made = directory.dataset()
    for city, industry in (("Köln", "manufacturing"), ("Köln", "retail"), ("Bonn", "retail")):
        directory.person(directory.company(made, city=city, industry=industry))
    directory.company(made, city="Köln", industry="retail")
    refreshing.refresh(made)

    found = counts(places=["Cologne, Germany"])

    assert (found["industries"]["manufacturing"], found["industries"]["retail"]) == ("1", "2")
    assert found["departments"]["sales"] == "2"
    assert found["places"]["DE"] == "4"  # a place is counted without the other places


@pytest.fixture
def reachable():
    """One with an address at a company that hires, one new in the role with a number alone, and a company with a number."""
    made = directory.dataset()
    directory.person(directory.company(made, hiring_on="2026-05-01", city="Köln"))
    directory.person(directory.company(made), email="", phone="+4930000000", new_in_role_on="2026-05-01")
    directory.company(made, country="FR", phone="+33100000000")
    refreshing.refresh(made)


FLAGS = ("email", "phone", "hiring", "new_in_role")


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, "1 2 1 1"),
        ({"places": ["FR"]}, "0 1 0 0"),
        ({"new_in_role": "must"}, "1 1 1 1"),
        ({"places": ["Cologne, Germany"]}, "1 0 1 0"),
        ({"places": ["JP"]}, "0 0 0 0"),
    ],
    ids=["all", "place", "people only", "city", "nobody"],
)
def test_flags_count_those_who_meet_them(reachable, asked, numbers):
    found = counts(**asked)

    assert [found[name]["must"] for name in FLAGS] == numbers.split()


def test_flags_count_without_invented_data(reachable):
    made = directory.dataset(is_sample=True)
    directory.person(directory.company(made, hiring_on="2026-05-01"))
    refreshing.refresh(made)

    found = counts()

    assert [found[name]["must"] for name in FLAGS] == ["1", "2", "1", "1"]


def test_roll_up_of_before_flags_were_counted_tells_none_and_is_made_anew(reachable):
    DirectoryCount.objects.update(has_email=None)

    before, is_made = counts(), refreshing.roll_up_anew()

    assert not before.keys() & set(FLAGS)
    assert is_made
    assert counts()["email"] == {"must": "1"}
