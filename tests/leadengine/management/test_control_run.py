"""`manage.py control_run` does to a run what its page does."""

from __future__ import annotations

import pytest

from billing import ledger
from leads.models import Run
from tests.commands import data, refused, words
from tests.factories import people
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch) -> Run:
    """A queued run of at most three of five candidates."""
    with provider(monkeypatch, [record(number) for number in range(5)]):
        yield start(people.workspace("Ostra Sales", credits=10), most_leads=3)


def control(run: Run, *arguments: object) -> dict:
    return data("control_run", "--workspace", run.workspace.slug, run.number, *arguments)


def test_run_is_paused_resumed_and_stopped(run):
    states = [control(run, act)["state"] for act in ("show", "pause", "resume", "stop")]

    assert states == ["queued", "paused", "queued", "stopped"]
    assert ledger.balance(run.workspace).held == 0


def test_receipt_is_shown_in_words(run):
    work_off(run)

    said = words("control_run", "--workspace", run.workspace.slug, run.number, "show")

    assert "Found 5, delivered 3." in said
    assert "Held 3.00, charged 3.00, returned 0.00 credits." in said


def test_whom_the_limit_left_out_is_included(run):
    work_off(run)

    told = control(run, "include", "--reason", "limit_reached")

    assert (told["delivered"], told["excluded"], told["adds_up"]) == (5, {}, True)
    assert ledger.balance(run.workspace).available == credits(5)


def test_including_nobody_is_refused_and_changes_nothing(run):
    work_off(run)

    said = refused("control_run", "--workspace", run.workspace.slug, run.number, "include", "--reason", "below_grade")

    assert said == "Run 1 has left out nobody for that reason who can be included now."
    assert ledger.balance(run.workspace).available == credits(7)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("99", "show"), "Ostra Sales has no run 99."),
        (("abc", "show"), "Ostra Sales has no run abc."),
        (("9" * 5000, "show"), "Ostra Sales has no run 999"),
        (("1", "stop"), "Run 1 has ended already: it is finished."),
        (("0", "show"), "Ostra Sales has no run 0."),
        (("1", "include"), "Say which exclusions to include with --reason."),
        (("1", "include", "--reason", "suppressed"), "invalid choice: 'suppressed'"),
        (("1", "dance"), "invalid choice: 'dance'"),
        (("1", "pause"), "finished"),
        (("1", "resume"), "finished"),
        (("1", "stop", "--by", "nobody@ostra.example"), "Nobody called nobody@ostra.example works in Ostra Sales."),
    ],
)
def test_what_cannot_be_done_is_said(run, arguments: tuple[str, ...], sentence: str):
    work_off(run)

    assert sentence in refused("control_run", "--workspace", run.workspace.slug, *arguments)


def test_include_without_enough_credits(run):
    work_off(run)
    ledger.expire(run.workspace, credits(6), key="expire:all", by=None, note="Test")

    assert "credits" in refused(
        "control_run", "--workspace", run.workspace.slug, run.number, "include", "--reason", "limit_reached"
    )
