"""Canonical keys, and which of them identify one person only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.candidate import Candidate, CompanyFacts
from leads.identity import (
    Identity,
    company_identities,
    company_name_key,
    domain_key,
    email_key,
    hash64,
    identities,
    is_free_mail,
    is_role_mailbox,
    linkedin_company_slug,
    linkedin_slug,
    match_keys,
    name_sort_key,
    person_name_key,
    phone_key,
)
from tests.factories.candidates import firm, person


@pytest.mark.parametrize(
    ("email", "key"),
    [
        ("Ida.Kessel@Acme.example", "ida.kessel@acme.example"),
        (" <ida@acme.example> ", "ida@acme.example"),
        ("ida+crm@acme.example", "ida@acme.example"),
        ("I.d.a+x@GoogleMail.com", "ida@gmail.com"),
        ("ida-shop@yahoo.com", "ida@yahoo.com"),
        ("ida-shop@acme.example", "ida-shop@acme.example"),
        ("i_d-a@protonmail.com", "ida@proton.me"),
        ("ida@me.com", "ida@icloud.com"),
        ("ida@käse.example", "ida@xn--kse-qla.example"),
        ("+tag@acme.example", "+tag@acme.example"),
        ("ida", ""),
        ("ida@", ""),
        ("@acme.example", ""),
        ("ida@localhost", ""),
        ("a b@acme.example", ""),
    ],
)
def test_email_key(email: str, key: str):
    assert email_key(email) == key


@given(st.text(max_size=40))
def test_email_key_of_a_key_is_the_key(text: str):
    key = email_key(f"{text}@acme.example")

    assert not key or email_key(key) == key


@pytest.mark.parametrize(
    ("email", "is_role"),
    [
        ("info@acme.example", True),
        ("INFO+x@acme.example", True),
        ("sales.emea@acme.example", True),
        ("support2@acme.example", True),
        ("no-reply@acme.example", True),
        ("vertrieb@acme.example", True),
        ("ida@acme.example", False),
        ("ida.sales@acme.example", False),
        ("info.kesselring@acme.example", False),
        ("sydney@acme.example", False),
    ],
)
def test_is_role_mailbox(email: str, is_role: bool):
    assert is_role_mailbox(email) is is_role


@pytest.mark.parametrize(
    ("text", "is_free"),
    [("ida@gmail.com", True), ("gmx.de", True), ("ida@proton.me", True), ("ida@acme.example", False)],
)
def test_is_free_mail(text: str, is_free: bool):
    assert is_free_mail(text) is is_free


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://www.Acme.co.uk/about?x=1", "acme.co.uk"),
        ("acme.example", "acme.example"),
        ("http://shop.acme.example:8080/", "acme.example"),
        ("ida@mail.acme.example", "acme.example"),
        ("foo.myshopify.com", "foo.myshopify.com"),
        ("www.käse.de", "xn--kse-qla.de"),
        ("//acme.example", "acme.example"),
        ("acme.example.", "acme.example"),
        ("co.uk", ""),
        ("192.0.2.1", ""),
        ("localhost", ""),
        ("http://[::1", ""),
        ("not a host.example", ""),
        ("", ""),
    ],
)
def test_domain_key(text: str, key: str):
    assert domain_key(text) == key


@given(st.text(max_size=30))
def test_domain_key_takes_any_text(text: str):
    key = domain_key(text)

    assert not key or domain_key(key) == key


@pytest.mark.parametrize(
    ("raw", "country", "key"),
    [
        ("+49 (0)30 2345670", "", "+49302345670"),
        ("030 2345670", "DE", "+49302345670"),
        ("0049 30 2345670", "de", "+49302345670"),
        ("(212) 555-0123", "US", "+12125550123"),
        ("+12125550123", "", "+12125550123"),
        ("030 2345670", "", ""),
        ("12", "DE", ""),
        ("call me", "DE", ""),
    ],
)
def test_phone_key(raw: str, country: str, key: str):
    assert phone_key(raw, country) == key


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://de.linkedin.com/in/Ida-Kessel-9/?trk=x", "ida-kessel-9"),
        ("linkedin.com/in/ida%C3%A9", "idaé"),
        ("in/ida-kessel", "ida-kessel"),
        ("https://www.linkedin.com/pub/ida-kessel/1/2/3", "ida-kessel"),
        ("https://www.linkedin.com/company/acme", ""),
        ("https://www.linkedin.com/sales/lead/ACwAA", ""),
        ("", ""),
    ],
)
def test_linkedin_slug(url: str, slug: str):
    assert linkedin_slug(url) == slug


def test_linkedin_company_slug():
    assert linkedin_company_slug("https://www.linkedin.com/company/Acme-GmbH/about/") == "acme-gmbh"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Smith, Bob J.", "Robert Smith"),
        ("Jürgen Möllering", "Juergen Moellering"),
        ("Dr. Ida Kessel", "KESSEL Ida"),
        ("Иван Скворцов", "Ivan Skvortsov"),
    ],
)
def test_person_name_key_of_one_person(a: str, b: str):
    assert person_name_key(a) == person_name_key(b)


def test_company_name_key():
    assert company_name_key("The ACME Müller GmbH & Co. KG") == "acme muller"


@pytest.mark.parametrize(
    ("text", "key"),
    [("Éva O'Neil-Šimić", "eva o neil simic"), ("  Zoë ", "zoe"), ("Mueller", "mueller"), ("2N s.r.o.", "2n s r o")],
)
def test_name_sort_key(text: str, key: str):
    assert name_sort_key(text) == key


def test_hash64_is_fixed_and_fits_a_bigint():
    assert hash64("email", "ida@acme.example") == -1514395252806232491
    assert hash64("email", "x") != hash64("phone", "x")


@given(st.text(), st.text())
def test_hash64_range(kind: str, value: str):
    assert -(2**63) <= hash64(kind, value) < 2**63


def test_identities_of_a_person():
    ida = person("Ida", email="Ida+x@acme.example", slug="Ida-K", phone="+49302345670", source="hunter", record_id="7")

    assert identities(ida) == (
        Identity("email", "ida@acme.example"),
        Identity("linkedin", "ida-k"),
        Identity("record", "hunter:7"),
    )


def test_a_role_mailbox_and_a_phone_identify_nobody():
    assert identities(person("Ida", email="info@acme.example", phone="+49302345670")) == ()


@pytest.mark.parametrize(
    ("company", "values"),
    [
        pytest.param({"domain": "www.acme.example", "name": "Acme", "country": "DE"}, ["acme.example"], id="domain"),
        pytest.param({"name": "Acme GmbH", "country": "DE"}, ["acme|de"], id="name and country"),
        pytest.param({"name": "Acme GmbH"}, [], id="a name alone is none"),
        pytest.param({"name": "Acme", "country": "DE", "domain": "facebook.com/acme"}, ["acme|de"], id="shared site"),
        pytest.param({"name": "Acme", "country": "DE", "domain": "gmail.com"}, ["acme|de"], id="free mail"),
        pytest.param({"registry_ids": (("lei", "A1 "),)}, ["lei:a1"], id="registry number"),
    ],
)
def test_company_identities(company: dict[str, object], values: list[str]):
    assert [identity.value for identity in company_identities(CompanyFacts(**company))] == values


def test_a_company_alone_is_identified_as_a_company():
    acme = Candidate(source="register", record_id="9", company=CompanyFacts(name="Acme", domain="acme.example"))

    assert identities(acme) == (Identity("record", "register:9"), Identity("company", "acme.example"))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(person("X", email="a.b@gmail.com"), person("Y", email="ab+1@gmail.com"), id="mailbox"),
        pytest.param(person("X", phone="030 2345670", country="DE"), person("Y", phone="+49302345670"), id="phone"),
        pytest.param(person("X", slug="ida"), person("Y", slug="IDA"), id="profile"),
        pytest.param(person("Ida Kessel", company="Acme"), person("I. Kessel", company="ACME AG"), id="name, company"),
        pytest.param(person("Bob Poe", city="Ulm"), person("Robert Poe", city="ULM"), id="names and city"),
        pytest.param(person("Ida Poe", domain="a.example"), person("Eva Poe", domain="a.example"), id="name, domain"),
        pytest.param(
            person("Ida Schmidt", company="Acme Tools"), person("Ida Schmitt", company="Acme"), id="sound, company"
        ),
        pytest.param(firm("Acme", domain="acme.example"), firm("Zebra", domain="acme.example"), id="company's domain"),
        pytest.param(firm("Acme Robotics", country="DE"), firm("Acme", country="DE"), id="company's first word"),
    ],
)
def test_match_keys_meet(a: Candidate, b: Candidate):
    assert set(match_keys(a)) & set(match_keys(b))


def test_match_keys_of_strangers_do_not_meet():
    a, b = person("Ida Kessel", company="Acme", city="Ulm"), person("Paul Ortmann", company="Acme", city="Ulm")

    assert not set(match_keys(a)) & set(match_keys(b))
