"""Each risk is found where it is, and nowhere else."""

from datetime import date

import pytest

from leads.criteria import Range
from scoring.case import Citation
from scoring.columns import Email, Phone, Place, Position
from scoring.insights.finding import Severity
from scoring.insights.risks import risks
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


def keys(**known) -> list[str]:
    return [risk.key for risk in risks(case(IDEAL, **FINE | known))]


def test_lead_without_faults_has_no_risk() -> None:
    assert keys() == []


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"is_barred": True}, "opted_out"),
        ({"touches": (event("opt_out"),)}, "opted_out"),
        ({"email": Email(), "phone": Phone()}, "no_contact"),
        ({"email": Email("undeliverable", "no_mailbox")}, "bounced"),
        ({"email": Email("unknown", "", "disposable")}, "disposable"),
        ({"email": Email("risky", "catch_all")}, "risky_email"),
        ({"email": Email("deliverable", "", "role")}, "role_mailbox"),
        ({"email": Email("deliverable", "", "free")}, "free_mail"),
        ({"observed": 200}, "stale"),
        ({"citations": TWO_TITLES}, "conflict"),
        ({"signals": (event("shrinking", 10),)}, "shrinking"),
        ({"touches": (SENT, SENT, SENT)}, "silent"),
        ({"outcome": "lost"}, "lost_before"),
        ({"employees": 3_000}, "wrong_size"),
        ({"position": Position("Clerk", "entry", "sales")}, "low_authority"),
        ({"industry": "", "employees": float("nan"), "position": Position("", "", "")}, "thin"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_risk_is_found_alone(known, expected) -> None:
    assert keys(**known) == [expected]


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


def test_risks_come_by_severity_with_their_evidence() -> None:
    found = risks(case(IDEAL, **FINE | {"citations": TWO_TITLES, "observed": 400, "outcome": "lost"}))

    assert [(risk.key, risk.severity) for risk in found[:2]] == [
        ("stale", Severity.HIGH),
        ("conflict", Severity.MEDIUM),
    ]
    assert "“CEO” (Company database) or “CFO” (Your file)" in found[1].detail
    assert len(found[1].evidence) == 2
