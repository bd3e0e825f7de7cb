"""Hunter's finder: what it is asked, how its answer reads, what it charges, and what comes of its troubles."""

from decimal import Decimal

import pytest

from enrichment.finding.patterns import Person
from enrichment.providers.contract import StillChecking
from enrichment.providers.hunter_finder import FoundAddress, HunterFinder, Seen, found_in
from leadengine.http import Answer, Unanswered
from leadengine.outcomes import Outcome
from leadengine.sandbox import hunter as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leadengine.sandbox.world import firms
from leads.sources.door import open_door

FIRM = firms()[0]
BOSS = FIRM.people[0]
# In the form of its specification, with an invented person.
DATA = {
    "first_name": "Ada",
    "last_name": "Byron",
    "email": "Ada.Byron@acme.example",
    "score": 94,
    "domain": "acme.example",
    "accept_all": False,
    "position": "Head of Sales",
    "linkedin_url": None,
    "sources": [{"domain": "acme.example", "uri": "http://acme.example/team", "last_seen_on": "2026-06-02"}],
    "verification": {"date": "2026-06-10T09:00:00Z", "status": "valid"},
}
FOUND = FoundAddress(
    email="ada.byron@acme.example",
    confidence=0.94,
    status="deliverable",
    said="valid",
    verified_on="2026-06-10",
    position="Head of Sales",
    sources=(Seen(uri="http://acme.example/team", last_seen_on="2026-06-02"),),
)


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script(credits=2)) as script:
        yield script


def door(script, key="k3y-0815-hunter"):
    return open_door(HunterFinder(script.base_url), 0, key=key)


def find(script, first=BOSS.given, last=BOSS.family, domain=FIRM.domain, key="k3y-0815-hunter"):
    return HunterFinder(script.base_url).find(door(script, key), Person(first, last), domain)


def answer(data, status=200):
    return Answer(Outcome.OK, status, {"data": data}, {})


def test_answer_is_read_with_its_confidence_and_sources():
    assert found_in(answer(DATA)) == FOUND


@pytest.mark.parametrize(
    ("told", "status"),
    [({"status": None, "date": None}, "unknown"), (None, "unknown"), ({"status": "accept_all"}, "risky")],
    ids=["not verified", "not told", "takes anybody"],
)
def test_what_is_not_verified_is_not_known(told, status):
    assert found_in(answer(DATA | {"verification": told})).status == status


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"email": []}, {"email": "no address"}, DATA | {"sources": 7}, DATA | {"sources": ["http://a"]}],
    ids=str,
)
def test_answer_of_another_form_is_none(data):
    with pytest.raises(Unanswered, match="could not be read"):
        found_in(answer(data))


@pytest.mark.django_db
def test_person_is_asked_for_by_name_and_costs_one_credit(script):
    way = door(script)

    found = HunterFinder(script.base_url).find(way, Person(BOSS.given, BOSS.family), FIRM.domain)

    question = script.asked[0]
    assert (question.path, question.one("domain"), question.one("first_name")) == (
        "/email-finder",
        FIRM.domain,
        BOSS.given,
    )
    assert (found.email, found.position, len(found.sources)) == (BOSS.email, BOSS.role, 1)
    assert (way.credits, way.asked) == (Decimal(1), 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [("Nobody", "Here"), ("Claimed", "Person")], ids=["nobody", "does not want to be found"]
)
def test_nobody_found_costs_nothing(script, name):
    way = door(script)

    assert HunterFinder(script.base_url).find(way, Person(*name), "elsewhere.com") is None
    assert way.credits == 0


@pytest.mark.django_db
def test_search_that_takes_longer_is_asked_again_and_paid_once(script):
    with pytest.raises(StillChecking, match="charges once"):
        find(script, "Slow", "Abara", "harbour5.example")
    before = HunterFinder(script.base_url).test_key("k3y").credits_left

    find(script, "Slow", "Abara", "harbour5.example")

    assert before - HunterFinder(script.base_url).test_key("k3y").credits_left <= 1


@pytest.mark.django_db
def test_answer_that_was_cut_is_asked_for_once_more_because_a_repeat_is_free(script):
    script.troubles = [Trouble(is_cut=True)]

    assert find(script).email == BOSS.email
    assert len(script.asked) == 2


TROUBLES = {
    "key refused": (Reply({}, 401), Outcome.KEY_REFUSED),
    "out of credits": (Reply({}, 402), Outcome.OUT_OF_CREDITS),
    "not understood": (Reply({}, 400), Outcome.BAD_REQUEST),
    "too often": (Reply({}, 429, {"Retry-After": "30"}), Outcome.RATE_LIMITED),
    "down": (Reply({}, 503), Outcome.UNAVAILABLE),
    "broken": (Reply(raw=b'{"data": ['), Outcome.GARBLED),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("reply", "outcome"), TROUBLES.values(), ids=TROUBLES)
def test_trouble_is_told_apart(script, reply, outcome):
    script.always = Trouble(reply)

    with pytest.raises(Unanswered) as caught:
        find(script)

    assert caught.value.outcome == outcome
