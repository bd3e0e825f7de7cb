"""Each risk is found where it is, and nowhere else."""

from datetime import date

import pytest

from leads.criteria import Range
from scoring.case import Citation
from scoring.columns import UNSOUGHT, Email, Phone, Place, Position
from scoring.insights import risks
from scoring.insights.finding import Severity
from scoring.rulebook import Closed
from tests.factories.scoring import case, event

ON = date(2026, 11, 1)
FINE = {
    "email": Email("deliverable"),
    "phone": Phone("mobile", True),
    "position": Position("CEO", "c_level", "executive"),
    "place": Place("DE", "", ""),
    "industry": "retail",
    "employees": 100,
    "observed": 3,
}
IDEAL = {"industries": ("retail",), "employees": Range(50, 200), "places": ("DE",)}
SENT = event("email_sent", 5)
TWO_TITLES = {"title": (Citation("CEO", "directory", ON), Citation("CFO", "file", ON, is_current=False))}


RULES = {rule.__name__: rule for rule in risks.RULES}
HOME = IDEAL | {"home": "DE"}
LOSING = IDEAL | {"closed": {"retail": Closed(0, 5), "mining": Closed(1, 5)}}
NOBODY = Position("", "", "")
# rule: facts by which it is found, facts by which it is only just not.
TABLE = {
    "opted_out": ({"touches": (event("opt_out"),)}, {"touches": (event("call_refused"),)}),
    "stale": ({"observed": 180}, {"observed": 179}),
    "conflict": ({"citations": TWO_TITLES}, {"citations": {"title": TWO_TITLES["title"][:1]}}),
    "no_contact": ({"email": Email(UNSOUGHT), "phone": Phone()}, {"email": Email("unchecked"), "phone": Phone()}),
    "bounced": ({"email": Email("undeliverable", "no_mailbox")}, {"email": Email("risky", "mailbox_full")}),
    "disposable": ({"email": Email("unknown", "", "disposable")}, {"email": Email("unknown", "", "free")}),
    "trap": ({"email": Email("risky", "spamtrap_suspected")}, {"email": Email("risky", "typo_suspected")}),
    "do_not_mail": ({"email": Email("risky", "do_not_mail")}, {"email": Email("risky", "accept_all")}),
    "risky_email": ({"email": Email("risky", "catch_all")}, {"email": Email("unknown", "greylisted")}),
    "misspelt": ({"email": Email("risky", "typo_suspected")}, {"email": Email("risky", "accept_all")}),
    "role_mailbox": ({"email": Email("deliverable", "", "role")}, {"email": Email("deliverable", "", "idn")}),
    "free_mail": (
        {"email": Email("deliverable", "", "free"), "employees": 50},
        {"email": Email("deliverable", "", "free"), "employees": 49},
    ),
    "poor_domain": (
        {"email": Email("deliverable", "", "", 1.0, 0.39)},
        {"email": Email("deliverable", "", "", 1.0, 0.4)},
    ),
    "wrong_number": ({"phone": Phone("mobile", False)}, {"phone": Phone("mobile", None)}),
    "no_calls": ({"phone": Phone("mobile", True, True)}, {"phone": Phone("mobile", True)}),
    "shrinking": ({"signals": (event("shrinking", 10),)}, {"signals": (event("growth", 10),)}),
    "silent": ({"touches": (SENT, SENT, SENT)}, {"touches": (SENT, SENT)}),
    "cooled": ({"touches": (event("meeting", 181),)}, {"touches": (event("meeting", 180),)}),
    "lost_before": ({"outcome": "lost"}, {"outcome": "disqualified"}),
    "disqualified_before": ({"outcome": "disqualified"}, {"outcome": "lost"}),
    "poor_fit": ({"industry": "mining", "employees": 3_000}, {"industry": "mining"}),
    "other_industry": ({"industry": "mining"}, {"industry": "retail-apparel-and-fashion"}),
    "losing_industry": ({"ideal": LOSING}, {"ideal": LOSING, "industry": "mining"}),
    "wrong_size": ({"employees": 3_000}, {"employees": 600}),
    "low_authority": (
        {"position": Position("Clerk", "entry", "sales")},
        {"position": Position("Head", "manager", "sales")},
    ),
    "nobody_named": ({"position": NOBODY}, {"position": Position("", "manager", "")}),
    "far_away": ({"ideal": HOME, "place": Place("JP", "", "")}, {"ideal": HOME, "place": Place("US", "NY", "")}),
    "thin": ({"industry": "", "employees": float("nan"), "position": NOBODY, "place": Place("", "", "")}, {}),
}


def keys(ideal=IDEAL, **known) -> list[str]:
    return [risk.key for risk in risks.risks(case(ideal, **FINE | known))]


def test_lead_without_faults_has_no_risk() -> None:
    assert keys() == []


def told(field: str, *values: tuple[str, str]) -> dict[str, tuple[Citation, ...]]:
    """What sources say of a field: the first is in use."""
    cited = [Citation(text, source, ON, "", field, is_current=not n) for n, (text, source) in enumerate(values)]
    return {field: tuple(cited)}


SIZE = "company.employees_min"
AGREEING = {
    "a number within a range": told(SIZE, ("57 people", "directory"), ("51–200 people", "file")),
    "an industry and the one above it": told("company.industry", ("Retail", "directory"), ("Retail Groceries", "file")),
    "other accents": told("title", ("Gérant", "directory"), ("GERANT", "file")),
    "somebody has decided": told("title", ("CEO", "person"), ("CFO", "file")),
    "a source that changed its mind": told("title", ("CEO", "directory"), ("CFO", "directory")),
}


@pytest.mark.parametrize("citations", AGREEING.values(), ids=AGREEING)
def test_what_can_both_be_true_is_no_conflict(citations) -> None:
    assert "conflict" not in keys(citations=citations)


@pytest.mark.parametrize(
    ("citations", "is_decidable"),
    [
        pytest.param(told("title", ("CEO", "directory"), ("CFO", "file")), True, id="of the person"),
        pytest.param(told(SIZE, ("57 people", "directory"), ("201–500 people", "file")), False, id="of the company"),
    ],
)
def test_nobody_is_asked_to_decide_what_cannot_be_picked(citations, is_decidable) -> None:
    found = risks.conflict(case(IDEAL, **FINE, citations=citations))

    assert found.is_decidable is is_decidable


def test_every_risk_has_its_row() -> None:
    assert set(TABLE) == set(RULES)


@pytest.mark.parametrize("name", TABLE)
def test_risk_is_found_and_named(name) -> None:
    assert name in keys(**TABLE[name][0])


@pytest.mark.parametrize("name", TABLE)
def test_risk_is_not_found_where_it_is_only_near(name) -> None:
    assert name not in keys(**TABLE[name][1])


@pytest.mark.parametrize("name", TABLE)
def test_risk_says_how_much_it_matters_in_sentences(name) -> None:
    known = dict(TABLE[name][0])

    found = RULES[name](case(known.pop("ideal", IDEAL), **FINE | known))

    assert found.severity in Severity
    assert found.detail.endswith(".")
    assert len(found.title) < 40


@pytest.mark.parametrize(
    "known",
    [
        {"email": Email("deliverable", "", "free"), "employees": 20},
        {"observed": 179},
        {"touches": (SENT, SENT, SENT, event("email_replied"))},
        {"employees": 400},
    ],
    ids=["free mail at a small company", "half a year old", "answered in the end", "twice the size"],
)
def test_what_is_no_such_risk(known) -> None:
    assert not {"free_mail", "stale", "silent", "conflict"} & set(keys(**known))
    assert "wrong_size" not in keys(**known)


MOVED = {"touches": (event("stage", 3, "Moved to Lost"),)}
RESTS_ON = [
    ("lost_before", MOVED, "Stage: Moved to Lost"),
    ("disqualified_before", MOVED, "Stage: Moved to Lost"),
    ("losing_industry", {"citations": {"company.industry": (Citation("Retail", "file", ON),)}}, "Retail"),
    ("nobody_named", {"citations": {"email": (Citation("m@a.example", "file", ON),)}}, "m@a.example"),
    ("thin", {"citations": {"country": (Citation("AT", "file", ON),)}}, "AT"),
]


@pytest.mark.parametrize(("name", "seen", "text"), RESTS_ON)
def test_risk_shows_what_it_rests_on(name, seen, text) -> None:
    known = dict(TABLE[name][0])

    found = RULES[name](case(known.pop("ideal", IDEAL), **FINE | known | seen))

    assert [each.text for each in found.evidence] == [text]


def test_risks_come_by_severity_with_their_evidence() -> None:
    found = risks.risks(case(IDEAL, **FINE | {"citations": TWO_TITLES, "observed": 400, "outcome": "lost"}))

    assert [(risk.key, risk.severity) for risk in found[:2]] == [
        ("stale", Severity.HIGH),
        ("conflict", Severity.MEDIUM),
    ]
    assert "“CEO” (Company database) or “CFO” (Your file)" in found[1].detail
    assert len(found[1].evidence) == 2
