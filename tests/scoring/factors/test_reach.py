"""Contactability, location and e-mail validity: a table each."""

from datetime import UTC, datetime

import pytest

from scoring.columns import Email, Phone, Place
from scoring.factors import reach
from tests.factories.scoring import facts, rulebook

NAN = float("nan")
GOOD = Email("deliverable")
UNCHECKED = Email("unchecked", "not_checked")
SWITCHBOARD = Phone("switchboard", None)


def value(function, known, rules=None) -> float:
    return float(function(facts(**known), rules or rulebook())[0])


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({"email": GOOD}, 0.9, id="deliverable"),
        pytest.param({"email": GOOD, "phone": SWITCHBOARD}, 1 - 0.1 * 0.65, id="either reaches"),
        pytest.param({"phone": Phone("mobile", True)}, 0.8, id="mobile"),
        pytest.param({"phone": Phone("fixed", True)}, 0.6, id="direct line"),
        pytest.param({"phone": Phone("premium_rate", True)}, 0.2, id="another kind of number"),
        pytest.param({"phone": Phone("mobile", False)}, 0.0, id="number that cannot be"),
        pytest.param({"email": Email("deliverable", "", "role")}, 0.45, id="role mailbox"),
        pytest.param({"email": Email("undeliverable", "bounced")}, 0.0, id="bounces"),
        pytest.param({"email": Email("unknown", "", "disposable")}, 0.0, id="throw-away"),
        pytest.param({"email": Email("risky", "spamtrap_suspected"), "has_profile": True}, 0.3, id="a trap is no way"),
        pytest.param({"email": Email("risky", "do_not_mail")}, 0.0, id="not to be written to"),
        pytest.param({"has_profile": True}, 0.3, id="profile only"),
        pytest.param({"email": UNCHECKED, "has_profile": True}, 1 - 0.4 * 0.7, id="unchecked and profile"),
        pytest.param({"email": UNCHECKED}, NAN, id="nothing checked yet"),
        pytest.param({"email": UNCHECKED, "phone": Phone("unknown", None)}, NAN, id="neither checked"),
        pytest.param(
            {"email": GOOD, "phone": Phone("mobile", True, True)}, 0.9, id="not to be called, but to be written to"
        ),
        pytest.param({"phone": Phone("mobile", True, True)}, 0.0, id="not to be called, and no other way"),
        pytest.param({}, 0.0, id="no channel"),
        pytest.param({"email": GOOD, "is_barred": True}, 0.0, id="barred"),
    ],
)
def test_contactability(known, expected) -> None:

    assert value(reach.contactability, known) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("place", "ideal", "home", "expected"),
    [
        pytest.param(Place("DE", "", "Berlin"), ("DE",), "", 1.0, id="in the country"),
        pytest.param(Place("AT", "", ""), ("region:dach",), "", 1.0, id="in the group"),
        pytest.param(Place("AT", "", ""), ("DE",), "", 0.7, id="next to it, the same hours"),
        pytest.param(Place("DE", "", "Hamburg"), ("city:Berlin,DE",), "", 0.7, id="another city"),
        pytest.param(Place("JP", "", ""), ("DE",), "", 0.0, id="far away"),
        pytest.param(Place("ZA", "", ""), ("DE",), "", 0.45 * 7 / 8, id="far, but seven of the hours"),
        pytest.param(Place("AT", "", ""), (), "DE", 1.0, id="no target, the team's hours"),
        pytest.param(Place("AT", "", ""), (), "", NAN, id="neither target nor team"),
        pytest.param(
            Place("US", "MA", "Boston"), ("DE",), "DE", 0.45 * 2 / 8, id="the worked example: two hours of the day"
        ),
        pytest.param(Place("US", "", ""), ("DE",), "", 0.45 * 0.75 / 8, id="a country of several zones: their mean"),
        pytest.param(Place("US", "California", ""), (), "DE; America/Denver", 7 / 8, id="the nearest of two offices"),
        pytest.param(Place("", "", ""), ("DE",), "DE", NAN, id="no place"),
    ],
)
def test_location(place, ideal, home, expected) -> None:
    rules = rulebook(places=ideal, home=home)

    assert value(reach.location, {"place": place}, rules) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        pytest.param(GOOD, 1.0, id="deliverable"),
        pytest.param(Email("undeliverable", "no_mailbox"), 0.0, id="undeliverable"),
        pytest.param(Email("risky", "catch_all"), 0.6, id="takes all"),
        pytest.param(Email("risky", "mailbox_full"), 0.4, id="mailbox full"),
        pytest.param(Email("risky", "odd"), 0.5, id="another cause"),
        pytest.param(Email("deliverable", "", "free"), 0.9, id="free mail"),
        pytest.param(Email("deliverable", "", "free,role"), 0.63, id="free role mailbox"),
        pytest.param(Email("unchecked", "not_checked", "disposable"), 0.05, id="throw-away"),
        pytest.param(UNCHECKED, NAN, id="not checked"),
        pytest.param(Email("unknown", "greylisted"), NAN, id="server does not say"),
        pytest.param(Email(), NAN, id="no address"),
        pytest.param(
            Email("unknown", "greylisted", "", 0.4), 0.4, id="server does not say, but something was measured"
        ),
        pytest.param(Email("risky", "accept_all", "", 0.8, 0.9), 0.7 * 0.95, id="the worked example"),
        pytest.param(Email("deliverable", "", "", 0.9, 0.0), 0.5, id="a domain of no reputation"),
        pytest.param(Email("risky", "typo_suspected"), 0.2, id="likely misspelt"),
    ],
)
def test_email_validity(email, expected) -> None:
    assert value(reach.email_validity, {"email": email}) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("on", "hours"), [((2026, 1, 15), 2), ((2026, 3, 15), 3), ((2026, 7, 1), 2)], ids=["winter", "March", "summer"]
)
def test_hours_shared_follow_the_clocks_of_the_day(on, hours) -> None:
    known = facts(place=Place("US", "NY", "")).changed(now=datetime(*on, tzinfo=UTC))

    assert reach.location(known, rulebook(home="DE"))[0] == hours / 8
