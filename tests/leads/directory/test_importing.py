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


def loaded(path: Path, lines: list[str]):
    path.write_text("id,name,site\n" + "\n".join(lines) + "\n", encoding="utf-8")
    columns = from_json({"record": "id", "columns": {"company": "name", "domain": "site"}})
    report = import_file(path, columns, dataset="fair", now=timezone.now())
    return report.tally.rows, [str(row) for row in report.tally.bad_rows], DirectoryCompany.objects.count()


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ('9,"Company 9,c9.example', "Line 11 cannot be read: a quotation mark in it is never closed."),
        (
            '9,"Company" 9,c9.example',
            "Line 11 cannot be read: its quotation marks do not match (',' expected after '\"').",
        ),
        ("9,Company 9", "Line 11 has 2 cells where the header has 3."),
    ],
    ids=["never closed", "text behind it", "too narrow"],
)
@pytest.mark.parametrize("quoted", [False, True], ids=["bare", "quoted"])
def test_broken_row_takes_no_other_with_it(tmp_path, broken, told, quoted):
    name = '"Company, {0}"' if quoted else "Company {0}"
    lines = [f"{number},{name.format(number)},c{number}.example" for number in range(20_000)]
    lines[9] = broken

    rows, bad, count = loaded(tmp_path / "fair.csv", lines)

    closed_later = "cannot be read: its quotation marks do not match (',' expected after '\"')."
    assert (rows, count) == (20_000, 19_999)
    assert bad in ([told], [f"Line 11 {closed_later}"])


def test_mark_that_a_later_row_closes_takes_no_row_with_it(tmp_path):
    lines = ["1,Ostra,o.example", '2,"Fjell,f.example', "3,Vik,v.example", '4,",x",l.example', "5,Lund,u.example"]

    rows, bad, count = loaded(tmp_path / "fair.csv", lines)

    assert (rows, len(bad), count) == (5, 1, 4)


def test_cell_of_several_lines_is_one_row(tmp_path):
    assert loaded(tmp_path / "fair.csv", ['1,"Ostra\nPumps",o.example', "2,Fjell,f.example"]) == (2, [], 2)
