"""The way out to providers over real HTTP, with every fault that a provider may have."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, replace

import pytest

from leadengine import guard
from leadengine.http import Call, Client, OpenGate, Turn, Unanswered
from leadengine.outcomes import Outcome
from leadengine.sandbox.scripted import Reply, Script, Trouble, serve
from leadengine.wire import Wire

LOOPBACK = guard.networks(["127.0.0.0/8"])
KEY = "k3y-0815-of-a-test"
FINE = Reply({"fine": True})


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(Script((("GET", "/it", lambda ask: FINE), ("POST", "/it", lambda ask: Reply(ask.body))))) as script:
        yield script


@pytest.fixture
def client():
    return Client(name="Acme", wire=Wire(seconds=0.5, allowed=LOOPBACK), secrets=(KEY,), headers={"X-Key": KEY})


def call(script: Script, **more) -> Call:
    return Call(url=f"{script.base_url}/it", **more)


def test_answer_is_read(script, client):
    answer = client.ask(call(script, query=(("q", "Müller & Söhne"),)))

    assert (answer.outcome, answer.data) == (Outcome.OK, {"fine": True})
    assert script.asked[0].one("q") == "Müller & Söhne"
    assert script.asked[0].headers["x-key"] == KEY
    assert script.asked[0].headers["user-agent"].startswith("LeadEngine/")


def test_what_no_text_column_takes_is_left_out(script, client):
    script.troubles = [Trouble(Reply(raw=b'{"name\\u0000": ["A\\u0000da", "half \\ud83d", 7]}'))]

    answer = client.ask(call(script))

    assert answer.data == {"name": ["Ada", "half ?", 7]}


@pytest.mark.parametrize(
    ("body", "outcome"), [(b"<fine/>", Outcome.OK), (b"<cut", Outcome.GARBLED)], ids=["fine", "cut"]
)
def test_answer_that_is_no_json_is_read_by_whoever_asks(script, client, body, outcome):
    script.always = Trouble(Reply(raw=body))
    asked = call(script, read=lambda raw: {"tag": raw.decode()[1:-2]} if raw.endswith(b"/>") else None)

    if outcome == Outcome.OK:
        assert client.ask(asked).data == {"tag": "fine"}
        return
    with pytest.raises(Unanswered) as caught:
        client.ask(asked)

    assert caught.value.outcome == outcome


def test_body_is_sent_as_json(script, client):
    answer = client.ask(call(script, method="POST", body={"limit": 5}))

    assert answer.data == {"limit": 5}


TROUBLES = {
    "key refused": (Trouble(Reply({}, 401)), Outcome.KEY_REFUSED, 1),
    "out of credits": (Trouble(Reply({}, 402)), Outcome.OUT_OF_CREDITS, 1),
    "forbidden": (Trouble(Reply({}, 403)), Outcome.KEY_REFUSED, 1),
    "bad request": (Trouble(Reply({}, 422)), Outcome.BAD_REQUEST, 1),
    "too often": (Trouble(Reply({}, 429, {"Retry-After": "9"})), Outcome.RATE_LIMITED, 1),
    "too often, no word when": (Trouble(Reply({}, 429)), Outcome.RATE_LIMITED, 1),
    "redirect": (Trouble(Reply({}, 302, {"Location": "http://169.254.169.254/"})), Outcome.UNAVAILABLE, 2),
    "server error": (Trouble(Reply({}, 503)), Outcome.UNAVAILABLE, 2),
    "broken JSON": (Trouble(Reply(raw=b'{"fine": tr')), Outcome.GARBLED, 2),
    "a page": (Trouble(Reply(raw=b"<html>maintenance</html>")), Outcome.GARBLED, 2),
    "a number that is none": (Trouble(Reply(raw=b'{"a": NaN}')), Outcome.GARBLED, 2),
    "nothing": (Trouble(Reply(raw=b"")), Outcome.GARBLED, 2),
    "cut line": (Trouble(Reply(raw=b"x" * 400), is_cut=True), Outcome.UNAVAILABLE, 2),
    "silence": (Trouble(wait=0.7), Outcome.UNAVAILABLE, 2),
    "slow drip": (Trouble(Reply(raw=b" " * 200), drip=0.02), Outcome.UNAVAILABLE, 2),
}


@pytest.mark.parametrize(("trouble", "outcome", "tries"), TROUBLES.values(), ids=TROUBLES)
def test_trouble_ends_in_its_outcome_and_a_sentence(script, client, trouble, outcome, tries):
    script.always = trouble

    begun = time.monotonic()
    with pytest.raises(Unanswered) as caught:
        client.ask(call(script))

    assert caught.value.outcome == outcome
    assert str(caught.value).startswith("Acme ")
    assert len(script.asked) == tries
    assert caught.value.may_be_done is (tries == 2)  # a refusal does nothing; of all else nobody knows
    assert time.monotonic() - begun < 2.5


def test_named_wait_is_handed_on(script, client):
    script.troubles = [Trouble(Reply({}, 429, {"Retry-After": "9"}))]

    with pytest.raises(Unanswered) as caught:
        client.ask(call(script))

    assert caught.value.retry_after == 9.0
    assert not caught.value.is_permanent


def test_second_try_helps(script, client):
    script.troubles = [Trouble(Reply({}, 500))]

    assert client.ask(call(script)).data == {"fine": True}
    assert len(script.asked) == 2


@pytest.mark.parametrize("more", [{"is_repeatable": False}, {"again_until": 0.0}], ids=["paid", "late"])
def test_question_that_is_paid_for_or_late_is_not_asked_twice(script, client, more):
    script.always = Trouble(Reply({}, 500))

    with pytest.raises(Unanswered):
        client.ask(call(script, **more))

    assert len(script.asked) == 1


def test_nothing_found_is_an_answer(script, client):
    answer = client.ask(Call(url=f"{script.base_url}/elsewhere"))

    assert (answer.outcome, answer.is_match) == (Outcome.NO_MATCH, False)


def test_too_large_an_answer_is_cut_off(script, client):
    script.always = Trouble(Reply({"text": "x" * 50_000}))
    small = replace(client, wire=Wire(seconds=2.0, most_bytes=10_000, allowed=LOOPBACK))

    with pytest.raises(Unanswered, match="more than"):
        small.ask(call(script))


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://169.254.169.254/", "ftp://acme.example/"])
def test_inner_addresses_are_not_connected_to(url):
    with pytest.raises(Unanswered) as caught:
        Client(name="Acme").ask(Call(url=url))

    assert (caught.value.outcome, caught.value.may_be_done) == (Outcome.UNSAFE, False)


def test_kept_answer_costs_no_question(script, client):
    keeping = replace(client, keeps_for=60)

    answers = [keeping.ask(call(script)) for _ in range(3)]

    assert [each.is_kept for each in answers] == [False, True, True]
    assert answers[2].data == {"fine": True}
    assert len(script.asked) == 1


def test_what_one_key_paid_for_is_not_given_to_another(script, client):
    replace(client, keeps_for=60).ask(call(script))

    other = replace(client, keeps_for=60, secrets=("another-key",)).ask(call(script))

    assert not other.is_kept


def test_failure_is_not_kept(script, client):
    script.troubles = [Trouble(Reply({}, 422))]
    keeping = replace(client, keeps_for=60)
    with pytest.raises(Unanswered):
        keeping.ask(call(script))

    assert keeping.ask(call(script)).data == {"fine": True}


def test_key_is_in_no_log_and_no_message(script, client, caplog):
    script.always = Trouble(Reply({"message": f"bad key {KEY}"}, 422))
    talking = replace(client, dialect=replace(client.dialect, said=lambda data: data["message"]))

    with caplog.at_level(logging.DEBUG), pytest.raises(Unanswered) as caught:
        talking.ask(call(script, query=(("api_key", KEY),)))

    assert "[key]" in str(caught.value)
    assert KEY not in str(caught.value) + caplog.text
    assert "/it?api_key=[key]" in caplog.text


ECHOES = {
    "a key that the end of the sentence would cut": ("x" * 235 + " invalid key " + KEY * 4, "invalid key [key]"),
    "a line of a log": (
        "no\n2026-11-26 06:00:00 WARNING axes: signed in\x1b[2J",
        "no 2026-11-26 06:00:00 WARNING axes",
    ),
}


@pytest.mark.parametrize(("said", "shown"), ECHOES.values(), ids=ECHOES)
def test_what_a_provider_says_is_made_harmless_before_it_is_cut(script, client, caplog, said, shown):
    script.always = Trouble(Reply({"message": said}, 422))
    talking = replace(client, dialect=replace(client.dialect, said=lambda data: data["message"]))

    with pytest.raises(Unanswered) as caught:
        talking.ask(call(script))

    assert shown in str(caught.value)
    assert KEY[:8] not in str(caught.value) + caplog.text
    assert str(caught.value).isprintable()
    assert caplog.records[-1].getMessage().isprintable()


@dataclass
class Scripted(OpenGate):
    """Gives its turns in order, and then no more."""

    turns: list[Turn]

    def enter(self) -> Turn:
        return self.turns.pop(0)


CLOSED = {
    "too often": (Turn(12.0), Outcome.RATE_LIMITED, "Acme is asked again as soon as it allows."),
    "left alone": (Turn(12.0, is_resting=True, said="Acme is down."), Outcome.UNAVAILABLE, "Acme is down."),
}


@pytest.mark.parametrize(("turn", "outcome", "words"), CLOSED.values(), ids=CLOSED)
def test_closed_gate_is_not_passed(script, client, turn, outcome, words):
    with pytest.raises(Unanswered, match=words) as caught:
        replace(client, gate=Scripted([turn])).ask(call(script))

    assert (caught.value.outcome, caught.value.retry_after) == (outcome, 12.0)
    assert script.asked == []


def test_short_wait_is_waited_for(script, client):
    assert replace(client, gate=Scripted([Turn(0.05), Turn()])).ask(call(script)).is_match


def test_second_try_that_the_gate_forbids_leaves_the_first_failure(script, client):
    script.always = Trouble(Reply({}, 503))

    with pytest.raises(Unanswered, match="an error of its own") as caught:
        replace(client, gate=Scripted([Turn(), Turn(30.0)])).ask(call(script))

    assert caught.value.outcome == Outcome.UNAVAILABLE
    assert len(script.asked) == 1


def test_deeply_nested_answer_is_no_crash(script, client):
    script.always = Trouble(Reply(raw=b"[" * 200_000))

    with pytest.raises(Unanswered) as caught:
        client.ask(call(script))

    assert caught.value.outcome == Outcome.GARBLED
    assert json.loads("[]") == []
