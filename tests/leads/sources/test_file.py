"""A user's own file as a source: page by page, in the order of its lines, and only for its workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from leadengine.workflows.receipts import run_receipt
from leads.criteria import Criteria
from leads.file_headers import fields
from leads.models import Exclusion, SourceFile
from leads.sources import file as source
from leads.sources.base import Page, SearchRequest, SourceError
from leads.sources.file import FileSource
from tests.factories import people, runs
from tests.fakes.naughty import NAUGHTY
from tests.fakes.workers import start, work_off

pytestmark = pytest.mark.django_db

SOURCE = FileSource()


def request(file_id: UUID | None, workspace_id: int = 0, **asked: Any) -> SearchRequest:
    criteria = Criteria.from_json(asked)
    return SearchRequest(
        criteria=criteria, workspace_id=workspace_id, new_only=True, now=timezone.now(), file_id=file_id
    )


@pytest.fixture
def file() -> SourceFile:
    """Seven rows, of which the fourth names nobody."""
    rows = [[f"Ana {number}", f"ana{number}@x.example", ""] if number != 3 else ["", "", ""] for number in range(7)]
    return runs.source_file(people.workspace(), rows)


def all_pages(file: SourceFile, limit: int) -> list[Page]:
    asked, pages, cursor = request(file.pk, file.workspace_id), [], {}
    while cursor is not None:
        pages.append(SOURCE.search(asked, cursor, limit))
        cursor = pages[-1].next_cursor
    return pages


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_pages_hold_every_line_once(file: SourceFile, limit: int):
    pages = all_pages(file, limit)

    assert [candidate.name for page in pages for candidate in page.candidates] == [
        f"Ana {number}" for number in range(7) if number != 3
    ]
    assert [fault.label for page in pages for fault in page.faults] == ["contacts.csv, line 5"]
    assert SOURCE.count(request(file.pk, file.workspace_id)).value == 6


def test_candidate_says_where_it_is_from(file: SourceFile):
    found = all_pages(file, 1)[0].candidates[0]

    assert (found.source, found.record_id, found.observed_at) == ("file", f"{file.pk}:2", file.created_at)
    assert dict(found.extra) == {"file": "contacts.csv", "line": "2"}


def test_criteria_are_left_to_the_engine(file: SourceFile):
    criteria = Criteria.from_json({"places": ["DE"], "titles": {"values": ["CFO"], "level": "nice"}})

    assert SOURCE.unsupported(criteria) == ("places",)


@pytest.mark.parametrize(
    ("whose", "sentence"), [("none", "No file was chosen"), ("gone", "is not there"), ("another's", "is not there")]
)
def test_file_that_cannot_be_read_fails_for_good(file: SourceFile, whose: str, sentence: str):
    file_id = {"none": None, "gone": uuid4(), "another's": file.pk}[whose]

    with pytest.raises(SourceError, match=sentence) as caught:
        SOURCE.search(request(file_id, people.workspace().pk), {}, 10)

    assert caught.value.permanent


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


def test_what_was_counted_is_found_without_reading_the_rows_again(file: SourceFile, django_assert_num_queries):
    asked = request(file.pk, file.workspace_id)
    fresh = SOURCE.search(request(file.pk, file.workspace_id), {}, 3)
    SOURCE.count(asked)

    with django_assert_num_queries(1):  # for the file itself
        again = SOURCE.search(asked, {}, 3)

    assert again == fresh


def test_file_at_hand_of_another_workspace_is_no_file(file: SourceFile):
    elsewhere = replace(request(file.pk, people.workspace().pk), files=(file,))

    with pytest.raises(SourceError):
        SOURCE.count(elsewhere)
