"""Credits and prices from the command line: moved by the ledger, repeated without harm, mistakes as sentences."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from billing import ledger
from billing.models import Price, Workspace
from tests.commands import data, refused, words
from tests.factories import credits, people, runs

pytestmark = pytest.mark.django_db

KEY, NOTE = ("--key", "invoice-17"), ("--note", "Invoice 17")


@pytest.fixture
def workspace() -> Workspace:
    return people.workspace("Ostra Sales", credits=50)


def test_credits_are_granted_once_for_a_key(workspace):
    told = [data("grant_credits", workspace.slug, "12.50", *KEY, *NOTE) for _ in range(2)]

    assert told == [{"workspace": workspace.slug, "available": "62.50"}] * 2


def test_credits_are_taken_back(workspace):
    assert data("grant_credits", workspace.slug, "20", *KEY, *NOTE, "--take")["available"] == "30.00"


@pytest.mark.parametrize("amount", ["0", "-5", "1.005", "lots", "NaN", "Infinity", "1e3000", "10000000000", ""])
def test_amount_that_is_none_is_refused(workspace, amount: str):
    assert f"“{amount}” is no amount of credits" in refused("grant_credits", workspace.slug, *KEY, *NOTE, "--", amount)
    assert ledger.balance(workspace).available == 50


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nowhere", "5", *KEY, *NOTE), "There is no workspace “nowhere”."),
        (("{slug}", "60", *KEY, *NOTE, "--take"), "Only 50.00 credits are available."),
        (("{slug}", "5", *NOTE), "the following arguments are required: --key"),
        (("{slug}", "5", "--key", "k" * 111, *NOTE), "The key is longer than 110 characters."),
        (("{slug}", "5", *KEY, "--note", " "), "Say why with --note: the workspace reads it."),
        (("{slug}", "5", *KEY, "--note", "n" * 201), "The note is longer than 200 characters."),
    ],
)
def test_grant_mistakes(workspace, arguments: tuple[str, ...], sentence: str):
    arguments = tuple(argument.format(slug=workspace.slug) for argument in arguments)

    assert sentence in refused("grant_credits", *arguments)
    assert ledger.balance(workspace).available == 50


def test_key_of_another_amount_is_refused(workspace):
    data("grant_credits", workspace.slug, "5", *KEY, *NOTE)

    assert (
        refused("grant_credits", workspace.slug, "6", *KEY, *NOTE)
        == "The key “invoice-17” was used for another amount."
    )


def test_statement_tells_balance_use_and_entries(workspace):
    held = credits.hold(workspace, 10, by=people.rep(workspace))
    credits.captured(held, 4)

    told = data("credits", "--workspace", workspace.slug, "--entries", "2")

    assert (told["posted"], told["held"], told["available"], told["is_low"]) == ("46.00", "6.00", "40.00", False)
    assert [use["credits"] for use in told["by_kind"]] == ["4.00"]
    assert len(told["entries"]) == 2
    assert "40.00 credits available, 6.00 held." in words("credits", "--workspace", workspace.slug)


@pytest.mark.parametrize(("number", "shown"), [("0", 0), ("-3", 0), ("999", 1)])
def test_statement_shows_as_many_entries_as_asked_for(workspace, number: str, shown: int):
    assert len(data("credits", "--workspace", workspace.slug, "--entries", number)["entries"]) == shown


def price_of(told: dict, kind: str, source: str = "") -> str | None:
    return next((each["credits"] for each in told["prices"] if (each["kind"], each["source"]) == (kind, source)), None)


def test_prices_are_shown_and_set():
    before = data("prices")

    after = data("prices", "--set", "email_check", "0.25", "--source", "file")

    assert price_of(before, "email_check", "file") is None
    assert price_of(after, "email_check", "file") == "0.25"
    assert price_of(data("prices", "--set", "profile", "0"), "profile") == "0.00"


def test_price_of_tomorrow_is_not_todays():
    tomorrow = (timezone.now() + timedelta(days=1)).date().isoformat()

    told = data("prices", "--set", "delivery", "7", "--from", tomorrow)

    assert price_of(told, "delivery") != "7.00"
    assert Price.objects.filter(kind="delivery", amount=Decimal(7)).count() == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--set", "breakfast", "1"), "“breakfast” is no kind of price. Kinds: delivery, email_check"),
        (("--set", "delivery", "-1"), "“-1” is no amount of credits"),
        (("--set", "delivery", "much"), "“much” is no amount of credits"),
        (("--set", "delivery", "10000000000"), "“10000000000” is no amount of credits"),
        (("--set", "delivery", "1", "--from", "soon"), "“soon” is no date"),
        (("--set", "delivery", "1", "--from", "2027-02-30"), "“2027-02-30” is no date"),
        (("--set", "delivery", "1", "--source", "s" * 41), "There is no source “ssss"),
        (
            ("--set", "delivery", "1", "--source", "nope"),
            "There is no source “nope”. Known: apollo, bluesky, companies_house,",
        ),
    ],
)
def test_price_mistakes(arguments: tuple[str, ...], sentence: str):
    before = Price.objects.count()

    assert sentence in refused("prices", *arguments)
    assert Price.objects.count() == before


def test_price_of_a_moment_that_has_one_is_refused():
    data("prices", "--set", "delivery", "1", "--from", "2027-01-01")

    assert "starts at that moment already" in refused("prices", "--set", "delivery", "2", "--from", "2027-01-01")


def test_sources_are_told_with_their_trust(workspace):
    runs.delivery(runs.lane(runs.run(workspace)), reversed_at=timezone.now())

    [told] = data("credits", "--workspace", workspace.slug)["sources"]

    assert (told["delivered"], told["reported"], told["trust"]) == (1, 1, 0)
