"""What each factor lacks is said: a table of causes, and none is ever left out."""

import re

import pytest
from hypothesis import given, settings

from leads.criteria import Range
from scoring.case import Case
from scoring.columns import Details, Email, Phone, Place, Position
from scoring.rulebook import KEYS, Closed, ScoringProfile
from scoring.shortfalls.said import BEFORE, CAUSES, shortfall
from tests.factories.scoring import case, event, facts
from tests.scoring.test_explanation import known, rules

RETAIL = {"industries": ("retail",)}
VIENNA = {"place": Place("AT", "", "Vienna")}
REPLY = event("email_replied")
BEST = {"email": Email("deliverable"), "phone": Phone("mobile", True), "has_profile": True}
TABLE = [
    (
        "location",
        {"places": ("DE",)},
        VIENNA,
        "it lies outside the places where you look, for which 70 % count at most",
    ),
    (
        "location",
        {"places": ("DE",), "home": "Europe/Berlin"},
        {"place": Place("ZA", "", "")},
        "it lies on another continent than you look in; 7 of 8 working hours are shared with your team",
    ),
    ("location", {"home": "DE"}, {"place": Place("JP", "", "")}, "0 of 8 working hours are shared with your team"),
    (
        "potential",
        RETAIL,
        {"industry": "mining"},
        "company fit and position below 100 %; no buying signal makes up for it",
    ),
    (
        "potential",
        RETAIL,
        {"industry": "mining", "position": Position("CEO", "c_level", ""), "signals": (event("funding"),)},
        "company fit below 100 %; signals close only part of that gap",
    ),
    (
        "potential",
        RETAIL,
        {"industry": "retail", "signals": (event("shrinking"),)},
        "position below 100 %; the company shrinks",
    ),
    (
        "potential",
        RETAIL | {"employees": Range(50, 500)},
        {"industry": "retail", "employees": 49, "position": Position("Head of IT", "director", "it")},
        "position below 100 %; no buying signal makes up for it",
    ),
    (
        "engagement",
        {},
        {"touches": (event("email_sent", 20),)},
        "no answer, click or visit has come back for 14 days or more",
    ),
    ("engagement", {}, {"touches": (event("call_refused", 2),)}, "they said no"),
    (
        "engagement",
        {},
        {"touches": (REPLY,)},
        "answers, visits and meetings would fill it, and each counts half after 30 days",
    ),
    (
        "company_fit",
        {"technologies": ("SAP", "Jira"), "employees": Range(50, 90)},
        {"technologies": ("SAP",), "employees": 20},
        "fewer people than you look for; it uses only one of the technologies you look for",
    ),
    (
        "company_fit",
        {"keywords": ("valves",), "funding_stages": ("series_b",), "founded": Range(2010, None)},
        {"details": Details("pumps", "Series A", 1990)},
        "none of the words that you look for is in what it says of itself; its funding is at another stage; "
        "it was founded outside the years you look for",
    ),
    ("company_size", {"revenue": Range(None, 10)}, {"revenue": 90}, "more revenue than you look for"),
    ("contactability", {}, BEST, "no way reaches a person every time"),
    (
        "contactability",
        {},
        {"email": Email("deliverable", "", "role"), "phone": Phone("switchboard")},
        "the e-mail address is not the person's own; only the switchboard is known; no profile is known",
    ),
    ("contactability", {}, BEST | {"phone": Phone("mobile", True, True)}, "nobody may call"),
    ("contactability", {}, {"is_barred": True}, "nobody may contact this person"),
    ("industry_match", RETAIL, {"industry": "mining"}, "the industry is of another branch than you look for"),
    (
        "industry_match",
        {"closed": {"retail": Closed(0, 9), "mining": Closed(9, 9)}},
        {"industry": "retail"},
        "without industries that you look for, it counts half by itself; you win less often in it than elsewhere",
    ),
    ("job_title", {}, {"position": Position("Clerk", "entry", "it")}, "higher levels have more say"),
    (
        "job_title",
        {"seniorities": ("vp",), "departments": ("sales",)},
        {"position": Position("Clerk", "entry", "")},
        "you look for another level; the department is not known",
    ),
    (
        "job_title",
        {"departments": ("sales",)},
        {"position": Position("CEO", "c_level", "executive")},
        "heads of the company count a little less than the department that buys",
    ),
    (
        "engagement_history",
        {},
        {"outcome": "lost"},
        "the last deal was lost; no answer so far; few contacts prove little yet",
    ),
    (
        "engagement_history",
        {},
        {"touches": (event("email_replied", 40), *[event("email_sent", 60)] * 12)},
        "not every attempt was answered; the last answer is 40 days old",
    ),
    ("email_validity", {}, {"email": Email("risky", "accept_all")}, "whether mail arrives is not certain"),
    ("email_validity", {}, {"email": Email("undeliverable")}, "mail to it does not arrive"),
    (
        "email_validity",
        {},
        {"email": Email("deliverable", "", "free", None, 0.5)},
        "a private address says nothing of the company; its domain has less than the best reputation",
    ),
]


@pytest.mark.parametrize(
    ("key", "ideal", "facts_known", "expected"), TABLE, ids=[f"{row[0]}: {row[3][:40]}" for row in TABLE]
)
def test_what_is_missing_is_named(key, ideal, facts_known, expected):
    told = shortfall(key, case(ideal, **facts_known), points=4, most=6, is_assumed=False)

    assert told == f"2 missing: {expected}."


def test_every_factor_has_its_causes():
    assert tuple(CAUSES) == KEYS == tuple(dict.fromkeys(KEYS))
    assert {row[0] for row in TABLE} == set(KEYS)


def test_nothing_is_said_of_all_points():
    assert shortfall("location", case({}, **VIENNA), points=6, most=6, is_assumed=False) == ""


def test_what_is_assumed_says_so():
    told = shortfall("location", case({}), points=2, most=6, is_assumed=True)

    assert told == "4 missing: until more is known, 40 % are assumed, as is usual."


def test_what_is_assumed_by_an_average_says_whose():
    known_average = Case(facts(), ScoringProfile(expected=(0.78,) * 10))

    told = shortfall("engagement", known_average, points=9, most=12, is_assumed=True)

    assert told == "3 missing: until more is known, 78 % are assumed, the average of your leads of which it is known."


def test_stored_points_that_todays_facts_do_not_explain_are_of_before():
    there = case({"places": ("AT",)}, **VIENNA)

    assert shortfall("location", there, points=4, most=6, is_assumed=False) == f"2 missing: {BEFORE}."


@settings(max_examples=150, deadline=None)
@given(known, rules)
def test_every_factor_short_of_points_says_why_whatever_the_facts(known, rules):
    one = Case(facts(**known), rules)
    points = dict(zip(KEYS, one.scored.points[0].tolist(), strict=True))

    for key, most in zip(KEYS, rules.weights, strict=True):
        is_assumed = one.values[key] is None
        told = shortfall(key, one, points=points[key], most=most, is_assumed=is_assumed)

        assert bool(told) == (points[key] < most)
        assert not told or re.fullmatch(rf"{most - points[key]} missing: \S.+\S\.", told)
        assert BEFORE not in told
        assert not told or ("assumed" in told) == is_assumed
