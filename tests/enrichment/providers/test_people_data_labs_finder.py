"""People Data Labs' enrichment as a finder: what it is asked, how its answer reads, what it charges."""

from decimal import Decimal

import pytest

from enrichment.finding.patterns import Person
from enrichment.providers.people_data_labs_finder import PeopleDataLabsFinder, found_in
from leadengine.http import Answer, Unanswered
from leadengine.outcomes import Outcome
from leadengine.sandbox import people_data_labs as sandbox
from leadengine.sandbox.scripted import Trouble, serve
from leadengine.sandbox.world import firms
from leads.sources.door import open_door

FIRM = firms()[1]
BOSS = FIRM.people[0]


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script(credits=2)) as script:
        yield script


def door(script):
    return open_door(PeopleDataLabsFinder(script.base_url), 0, key="k3y-0815-labs")


def find(script, way, first=BOSS.given, domain=FIRM.domain):
    return PeopleDataLabsFinder(script.base_url).find(way, Person(first, BOSS.family), domain)


@pytest.mark.django_db
def test_person_is_asked_for_by_name_and_costs_one_credit(script):
    way = door(script)

    found = find(script, way)

    assert (found.email, found.position, found.confidence, found.status) == (
        BOSS.email,
        BOSS.role.lower(),
        0.9,
        "unknown",
    )
    assert (way.credits, script.asked[0].one("required"), script.asked[0].one("min_likelihood")) == (
        1,
        "work_email",
        "6",
    )


@pytest.mark.django_db
def test_nobody_found_costs_nothing(script):
    way = door(script)

    assert find(script, way, first="Nobody") is None
    assert way.credits == 0


@pytest.mark.django_db
def test_answer_that_was_cut_off_is_not_asked_for_again(script):
    script.always = Trouble(is_cut=True)

    with pytest.raises(Unanswered) as caught:
        find(script, door(script))

    assert (caught.value.may_be_done, len(script.asked)) == (True, 1)


def test_address_elsewhere_is_none_here():
    told = Answer(Outcome.OK, 200, {"data": {"work_email": "ada@other.example"}, "likelihood": 8}, {})

    assert found_in(told, "acme.example", Decimal(1)) is None


@pytest.mark.parametrize("data", [None, {}, {"work_email": True}, {"work_email": "no address"}], ids=str)
def test_answer_of_another_form_is_none(data):
    with pytest.raises(Unanswered, match="could not be read"):
        found_in(Answer(Outcome.OK, 200, {"data": data}, {}), "acme.example")
