"""A user's CSV file: header, rows, and what is wrong in each line; stored row by row."""

from __future__ import annotations

import re
import time
import tracemalloc

import pytest
from django.utils import timezone

from leadengine.csv_writing import csv_lines
from leads.criteria import Criteria
from leads.csv_reading import BadFile
from leads.files import MOST_COLUMNS, ParsedFile, read_csv, store_file
from leads.models import SourceFile
from leads.sources import registry
from leads.sources.base import SearchRequest
from tests.factories import people
from tests.fakes.naughty import NAUGHTY


def read(text: str, **options: int) -> ParsedFile:
    return read_csv(text.encode(), "contacts.csv", **options)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Ana, ana@x.example ,Ostra", ("Ana", "ana@x.example", "Ostra")),
        ("Ana,,", ("Ana", "", "")),
        ("Ana,a@x.example", ("Ana", "a@x.example", "")),
        ("Ana,a@x.example,Ostra,,,", ("Ana", "a@x.example", "Ostra")),
        ("Ana,'+49 30 1234,Ostra", ("Ana", "+49 30 1234", "Ostra")),
        ('"Ana\nMaria",a@x.example,Ostra', ("Ana\nMaria", "a@x.example", "Ostra")),
    ],
    ids=["blanks", "empties", "cut short", "trailing empties", "formula sign", "quoted newline"],
)
def test_row_is_taken(row: str, cells: tuple[str, ...]):
    assert read(f"name,email,company\n{row}\n").rows == ((2, cells),)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Ana,a@x.example,Ostra,extra", "has 4 cells where the header has 3"),
        ("Ana", "has one cell where the header has 3"),
        (" name , email,company", "repeats the header"),
        ("A\x00na,a@x.example,Ostra", "has a NUL character"),
    ],
    ids=["too wide", "one cell", "header again", "NUL"],
)
def test_row_is_left_out_and_named(row: str, reason: str):
    parsed = read(f"name,email,company\n\n{row}\nBo,b@x.example,Fjell\n")

    assert parsed.errors == ((3, reason),)
    assert [line for line, _cells in parsed.rows] == [4]


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ('Notes:\n"When exporting, some are missing."\n\nFirst Name,Last Name,URL\nAna,Novak,x\n', "First Name"),
        ("\ufeffname,email\nAna,a@x.example\n", "name"),
        ('"\ufeffname",email\nAna,a@x.example\n', "name"),
        ("\n\n,,\nname,email\nAna,a@x.example\n", "name"),
        ("colour,shape\nred,round\n", "colour"),
    ],
    ids=["preamble", "mark", "quoted mark", "blank rows", "unknown columns"],
)
def test_header_is_found(text: str, header: str):
    assert read(text).header[0] == header


@pytest.mark.parametrize(
    "text", ["=1+1", "\uff1d1", "'=1", "|cmd", "%0a", "-", "+49 30", "'t Hooft", "a\n=b", *NAUGHTY]
)
def test_exported_text_is_imported_as_it_was(text: str):
    lines = csv_lines(["name", "note"], [*[["Bo", "plain"]] * 30, ["Ana", text]])

    assert read("".join(lines)).rows[-1][1] == ("Ana", text.strip())


def test_duplicate_headers_keep_their_columns():
    parsed = read("email,email,name\na@x.example,b@x.example,Ana\n")

    assert parsed.header == ("email", "email", "name")
    assert parsed.rows[0][1] == ("a@x.example", "b@x.example", "Ana")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_two_million_columns_are_refused_before_they_are_read(delimiter: str):
    data = f"{f'x{delimiter}' * 2_000_000}x\na{delimiter}b\n".encode()
    tracemalloc.start()

    with pytest.raises(BadFile, match=rf"The file has 2,000,001 columns, the most is {MOST_COLUMNS}\."):
        read_csv(data, "wide.csv")

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 * len(data)


@pytest.mark.parametrize(
    "text",
    [
        "name,email" + ",x" * 299 + "\nAna,a@x.example\n",
        "x," * 20_000 + "\nAna,a@x.example\n",
        "name,email\nAna,a@x.example\n" + "y," * 2_000_000,
        ('a,"\n",' * 20_000) + "\nAna,a@x.example\n",
    ],
    ids=["one too many", "many", "in a row", "over many lines"],
)
def test_too_many_columns_are_refused(text: str):
    with pytest.raises(BadFile, match=rf"The file has [\d,]+ columns, the most is {MOST_COLUMNS}\."):
        read(text)


def test_most_columns_are_taken():
    assert len(read("name,email" + ",x" * 298 + "\nAna,a@x.example\n").header) == MOST_COLUMNS


def test_commas_in_a_quoted_cell_are_no_columns():
    text = ", ".join(["pumps"] * 9_000)

    assert read(f'name,keywords\nAna,"{text}"\nBo,"{text}\n{text}"\n').rows[0][1][1] == text


@pytest.mark.parametrize(("most", "is_fine"), [(2, True), (1, False)])
def test_most_rows(most: int, is_fine: bool):
    text = "name,email\nAna,a@x.example\nBo,b@x.example\n"
    if is_fine:
        assert len(read(text, max_rows=most).rows) == 2
    else:
        with pytest.raises(BadFile, match="more than 1 rows: split it"):
            read(text, max_rows=most)


BROKEN = {
    "blank lines": "\n" * 19_000_000,
    "cells of a line end": '"\n"\n' * 4_000_000,
    "rows too wide": "A,b,c,d,e,f\n" * 280_000,
    "one long cell": "A" * 19_000_000 + ",x\n",
    "commas": "," * 19_000_000,
    "lone CR": "A,b\r" * 4_000_000,
    "empty rows": ",,\n" * 290_000,
}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("blank lines", "The file has 19,000,001 lines, the most is 300,000"),
        ("cells of a line end", "The file has 8,000,001 lines, the most is 300,000"),
        (
            "rows too wide",
            "More than 10,000 rows cannot be used. The first is line 2: it has 6 cells where the header has 3.",
        ),
        ("one long cell", "Line 2 has a cell of more than 131,072 characters"),
        ("commas", "The file has 19,000,001 columns"),
        ("lone CR", "The file has 4,000,001 lines"),
        ("empty rows", "The file has a header but no rows that can be used."),
    ],
)
def test_broken_file_is_refused_in_a_second_and_in_little_memory(kind: str, reason: str):
    data = ("name,email,company\n" + BROKEN[kind]).encode()
    start = time.process_time()
    with pytest.raises(BadFile, match=re.escape(reason)):
        read_csv(data, "a.csv")
    seconds = time.process_time() - start

    tracemalloc.start()
    with pytest.raises(BadFile):
        read_csv(data, "a.csv")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert seconds < 1
    assert peak < 100_000_000


@pytest.mark.django_db
def test_stored_file_is_a_source_of_candidates_and_faults():
    workspace = people.workspace()
    parsed = read("name;email;notes\nAna Novak;ana@x.example;met in May\n;;only a note\nBo Lind;;\n")
    kept = store_file(workspace, parsed, by=people.rep(workspace))
    asked = SearchRequest(
        criteria=Criteria(), workspace_id=workspace.pk, new_only=False, now=timezone.now(), file_id=kept.pk
    )

    page = registry.get("file").search(asked, {}, 10)

    assert [(candidate.name, candidate.email) for candidate in page.candidates] == [
        ("Ana Novak", "ana@x.example"),
        ("Bo Lind", ""),
    ]
    assert [fault.reason for fault in page.faults] == ["Line 3 names no person, company or e-mail address."]


@pytest.mark.django_db
def test_header_with_a_nul_or_endless_cells_is_stored():
    workspace = people.workspace()
    parsed = read(f"na\x00me,email,{'x' * 500}\nAna,ana@x.example,\n")

    kept = store_file(workspace, parsed, by=people.rep(workspace))

    assert SourceFile.objects.get(pk=kept.pk).header == ["name", "email", "x" * 200]
    assert kept.mapping == {"full_name": 0, "email": 1}
