"""A data set's file is loaded with every row that can be, and tells which could not and why."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.utils import timezone

from leads.directory.importing import import_file
from leads.directory.mapping import from_json
from leads.directory.translating import Translator
from leads.file_headers import fields
from leads.models import DirectoryCompany
from tests.fakes.naughty import NAUGHTY

pytestmark = pytest.mark.django_db

COLUMNS = from_json({"columns": {name: name for name in fields()}})


def report_of(path: Path, rows: list[dict[str, str]]):
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, sorted(fields()), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return import_file(path, COLUMNS, dataset="fair", now=timezone.now())


def test_every_row_is_loaded_whatever_stands_in_its_cells(tmp_path):
    rows = [dict.fromkeys(fields(), text) | {"company": f"Company {place}"} for place, text in enumerate(NAUGHTY)]

    report = report_of(tmp_path / "fair.csv", rows)

    assert (report.tally.rows, report.tally.bad) == (len(NAUGHTY), 0)
    assert DirectoryCompany.objects.count() > len(NAUGHTY) / 2


def test_row_that_our_code_cannot_take_is_named_and_left_out(tmp_path, monkeypatch):
    real = Translator.records
    monkeypatch.setattr(Translator, "records", lambda self, row: real(self, row) if row["city"] else 1 / 0)
    rows = [{"company": "Ostra", "city": "Lund"}, {"company": "Fjell"}, {"company": "Vik", "city": "Bo"}]

    report = report_of(tmp_path / "fair.csv", rows)

    told = "Line 3 cannot be read by us (ZeroDivisionError: division by zero)."
    assert (report.tally.rows, [str(row) for row in report.tally.bad_rows]) == (3, [told])


def test_mistake_of_ours_that_breaks_every_row_stops_the_load(tmp_path, monkeypatch):
    monkeypatch.setattr(Translator, "records", lambda self, row: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        report_of(tmp_path / "fair.csv", [{"company": "Ostra"}, {"company": "Fjell"}])
