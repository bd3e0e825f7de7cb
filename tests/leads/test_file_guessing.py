"""Columns are told by their cells where no header says it, and a first row that is data is known as that."""

import pytest

from leads.file_guessing import guess_columns, is_phone
from leads.files import read_csv

ROWS = [
    ("Ada", "+49 30 901820", "harbour.example", "Germany"),
    ("Bo", "(020) 7946-0000", "https://www.fjell.example/en", "Norway"),
]


def test_column_of_addresses_is_the_address_whatever_its_name():
    rows = [("Ana", "none", "ana@harbour.example"), ("Bo", "b@x.example", ""), ("Cy", "-", "cy@harbour.example")]

    assert guess_columns(["Name", "Remark", "Kontaktweg"], rows) == {"full_name": 0, "email": 2}


def test_column_that_is_named_the_address_stays_it():
    rows = [("", "ana@harbour.example")]

    assert guess_columns(["E-mail", "Assistant"], rows) == {"email": 0}


def test_phone_website_and_country_are_told_by_their_cells():
    people = guess_columns(["Name", "Durchwahl", "Auftritt", "Sitz"], ROWS)
    companies = guess_columns(["Company", "Zentrale", "Auftritt", "Sitz"], ROWS)

    assert people == {"full_name": 0, "domain": 2, "phone": 1, "country": 3}
    assert companies == {"company": 0, "domain": 2, "company_phone": 1, "company_country": 3}


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Since", ["2026-05-01", "01.02.2025"]),
        ("Revenue", ["1 200 000", "1200000"]),
        ("House register", ["00445790", "08123456"]),
        ("Where", ["CA", "MA"]),
        ("Sprache", ["German", "English"]),
        ("Lang", ["de", "fr"]),
        ("Opt in", ["no", "NO", "nein", "yes"]),
        ("Customer", ["SI", "NO"]),
        ("Round", ["NA", "Na"]),
        ("Founded by", ["Georgia", "Georgia"]),
        ("Profile", ["https://x.com/acme", "twitter.com/bo"]),
    ],
    ids=[
        "days",
        "amounts",
        "registry numbers",
        "states",
        "languages",
        "codes of languages",
        "answers",
        "other answers",
        "nothing",
        "one alone",
        "accounts",
    ],
)
def test_what_only_resembles_it_is_not_guessed(header, values):
    found = guess_columns(["Name", header], [("Ada", value) for value in values])

    assert found.keys() - {"revenue"} == {"full_name"}


def test_codes_of_countries_are_countries_where_some_are_answers_too():
    rows = [("Ada", code) for code in ("DE", "FR", "NO", "SE", "")]

    assert guess_columns(["Name", "Wo"], rows) == {"full_name": 0, "country": 1}


@pytest.mark.parametrize(
    "values",
    [
        ["https://media.licdn.com/1", "https://media.licdn.com/2", "https://media.licdn.com/3"],
        ["https://app.hubspot.com/contacts/1", "https://app.hubspot.com/contacts/2", ""],
        ["https://crm.tools.example/1", "https://crm.tools.example/2", "https://crm.tools.example/3"],
        ["https://a.example/people/ada", "https://b.example/people/bo", "https://c.example/people/cy"],
        ["https://a.example/?id=1", "https://b.example/?id=2", "https://c.example/3.jpg"],
    ],
    ids=["pictures", "records", "one host", "deep", "queries and pictures"],
)
@pytest.mark.parametrize("beside", ["Company", "Remark"])
def test_links_to_elsewhere_are_no_websites(beside, values):
    rows = [(f"Person {at}", f"Name {at}", value) for at, value in enumerate(values)]

    assert "domain" not in guess_columns(["Name", beside, "Link"], rows)


def test_website_that_repeats_as_its_company_does_is_one():
    rows = [(f"Person {at}", "Harbour", "harbour.example") for at in range(9)] + [("Bo", "Fjell", "fjell.example")]

    assert guess_columns(["Name", "Company", "Link"], rows)["domain"] == 2


def test_address_that_all_rows_share_is_nobodys():
    rows = [(f"Person {at}", "ana@us.example") for at in range(3)]

    assert guess_columns(["Name", "Owner"], rows) == {"full_name": 0}


@pytest.mark.parametrize(
    "text",
    [
        "501-1000", "1001-5000", "2019-2026", "0800-1700", "1 200 000", "-1200000", "+1200000", "(1 200 000)", "1200000",
        "2026-05-01", "2026-05-01 10 30", "01.02.2025 10.30", "1/2/2025", "-0.1278345", "0.1278345", "+13.4050123",
        "0012345678", "00445790", "08123456", "01234-5678", "12-3456789", "4111 1111 1111 1111", "978-3-16-148410-0",
    ],
)  # fmt: skip
def test_number_that_only_resembles_a_phone_number_is_none(text):
    assert not is_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "+49 30 901820", "+4930901820", "+44 (0)20 7946 0000", "0049 30 901820", "030/901820", "0171-1234567",
        "(020) 7946-0000", "(202) 555-0100", "202-555-0100", "202.555.0100", "01 23 45 67 89", "01.23.45.67.89",
    ],
)  # fmt: skip
def test_number_that_is_written_as_a_phone_number_is_one(text):
    assert is_phone(text)


@pytest.mark.parametrize("told", [{}, {"heading": False}], ids=["guessed", "told"])
def test_first_row_that_is_data_is_one(told):
    parsed = read_csv(b"Ana Novak,ana@harbour.example\nBo Lind,bo@fjell.example\n", "list.csv", **told)

    assert parsed.header == ("Column\N{NO-BREAK SPACE}1", "Column\N{NO-BREAK SPACE}2")
    assert [cells[0] for _line, cells in parsed.rows] == ["Ana Novak", "Bo Lind"]


def test_first_row_is_the_heading_where_somebody_says_so():
    parsed = read_csv(b"Ana Novak,ana@harbour.example\nBo Lind,bo@fjell.example\n", "list.csv", heading=True)

    assert (parsed.header, len(parsed.rows)) == (("Ana Novak", "ana@harbour.example"), 1)


@pytest.mark.parametrize(
    ("content", "told"), [(b"Ana,ana@a.example\n", "the first rows have 2"), (b"Name,E-mail\n", "the header has 2")]
)
def test_row_that_is_too_wide_is_told_what_it_is_wider_than(content, told):
    rows = b"".join(b"P%d,p%d@a.example\n" % (at, at) for at in range(20))

    parsed = read_csv(content + rows + b"Bo,b@a.example,x,y\n", "list.csv")

    assert parsed.errors == ((22, f"has 4 cells where {told}"),)
