"""Terms of one query: what belongs together, and what taking one away leaves."""

import pytest

from leads.query.terms import LeadQuery, Term

GRADE_A, GRADE_B = Term("grade", ("A",)), Term("grade", ("B",))


def query(*terms: Term) -> LeadQuery:
    made = LeadQuery()
    for term in terms:
        made = made.plus(term)
    return made


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        pytest.param([GRADE_A, GRADE_B], "grade:A,B", id="a lead has one grade: either"),
        pytest.param([GRADE_A, GRADE_A], "grade:A", id="twice the same"),
        pytest.param([Term("tag", ("vip",)), Term("tag", ("q3",))], "tag:vip tag:q3", id="several tags: both"),
        pytest.param([Term("tag", ("vip",), True), Term("tag", ("q3",), True)], "-tag:vip,q3", id="neither tag"),
        pytest.param([GRADE_A, Term("grade", ("D",), True)], "grade:A -grade:D", id="wanted and excluded"),
        pytest.param([Term("words", ("a",)), Term("words", ("b c",))], 'a "b c"', id="every word"),
    ],
)
def test_terms_join_to_one_text(terms, text):
    assert query(*terms).text == text


def test_taking_one_away_leaves_the_others():
    word = Term("words", ("solar",))

    assert query(GRADE_A, word).without(GRADE_A).text == "solar"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        pytest.param(("new", "won"), "grade:A stage:new,won solar -stage:lost", id="in its place"),
        pytest.param((), "grade:A solar -stage:lost", id="nothing asked"),
    ],
)
def test_field_is_set_and_its_exclusion_stays(values, text):
    before = query(GRADE_A, Term("stage", ("new",)), Term("words", ("solar",)), Term("stage", ("lost",), True))

    assert before.setting("stage", values).text == text


def test_values_of_a_field_leave_exclusions_out():
    made = query(Term("tag", ("a",)), Term("tag", ("b",)), Term("tag", ("c",), True))

    assert made.values("tag") == ("a", "b")
