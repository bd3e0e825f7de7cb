"""Columns that go to the database and come back as they were."""

import numpy as np
import pytest
from django.db import connection

from leadengine.binary_copy import UUID, read_columns, write_columns

pytestmark = pytest.mark.django_db

TYPES = {"key": UUID, "small": "i2", "big": "i8", "number": "f8"}
ROWS = {
    "key": np.array([bytes(range(16)), b"\0" * 16, b"\1" + b"\0" * 15], dtype=UUID),
    "small": np.array([-1, 0, 32_767]),
    "big": np.array([-(2**63), 0, 2**63 - 1]),
    "number": np.array([0.1, -0.0, 1e300]),
}


@pytest.fixture
def table() -> str:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE told (key uuid, small smallint, big bigint, number float8)")
    return "told"


def test_columns_come_back(table) -> None:
    write_columns(table, list(TYPES), ROWS, TYPES)

    found = read_columns("SELECT key, small, big, number FROM told ORDER BY small", {}, TYPES)

    for name in TYPES:
        np.testing.assert_array_equal(found[name], ROWS[name])


def test_no_rows_are_columns_without_rows(table) -> None:
    found = read_columns("SELECT key, small, big, number FROM told", {}, TYPES)

    assert {name: len(column) for name, column in found.items()} == dict.fromkeys(TYPES, 0)


def test_parameters_are_quoted() -> None:
    found = read_columns("SELECT length(%(text)s)", {"text": "it's %s"}, {"length": "i4"})

    assert found["length"].tolist() == [7]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        pytest.param("SELECT NULL::int", "i4", id="not known"),
        pytest.param("SELECT 1::bigint", "i4", id="wider than told"),
        pytest.param("SELECT 'abcd'", "i8", id="narrower than told"),
    ],
)
def test_column_that_is_not_as_told_is_refused(query, kind) -> None:
    with pytest.raises(ValueError, match="NULL or not of the width"):
        read_columns(query, {}, {"one": kind})
