"""LinkedIn's export files: known by their header, their days read."""

from datetime import date

import pytest

from leadengine.sandbox.linkedin_export import connections_csv
from leads.file_headers import guess_mapping
from leads.file_rows import by_field, to_candidate
from leads.files import read_csv
from leads.linkedin_files import day_of, source_of, sources_with

CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
GERMAN = "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am"
FRENCH = "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,En relation depuis"
SPANISH = "Nombre,Apellidos,URL,Correo electrónico,Empresa,Cargo,Fecha de conexión"
FROM_NAVIGATOR = "profileUrl,fullName,firstName,lastName,companyName,title,companyUrl,regularCompanyUrl,durationInRole"


@pytest.mark.parametrize(
    ("header", "source"),
    [
        (CONNECTIONS, "file:connections"),
        ("First Name,Last Name,Email Address,Company,Position,Connected On", "file:connections"),
        (FROM_NAVIGATOR, "file:sales_navigator"),
        ("First Name,Last Name,LinkedIn Profile URL,Sales Navigator URL,Company", "file:sales_navigator"),
        ("Name,Title,Company,Sales Navigator URL,LinkedIn URL", "file:sales_navigator"),
        (GERMAN, "file:connections"),
        (FRENCH, "file:connections"),
        (SPANISH, "file:connections"),
        ("First Name,Last Name,Person Linkedin Url,Company,Email", "file"),
        ("Full name,E-mail,Firm,Notes", "file"),
        ("", "file"),
    ],
    ids=[
        "connections",
        "connections of old",
        "navigator",
        "navigator with spaces",
        "navigator beside a short name",
        "German",
        "French",
        "Spanish",
        "another tool",
        "a list",
        "nothing",
    ],
)
def test_file_is_known_by_its_header(header, source):
    assert source_of(header.split(",")) == source


@pytest.mark.parametrize(
    ("chosen", "header", "read"),
    [
        (["directory", "file"], CONNECTIONS, ["directory", "file:connections"]),
        (["file", "file:connections"], CONNECTIONS, ["file:connections"]),
        (["file:connections", "hunter"], "name,email", ["file", "hunter"]),
        (["directory"], CONNECTIONS, ["directory"]),
    ],
    ids=["named", "once", "no LinkedIn file", "no file wanted"],
)
def test_file_is_read_by_the_source_that_it_is_of(chosen, header, read):
    assert sources_with(chosen, header.split(",")) == read


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 Mar 2024", date(2024, 3, 12)),
        ("March 12, 2024", date(2024, 3, 12)),
        ("2024-03-12", date(2024, 3, 12)),
        ("31 Feb 2024", None),
        ("12. März 2024", date(2024, 3, 12)),
        ("12 Mrz 2024", date(2024, 3, 12)),
        ("12 févr. 2024", date(2024, 2, 12)),
        ("1er juillet 2024", date(2024, 7, 1)),
        ("12 juil. 2024", date(2024, 7, 12)),
        ("12 juin 2024", date(2024, 6, 12)),
        ("12 de agosto de 2024", date(2024, 8, 12)),
        ("12.03.2024", date(2024, 3, 12)),
        ("03/12/24", None),
        ("12 Foo 2024", None),
        ("12 Mar", None),
        ("12 Mar 1901", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_day_of_a_connection(text, day):
    assert day_of(text) == day


@pytest.mark.parametrize("header", [CONNECTIONS, GERMAN, FRENCH, SPANISH])
def test_every_column_is_read_in_each_language(header):
    columns = ["first_name", "last_name", "linkedin_url", "email", "company", "title", "connected_on"]

    assert guess_mapping(header.split(",")) == {name: place for place, name in enumerate(columns)}


def test_invented_export_is_read_like_a_real_one():
    parsed = read_csv(connections_csv(date(2026, 3, 20)), "Connections.csv")
    cells = by_field(parsed.rows[0][1], guess_mapping(parsed.header))

    found = to_candidate(cells, record_id="1", observed_at=None, extra=(), source=source_of(parsed.header))

    assert (source_of(parsed.header), parsed.errors, len(parsed.rows)) == ("file:connections", (), 30)
    assert (found.name, found.title, found.company.name) == ("Ada Abara", "Managing Director", "Amberfield Systems")
    assert (found.linkedin_url, found.email) == (
        "https://www.linkedin.com/in/ada-abara-sb000",
        "ada.abara@amberfield.example",
    )
    assert [(signal.kind, signal.observed_on) for signal in found.signals] == [("connected", date(2026, 3, 17))]
    assert sum(bool(row[1][3]) for row in parsed.rows) == 4
