"""Text to query and back: canonical form, and sentences for what cannot be read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.query.fields import EXAMPLES, FIELDS
from leads.query.reading import MOST_TERMS, read, term_of
from leads.query.scope import Choice, Scope
from leads.query.terms import SEVERAL, WORDS, LeadQuery, Term
from leads.vocabulary import places

SCOPE = Scope(
    stages=(Choice("new", "New", 1), Choice("won", "Won", 2)),
    people=(Choice("rosa@sample.example", "Rosa Lindqvist", 3),),
    tags=(Choice("VIP", "VIP", 4), Choice("trade fair", "trade fair", 5)),
    lists=(Choice("Q3, north", "Q3, north", 6),),
    runs=(Choice("7", "Pumps", 7),),
    imports=(Choice("01a217f0-700c-7482-84ff-3ccf4a0802e0", "contacts.csv", 8),),
    sources=(Choice("directory", "Company database"),),
)
VALUES = {
    "grade": ["A+", "A", "none"],
    "score": [">=70", "50-80", "<=12"],
    "industry": ["software-development", "none"],
    "place": ["Berlin, Germany", "DACH"],
    "country": ["de", "us"],
    "size": ["50-200", ">=1000"],
    "seniority": ["director", "c_level"],
    "department": ["it"],
    "email": ["deliverable", "yes"],
    "phone": ["yes", "valid"],
    "signal": ["hiring", "any"],
    "stage": ["new", "won", "none"],
    "outcome": ["open", "won", "disqualified"],
    "owner": ["me", "none", "rosa@sample.example"],
    "tag": ["VIP", "trade fair"],
    "list": ["Q3, north"],
    "source": ["directory"],
    "run": ["7"],
    "import": ["01a217f0-700c-7482-84ff-3ccf4a0802e0"],
    "added": ["<30d", "2026-05-01..2026-05-31"],
    "is": ["new", "blocked"],
}
FREE = (
    st.text(max_size=20)
    .map(lambda text: " ".join("".join(c if c.isprintable() else " " for c in text).split()))
    .filter(bool)
)


def terms() -> st.SearchStrategy[Term]:
    chosen = [
        st.builds(
            Term, st.just(name), st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple), st.booleans()
        )
        for name, values in VALUES.items()
    ]
    free = st.builds(Term, st.sampled_from(["title", "company"]), FREE.map(lambda text: (text,)), st.booleans())
    words = st.builds(Term, st.just(WORDS), FREE.map(lambda text: (text,)), st.booleans())
    return st.one_of(*chosen, free, words)


@given(st.lists(terms(), max_size=8))
def test_query_is_read_from_its_own_text(found):
    query = LeadQuery()
    for term in found:
        query = query.plus(term)

    reading = read(query.text, SCOPE)

    assert reading.query == query
    assert reading.is_sure


@given(st.text(max_size=80))
def test_any_text_is_read_and_its_canonical_text_stays(text):
    once = read(text, SCOPE).query

    again = read(once.text, SCOPE)

    assert again.query == once
    assert again.is_sure


def test_every_field_is_tried_with_values():
    assert FIELDS.keys() == VALUES.keys() | {"title", "company", "technology", WORDS}
    assert FIELDS.keys() >= SEVERAL


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("grade:a+,a grade:B", "grade:A+,A,B"),
        ("industry:energy", "industry:oil-gas-and-mining"),
        ("place:berlin", 'place:"Berlin, Germany"'),
        ("city:munich", 'place:"München, Germany"'),
        ("country:Germany", "country:de"),
        ("size:50+ employees:50", "size:>=50,50"),
        ("seniority:Director dept:it", "seniority:director department:it"),
        ("stage:WON", "stage:won"),
        ("owner:ROSA@sample.example", "owner:rosa@sample.example"),
        ('owner:"Rosa Lindqvist"', "owner:rosa@sample.example"),
        ("tag:vip", "tag:VIP"),
        ('list:"q3, north"', 'list:"Q3, north"'),
        ("added:30d", "added:<30d"),
        ("technology:aws", 'technology:"Amazon Web Services"'),
        ("email:Deliverable phone:yes", "email:deliverable phone:yes"),
        ("solar -hiring -agency", "solar -hiring -agency"),
    ],
)
def test_values_are_brought_to_one_form(text, canonical):
    reading = read(text, SCOPE)

    assert (reading.query.text, reading.problems) == (canonical, ())


@pytest.mark.parametrize(
    ("text", "sentence", "instead"),
    [
        ("grde:A", "There is no filter “grde”. Did you mean “grade:A”?", "grade:A"),
        ("-induztry:energy", "There is no filter “induztry”. Did you mean “-industry:energy”?", "-industry:energy"),
        ("xqzw:1", "There is no filter “xqzw”. There are: ", ""),
        ("stage:wonn", "Stage knows no “wonn”. Did you mean “won”?", "stage:won"),
        ("grade:A,E", "Grade knows no “E”. Did you mean “A+”, “A” or “B”?", "grade:A,A+"),
        ("tag:faire", "Tag knows no “faire”. Did you mean “trade fair”?", 'tag:"trade fair"'),
        ("score:good", "Score knows no “good”. Did you mean “>=70” or “50-80”?", "score:>=70"),
        ("industry:softwear", "Industry knows no “softwear”. Did you mean ", "industry:"),
        ("place:Berlinn", "Place knows no “Berlinn”. Did you mean “Berlin”", "place:Berlin"),
        ("stage:", "“stage:” needs a value, such as “stage:new”, “stage:won” or “stage:none”.", ""),
        ("run:99999", "Run knows no “99999”.", ""),
    ],
)
def test_what_cannot_be_read_is_told_with_what_may_be_meant(text, sentence, instead):
    reading = read(f"solar {text}", SCOPE)

    (problem,) = reading.problems
    assert problem.sentence.startswith(sentence)
    assert problem.instead.startswith(instead)
    assert reading.query.text == "solar"


def test_examples_name_every_filter_and_can_be_read():
    scope = replace(SCOPE, lists=(Choice("Q3", "Q3", 6),))

    reading = read(" ".join(EXAMPLES), scope)

    assert reading.problems == ()
    assert {term.field for term in reading.query.terms} == FIELDS.keys()


def test_suggestion_itself_can_be_read():
    (problem,) = read("-tag:VIP,faire", SCOPE).problems

    assert read(problem.instead, SCOPE).query.text == '-tag:VIP,"trade fair"'


def test_nothing_of_that_kind_is_said():
    (problem,) = read("tag:vip", Scope()).problems

    assert problem.sentence == "Tag knows no “vip”. There is none yet."


def test_very_long_text_is_cut_and_told():
    reading = read(" ".join(f"word{number}" for number in range(MOST_TERMS + 1)), SCOPE)

    assert len(reading.query.terms) == MOST_TERMS
    assert "very long" in reading.problems[0].sentence


def test_every_place_of_the_vocabulary_is_read_from_its_canonical_text():
    known = [*places.COUNTRIES, *(f"region:{code}" for code in places.GROUPS)]
    known += [part.term for part in (*places.CITIES, *places.STATES)]

    wrong = [term for term in known if places.normalise(_place(term)) != places.normalise(term)]

    assert wrong == []


def _place(term: str) -> str:
    found = term_of("place", [term], SCOPE)
    assert isinstance(found, Term), term
    return found.values[0]
