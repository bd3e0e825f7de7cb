"""A query as chips."""

import pytest

from leads.query.reading import read
from leads.query.scope import Choice, Scope
from leads.query.telling import chips

SCOPE = Scope(stages=(Choice("new", "New", 1),), people=(Choice("rosa@sample.example", "Rosa Lindqvist", 3),))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("grade:A+,A", "Grade: A+ or A"),
        ("-stage:new", "Not stage: New"),
        ("owner:me", "Owner: Me"),
        ("owner:rosa@sample.example", "Owner: Rosa Lindqvist"),
        ("solar", "“solar”"),
        ("-solar", "Not “solar”"),
        ("industry:software-development", "Industry: Software Development"),
        ("place:berlin", "Place: Berlin, Germany"),
        ("country:de", "Country: Germany"),
        ("size:50-200", "Employees: 50–200"),
        ("score:>=70", "Score: at least 70"),
        ("added:<30d", "Added: in the last 30 d"),
        ("added:>2w", "Added: more than 2 w ago"),
        ("added:2026-05-01..2026-05-31", "Added: 2026-05-01 to 2026-05-31"),
        ("is:blocked", "Only: Do not contact"),
    ],
)
def test_term_is_said_in_words(text, label):
    (chip,) = chips(read(text, SCOPE).query, SCOPE)

    assert chip.label == label


def test_each_chip_leads_to_the_query_without_it():
    found = chips(read("grade:A solar -hiring", SCOPE).query, SCOPE)

    assert [chip.rest for chip in found] == ["solar -hiring", "grade:A -hiring", "grade:A solar"]
