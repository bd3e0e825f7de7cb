"""What statuses, headers and texts of providers mean."""

from __future__ import annotations

import pytest

from leadengine.outcomes import DEFAULT_WAIT, LONGEST_WAIT, Dialect, Outcome, outcome_of, sentence, wait_of, without_key

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("status", "data", "outcome"),
    [
        (200, {}, Outcome.OK),
        (201, [], Outcome.OK),
        (200, None, Outcome.GARBLED),
        (404, None, Outcome.NO_MATCH),
        (404, {"errors": []}, Outcome.NO_MATCH),
        (451, {}, Outcome.NO_MATCH),
        (401, None, Outcome.KEY_REFUSED),
        (403, {}, Outcome.KEY_REFUSED),
        (402, {}, Outcome.OUT_OF_CREDITS),
        (400, {}, Outcome.BAD_REQUEST),
        (422, {}, Outcome.BAD_REQUEST),
        (418, {}, Outcome.BAD_REQUEST),
        (408, {}, Outcome.UNAVAILABLE),
        (429, None, Outcome.RATE_LIMITED),
        (302, None, Outcome.UNAVAILABLE),
        (500, None, Outcome.UNAVAILABLE),
        (503, {}, Outcome.UNAVAILABLE),
    ],
)
def test_status_means(status, data, outcome):
    assert outcome_of(status, data) == outcome


def test_provider_gives_its_numbers_another_meaning():
    dialect = Dialect(statuses={403: Outcome.RATE_LIMITED})

    assert outcome_of(403, {}, dialect) == Outcome.RATE_LIMITED
    assert outcome_of(401, {}, dialect) == Outcome.KEY_REFUSED


def test_whoever_was_sent_no_key_refuses_none():
    own = Dialect(statuses={403: Outcome.RATE_LIMITED})

    assert [outcome_of(status, {}, without_key(Dialect())) for status in (401, 403)] == [Outcome.UNAVAILABLE] * 2
    assert outcome_of(403, {}, without_key(own)) == Outcome.RATE_LIMITED


def test_question_that_is_refused_without_a_word_is_a_sentence():
    assert sentence(Outcome.BAD_REQUEST, "GLEIF") == "GLEIF did not understand the question."
    assert sentence(Outcome.UNAVAILABLE, "GLEIF") == "GLEIF does not answer."


def test_key_that_is_refused_with_words_is_told_with_them():
    told = sentence(Outcome.KEY_REFUSED, "Apollo", "This key is not authorized to access api/v1/people/bulk_match.")

    assert told.startswith(
        "Apollo refused the key. A manager can enter another one under Settings, Sources. It said: This"
    )


def test_error_inside_an_answer_wins():
    dialect = Dialect(fault_in=lambda status, data: Outcome.OUT_OF_CREDITS if "error" in data else None)

    assert outcome_of(200, {"error": "no credits"}, dialect) == Outcome.OUT_OF_CREDITS
    assert outcome_of(200, {"data": 1}, dialect) == Outcome.OK
    assert outcome_of(200, None, dialect) == Outcome.GARBLED


def test_answer_that_the_dialect_stumbles_over_cannot_be_read():
    dialect = Dialect(fault_in=lambda _status, data: data["errors"][0]["id"], said=lambda data: data["errors"][0]["id"])

    assert outcome_of(200, {"errors": 7}, dialect) == Outcome.GARBLED
    assert dialect.words({"errors": 7}) == ""


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0"}, 0.1),
        ({"retry-after": "Fri, 15 Jan 2027 08:00:10 GMT"}, 10.0),
        ({"x-ratelimit-reset": str(int(NOW) + 25)}, 25.0),
        ({"x-ratelimit-reset": "40"}, 40.0),
        ({"x-ratelimit-reset": "2027-01-15T08:00:50.000Z"}, 50.0),
        ({"retry-after": "soon"}, DEFAULT_WAIT),
        ({"retry-after": "nan"}, DEFAULT_WAIT),
        ({}, DEFAULT_WAIT),
        ({"retry-after": "999999"}, LONGEST_WAIT),
    ],
    ids=[
        "seconds",
        "at once",
        "date",
        "moment",
        "rest of the window",
        "moment as a date",
        "nonsense",
        "no number",
        "nothing",
        "far too long",
    ],
)
def test_wait_that_is_named(headers, seconds):
    assert wait_of(headers, NOW) == pytest.approx(seconds)


@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_is_a_sentence(outcome):
    words = sentence(outcome, "Hunter", "did not answer within 10 seconds")

    assert words.startswith("Hunter ")
    assert words.endswith(".")
    assert "{" not in words
