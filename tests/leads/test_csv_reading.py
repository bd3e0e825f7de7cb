"""Bytes of any make become records with line numbers, or are refused in a sentence."""

from __future__ import annotations

import codecs

import pytest

from leads.csv_reading import BadFile, decode, records, sniff

ROWS = [["name", "place"], ["Renée", "Köln"]]


def written(delimiter: str = ",", ending: str = "\n") -> str:
    return "".join(delimiter.join(row) + ending for row in ROWS)


def cells(text: str, delimiter: str = ",") -> list[list[str]]:
    return [row for _line, row in records(text, delimiter)]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (written().encode(), "utf-8"),
        (codecs.BOM_UTF8 + written().encode(), "utf-8-sig"),
        (written().encode("cp1252"), "cp1252"),
        (written().encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_LE + written().encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + written().encode("utf-16-be"), "utf-16"),
    ],
    ids=["UTF-8", "UTF-8 with mark", "Windows", "UTF-16", "UTF-16 little", "UTF-16 big"],
)
def test_encoding_is_recognised(data: bytes, encoding: str):
    decoded = decode(data)

    assert (decoded.encoding, cells(decoded.text)) == (encoding, ROWS)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (written().encode("utf-16-le"), "UTF-16 without its mark"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(300), "no text at all"),
        (codecs.BOM_UTF8 + b"name\nRen\xe9e\n", "Line 2 has characters that are not utf-8-sig"),
        (codecs.BOM_UTF16_LE + "name\n\ud800x\n".encode("utf-16-le", "surrogatepass"), "not utf-16"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "not utf-16"),
        (b"name\nx\ny\x81\n", "Line 3 has characters that are not cp1252"),
    ],
    ids=["UTF-16 unmarked", "a picture", "mark lies", "lone surrogate", "cut in half", "no Windows either"],
)
def test_what_is_no_text_is_refused(data: bytes, sentence: str):
    with pytest.raises(BadFile, match=sentence):
        decode(data)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_delimiter_is_found_whatever_ends_the_lines(delimiter: str, ending: str):
    text = written(delimiter, ending)

    assert sniff(text) == delimiter
    assert list(records(text, delimiter)) == [(1, ROWS[0]), (2, ROWS[1])]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("email\nana@harbour.example\n", ","),
        ("", ","),
        ('name;place\n"Novak, Ana";"Split, HR"\n"Lind, Bo";"Oslo, NO"\n', ";"),
        ("name,note\nAna,a;b;c\nBo,d;e\n", ","),
        ("name\tplace\nNovak, Ana\tSplit\nLind, Bo\tOslo\n", "\t"),
    ],
    ids=["one column", "nothing", "commas in quotes", "semicolons in notes", "commas in names"],
)
def test_delimiter_in_doubt(text: str, delimiter: str):
    assert sniff(text) == delimiter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n"two\nlines",x\nc,d\n', [(1, ["a", "b"]), (2, ["two\nlines", "x"]), (4, ["c", "d"])]),
        ('a,b\r\n"two\r\nlines",x\r\nc,d', [(1, ["a", "b"]), (2, ["two\nlines", "x"]), (4, ["c", "d"])]),
        ('a,"say ""hi"""\n', [(1, ["a", 'say "hi"'])]),
        ('a,5" pipe\nb,c\n', [(1, ["a", '5" pipe']), (2, ["b", "c"])]),
        ("a,b\n\n\nc,d\n", [(1, ["a", "b"]), (2, []), (3, []), (4, ["c", "d"])]),
        ("a,,\n", [(1, ["a", "", ""])]),
        ('a,"ends in\n"\nb,c\n', [(1, ["a", "ends in\n"]), (3, ["b", "c"])]),
        ('a,"last"', [(1, ["a", "last"])]),
    ],
    ids=[
        "quoted newline",
        "quoted CRLF",
        "quotes",
        "inches",
        "blank rows",
        "empties",
        "newline at the end",
        "no newline",
    ],
)
def test_records_know_the_line_they_begin_in(text: str, expected: list):
    assert list(records(text, ",")) == expected


@pytest.mark.parametrize(
    ("text", "line"), [('a,b\n"c,d\ne,f\n', 2), ('a,b\nc,"d', 2), ('"', 1)], ids=["first cell", "last cell", "alone"]
)
def test_quotation_mark_that_is_never_closed_is_named_with_its_line(text: str, line: int):
    with pytest.raises(BadFile, match=f"opens in line {line} is never closed"):
        cells(text)


@pytest.mark.parametrize(
    "text", ["a,b\n" + "x" * 140_000 + ",y\n", 'a,"' + "x" * 140_000 + '"\n'], ids=["bare", "quoted"]
)
def test_cell_that_is_too_long_is_not_called_an_open_quotation_mark(text: str):
    with pytest.raises(BadFile, match=r"Line \d has a cell of more than 131,072 characters"):
        cells(text)
