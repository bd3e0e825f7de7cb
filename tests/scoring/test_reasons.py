"""Every factor says a whole sentence, known or unknown."""

from datetime import date

import pytest

from leads.criteria import Range
from scoring.case import Citation
from scoring.columns import Email, Phone, Place, Position
from scoring.reasons import SENTENCES, evidence, reason
from scoring.rulebook import KEYS
from tests.factories.scoring import case, event

FULL = {
    "position": Position("VP Sales", "vp", "sales"),
    "industry": "retail",
    "place": Place("AT", "", "Graz"),
    "technologies": ("SAP",),
    "email": Email("risky", "catch_all", "free"),
    "phone": Phone("mobile", True),
    "employees": 120,
    "signals": (event("hiring", 4, "Two jobs"),),
    "touches": (event("email_sent", 9), event("email_replied", 2)),
}
IDEAL = {"industries": ("mining",), "places": ("DE",), "employees": Range(50, 500), "technologies": ("SAP",)}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("potential", "Company fit 60 % and position 90 %; signals: Hiring: Two jobs."),
        ("engagement", "1 answer to 1 attempt in the last 90 days."),
        ("company_fit", "Retail, about 120 people, uses SAP."),
        ("contactability", "Reachable by an e-mail address (risky) and a mobile number."),
        ("industry_match", "Retail; you look for Mining."),
        ("job_title", "VP Sales: Vice president, Sales."),
        ("location", "Graz, Austria; you look in Germany."),
        ("company_size", "About 120 people; you look for 50 to 500 people."),
        ("engagement_history", "1 answer to 1 attempt so far."),
        (
            "email_validity",
            "The e-mail address is risky (the server takes mail for any name, free address).",
        ),
    ],
)
def test_reason_of_a_known_factor(key, expected) -> None:
    assert reason(key, case(IDEAL, **FULL)) == expected


@pytest.mark.parametrize(
    ("key", "known", "ideal", "expected"),
    [
        pytest.param(
            "engagement_history", {"outcome": "lost"}, {}, "Never contacted; the last deal was lost.", id="only a deal"
        ),
        pytest.param(
            "company_size",
            {"revenue": 2e6},
            {"revenue": Range(None, 1_000_000)},
            "About 2,000,000 US dollars a year; you look for at most 1,000,000 US dollars a year.",
            id="revenue that was asked for",
        ),
        pytest.param(
            "job_title",
            {"position": Position("", "vp", "")},
            {},
            "No title: Vice president, department unknown.",
            id="a level without a title",
        ),
        pytest.param(
            "company_size",
            {"employees": 49},
            {"employees": Range(50, 500)},
            "About 49 people; you look for 50 to 500 people: just under it, which counts nearly in full, because only ten "
            "times too small counts nothing.",
            id="just under",
        ),
        pytest.param(
            "company_size",
            {"employees": 40},
            {"employees": Range(90, 500)},
            "About 40 people; you look for 90 to 500 people.",
            id="far under",
        ),
        pytest.param(
            "engagement",
            {"signals": (event("shrinking", 1), event("growth", 4, "Growth: 20 %"))},
            {},
            "Nobody has been in touch in 90 days: all of this is public activity: Growth: 20 %.",
            id="public activity is named as what it is",
        ),
        pytest.param(
            "engagement",
            {"touches": (event("call", 20),)},
            {},
            "1 call without a given outcome in the last 90 days.",
            id="a call of which nobody said what came of it",
        ),
        pytest.param(
            "engagement_history",
            {"touches": (event("call", 20),) * 2},
            {},
            "Called 2 times, but what came of it is not given.",
            id="calls of which nobody said what came of them",
        ),
        pytest.param(
            "email_validity",
            {"email": Email("risky", "accept_all", "catch_all", 0.63)},
            {},
            "The e-mail address is risky (the server takes mail for any name, about 63 of 100 such mails arrive).",
            id="accept-all is said once",
        ),
        pytest.param(
            "email_validity",
            {"email": Email(), "has_profile": True},
            {},
            "No e-mail address is known. An unknown one counts as usual, neither good nor bad; that there is none costs "
            "points under contactability.",
            id="no address",
        ),
        pytest.param(
            "location",
            {"place": Place("JP", "", "")},
            {"places": ("DE",), "home": "DE"},
            "Japan; you look in Germany.",
            id="hours are named only where they cost points",
        ),
    ],
)
def test_reason_speaks_of_what_counted(key, known, ideal, expected) -> None:
    assert reason(key, case(ideal, **known)) == expected


@pytest.mark.parametrize("key", KEYS)
def test_reason_of_an_unknown_factor_is_a_sentence(key) -> None:
    told = reason(key, case(IDEAL))

    assert told[0].isupper()
    assert told.endswith(".")


def test_all_ten_factors_have_a_sentence() -> None:
    assert tuple(SENTENCES) == KEYS


def test_evidence_is_what_is_in_force() -> None:
    on = date(2026, 11, 1)
    seen = (Citation("VP Sales", "directory", on), Citation("Clerk", "file", on, is_current=False))

    cited = evidence("job_title", case(IDEAL, **FULL, citations={"title": seen}))

    assert cited == seen[:1]


def test_signals_are_the_evidence_of_potential() -> None:
    assert [cited.text for cited in evidence("potential", case(IDEAL, **FULL))] == ["Hiring: Two jobs"]
