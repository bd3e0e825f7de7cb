"""When sources disagree, and when they only spell the same thing differently."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leads.conflicts import conflicts
from leads.models import Authority, Evidence

NOW = timezone.now()


def seen(field: str, value: str, source: str = "directory", *, days: int = 0, used: bool = False, **given) -> Evidence:
    at = NOW - timedelta(days=days)
    return Evidence(pk=days + 1, field=field, value=value, source=source, observed_at=at, is_current=used, **given)


AGREED = {
    "one source": [seen("title", "CTO", used=True)],
    "other capitals": [seen("title", "CTO", used=True), seen("title", "cto ", "file")],
    "a number written otherwise": [
        seen("phone", "+49 30 1234567", used=True),
        seen("phone", "030/1234567", "file"),
    ],
    "a profile written otherwise": [
        seen("linkedin_url", "https://www.linkedin.com/in/ada-l", used=True),
        seen("linkedin_url", "linkedin.com/in/Ada-L/?x=1", "file"),
    ],
    "the source changed its mind": [seen("title", "CTO", used=True), seen("title", "Engineer", days=90)],
    "not a fact about the person": [seen("company.city", "Bonn", used=True), seen("company.city", "Ulm", "file")],
    "nothing in use": [seen("title", "CTO"), seen("title", "CIO", "file")],
}


@pytest.mark.parametrize("rows", AGREED.values(), ids=AGREED)
def test_no_conflict(rows):
    assert conflicts(rows) == ()


def test_what_another_source_says_stands_beside_what_is_in_use():
    used, other = seen("title", "CTO", used=True), seen("title", "CIO", "file")

    (found,) = conflicts([used, other])

    assert (found.field, found.used, found.others) == ("title", used, (other,))


def test_what_a_person_chose_is_settled_and_may_be_chosen_anew():
    used, other = seen("title", "CTO", "person", used=True, authority=Authority.PERSON), seen("title", "CIO")
    older_choice = seen("title", "Boss", "person", days=3, authority=Authority.PERSON)

    (found,) = conflicts([used, other, older_choice])

    assert (found.is_settled, found.others) == (True, (other,))


def test_the_stronger_word_comes_first():
    guess = seen("title", "Boss", "guess", authority=Authority.GUESS)
    file = seen("title", "CIO", "file", authority=Authority.FILE)

    (found,) = conflicts([seen("title", "CTO", used=True), guess, file])

    assert found.others == (file, guess)
