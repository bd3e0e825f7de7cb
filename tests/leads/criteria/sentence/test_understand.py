"""A plain sentence becomes criteria: a table of sentences, and what must hold for any."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.criteria import Criteria, Range, Terms
from leads.criteria.sentence import understand
from leads.vocabulary import places, technologies, titles

YEAR = 2026
SENTENCES = json.loads(Path(__file__).with_name("sentences.json").read_text(encoding="utf-8"))
WORDS = st.sampled_from(
    "CTOs heads of engineering and or not no without in at Berlin Vienna fintechs agencies, 50 to 200 people $10m over"
    " ideally using SAP Salesforce; series A B hiring e-mail Nice US IT it marketing directors founded after 2015 (“ ”"
    " : . - 1,000+ between under Oil, Gas, and Mining Köln Müller 🙂 日本 nice to have is a plus but except Europe".split()
)


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES, ids=[each[0] for each in SENTENCES])
def test_sentence_becomes_criteria(sentence: str, wanted: dict[str, Any]):
    understood = understand(sentence, year=YEAR)

    assert understood.criteria == Criteria.from_json(wanted)
    assert understood.leftovers == ()


@pytest.mark.parametrize(
    ("sentence", "strange"),
    [
        ("predictive maintenance in Graz", "predictive maintenance"),
        ("zirconium in Graz, 50 people", "zirconium"),
        ("fintechs in Graz xyzzy", "xyzzy"),
    ],
)
def test_strange_words_are_told_and_can_be_keywords(sentence, strange):
    (left,) = understand(sentence, year=YEAR).leftovers

    assert (left.text, left.keyword, left.why) == (strange, strange, "")


@pytest.mark.parametrize(
    ("sentence", "technologies", "strange"),
    [
        ("IT directors at manufacturers that use SAP and hire xyzzy", ["SAP"], "xyzzy"),
        ("banks that use SAP xyzzy", ["SAP"], "xyzzy"),
        ("banks that use SAP and FooCRM xyzzy", ["SAP", "FooCRM"], "xyzzy"),
    ],
)
def test_a_strange_word_is_a_technology_only_where_one_is_named(sentence, technologies, strange):
    found = understand(sentence, year=YEAR)

    assert list(found.criteria.technologies.values) == technologies
    assert [each.text for each in found.leftovers] == [strange]


@pytest.mark.parametrize(
    ("sentence", "text", "why"),
    [
        ("banks, not hiring", "hiring", "cannot be excluded"),
        ("banks hiring software engineers", "software engineers", "hires for"),
        ("banks in Germany, ideally in Berlin", "Berlin", "either must or nice"),
        ("fintechs but no fintechs", "fintechs", "both wanted and excluded"),
        ("over 500 employees, under 50 employees", "under 50 employees", "contradicts"),
    ],
)
def test_what_cannot_be_asked_is_told_with_the_reason(sentence, text, why):
    (left,) = understand(sentence, year=YEAR).leftovers

    assert left.text == text
    assert why in left.why
    assert left.keyword == ""


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("fintechs in Belrin", "Belrin"),
        ("Manufacturring in Austria", "Manufacturring"),
        ("heads of enginering", "heads of enginering"),
        ("about 100 employees in Germany", "about 100 employees"),
        ("banks using FooCRM", "FooCRM"),
        ("startups", "startups"),
    ],
)
def test_guess_is_marked(sentence, text):
    understood = understand(sentence, year=YEAR)

    assert [part.text for part in understood.parts if part.is_guess] == [text]
    assert understood.leftovers == ()


@pytest.mark.parametrize("word", ["Berlim", "Viemna", "Germanz", "Logistcs", "Salesforc"])
def test_word_one_edit_away_is_understood(word):
    (part,) = understand(word, year=YEAR).parts

    assert part.is_guess


@pytest.mark.parametrize("word", ["Bern", "Riga", "Ulm"])
def test_short_words_are_never_corrected(word):
    assert understand(word[:-1] + "x", year=YEAR).parts == ()


def test_parts_tell_where_they_stand_and_what_they_became():
    understood = understand("CFOs in Austria, ideally using SAP, not banks", year=YEAR)

    assert [(part.text, part.became, part.level, part.is_excluded) for part in understood.parts] == [
        ("CFOs", "Job title: CFO", "must", False),
        ("Austria", "Place: Austria", "must", False),
        ("SAP", "Technology: SAP", "nice", False),
        ("banks", "Industry: Banking", "must", True),
    ]


def test_number_of_leads_is_a_limit_and_no_criterion():
    understood = understand("find me 200 leads in Austria", year=YEAR)

    assert (understood.most_leads, understood.criteria.to_json()) == (
        200,
        {"places": {"values": ["AT"], "level": "must"}},
    )


@pytest.mark.parametrize(
    ("sentence", "most", "text"),
    [
        ("25 CFOs at fintechs in Berlin", 25, "25"),
        ("ten heads of sales at software companies", 10, "ten"),
        ("find me 100 CTOs in Vienna", 100, "100"),
        ("up to 50 CFOs in Berlin", 50, "up to 50"),
        ("top 20 fintech CFOs in Berlin", 20, "top 20"),
        ("a hundred marketing managers", 100, "a hundred"),
        ("up to 50 leads: CEOs in Munich", 50, "up to 50 leads"),
        ("100 CTOs at banks with 50 to 200 people", 100, "100"),
        ("150 people in finance or sales at software companies in Germany", 150, "150"),
        ("50 people at banks in Graz", 50, "50"),
        ("find 30 people responsible for procurement at hospitals", 30, "30"),
    ],
)
def test_number_before_people_counts_leads(sentence, most, text):
    understood = understand(sentence, year=YEAR)

    assert (understood.most_leads, understood.leftovers) == (most, ())
    assert [part.text for part in understood.parts if part.key == "most_leads"] == [text]


@pytest.mark.parametrize(
    "sentence",
    [
        "50 to 200 people, CTOs",
        "200 people in Graz",
        "500 employee banks, CTOs",
        "CTOs at banks with 50 to 200 people",
        "50 person bank CTOs",
        "up to 50 employees, CFOs",
    ],
)
def test_size_of_a_company_counts_no_leads(sentence):
    understood = understand(sentence, year=YEAR)

    assert understood.most_leads is None
    assert understood.criteria.employees


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_gives_criteria_that_are_valid(sentence):
    understood = understand(sentence, year=YEAR)

    assert Criteria.from_json(understood.criteria.to_json()) == understood.criteria
    for piece in (*understood.parts, *understood.leftovers):
        assert understood.sentence[piece.start : piece.end] == piece.text


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=25).map(" ".join))
def test_no_letter_is_lost_without_a_word(sentence):
    """What is in no part and no leftover is made of words of our own list of those that hold a sentence together."""
    understood = understand(sentence, year=YEAR)

    covered = [False] * len(sentence)
    for piece in (*understood.parts, *understood.leftovers):
        covered[piece.start : piece.end] = [True] * (piece.end - piece.start)
    rest = "".join(" " if is_told else letter for letter, is_told in zip(sentence, covered, strict=True))
    assert set(re.findall(r"[^\W_]+", rest.lower())) <= HOLDING


HOLDING = set(
    "and or not no without in at of to people using but except nice have is a plus ideally between after over under it us".split()
)
SIMPLE = st.builds(
    Criteria,
    industries=st.builds(
        Terms, st.sets(st.sampled_from(["manufacturing", "retail", "banking"]), max_size=3).map(tuple)
    ),
    places=st.builds(
        Terms, st.sets(st.sampled_from(["DE", "AT", "region:dach", "city:Wien,AT"]), max_size=3).map(tuple)
    ),
    departments=st.builds(Terms, st.sets(st.sampled_from(sorted(titles.DEPARTMENTS)), max_size=3).map(tuple)),
    technologies=st.builds(Terms, st.sets(st.sampled_from(technologies.CATEGORIES["crm"]), max_size=3).map(tuple)),
    employees=st.builds(Range, st.sampled_from([None, 10, 1_000]), st.sampled_from([None, 5_000]), st.just("nice")),
    founded=st.builds(Range, st.sampled_from([None, 1999]), st.sampled_from([None, 2015]), st.just("must")),
    has_email=st.sampled_from([None, "must", "nice"]),
    hiring=st.sampled_from([None, "must"]),
)


@settings(max_examples=40, deadline=None)
@given(SIMPLE)
def test_description_of_simple_criteria_is_understood_as_these(criteria):
    understood = understand(criteria.describe(), year=YEAR)

    assert _as_sets(understood.criteria) == _as_sets(Criteria.from_json(criteria.to_json()))


def _as_sets(criteria: Criteria) -> dict[str, Any]:
    """Without the order of values."""
    return {
        key: {name: sorted(part) if isinstance(part, list) else part for name, part in value.items()}
        if isinstance(value, dict)
        else value
        for key, value in criteria.to_json().items()
    }


@pytest.mark.parametrize("country", ["DE", "GB", "US", "NL", "CH", "AE"])
def test_country_is_understood_by_its_name(country):
    name = places.label(country)

    assert understand(f"banks in {name}", year=YEAR).criteria.places.values == (country,)
