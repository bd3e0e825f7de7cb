"""Whatever a provider sends for a number is kept, or refused in a sentence; no number breaks a turn."""

from decimal import Decimal

import pytest

from enrichment.models import OutsideAnswer
from enrichment.providers.neverbounce import opinion_of
from enrichment.providers.registry import CHECKERS
from leadengine.sandbox import hunter, neverbounce, running, twilio, zerobounce
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leadengine.workflows import provider_keys
from tests.factories import leads, providers, verification

EMAIL = f"valid@{verification.address('risky').partition('@')[2]}"
KEPT = {"12": 12, "a fraction": Decimal("0.25"), "most": 99_999_999, "nothing": 0, "text": 7}
REFUSED = {"too many": 100_000_000, "negative": -5, "huge": 1e30, "word": "many", "nan": "NaN", "endless": "Infinity"}
NUMBERS = KEPT | REFUSED | {"text": "7", "nothing": None, "a fraction": 0.25, "a list": [1], "an object": {"a": 1}}
SCRIPTS = {"zerobounce": zerobounce, "neverbounce": neverbounce, "twilio": twilio, "hunter": hunter}


@pytest.fixture
def answering(settings, monkeypatch):
    """Runs a provider's stand-in that answers everything with this."""
    settings.SANDBOX = True
    servers = []

    def always(name, data):
        server = serve(SCRIPTS[name].script())
        servers.append(server)
        script = server.__enter__()
        script.always = Trouble(Reply(data))
        monkeypatch.setitem(running._running, name, script)

    yield always
    for server in servers:
        server.__exit__(None, None, None)


def left(name, number):
    if name == "twilio":
        return {"valid": True, "line_type_intelligence": {"mobile_country_code": number}, "country_code": number}
    if name == "hunter":
        return {"data": {"requests": {"credits": {"available": number, "used": 0}}}}
    meters = {"paid_credits_remaining": number, "free_credits_remaining": 0}
    return {"Credits": number, "status": "success", "credits_info": meters}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "number"),
    [
        *(
            (name, number)
            for name in ("zerobounce", "neverbounce", "twilio")
            for number in NUMBERS
            if number != "nothing"
        ),
        *(("hunter", number) for number in ("12", "too many", "negative", "nan")),
    ],
)
def test_credits_that_are_left_are_kept_or_refused_in_words(answering, name, number):
    row = providers.key(verification.workspace(), name, "AC0815:t0ken")
    answering(name, left(name, NUMBERS[number]))

    provider_keys.test_turn(row, batches=1)

    row.refresh_from_db()
    assert row.said.startswith(("It works", CHECKERS[name].title))
    assert row.credits_left == (None if name == "twilio" else KEPT.get(number))


@pytest.mark.parametrize("number", NUMBERS)
def test_cost_that_an_answer_names_is_one_where_it_cannot_be(number):
    meters = {"paid_credits_used": NUMBERS[number], "free_credits_used": 0}

    found = opinion_of({"status": "success", "result": "valid", "credits_info": meters})

    assert found.credits == KEPT.get(number, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("used", "credits"), [(99_999_999, 99_999_999), (100_000_000, 1)])
def test_answer_is_kept_whatever_it_says_that_it_cost(answering, used, credits):
    workspace = verification.workspace()
    providers.key(workspace, "neverbounce")
    meters = {"paid_credits_used": used, "free_credits_used": 0}
    answering("neverbounce", {"status": "success", "result": "valid", "credits_info": meters})

    check = verification.done(leads.lead(workspace, email=EMAIL))

    assert (check.found.status, OutsideAnswer.objects.get().credits) == ("deliverable", credits)
