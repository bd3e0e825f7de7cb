"""Next actions: what they change, cost and may lead to."""

from datetime import date
from decimal import Decimal

import pytest

from leads.criteria import Range
from scoring.case import KEPT, SPELLING, Citation
from scoring.columns import UNSOUGHT, Email, Phone, Place, Position
from scoring.engine import score
from scoring.insights import contact_steps
from scoring.insights.actions import RULES, actions, price_of
from scoring.insights.step import Step
from tests.factories.scoring import case, event, facts, rulebook

PRICES = {"email_check": Decimal("0.50"), "phone_check": Decimal(2), "profile": Decimal(1), "company_facts": Decimal(1)}
IDEAL = {"industries": ("retail",), "employees": Range(50, 200), "departments": ("sales",)}
DONE = {
    "email": Email("deliverable"),
    "phone": Phone("mobile", True),
    "has_profile": True,
    "industry": "retail",
    "employees": 100,
    "position": Position("VP Sales", "vp", "sales"),
    "touches": (event("email_replied", 3), event("meeting", 1)),
    "observed": 3,
}
SENT = event("email_sent", 9)
NAN = float("nan")


def found(**known) -> dict:
    return {action.key: action for action in actions(case(IDEAL, **DONE | known), PRICES)}


def test_lead_that_lacks_nothing_needs_nothing() -> None:
    assert found() == {}


BAD = Email("unchecked", "", "role", reputation=0.0)
VERIFIED = [
    ("verify_email", BAD, "role"),
    ("verify_again", BAD._replace(status="risky", reason="accept_all"), "role"),
    ("correct_email", BAD._replace(status="risky", reason="typo_suspected"), ""),
]


@pytest.mark.parametrize(("key", "email", "flags"), VERIFIED)
def test_a_verified_address_keeps_the_reputation_of_its_domain(key: str, email: Email, flags: str) -> None:
    assert step(key, email=email).facts["email"] == Email("deliverable", "", flags, reputation=0.0)


FIRST = [(Phone("mobile", True), "Call", ("call_reached",)), (Phone(), "Write", ("email_replied",))]


@pytest.mark.parametrize(("phone", "way", "touches"), FIRST)
def test_a_first_contact_is_scored_as_the_answer_to_what_it_names(phone: Phone, way: str, touches) -> None:
    found = step("first_contact", phone=phone, touches=())

    assert (found.title, found.touches) == (f"{way} for the first time", touches)


def cited(field: str, day: date) -> dict:
    return {"citations": {field: (Citation("ada@harbour.example", "own_check", day, field=field),)}}


AGAIN = [
    ("mailbox_full", {}, True),
    ("mailbox_full", cited(KEPT, date(2026, 11, 22)), False),
    ("accept_all", {}, False),
]


@pytest.mark.parametrize(("reason", "known", "is_offered"), AGAIN)
def test_asking_again_is_offered_only_where_the_server_may_say_something_else(reason, known, is_offered) -> None:
    found = step("verify_again", email=Email("risky", reason), **known)

    assert (found.is_offered, "on 22 November" in found.why) == (
        is_offered,
        reason != "accept_all" and not is_offered,
    )


@pytest.mark.parametrize(("known", "is_offered"), [({}, False), (cited(SPELLING, date(2026, 11, 1)), True)])
def test_correcting_is_offered_only_where_there_is_another_spelling(known, is_offered) -> None:
    found = step("correct_email", email=Email("risky", "typo_suspected"), **known)

    assert (found.is_offered, "“ada@harbour.example”" in found.why) == (is_offered, is_offered)


NO_WAY = {"email": Email("undeliverable"), "phone": Phone(), "has_profile": False}


HARMFUL = [Email("risky", reason) for reason in ("spamtrap_suspected", "do_not_mail", "disposable")]


@pytest.mark.parametrize("email", [*HARMFUL, Email("risky", "", "role,disposable")])
def test_nobody_is_asked_to_write_where_it_does_harm(email: Email) -> None:
    assert step("first_contact", **NO_WAY | {"email": email, "touches": ()}) is None


BY_PHONE = NO_WAY | {"phone": Phone("fixed", True)}
CONTACT = [rule.__name__ for rule in contact_steps.RULES]


@pytest.mark.parametrize("key", CONTACT)
def test_nobody_is_contacted_without_a_way(key: str) -> None:
    known = TABLE[key][0]

    assert step(key, **known)
    assert step(key, **known | NO_WAY) is None


@pytest.mark.parametrize("key", CONTACT)
def test_who_can_only_be_called_is_called(key: str) -> None:
    proposed = step(key, **TABLE[key][0] | BY_PHONE)

    assert proposed.title.startswith("Call")
    assert proposed.touches in (("call_reached",), ("meeting",))


@pytest.mark.parametrize(("known", "title"), [({}, "Ask for a direct number"), (NO_WAY, "Find a phone number")])
def test_a_number_is_asked_for_only_where_there_is_somebody_to_ask(known, title: str) -> None:
    assert step("find_phone", **{"phone": Phone()} | known).title == title


HOME = IDEAL | {"home": "DE", "places": ("region:dach",), "revenue": Range(1_000_000)}
OLD = (event("email_replied", 91, "Yes"),)
# step: facts by which it is proposed, facts by which it is only just not, and its price.
TABLE = {
    "verify_email": ({"email": Email("unchecked", "not_checked")}, {"email": Email("risky", "role")}, "0.50"),
    "find_email": ({"email": Email("undeliverable")}, {"email": Email("unknown")}, "0.50"),
    "verify_again": ({"email": Email("risky", "mailbox_full")}, {"email": Email("risky", "role")}, "0.50"),
    "correct_email": ({"email": Email("risky", "typo_suspected")}, {"email": Email("risky", "accept_all")}, "0.50"),
    "ask_own_address": ({"email": Email("deliverable", "", "role")}, {"email": Email("deliverable", "", "idn")}, "0"),
    "check_phone": ({"phone": Phone("fixed_or_mobile", True)}, {"phone": Phone("fixed", True)}, "2"),
    "find_phone": ({"phone": Phone("switchboard", None)}, {"phone": Phone("switchboard", None, True)}, "0"),
    "find_profile": ({"has_profile": False}, {}, "1"),
    "complete_company": ({"employees": NAN}, {"employees": 1.0}, "1"),
    "find_place": ({"ideal": HOME}, {"ideal": HOME, "place": Place("DE", "", "")}, "0"),
    "find_title": ({"position": Position("", "", "")}, {"position": Position("Clerk", "", "")}, "0"),
    "find_decision_maker": (
        {"position": Position("Clerk", "entry", "sales")},
        {"position": Position("Head", "manager", "sales")},
        "0",
    ),
    "confirm_job": ({"observed": 180}, {"observed": 179}, "0"),
    "first_contact": ({"touches": (event("note"),)}, {"touches": (SENT,)}, "0"),
    "follow_up": ({"touches": (SENT,)}, {"touches": (SENT, event("call_reached"))}, "0"),
    "change_channel": ({"touches": (SENT, SENT)}, {"touches": (SENT, SENT, event("call_no_answer"))}, "0"),
    "answer_interest": ({"touches": (event("visit", 30),)}, {"touches": (event("visit", 31),)}, "0"),
    "use_signal": (
        {"touches": (event("email_sent", 20),), "signals": (event("funding", 10),)},
        {"touches": (event("email_sent", 9),), "signals": (event("funding", 10),)},
        "0",
    ),
    "meet": ({"touches": (event("email_replied", 90),)}, {"touches": OLD}, "0"),
    "after_meeting": (
        {"touches": (event("meeting", 7),)},
        {"touches": (event("meeting", 7), event("email_sent", 1))},
        "0",
    ),
    "revive": ({"touches": OLD}, {"touches": OLD, "outcome": "won"}, "0"),
    "win_back": ({"outcome": "lost"}, {"outcome": "disqualified"}, "0"),
    "sell_more": ({"outcome": "won"}, {"outcome": "lost"}, "0"),
}
STEPS = {rule.__name__: rule for rule in RULES}


def step(name: str, ideal=IDEAL, **known) -> Step | None:
    return STEPS[name](case(ideal, **DONE | known))


def test_every_step_has_its_row() -> None:
    assert set(TABLE) == set(STEPS)


@pytest.mark.parametrize("name", TABLE)
def test_step_is_proposed_with_its_reason_and_price(name) -> None:
    known, _, price = TABLE[name]

    proposed = step(name, **known)

    assert proposed.key == name
    assert proposed.why.endswith(".")
    assert 0 < proposed.chance < 1
    assert price_of(proposed, PRICES) == Decimal(price)


@pytest.mark.parametrize("name", TABLE)
def test_step_is_not_proposed_where_it_is_only_near(name) -> None:
    assert step(name, **TABLE[name][1]) is None


@pytest.mark.parametrize(("status", "said"), [("unchecked", "nobody has asked"), ("unknown", "did not tell")])
def test_verification_is_proposed_by_what_is_known_of_it(status, said) -> None:
    assert said in step("verify_email", email=Email(status)).why


@pytest.mark.parametrize(
    ("ideal", "place"),
    [
        (HOME, Place("AT", "", "")),
        ({"home": "Japan"}, Place("JP", "", "")),
        ({"home": "Asia/Tokyo; DE"}, Place("JP", "", "")),
        ({"home": "UTC; Munich"}, Place("DE", "", "München")),
    ],
)
def test_place_that_is_hoped_for_is_a_target_or_where_the_team_works(ideal, place: Place) -> None:
    assert step("find_place", ideal).facts == {"place": place}


def test_place_that_cannot_be_hoped_for_is_not_looked_for() -> None:
    assert step("find_place", {"home": "UTC"}) is None


def test_step_that_could_only_lower_the_score_is_not_proposed() -> None:
    proposed = {action.key for action in actions(case({}, email=Email(UNSOUGHT)), PRICES)}

    assert "find_email" in proposed
    assert "find_profile" not in proposed


@pytest.mark.parametrize(
    "refusal", [{"is_barred": True}, {"touches": (event("opt_out"),)}], ids=["barred", "opted out"]
)
def test_who_must_not_be_contacted_has_no_actions(refusal) -> None:
    assert found(email=Email("unchecked"), **refusal) == {}


def test_gain_is_the_score_with_the_fact_changed() -> None:
    known = {"industry": "retail", "email": Email("unchecked", "not_checked")}
    verified = score(facts(**known | {"email": Email("deliverable")}), rulebook(**IDEAL))

    proposed = {action.key: action for action in actions(case(IDEAL, **known), PRICES)}["verify_email"]

    before = score(facts(**known), rulebook(**IDEAL))
    assert proposed.total == verified.total[0]
    assert proposed.gain == verified.total[0] - before.total[0] > 0
    assert (proposed.grade, proposed.grade_before) == (verified.grade[0], before.grade[0])


def test_most_promising_of_the_offered_actions_comes_first() -> None:
    known = {"industry": "retail", "email": Email("unchecked", "not_checked")}

    found = [(not each.is_offered, -each.expected_gain) for each in actions(case(IDEAL, **known), PRICES)]

    assert found == sorted(found)
    assert {is_advice for is_advice, _ in found} == {True, False}


ADVICE = {"find_email", "find_phone", "find_profile", "find_place", "find_title", "find_decision_maker"}
ADVICE |= {"complete_company", "check_phone", "ask_own_address", "correct_email"}


@pytest.mark.parametrize("name", TABLE)
def test_what_cannot_be_done_here_is_advice(name) -> None:
    assert step(name, **TABLE[name][0]).is_offered == (name not in ADVICE)


def test_price_that_is_not_known_is_not_guessed() -> None:
    proposed = actions(case(IDEAL, **DONE | {"has_profile": False}), {})

    assert [action.price for action in proposed] == [None]


@pytest.mark.parametrize(
    ("touches", "said"),
    [
        pytest.param((SENT, event("call", 2)), "What came of the call on 20 November is not given.", id="not given"),
        pytest.param(
            (event("call", 12), SENT), "The last attempt, on 13 November, has no answer yet.", id="a mail since"
        ),
    ],
)
def test_call_without_an_outcome_is_followed_up_as_what_it_is(touches, said) -> None:
    assert step("follow_up", touches=touches).why == said
