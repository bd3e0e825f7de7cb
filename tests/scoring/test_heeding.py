"""What calls and mails prove is heeded for the leads that it is of, and for no others."""

import numpy as np
import pytest

from scoring.columns import Categories, Email, Events, Phone
from scoring.heeding import heeded, touch_kind
from scoring.rows import columns_of, row_of
from tests.factories.scoring import NOW, event, facts

KNOWN = {"email": Email("deliverable", "", "free"), "phone": Phone("mobile", True)}


def three(*touches):
    """Three leads with the same address and number."""
    row = row_of(facts(**KNOWN))
    return columns_of([row, row, row], signals=(), touches=touches, now=NOW)


def of(row: int, kind: str):
    return event(kind)._replace(row=row)


def test_each_lead_has_what_was_proved_of_it_alone() -> None:
    found = heeded(three(of(0, "call_wrong_number"), of(1, "email_bounced"), of(1, "call_refused")))

    assert [found.phones[row] for row in range(3)] == [
        Phone("mobile", False),
        Phone("mobile", True, True),
        Phone("mobile", True),
    ]
    assert [found.emails[row].status for row in range(3)] == ["deliverable", "undeliverable", "deliverable"]
    assert found.emails[1].flags == "free"


@pytest.mark.parametrize(
    ("since", "touches", "expected"),
    [
        ("answered later", (("email_bounced", 60), ("email_replied", 1)), ("deliverable", True)),
        ("bounced later", (("email_bounced", 1), ("email_replied", 60)), ("undeliverable", True)),
        ("reached later", (("call_wrong_number", 60), ("call_reached", 1)), ("deliverable", True)),
        ("wrong later", (("call_wrong_number", 1), ("call_reached", 60)), ("deliverable", False)),
        ("answered otherwise", (("call_wrong_number", 60), ("email_replied", 1)), ("deliverable", False)),
    ],
)
def test_the_later_proof_counts(since, touches, expected) -> None:
    found = heeded(facts(**KNOWN, touches=tuple(event(*each) for each in touches)))

    assert (found.emails[0].status, found.phones[0].is_valid) == expected, since


def test_nothing_proved_changes_nothing() -> None:
    made = three(of(0, "call_reached"), of(2, "past_call_wrong_number"))

    assert heeded(made) is made


def test_what_is_not_there_cannot_be_wrong() -> None:
    bare = facts(touches=(event("call_wrong_number"), event("email_bounced")))

    found = heeded(bare)

    assert (found.phones[0], found.emails[0]) == (Phone(), Email())


def test_events_as_columns_alone_are_heeded_too() -> None:
    made = three()
    touches = Events()
    touches.rows, touches.ages, touches.kinds = np.array([2]), np.array([0.0]), Categories(["call_refused"])

    found = heeded(made.changed(touches=touches))

    assert [found.phones[row].is_barred for row in range(3)] == [False, False, True]


@pytest.mark.parametrize(
    ("kind", "outcome", "is_past", "expected"),
    [
        ("call", "", False, "call"),
        ("call", "voicemail", False, "call_voicemail"),
        ("call", "wrong_number", True, "past_call_wrong_number"),
        ("call", "reached", True, "call_reached"),
        ("email_bounced", "", True, "past_email_bounced"),
        ("note", "", False, "note"),
    ],
)
def test_touches_as_factors_know_them(kind, outcome, is_past, expected) -> None:
    assert touch_kind(kind, outcome, is_past=is_past) == expected


def test_values_that_stand_under_two_codes_stay_what_they_are() -> None:
    free = Email("unchecked", "not_checked", "free")
    column = Categories.coded([free, free, Email("risky")], np.array([0, 1, 2]))

    found = column.replaced(np.array([0]), lambda _: Email("undeliverable"))

    assert [found[row] for row in range(3)] == [Email("undeliverable"), free, Email("risky")]
