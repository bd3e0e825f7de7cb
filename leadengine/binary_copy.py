"""Rows of fixed width between numpy and PostgreSQL by binary COPY: no value becomes a Python object on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import ClientCursor

# "COPY, binary format" in PostgreSQL's manual: a signature, 32 bits of flags and 32 of the extension's length; each row
# 16 bits with the number of its fields, each field 32 bits with its length, then its bytes, all big-endian; at the end -1.
HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER: Final = b"\xff\xff"
UUID: Final = "S16"

Table = Mapping[str, NDArray[Any]]


def read_columns(query: str, parameters: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """The query's rows as arrays by name; `columns` are name to type: i2, i4, i8, f8 (big-endian is added), or UUID.

    Each column of the query must be of just that width and never NULL: raises ValueError where a row has another length.
    """
    layout = _layout(columns)
    statement = _filled(f"COPY ({query}) TO STDOUT (FORMAT BINARY)", parameters)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        answer = b"".join(bytes(part) for part in copy)
    body = memoryview(answer)[len(HEADER) : -len(TRAILER)]
    if len(body) % layout.itemsize:
        raise ValueError("A column is NULL or not of the width that was told.")
    rows = np.frombuffer(body, dtype=layout)
    widths = {name: layout.fields[f"v_{name}"][0].itemsize for name in columns}  # type: ignore[index]
    if any((rows[f"n_{name}"] != width).any() for name, width in widths.items()):
        raise ValueError("A column is NULL or not of the width that was told.")
    return {name: _native(rows[f"v_{name}"]) for name in columns}


def write_columns(table: str, columns: Sequence[str], values: Table, types: Mapping[str, str]) -> None:
    """Append rows to `table`; all columns of `values` are of one length, of the types that `read_columns` knows."""
    layout = _layout({name: types[name] for name in columns})
    rows = np.zeros(len(values[columns[0]]), dtype=layout)
    rows["fields"] = len(columns)
    for name in columns:
        rows[f"n_{name}"] = layout.fields[f"v_{name}"][0].itemsize  # type: ignore[index]
        rows[f"v_{name}"] = values[name]
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN (FORMAT BINARY)') as copy:
        copy.write(HEADER)
        copy.write(rows.tobytes())
        copy.write(TRAILER)


def _filled(query: str, parameters: Mapping[str, Any]) -> str:
    """The query with its parameters in it: COPY takes none."""
    connection.ensure_connection()
    return ClientCursor(connection.connection).mogrify(query, parameters)


def _layout(columns: Mapping[str, str]) -> np.dtype[Any]:
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name, kind in columns.items():
        fields += [(f"n_{name}", ">i4"), (f"v_{name}", kind if kind.startswith("S") else f">{kind}")]
    return np.dtype(fields)


def _native(column: NDArray[Any]) -> NDArray[Any]:
    """A copy in the machine's own byte order, without the rest of the rows."""
    return column.astype(column.dtype.newbyteorder("="))
