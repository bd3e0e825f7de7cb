"""A person's addresses are found however they are spelled, and nobody else's are."""

import re

import pytest

from leads.spellings import national_digits, pattern_of

PHONE, EMAIL, SLUG = [("phone", "+4930123456")], [("email", "ana@x.example")], [("linkedin", "ana-lee-7")]


@pytest.mark.parametrize(
    ("addresses", "text"),
    [
        (PHONE, "+4930123456"),
        (PHONE, "tel:+49 30 12 34 56"),
        (PHONE, "Call (030) 123-456, please"),
        (PHONE, "0049 30/123456."),
        (PHONE, "+49 (0)30 123456"),
        (EMAIL, "Mail ANA@x.example."),
        (SLUG, "https://linkedin.com/in/ana-lee-7/"),
        ([("linkedin", "ana")], "linkedin.com/in/ana"),
        ([("phone", "ext. 12")], "Call ext. 12"),
    ],
)
def test_spelling_is_found(addresses, text):
    assert re.search(pattern_of(addresses), text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("addresses", "text"),
    [
        (PHONE, "+49301234567"),
        (PHONE, "130123456"),
        (PHONE, "030 123455"),
        (EMAIL, "juana@x.example"),
        (EMAIL, "x.ana@x.example"),
        (SLUG, "/in/ana-lee-77"),
        ([("linkedin", "ana")], "Ana called"),
    ],
)
def test_somebody_else_is_not(addresses, text):
    assert not re.search(pattern_of(addresses), text, re.IGNORECASE)


def test_name_of_one_word_is_too_common_to_go_by():
    assert pattern_of([], name="Ana") == ""
    assert re.search(pattern_of([], name="Ana Lee"), "with Ana Lee, today")


@pytest.mark.parametrize("text", ["+49 30 123456", "0049 (30) 123456", "030/123456", "30123456"])
def test_digits_are_told_without_the_country(text):
    assert national_digits(text) == "30123456"
