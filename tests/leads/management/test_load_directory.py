"""`manage.py load_directory` takes real data sets in whole, and the same file again changes nothing."""

from __future__ import annotations

import csv
import gzip
import json
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from leads.models import Dataset, DirectoryCompany
from leads.sample import load_sample_directory

pytestmark = pytest.mark.django_db

LISTED = "companies/financedatabase_2023_equities.csv.gz"
STARTUPS = "companies/yc_companies_5408.csv"


def load(file: Path, dataset: str, mapping: str, **options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("load_directory", file, dataset=dataset, map=mapping, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def changes(report: dict[str, Any]) -> tuple[int, int, int]:
    """Companies that are new, changed, and no longer in the file."""
    return tuple(report["companies"][name] for name in ("inserted", "updated", "absent"))


@pytest.mark.data
@pytest.mark.slow
def test_listed_companies_are_loaded_whole(shared_data: Path):
    """57,870 listings under 34,188 host names, which are 34,102 domains; 1,997 companies have a name and country only."""
    report = load(shared_data / LISTED, "listed", "financedatabase")

    assert (report["rows"], report["bad"], changes(report)) == (57_870, 0, (36_099, 0, 0))
    assert DirectoryCompany.objects.exclude(domain="").values("domain").distinct().count() == 34_102
    assert Dataset.objects.get().company_count == DirectoryCompany.objects.count() == 36_099


@pytest.mark.data
def test_listings_that_are_loaded_again_change_nothing(shared_data: Path, tmp_path: Path):
    some = tmp_path / "some.csv"
    with (
        gzip.open(shared_data / LISTED, "rt", encoding="utf-8", newline="") as whole,
        some.open("w", newline="") as file,
    ):
        csv.writer(file).writerows(islice(csv.reader(whole), 4_001))

    first = load(some, "listed", "financedatabase")
    again = load(some, "listed", "financedatabase")

    companies, *rest = changes(first)
    assert (first["rows"], rest) == (4_000, [0, 0])
    assert companies < 4_000
    assert (again["companies"]["unchanged"], changes(again)) == (companies, (0, 0, 0))
    assert DirectoryCompany.objects.count() == companies


@pytest.mark.data
def test_startups_are_loaded_whole_and_once(shared_data: Path):
    first = load(shared_data / STARTUPS, "startups", "yc")
    again = load(shared_data / STARTUPS, "startups", "yc")

    assert (first["rows"], first["bad"], changes(first)) == (5_408, 0, (5_408, 0, 0))
    assert (again["companies"]["unchanged"], changes(again)) == (5_408, (0, 0, 0))
    assert Dataset.objects.get().company_count == 5_408


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "fair.csv"
    made.write_text("Name,Site\nOstra Pumps,ostra.example\nFjell,fjell.example,more\n", encoding="utf-8")
    return made


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    made = tmp_path / "fair.json"
    made.write_text('{"columns": {"company": "Name", "domain": "Site"}}', encoding="utf-8")
    return made


def test_rows_left_out_are_told_and_written(file: Path, mapping: Path, tmp_path: Path):
    report = load(file, "fair", str(mapping), bad_rows=tmp_path / "bad.csv")

    reason = "has 3 cells where the header has 2"
    assert (report["rows"], report["bad"], report["bad_rows"]) == (2, 1, [{"line": 3, "reason": reason}])
    assert (tmp_path / "bad.csv").read_text().splitlines() == ["line,reason", f"3,{reason}"]


def test_newer_file_changes_what_differs_and_keeps_what_it_lacks(file: Path, mapping: Path):
    file.write_text("Name,Site\nOstra Pumps,ostra.example\nFjell,fjell.example\nHarbour,harbour.example\n")
    load(file, "fair", str(mapping))
    file.write_text("Name,Site\nOstra Pumps and Valves,ostra.example\nFjell,fjell.example\nNew,new.example\n")

    report = load(file, "fair", str(mapping))

    assert changes(report) == (1, 1, 1)
    assert set(DirectoryCompany.objects.values_list("name", flat=True)) == {
        "Ostra Pumps and Valves", "Fjell", "Harbour", "New",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"file": "missing.csv"}, "cannot be read: No such file"),
        ({"mapping": "nowhere"}, "There is no mapping file nowhere. Ready mappings: financedatabase, yc"),
        ({"dataset": "a b"}, "letters, digits, hyphens and underscores"),
        ({"dataset": "x" * 61}, "at most 60 characters"),
        ({"mapping": "yc"}, "lacks the columns"),
        ({"dataset": ""}, "letters, digits, hyphens and underscores"),
        ({"bad_rows": Path("/nowhere/x.csv")}, "/nowhere/x.csv cannot be written: No such file or directory."),
        ({"dataset": "sample-a"}, "is the invented sample: choose another name"),
    ],
    ids=["file", "mapping", "name", "long name", "columns", "no name", "bad rows", "sample"],
)
def test_what_is_wrong_is_said(file: Path, mapping: Path, given: dict[str, str], sentence: str):
    load_sample_directory(5, 5, 1)
    arguments = {"file": file, "dataset": "fair", "mapping": str(mapping)} | given

    with pytest.raises(CommandError, match=sentence):
        load(**arguments)
