"""Labelled pairs: what must merge by itself, what a person decides, and what are strangers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.candidate import Candidate
from leads.matching import compare
from tests.factories.candidates import firm, person

ACME = {"company": "Acme GmbH", "domain": "acme.example"}
BETA = {"company": "Beta Logistics Ltd", "domain": "beta.example"}
GIANT = {"company": "Globex AG", "domain": "globex.example", "employees": 80_000}

SAME = {
    "identical": (person("Greta Lindqvist", **ACME), person("Greta Lindqvist", **ACME)),
    "mailbox only": (person("Greta Lindqvist", email="g@x.example"), person("G. Lindqvist", email="G@x.example")),
    "mailbox with tag": (
        person("Ann Poe", email="ann.poe+crm@x.example"),
        person("Ann Poe", email="ann.poe@x.example"),
    ),
    "gmail dots": (person("Ann Poe", email="ann.poe@gmail.com"), person("Ann Poe", email="annpoe@googlemail.com")),
    "slug only": (person("Jo Bloggs", slug="jo-bloggs-9"), person("Joanna Bloggs", slug="jo-bloggs-9")),
    "slug, new employer": (person("Jo Bloggs", slug="jo-b", **ACME), person("Jo Bloggs", slug="jo-b", **BETA)),
    "slug, married": (person("Eva Holm", slug="eva-holm"), person("Eva Brandt", slug="eva-holm")),
    "mailbox, married": (person("Eva Holm", email="eva@acme.example"), person("Eva Brandt", email="eva@acme.example")),
    "nickname": (person("Bob Thornbury", **ACME), person("Robert Thornbury", **ACME)),
    "nickname, common name": (person("Bill Smith", **ACME), person("William Smith", **ACME)),
    "umlaut spelled out": (person("Jürgen Möllering", **ACME), person("Juergen Moellering", **ACME)),
    "umlaut lost": (person("Jürgen Möllering", **ACME), person("Jurgen Mollering", **ACME)),
    "title before the name": (person("Dr. Ida Kessel", **ACME), person("Ida Kessel", **ACME)),
    "degree behind the name": (person("Ida Kessel, MBA", **ACME), person("Ida Kessel", **ACME)),
    "last name first": (person("Kessel, Ida", **ACME), person("Ida Kessel", **ACME)),
    "names swapped": (person("Kessel Ida", **ACME), person("Ida Kessel", **ACME)),
    "middle initial": (person("Ida M. Kessel", **ACME), person("Ida Kessel", **ACME)),
    "slip in the last name": (person("Ida Kesselring", **ACME), person("Ida Kesselrng", **ACME)),
    "cyrillic": (person("Иван Скворцов", **ACME), person("Ivan Skvortsov", **ACME)),
    "double last name": (person("Inés Zabaleta Urrutia", **ACME), person("Inés Zabaleta", **ACME)),
    "hyphenated last name": (person("Ida Kessel-Rupp", **ACME), person("Ida Kessel", **ACME)),
    "particle": (person("Joost van der Velden", **ACME), person("Joost Velden", **ACME)),
    "company by legal form": (person("Ida Kessel", company="Acme GmbH"), person("Ida Kessel", company="ACME")),
    "company by business mail": (
        person("Ida Kessel", email="ida.kessel@acme.example"),
        person("Ida Kessel", domain="www.acme.example"),
    ),
    "two spellings of a mailbox": (
        person("Ida Kessel", email="i.kessel@acme.example", **ACME),
        person("Ida Kessel", email="ida.kessel@acme.example", **ACME),
    ),
    "mobile number": (person("Ida Kessel", phone="+49 151 23456789"), person("Kessel Ida", phone="+4915123456789")),
    "giant, same rare name and job": (
        person("Ottilie Grauwinkel", title="Head of Procurement", **GIANT),
        person("Ottilie Grauwinkel", title="Head of Procurement", **GIANT),
    ),
    "same record": (
        person("Ida Kessel", source="hunter", record_id="7"),
        person("I. Kessel", source="hunter", record_id="7"),
    ),
}
GREY = {
    "rare name, nothing else": (person("Ottilie Grauwinkel"), person("Ottilie Grauwinkel")),
    "common name, nothing else": (person("John Smith"), person("John Smith")),
    "rare name, other employer": (person("Ottilie Grauwinkel", **ACME), person("Ottilie Grauwinkel", **BETA)),
    "common name in a giant": (person("Thomas Müller", **GIANT), person("Thomas Müller", **GIANT)),
    "rare name and company, other slug": (
        person("Ottilie Grauwinkel", slug="og-1", **ACME),
        person("Ottilie Grauwinkel", slug="og-2", **ACME),
    ),
    "namesake with a number at one domain": (
        person("Thomas Müller", email="thomas.mueller@globex.example", **GIANT),
        person("Thomas Müller", email="thomas.mueller2@globex.example", **GIANT),
    ),
    "family mailbox": (person("Eva Holm", email="fam@x.example"), person("Tom Brandt", email="fam@x.example")),
    "family mailbox, one last name": (
        person("Eva Holm", email="holm@x.example"),
        person("Tom Holm", email="holm@x.example"),
    ),
    "common name by its initial": (person("J. Smith", **ACME), person("John Smith", **ACME)),
    "initial only": (person("I. Kessel", company="Acme Tools"), person("Ida Kessel", company="Acme")),
    "team mailbox, same rare name": (
        person("Ottilie Grauwinkel", email="sales@acme.example"),
        person("Ottilie Grauwinkel", email="info@beta.example"),
    ),
    "common name, same city": (
        person("Anna Schmidt", country="DE", city="Berlin"),
        person("Anna Schmidt", country="DE", city="Berlin"),
    ),
}
DIFFERENT = {
    "strangers": (person("Ida Kessel", **ACME), person("Paul Ortmann", **BETA)),
    "colleagues": (person("Ida Kessel", **ACME), person("Paul Ortmann", **ACME)),
    "colleagues at one team mailbox": (
        person("Ida Kessel", email="sales@acme.example", **ACME),
        person("Paul Ortmann", email="sales@acme.example", **ACME),
    ),
    "colleagues on one switchboard": (
        person("Ida Kessel", phone="+49 30 2345670", switchboard="+49 30 2345670", **ACME),
        person("Paul Ortmann", phone="+49 30 2345670", switchboard="+49 30 2345670", **ACME),
    ),
    "colleagues by mailbox": (
        person("Ida Kessel", email="ida@acme.example", **ACME),
        person("Paul Ortmann", email="paul@acme.example", **ACME),
    ),
    "siblings in a family firm": (person("Karl Brugger", **ACME), person("Josef Brugger", **ACME)),
    "father and daughter": (person("Karl Brugger", **ACME), person("Karla Steinhagen", **ACME)),
    "same first name, colleagues": (person("Ida Kessel", **ACME), person("Ida Rehbein", **ACME)),
    "common name, other employer and country": (
        person("John Smith", country="US", **ACME),
        person("John Smith", country="GB", title="Nurse", **BETA),
    ),
    "common name, other slug": (person("John Smith", slug="js-1"), person("John Smith", slug="js-2")),
    "common name, other slug, one giant": (
        person("Thomas Müller", slug="tm-1", **GIANT),
        person("Thomas Müller", slug="tm-77", **GIANT),
    ),
    "similar, but another name": (person("Jan Kessel", **ACME), person("Jana Kessler", **BETA)),
    "initial does not fit": (person("P. Kessel", **ACME), person("Ida Kessel", **ACME)),
    "person and company": (person("Ida Kessel", **ACME), firm("Acme GmbH", domain="acme.example")),
    "nothing in common is known": (person("Ida Kessel"), person("", title="CEO")),
    "same title and city only": (
        person("Ida Kessel", title="CEO", country="DE", city="Ulm"),
        person("Paul Ortmann", title="CEO", country="DE", city="Ulm"),
    ),
}
FIRMS_SAME = {
    "domain": (firm("Acme GmbH", domain="acme.example"), firm("ACME", domain="https://www.acme.example/de")),
    "registry number": (
        firm("Acme", registry_ids=(("lei", "A1"),)),
        firm("Acme Holding", registry_ids=(("lei", "a1"),)),
    ),
    "name and country": (firm("Acme Robotics GmbH", country="DE"), firm("ACME Robotics", country="DE")),
    "name run together": (firm("Pay Beam Inc", country="US", city="Reno"), firm("PayBeam", country="US", city="Reno")),
    "umlaut": (firm("Möbius Käse AG", country="CH"), firm("Moebius Kaese", country="CH")),
    "ampersand": (firm("Huber & Söhne", country="AT"), firm("Huber und Söhne GmbH", country="AT")),
    "page and name": (
        firm("Acme", linkedin_url="linkedin.com/company/acme"),
        firm("Acme Inc.", linkedin_url="https://linkedin.com/company/acme/"),
    ),
}
FIRMS_GREY = {
    "name only": (firm("Acme Robotics"), firm("Acme Robotics")),
    "subsidiary at the mother's domain": (
        firm("Acme", domain="acme.example", country="US"),
        firm("Acme Deutschland GmbH", domain="acme.example", country="DE"),
    ),
    "one name within the other": (firm("Acme", country="DE"), firm("Acme Robotics", country="DE")),
    "brand and owner at one domain": (firm("Acme", domain="acme.example"), firm("Zebra Foods", domain="acme.example")),
}
FIRMS_DIFFERENT = {
    "strangers": (firm("Acme", domain="acme.example"), firm("Beta", domain="beta.example")),
    "namesakes abroad": (
        firm("Phoenix", domain="phoenix.example", country="US"),
        firm("Phoenix", domain="phoenix-de.example", country="DE"),
    ),
    "other registry number": (
        firm("Acme", country="DE", registry_ids=(("lei", "1"),)),
        firm("Acme", country="DE", registry_ids=(("lei", "2"),)),
    ),
    "same city only": (firm("Acme", country="DE", city="Ulm"), firm("Beta", country="DE", city="Ulm")),
}
LABELLED = [
    pytest.param(a, b, outcome, id=f"{outcome}: {name}")
    for outcome, tables in (
        ("same", (SAME, FIRMS_SAME)),
        ("grey", (GREY, FIRMS_GREY)),
        ("different", (DIFFERENT, FIRMS_DIFFERENT)),
    )
    for table in tables
    for name, (a, b) in table.items()
]
EVERYONE = [candidate for parameter in LABELLED for candidate in parameter.values[:2]]


@pytest.mark.parametrize(("a", "b", "outcome"), LABELLED)
def test_labelled_pair(a: Candidate, b: Candidate, outcome: str):
    result = compare(a, b)

    assert result.outcome == outcome, result


@given(st.sampled_from(EVERYONE), st.sampled_from(EVERYONE))
def test_compare_is_symmetric(a: Candidate, b: Candidate):
    forth = compare(a, b)

    back = compare(b, a)

    assert back == forth


def test_lines_add_up_to_the_bits():
    a, b = SAME["nickname"]

    result = compare(a, b)

    assert result.bits == pytest.approx(sum(line.bits for line in result.lines))
    assert [line.text for line in result.lines] == [
        "same company (acme.example)",
        "same last name Thornbury",
        "forms of one first name: Bob and Robert",
    ]


def test_phone_known_to_be_shared_identifies_nobody():
    a = person("Ida Kessel", phone="+4915123456789")
    b = person("Ida Kessel", phone="+4915123456789")

    private, shared = compare(a, b), compare(a, b, frozenset({"+4915123456789"}))

    assert private.outcome == "same"
    assert "same phone number +4915123456789" not in [line.text for line in shared.lines]


def test_company_counts_once_however_many_signs_there_are():
    one_sign = compare(person("Ida Kessel", domain="acme.example"), person("Ida Kessel", domain="acme.example"))
    signs = {"switchboard": "+49 30 2345670", "registry_ids": (("lei", "1"),), **ACME}

    many_signs = compare(person("Ida Kessel", **signs), person("Ida Kessel", **signs))

    assert many_signs.bits == one_sign.bits
