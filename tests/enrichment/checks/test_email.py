"""What an address tells by itself."""

import json
from xml.etree import ElementTree

import pytest

from enrichment.checks.email import check_syntax


@pytest.mark.parametrize(
    ("address", "status", "reason"),
    [
        ("ada.byron@acme.example", "unknown", "not_checked"),
        ("  ada@acme.example ", "unknown", "not_checked"),
        ("jürgen@müller.example", "unknown", "not_checked"),
        ('"ada byron"@acme.example', "unknown", "not_checked"),
        ("ada@@acme.example", "undeliverable", "syntax_invalid"),
        ("ada.acme.example", "undeliverable", "syntax_invalid"),
        ("ada@acme", "undeliverable", "syntax_invalid"),
        ("ada@acme.example\n", "undeliverable", "syntax_invalid"),
        ("a" * 65 + "@acme.example", "undeliverable", "syntax_invalid"),
        ("ada_byron@gmail.com", "undeliverable", "syntax_invalid"),
        ("ada@server.invalid", "undeliverable", "domain_reserved"),
    ],
)
def test_verdict(address, status, reason):
    verdict = check_syntax(address)

    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(
    ("address", "flags"),
    [
        ("ada@acme.example", set()),
        ("info@acme.example", {"role"}),
        ("ada@gmail.com", {"free"}),
        ("ada@mailinator.com", {"disposable"}),
        ("ada+news@acme.example", {"plus_tag"}),
        ("ada@müller.example", {"idn"}),
        ("ada.byron@googlemail.com", {"free", "alias_of"}),
        ("asdfgh@acme.example", {"gibberish"}),
        ("x1@privaterelay.appleid.com", {"relay_service"}),
    ],
)
def test_flags(address, flags):
    assert check_syntax(address).flags == flags


def test_throw_away_address_is_not_usable():
    assert not check_syntax("ada@mailinator.com").is_usable


@pytest.mark.parametrize(
    ("address", "suggestion"),
    [("ada@gmaill.com", "ada@gmail.com"), ("ada@gmailcom", "ada@gmail.com"), ("ada@acme.example", ""), ("ada@", "")],
)
def test_misspelt_provider_is_suggested(address, suggestion):
    assert check_syntax(address).suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Seán <sean.o'neil@acme.com>", "sean.o'neil@acme.com"),
        ("O'Neil, Seán (sean.o'neil@acme.com)", "sean.o'neil@acme.com"),
        ('"Byron, Ada" <ada@acme.com>', "ada@acme.com"),
        ("E-mail: ada@acme.com, Berlin", "ada@acme.com"),
        ("mailto:ada@acme.com", "ada@acme.com"),
        ("Ada\tada@acme.com\tBerlin", "ada@acme.com"),
        ("Ada - ada@acme.com", "ada@acme.com"),
        ("ada@acme.com;", "ada@acme.com"),
        ("'ada@acme.com' <ada@acme.com>", "ada@acme.com"),
        ("john,smith@acme.com", ""),
        ("John <john,smith@acme.com>", ""),
        ("John <john smith@acme.com>", ""),
        ("john. smith@acme.com", ""),
        ('john"smith@acme.com', ""),
        ("ada@acme.com, john,smith@acme.com", ""),
        ("ada@acme.com bob@acme.com", ""),
        ("<<john smith@acme.com>", ""),
        ("<john@smith@acme.com>", ""),
    ],
)
def test_whole_address_within_a_text_is_suggested_and_never_a_part(text, suggestion):
    verdict = check_syntax(text)

    assert (verdict.reason, verdict.suggestion) == ("syntax_invalid", suggestion)


def test_one_mailbox_has_one_canonical_form():
    spellings = ["Ada.Byron@gmail.com", "adabyron+x@googlemail.com", "a.d.a.byron@GMAIL.com"]

    assert {check_syntax(each).canonical for each in spellings} == {"adabyron@gmail.com"}


@pytest.mark.data
def test_the_isemail_suite_is_told_right(shared_data):
    cases = ElementTree.parse(shared_data / "enrich/email-syntax/isemail-tests.xml").iter("test")  # noqa: S314
    expected = {"ISEMAIL_VALID_CATEGORY": True, "ISEMAIL_DNSWARN": True, "ISEMAIL_ERR": False}
    judged = [(expected[name], text) for case in cases if (name := case.findtext("category")) in expected
              for text in [case.findtext("address") or ""]]  # fmt: skip
    shown = {0x2400 + code: code for code in range(32)}

    wrong = [text for good, text in judged if (check_syntax(text.translate(shown)).status == "unknown") != good]

    assert (len(judged), wrong) == (88, [])


@pytest.mark.data
def test_the_validators_own_cases_are_told_right(shared_data):
    path = shared_data / "enrich/email-syntax/python-email-validator-cases.json"
    cases = [(case["test"], case["args"][0]) for case in json.loads(path.read_text(encoding="utf-8"))]
    wrong_by_kind = {
        "test_email_valid": lambda text: "<" not in text and check_syntax(text).status != "unknown",
        "test_email_valid_intl_local_part": lambda text: "<" not in text and check_syntax(text).status != "unknown",
        "test_email_invalid_syntax": lambda text: check_syntax(text).status == "unknown",
    }

    wrong = [(kind, text) for kind, text in cases if kind in wrong_by_kind and wrong_by_kind[kind](text)]

    assert wrong == []
