"""A file's count is of the rows that the run will keep, not of all its rows."""

import pytest
from django.utils import timezone

from leads.criteria import Criteria
from leads.files import read_csv, store_file
from leads.sources import file
from leads.sources.base import Count, SearchRequest
from tests.factories import people

pytestmark = pytest.mark.django_db

ROWS = "Company,Country,Phone\nNorthwind,Germany,1\nSouthwind,France,2\n,,\nEastwind,Germany,3\nMute,Germany,\n"


def counted(criteria: dict) -> Count:
    workspace = people.workspace()
    kept = store_file(workspace, read_csv(ROWS.encode(), "pumps.csv"), by=people.rep(workspace))
    asked = SearchRequest(
        criteria=Criteria.from_json(criteria),
        workspace_id=workspace.pk,
        new_only=True,
        now=timezone.now(),
        file_id=kept.pk,
    )
    return file.FileSource().count(asked)


def test_rows_that_do_not_fit_are_not_counted():
    assert counted({"places": ["DE"]}) == Count(2)


def test_without_criteria_every_usable_row_counts():
    assert counted({}) == Count(3)


def test_a_file_too_long_to_judge_counts_what_was_judged(monkeypatch):
    monkeypatch.setattr(file, "LOOKED_AT", 2)

    assert counted({"places": ["DE"]}) == Count(1, is_capped=True)
