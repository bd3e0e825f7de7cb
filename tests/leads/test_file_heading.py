"""Whether a file has a heading is known of any file, and the first row changes sides once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.file_heading import has_heading, take_first_row_for_header, take_header_for_data
from leads.files import read_csv, store_file
from leads.models import SourceFile
from tests.factories import people

pytestmark = pytest.mark.django_db
ROWS = b"Ana Novak,ana@harbour.example\nBo Lind,bo@fjell.example\nCy Abe,cy@fjell.example\n"


def stored(content: bytes) -> SourceFile:
    rep = people.rep(people.workspace())
    return store_file(rep.memberships.get().workspace, read_csv(content, "list.csv"), by=rep)


@pytest.mark.parametrize("space", [" ", "\N{NO-BREAK SPACE}"], ids=["space", "no-break space"])
def test_heading_that_reads_as_our_numbers_is_one(space):
    file = stored(f"Column{space}1,Column{space}2\n".encode() + ROWS)

    take_first_row_for_header(file)

    assert (has_heading(file), file.header, file.row_count) == (True, ["Column 1", "Column 2"], 3)


def test_former_file_with_numbered_columns_has_no_heading():
    file = stored(ROWS)
    file.header = ["Column 1", "Column 2"]

    assert not has_heading(file)


@pytest.mark.parametrize(
    ("content", "act", "rows"),
    [(ROWS, take_first_row_for_header, 2), (b"Who,Where\n" + ROWS, take_header_for_data, 4)],
    ids=["to heading", "to data"],
)
def test_first_row_changes_sides_once_however_many_ask(content, act, rows):
    file = stored(content)
    late = SourceFile.objects.get(pk=file.pk)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        act(file)
    act(late)

    assert (late.row_count, late.rows.count()) == (rows, rows)
    assert any("FOR NO KEY UPDATE" in each["sql"] for each in asked)
