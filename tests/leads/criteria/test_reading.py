"""The JSON form: every way to write a value, its standard term, and all mistakes at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.criteria import Criteria, InvalidCriteria, Range, Terms
from leads.vocabulary import funding, industries, places, titles

LEVELS = st.sampled_from(["must", "nice"])
PLACES = ["DE", "US", "region:dach", "city:Berlin,DE", "city:Springfield,US", "state:California,US"]
WORDS = st.text(alphabet="abcdefghäöé+#", min_size=1, max_size=12)


def term_lists(values: st.SearchStrategy[str], key: str = "values") -> st.SearchStrategy[dict[str, object]]:
    """Wanted and excluded values that do not overlap, with a level."""
    unique = st.lists(values, min_size=2, max_size=6, unique=True)
    return st.builds(
        lambda all_of_them, cut, level: {key: all_of_them[:cut], "none": all_of_them[cut:], "level": level},
        unique,
        st.integers(0, 6),
        LEVELS,
    )


def ranges(low: int, high: int) -> st.SearchStrategy[dict[str, object]]:
    edges = st.tuples(st.integers(low, high), st.integers(low, high)).map(sorted)
    return st.builds(lambda pair, level: {"min": pair[0], "max": pair[1], "level": level}, edges, LEVELS)


CRITERIA = st.fixed_dictionaries(
    {},
    optional={
        "keywords": term_lists(WORDS, "any"),
        "titles": term_lists(WORDS),
        "technologies": term_lists(WORDS),
        "industries": term_lists(st.sampled_from(sorted(industries.TREE))),
        "places": term_lists(st.sampled_from(PLACES)),
        "seniorities": term_lists(st.sampled_from(sorted(titles.SENIORITIES))),
        "departments": term_lists(st.sampled_from(sorted(titles.DEPARTMENTS))),
        "funding_stages": term_lists(st.sampled_from(sorted(funding.STAGES))),
        "employees": ranges(0, 1_000_000),
        "revenue": ranges(0, 10**12),
        "founded": ranges(1800, 2030),
        "email": LEVELS,
        "phone": LEVELS,
        "hiring": LEVELS,
        "new_in_role": LEVELS,
    },
)


def errors_of(data: object) -> dict[str, str]:
    with pytest.raises(InvalidCriteria) as caught:
        Criteria.from_json(data)
    return caught.value.errors


@given(CRITERIA)
def test_json_round_trip(data: dict[str, object]):
    criteria = Criteria.from_json(data) if not _folds_together(data) else Criteria()

    assert Criteria.from_json(criteria.to_json()) == criteria
    assert Criteria.from_json(criteria.to_json()).to_json() == criteria.to_json()


def _folds_together(data: dict[str, object]) -> bool:
    """Two invented words that differ by an accent only may be wanted and excluded at once: a contradiction."""
    try:
        Criteria.from_json(data)
    except InvalidCriteria as error:
        return all("both wanted and excluded" in sentence for sentence in error.errors.values())
    return False


@pytest.mark.parametrize(
    ("key", "value", "attribute", "expected"),
    [
        ("industries", ["Software"], "industries", Terms(("software-development",))),
        ("industries", "Banken", "industries", Terms(("banking",))),
        ("industries", ["software", "Software Development"], "industries", Terms(("software-development",))),
        ("places", ["Germany", "munich", "DACH"], "places", Terms(("DE", "city:München,DE", "region:dach"))),
        ("places", {"values": ["uk"], "none": ["London, UK"]}, "places", Terms(("GB",), ("city:London,GB",))),
        ("keywords", {"any": ["cloud"], "none": ["agency"]}, "keywords", Terms(("cloud",), ("agency",))),
        ("keywords", {"values": [" big   data "], "level": "nice"}, "keywords", Terms(("big data",), (), "nice")),
        ("seniorities", ["C-level", "vp"], "seniorities", Terms(("c_level", "vp"))),
        ("departments", ["Human resources"], "departments", Terms(("hr",))),
        ("technologies", ["aws", "Own Tool"], "technologies", Terms(("Amazon Web Services", "Own Tool"))),
        ("funding_stages", ["Series B", "IPO"], "funding_stages", Terms(("series_b", "public"))),
        ("employees", {"min": 50, "max": "1,000"}, "employees", Range(50, 1_000)),
        ("employees", [50, None], "employees", Range(50, None)),
        ("employees", "51-200", "employees", Range(51, 200)),
        ("employees", "10,001+", "employees", Range(10_001, None)),
        ("founded", {"max": 2000, "level": "nice"}, "founded", Range(None, 2000, "nice")),
        ("email", True, "has_email", "must"),
        ("email", {"level": "nice"}, "has_email", "nice"),
        ("phone", False, "has_phone", None),
        ("hiring", "", "hiring", None),
        ("new_in_role", "nice", "new_in_role", "nice"),
    ],
    ids=str,
)
def test_reads(key: str, value: object, attribute: str, expected: object):
    assert getattr(Criteria.from_json({key: value}), attribute) == expected


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("colour", ["red"], "“colour” is no criterion"),
        ("industries", ["sofware"], "“sofware” is not known. Did you mean “Software Development”"),
        ("industries", {"values": ["banking"], "none": ["Banken"]}, "both wanted and excluded"),
        ("industries", [1], "must be a list of texts"),
        ("industries", {"value": ["banking"]}, "“value” is not known here"),
        ("industries", {"values": ["banking"], "level": "maybe"}, "“must” or “nice”, not “maybe”"),
        ("places", ["Germny"], "Did you mean “Germany”"),
        ("places", ["Xyzzy"], "“Xyzzy” is not known."),
        ("seniorities", ["boss"], "Known are Staff and entry, Senior"),
        ("titles", ["x" * 121], "too long"),
        ("titles", ["Buyer"] * 201, "201 values are too many"),
        ("keywords", ["!!"], "“!!” is not known. A keyword has a letter or a digit."),
        ("keywords", {"any": ["Café"], "none": ["cafe"]}, "both wanted and excluded"),
        ("employees", {"min": 100, "max": 10}, "smallest value (100) is above the largest (10)"),
        ("employees", {"min": -1}, "“-1” is not a whole number"),
        ("employees", {"min": 1.5}, "“1.5” is not a whole number"),
        ("employees", {"min": True}, "“True” is not a whole number"),
        ("employees", {"min": "9" * 5000}, "is not a whole number"),
        ("employees", {"min": 10**4000}, "A number is out of range: from 0 to 10,000,000."),
        ("employees", {"min": "few", "max": "1,5"}, "“few” is not a whole number. “1,5” is not a whole number."),
        ("keywords", ["%"], "A keyword has a letter or a digit."),
        ("keywords", ["_"], "A keyword has a letter or a digit."),
        ("keywords", ["--"], "A keyword has a letter or a digit."),
        ("keywords", ["a\x00b"], "“ab” has characters that nobody can read or search for"),
        ("keywords", ["\x01"], "has characters that nobody can read"),
        ("keywords", ["\ud800"], "has characters that nobody can read"),
        ("titles", ["\x00"], "has characters that nobody can read"),
        ("technologies", ["\x7f"], "has characters that nobody can read"),
        ("employees", "some", "must have “min” and “max”"),
        ("founded", {"min": 20}, "from 1,000 to 2,100"),
        ("email", "maybe", "“must” or “nice”"),
        ("email", 3, "“must” or “nice”"),
    ],
    ids=str,
)
def test_refuses(key: str, value: object, words: str):
    errors = errors_of({key: value})

    assert list(errors) == [key]
    assert words in errors[key]


def test_all_mistakes_are_named_at_once():
    errors = errors_of({"colour": 1, "places": ["Xyzzy"], "employees": {"min": 9, "max": 1}, "email": "must"})

    assert set(errors) == {"colour", "places", "employees"}


@pytest.mark.parametrize("data", [None, [], "text", 3], ids=repr)
def test_criteria_must_be_an_object(data: object):
    assert errors_of(data) == {"criteria": "Criteria must be a JSON object."}


def test_canonical_json_holds_only_what_is_asked():
    criteria = Criteria.from_json({"places": ["Germany"], "titles": [], "email": "must", "phone": None})

    assert criteria.to_json() == {"places": {"values": ["DE"], "level": "must"}, "email": "must"}


def test_a_country_is_one_term_however_it_is_spelled():
    assert all(places.normalise(text) == "DE" for text in ("de", "Germany", "Deutschland", "German", "Allemagne"))
