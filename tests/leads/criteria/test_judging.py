"""Judging: each criterion with a candidate that fits, one that does not and one that is not known."""

from dataclasses import replace

import pytest

from leads.candidate import Candidate, CompanyFacts, Signal
from leads.criteria import Criteria, Mismatch
from leads.promises import promised

IDA = Candidate(
    source="hunter",
    record_id="1",
    full_name="Ida Kessel",
    title="Head of Procurement",
    email="ida@acme.example",
    phone="+49302345670",
    country="DE",
    city="München",
    company=CompanyFacts(
        name="Acme Robotics",
        country="AT",
        industry="mobile-gaming-apps",
        employees_min=51,
        employees_max=200,
        revenue_usd=5_000_000,
        founded_year=1999,
        funding_stage="Series B",
        technologies=("Amazon Web Services", "C++"),
        keywords=("big data",),
        description="We build Roboter für Fabriken.",
    ),
    signals=(Signal("hiring", detail="3 buyers wanted"),),
)
NOBODY = Candidate(source="hunter", record_id="2")
CASES = [
    ("keywords", ["robotics"], ["robot"]),
    ("keywords", ["BIG DATA"], ["data robotics"]),
    ("keywords", ["c++"], ["c"]),
    ("keywords", ["big | data"], ["robotics | we build"]),
    ("keywords", ["fur Fabriken"], ["Agentur"]),
    ("industries", ["Software"], ["Banking"]),
    ("industries", ["mobile-gaming-apps"], ["blogs"]),
    ("places", ["DACH"], ["Austria"]),
    ("places", ["Munich"], ["Berlin"]),
    ("places", ["EU"], ["Nordics"]),
    ("titles", ["Einkaufsleiter"], ["Head of Marketing"]),
    ("titles", ["procurement"], ["Assistant to the Head of Procurement"]),
    ("seniorities", ["director", "vp"], ["manager"]),
    ("departments", ["procurement"], ["sales"]),
    ("technologies", ["AWS"], ["SAP"]),
    ("funding_stages", ["series_b"], ["seed"]),
    ("employees", {"min": 100, "max": 150}, {"min": 201}),
    ("employees", {"max": 100}, {"max": 51}),
    ("revenue", {"min": 5_000_000}, {"max": 4_999_999}),
    ("founded", {"min": 1999, "max": 1999}, {"min": 2000}),
]


@pytest.mark.parametrize(("key", "fits", "fails"), CASES, ids=str)
def test_must_fits_fails_or_is_not_known(key: str, fits: object, fails: object):
    right, wrong = Criteria.from_json({key: fits}), Criteria.from_json({key: fails})

    assert right.judge(IDA) == ()
    assert [mismatch.criterion for mismatch in wrong.judge(IDA)] == [key]
    if key != "keywords":
        assert [mismatch.found for mismatch in right.judge(NOBODY)] == ["not known"]


@pytest.mark.parametrize("key", ["email", "phone", "hiring"])
def test_yes_or_no(key: str):
    criteria = Criteria.from_json({key: "must"})

    assert criteria.judge(IDA) == ()
    assert [mismatch.found for mismatch in criteria.judge(NOBODY)] == ["not known"]


def test_new_in_role_needs_its_own_signal():
    criteria = Criteria.from_json({"new_in_role": "must"})
    promoted = replace(IDA, signals=(Signal("new_in_role"),))

    assert (len(criteria.judge(IDA)), criteria.judge(promoted)) == (1, ())


@pytest.mark.parametrize(
    ("band", "wanted", "fits"),
    [
        pytest.param((11, 50), {"min": 50}, False, id="touches the edge only"),
        pytest.param((50, 50), {"min": 50}, True, id="a count on the edge"),
        pytest.param((51, 200), {"min": 50, "max": 1_000}, True, id="inside"),
        pytest.param((51, 200), {"min": 100}, True, id="overlaps"),
        pytest.param((201, 500), {"max": 201}, False, id="touches the upper edge only"),
        pytest.param((10_001, None), {"min": 50_000}, True, id="open-ended may reach"),
        pytest.param((10_001, None), {"max": 10_000}, False, id="open-ended is above"),
    ],
)
def test_bands_of_employees(band: tuple[int, int | None], wanted: dict[str, int], fits: bool):
    company = CompanyFacts(employees_min=band[0], employees_max=band[1])
    candidate = replace(NOBODY, company=company)

    assert (Criteria.from_json({"employees": wanted}).judge(candidate) == ()) is fits


def test_a_company_alone_is_where_the_company_is():
    acme = replace(NOBODY, company=CompanyFacts(name="Acme", country="AT"))

    assert Criteria.from_json({"places": ["Austria"]}).judge(acme) == ()


def test_a_mismatch_says_what_was_wanted_and_found():
    mismatches = Criteria.from_json({"places": ["Austria", "Berlin"], "employees": "1-10"}).judge(IDA)

    assert mismatches == (
        Mismatch("places", "in Austria or Berlin, Germany", "München, Germany"),
        Mismatch("employees", "1 to 10 employees", "51 to 200 employees"),
    )


@pytest.mark.parametrize("level", ["must", "nice"])
def test_an_exclusion_filters_at_either_level(level: str):
    criteria = Criteria.from_json({"industries": {"none": ["Software"], "level": level}})

    mismatches = criteria.judge(IDA)

    assert mismatches == (Mismatch("industries", "not in Software Development", "Mobile Gaming Apps"),)
    assert criteria.judge(NOBODY) == ()


def test_an_excluded_keyword_is_named():
    criteria = Criteria.from_json({"keywords": {"any": ["robotics"], "none": ["big data", "agency"]}})

    assert [mismatch.found for mismatch in criteria.judge(IDA)] == ["“big data”"]


def test_nice_does_not_filter_but_counts():
    criteria = Criteria.from_json(
        {
            "places": {"values": ["Germany"], "level": "nice"},
            "titles": {"values": ["CEO"], "level": "nice"},
            "revenue": {"min": 1, "level": "nice"},
            "email": "nice",
            "employees": {"min": 1},
        }
    )

    assert criteria.judge(IDA) == ()
    assert criteria.match_share(IDA) == 0.75


@pytest.mark.parametrize("data", [{}, {"places": ["Germany"]}, {"places": {"none": ["Germany"], "level": "nice"}}])
def test_no_share_where_nothing_is_nice(data: dict[str, object]):
    assert Criteria.from_json(data).match_share(IDA) is None


@pytest.mark.parametrize(("key", "fits"), [(key, fits) for key, fits, _fails in CASES], ids=str)
def test_what_nobody_tells_holds_where_the_provider_was_asked_for_nobody_else(key: str, fits: object):
    asked = Criteria.from_json({key: fits})

    assert asked.judge(promised(NOBODY, [key])) == ()


@pytest.mark.parametrize(("key", "most"), [("founded", {"max": 1980}), ("employees", {"max": 20})])
def test_what_is_told_counts_more_than_what_was_asked(key: str, most: object):
    asked = Criteria.from_json({key: most})

    assert [each.criterion for each in asked.judge(promised(IDA, [key]))] == [key]


@pytest.mark.parametrize(("key", "term"), [("keywords", "sensors"), ("technologies", "SAP")])
def test_words_may_stand_where_the_provider_looks_and_does_not_show(key: str, term: str):
    asked, unwanted = Criteria.from_json({key: [term]}), Criteria.from_json({key: {"none": ["C++"]}})

    assert asked.judge(promised(IDA, [key])) == ()
    assert [each.criterion for each in unwanted.judge(promised(IDA, [key]))] == [key]
