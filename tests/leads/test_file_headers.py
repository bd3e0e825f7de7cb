"""The columns of other programs' exports become ours: eight common formats, each with one invented person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leads.file_headers import guess_mapping, looks_like_header
from leads.file_rows import by_field, to_candidate
from leads.files import read_csv

PLACED = {"country": "DE", "city": "Jena"}
MIRA = {"first_name": "Mira", "last_name": "Sandoval", "title": "Head of Sales", "email": "mira@ostra.example"}
OSTRA = {"name": "Ostra Pumps", "domain": "ostra.example"}
EXPORTS: dict[str, tuple[str, str, dict[str, str], dict[str, object]]] = {
    "Sales Navigator": (
        "profileUrl,fullName,firstName,lastName,companyName,title,companyId,companyUrl,regularCompanyUrl,summary,"
        "industry,companyLocation,location,durationInRole,name,linkedInProfileUrl,isPremium,defaultProfileUrl",
        "https://www.linkedin.com/sales/lead/ACwAAA1,Mira Sandoval,Mira,Sandoval,Ostra Pumps,Head of Sales,77,"
        "https://www.linkedin.com/company/ostra-pumps,https://www.ostra.example/,Sells pumps,Machinery,"
        '"Jena, Germany","Jena, Germany",2 years,Mira S.,https://www.linkedin.com/in/mira-sandoval,false,',
        {**MIRA, **PLACED, "email": "", "linkedin_url": "https://www.linkedin.com/in/mira-sandoval"},
        {**OSTRA, **PLACED, "linkedin_url": "https://www.linkedin.com/company/ostra-pumps"},
    ),
    "Apollo": (
        "First Name,Last Name,Title,Company,Company Name for Emails,Email,Email Status,Seniority,Departments,"
        "Work Direct Phone,Mobile Phone,Corporate Phone,# Employees,Industry,Keywords,Person Linkedin Url,Website,"
        "City,State,Country,Company City,Company Country,Technologies,Annual Revenue,Latest Funding",
        "Mira,Sandoval,Head of Sales,Ostra Pumps,Ostra,mira@ostra.example,Verified,Head,Sales,,'+49 3641 5550101,"
        '+49 3641 5550100,180,Machinery,"pumps, valves",http://www.linkedin.com/in/mira-sandoval,'
        'http://www.ostra.example,Jena,Thuringia,Germany,Gera,Germany,"SAP, AWS",12000000,Series A',
        {**MIRA, **PLACED, "region": "Thuringia", "phone": "+49 3641 5550101"},
        {**OSTRA, "city": "Gera", "employees_min": 180, "revenue_usd": 12_000_000, "funding_stage": "series_a"}
        | {
            "technologies": ("SAP", "Amazon Web Services"),
            "keywords": ("pumps", "valves"),
            "phone": "+49 3641 5550100",
        },
    ),
    "HubSpot": (
        "Record ID,First Name,Last Name,Email,Job Title,Company Name,Website URL,Country/Region,State/Region,City,"
        "Phone Number,LinkedIn URL,Lifecycle Stage,Create Date",
        "10234,Mira,Sandoval,mira@ostra.example,Head of Sales,Ostra Pumps,www.ostra.example,Germany,Thuringia,Jena,"
        "+49 3641 5550101,https://linkedin.com/in/mira-sandoval,Lead,2026-05-02 09:30",
        {**MIRA, **PLACED, "region": "Thuringia", "phone": "+49 3641 5550101"},
        OSTRA,
    ),
    "Salesforce": (
        "Salutation,First Name,Last Name,Title,Company / Account,Lead Source,Street,City,State/Province,"
        "Zip/Postal Code,Country,Phone,Mobile,Email,Website,Lead Owner",
        "Ms.,Mira,Sandoval,Head of Sales,Ostra Pumps,Web,Am Anger 5,Jena,Thuringia,07743,Germany,+49 3641 5550101,,"
        "mira@ostra.example,https://ostra.example,Bo Lind",
        {**MIRA, **PLACED, "region": "Thuringia", "phone": "+49 3641 5550101"},
        OSTRA,
    ),
    "Outlook": (
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business City,"
        "Business State,Business Country/Region,Home City,Business Phone,Home Phone,E-mail Address,E-mail Type,Web Page",
        "Dr.,Mira,,Sandoval,,Ostra Pumps,Sales,Head of Sales,Am Anger 5,Jena,Thuringia,Germany,Weimar,"
        "+49 3641 5550101,,mira@ostra.example,SMTP,http://ostra.example",
        {**MIRA, **PLACED, "region": "Thuringia", "phone": "+49 3641 5550101"},
        OSTRA,
    ),
    "German": (
        "Anrede;Vorname;Nachname;Firma;Position;E-Mail;Telefonnummer;PLZ;Ort;Bundesland;Land;Webseite;Branche;Mitarbeiterzahl",
        "Frau;Mira;Sandoval;Ostra Pumps;Vertriebsleiterin;mira@ostra.example;03641 5550101;07743;Jena;Thüringen;"
        "Deutschland;www.ostra.example;Maschinenbau;51-200",
        {**MIRA, **PLACED, "title": "Vertriebsleiterin", "region": "Thüringen", "phone": "03641 5550101"},
        {**OSTRA, "industry_raw": "Maschinenbau", "employees_min": 51, "employees_max": 200},
    ),
    "French": (
        "Civilité;Prénom;Nom;Société;Fonction;Adresse e-mail;Téléphone;Ville;Pays;Site web;Secteur d'activité;Effectif",
        "Mme;Mira;Sandoval;Ostra Pumps;Directrice commerciale;mira@ostra.example;03 55 51 01 00;Jena;Allemagne;"
        "ostra.example;Machines;180",
        {**MIRA, **PLACED, "title": "Directrice commerciale", "phone": "03 55 51 01 00"},
        {**OSTRA, "industry_raw": "Machines", "employees_min": 180},
    ),
    "bare minimum": (
        "name,email",
        "Mira Sandoval,mira@ostra.example",
        {**MIRA, "title": "", "full_name": "Mira Sandoval"},
        {"name": "", "domain": "ostra.example"},
    ),
}


@pytest.mark.parametrize(("header", "row", "person", "company"), EXPORTS.values(), ids=EXPORTS)
def test_export_is_understood(header: str, row: str, person: dict, company: dict):
    parsed = read_csv(f"{header}\n{row}\n".encode(), "export.csv")
    cells = by_field(parsed.rows[0][1], guess_mapping(parsed.header))

    found = to_candidate(cells, record_id="1", observed_at=datetime(2026, 11, 22, tzinfo=UTC), extra=())

    assert {name: getattr(found, name) for name in person} == person
    assert {name: getattr(found.company, name) for name in company} == company


@pytest.mark.parametrize("header", [header for header, *_ in EXPORTS.values()], ids=EXPORTS)
def test_header_is_told_from_a_row(header: str):
    assert looks_like_header(header.replace(";", ",").split(","))


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        (["Name", "Website"], {"company": 0, "domain": 1}),
        (["Name", "Company", "Website"], {"full_name": 0, "company": 1, "domain": 2}),
        (["Email", "E-Mail", "email"], {"email": 0}),
        (["Title", "Job Title", "Name"], {"title": 1, "full_name": 2}),
        (["", "  ", "???"], {}),
        ([], {}),
    ],
    ids=["companies", "people", "thrice", "better alias", "no names", "nothing"],
)
def test_mapping_is_guessed(header: list[str], mapping: dict[str, int]):
    assert guess_mapping(header) == mapping


@pytest.mark.parametrize("header", ["Work e-mail", "Business E-Mail", "Geschäftliche E-Mail", "E-mail professionnel"])
def test_work_address_is_the_address(header: str):
    assert guess_mapping(["Name", header]) == {"full_name": 0, "email": 1}
