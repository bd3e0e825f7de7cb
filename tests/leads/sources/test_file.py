"""A user's file as a source: a run over it ends whatever stands in a cell."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadengine.workflows.receipts import run_receipt
from leads.file_headers import fields
from leads.models import Exclusion
from leads.sources import file as source
from tests.factories import people, runs
from tests.fakes.naughty import NAUGHTY
from tests.fakes.workers import start, work_off

pytestmark = pytest.mark.django_db

KEYS = ("full_name", "email", "company", *sorted(set(fields()) - {"full_name", "email", "company"}))


def over(rows: list[list[str]], **file):
    workspace = people.workspace(credits=100)
    kept = runs.source_file(workspace, rows, **file)
    return work_off(start(workspace, sources=("file",), file_id=kept.pk, most_leads=500))


def test_run_ends_whatever_stands_in_the_cells():
    header, mapping = list(KEYS), {key: place for place, key in enumerate(KEYS)}
    rows = [
        [f"Ann{place} Bee{chr(97 + place % 26)}", f"a{place}@b{place}.example", f"Bee {place}"]
        + [text] * (len(KEYS) - 3)
        for place, text in enumerate(NAUGHTY)
    ]

    run = over(rows, header=header, mapping=mapping)

    assert (run.state, run.reason, run.found) == ("finished", "", len(NAUGHTY))
    assert run_receipt(run, now=timezone.now()).adds_up


def test_address_that_is_half_a_url_is_left_out_alone():
    run = over([["Ann Bee", "ann@bee.example", "Bee"], ["Bad Row", "a@http://[x/y", "Cee"]])

    assert (run.state, run.found, run.delivered) == ("finished", 2, 1)
    assert Exclusion.objects.get(run=run).reason == "invalid_email"


def test_row_that_our_code_cannot_take_is_left_out_alone(monkeypatch):
    real = source.to_candidate
    monkeypatch.setattr(source, "to_candidate", lambda cells, **how: real(cells, **how) if cells["email"] else 1 / 0)

    run = over([["Ann Bee", "ann@bee.example", "Bee"], ["Bad Row", "", "Cee"]])

    left_out = Exclusion.objects.get(run=run)
    assert (run.state, run.found, run.delivered) == ("finished", 2, 1)
    assert (left_out.reason, left_out.label) == ("source_error", "contacts.csv, line 3")
    assert "ZeroDivisionError" in left_out.detail
