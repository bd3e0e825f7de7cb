"""Titles that were asked for: what says the same is found, and a word that means less in a longer title is not."""

import pytest

from leads.vocabulary.titles import parse, title_matches

FOUND = [
    ("Head of Marketing", "Marketing Director"),
    ("CFO", "Chief Financial Officer"),
    ("Head of Sales", "Global Head of Sales"),
    ("Founder", "Co-Founder & CEO"),
    ("CTO", "CTO & Co-Founder"),
    ("Owner", "Owner and CEO"),
    ("Partner", "Managing Partner"),
    ("Manager", "General Manager"),
    ("Engineer", "Senior Engineer"),
]
NOT_FOUND = [
    ("Owner", "Product Owner"),
    ("President", "Vice President"),
    ("Partner", "HR Business Partner"),
    ("CEO", "Praktikant CEO Office"),
    ("CTO", "Intern to CTO"),
    ("CEO", "Assistant to the CEO"),
    ("Head of Sales", "Head of Sales Assistant"),
]


@pytest.mark.parametrize(("wanted", "title"), FOUND)
def test_title_that_says_what_was_asked_for_is_found(wanted: str, title: str) -> None:
    assert title_matches(wanted, title)


@pytest.mark.parametrize(("wanted", "title"), NOT_FOUND)
def test_word_that_means_less_there_is_not_found(wanted: str, title: str) -> None:
    assert not title_matches(wanted, title)


def test_intern_has_the_rank_of_nobody_else() -> None:
    assert parse("Intern to CTO").seniority == "entry"
