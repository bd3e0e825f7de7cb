"""Forms of insiders: which are asked for, who in them is an officer of the company, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leads.sources.company_registries.ownership import MOST_FORMS, Filing, filings, name_of, officer_in, read

TODAY = date(2026, 11, 26)
FILING = Filing("000000000726000001", "xslF345X05/doc4.xml", date(2026, 5, 4))
FORM = """<?xml version="1.0"?><ownershipDocument><issuer><issuerCik>0000000007</issuerCik></issuer>
<reportingOwner><reportingOwnerId><rptOwnerCik>0000000042</rptOwnerCik><rptOwnerName>Byron Ada</rptOwnerName>
</reportingOwnerId><reportingOwnerRelationship>{}</reportingOwnerRelationship></reportingOwner></ownershipDocument>"""
CHIEF = "<isOfficer>1</isOfficer><officerTitle>Chief Executive Officer</officerTitle>"


def record(*rows):
    names = ("form", "filingDate", "accessionNumber", "primaryDocument")
    return {"filings": {"recent": {name: [row[place] for row in rows] for place, name in enumerate(names)}}}


def row(form="4", filed="2026-05-04", number="0000000007-26-000001", document="xslF345X05/doc4.xml"):
    return form, filed, number, document


def officer(relation=CHIEF, company="7"):
    return officer_in(read(FORM.format(relation).encode()), company, FILING, "page")


def test_form_is_found_by_its_number():
    assert filings(record(row()), TODAY) == [FILING]


LEFT_OUT = {
    "another form": row(form="10-K"),
    "no XML": row(document="doc4.html"),
    "no day": row(filed=""),
    "long ago": row(filed="2023-01-01"),
}


@pytest.mark.parametrize("given", LEFT_OUT.values(), ids=LEFT_OUT)
def test_form_that_tells_nothing_of_today_is_not_asked_for(given):
    assert filings(record(given), TODAY) == []


def test_first_reports_come_first_and_a_company_is_asked_about_few():
    rows = [row(filed=f"{TODAY - timedelta(days=day)}", number=f"7-26-{day}") for day in range(9)]

    found = filings(record(*rows, row(form="3", filed="2026-01-01", number="7-26-99")), TODAY)

    assert [each.path for each in found] == ["72699", "7260", "7261", "7262"]
    assert len(found) == MOST_FORMS


@pytest.mark.parametrize("given", [{}, {"filings": None}, {"filings": {"recent": {"form": 7}}}], ids=str)
def test_record_without_a_list_has_no_forms(given):
    assert filings(given, TODAY) == []


def test_officer_is_read():
    found = officer()

    assert (found.name, found.title, found.cik, found.filed_on) == (
        "Ada Byron",
        "Chief Executive Officer",
        "0000000042",
        date(2026, 5, 4),
    )


OFFICERS = {
    "yes in words": ("<isOfficer>true</isOfficer><officerTitle>CFO</officerTitle>", "CFO"),
    "title elsewhere": ("<isOfficer>1</isOfficer><officerTitle>See Remarks</officerTitle>", ""),
    "director alone": ("<isDirector>1</isDirector><isOfficer>0</isOfficer>", None),
    "great owner": ("<isTenPercentOwner>1</isTenPercentOwner>", None),
}


@pytest.mark.parametrize(("relation", "title"), OFFICERS.values(), ids=OFFICERS)
def test_only_officers_are_people_of_the_company(relation, title):
    found = officer(relation)

    assert (found and found.title) == title


def test_shares_of_another_company_tell_nothing_of_this():
    assert officer(company="8") is None


REFUSED = {
    "document type": b"<!DOCTYPE ownershipDocument><ownershipDocument/>",
    "entities": b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><ownershipDocument><issuer>&b;</issuer></ownershipDocument>',
    "file of ours": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><ownershipDocument>&a;</ownershipDocument>',
    "cut": b"<ownershipDocument><issuer>",
    "page": b"<html><body>Sorry</body></html>",
    "coding that is none": b'<?xml version="1.0" encoding="none-8"?><ownershipDocument/>',
    "nothing": b"",
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_what_is_no_such_form_is_refused(body):
    assert read(body) == {}


NAMES = {
    "Hopper Grace B": "Grace B Hopper",
    "DE LA CRUZ MARIA": "MARIA DE LA CRUZ",
    "Turing Alan M. Jr.": "Alan M. Turing Jr.",
    "Madonna": "Madonna",
    "van": "van",
}


@pytest.mark.parametrize(("registered", "name"), NAMES.items())
def test_family_comes_last(registered, name):
    assert name_of(registered) == name
