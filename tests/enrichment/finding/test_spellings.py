"""Names of every alphabet become what people write in addresses."""

import pytest

from enrichment.finding.spellings import ascii_spellings, family_spellings, given_spellings


@pytest.mark.parametrize(
    ("word", "country", "expected"),
    [
        ("Müller", "de", ["mueller", "muller"]),
        ("Müller", "com", ["muller", "mueller"]),
        ("Sørensen", "dk", ["sorensen", "soerensen"]),
        ("Groß", "de", ["gross"]),
        ("Łukasz", "pl", ["lukasz"]),
        ("Иван", "ru", ["ivan"]),
        ("Γιώργος", "gr", ["giorgos"]),
        ("José", "es", ["jose"]),
    ],
)
def test_letters(word, country, expected):
    found = ascii_spellings(word, country=country)

    assert sorted(found, key=lambda each: -found[each]) == expected
    assert sum(found.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("name", "among"),
    [
        ("de la Cruz", {"delacruz", "cruz", "de-la-cruz"}),
        ("van der Berg", {"vanderberg", "berg"}),
        ("García Márquez", {"garciamarquez", "garcia", "marquez", "garcia-marquez"}),
        ("O'Brien", {"obrien"}),
        ("Müller-Lüdenscheidt", {"mullerludenscheidt", "muller-ludenscheidt", "muller"}),
        ("van", {"van"}),
    ],
)
def test_family_names(name, among):
    assert among <= set(family_spellings(name))


def test_a_name_of_many_words_has_few_spellings():
    assert len(family_spellings("Müller " * 17)) < 10


@pytest.mark.parametrize(
    ("name", "among"),
    [
        ("Jean-Pierre", {"jeanpierre", "jean-pierre", "jean"}),
        ("Robert", {"robert", "bob"}),
        ("Bob", {"bob", "robert"}),
        ("Anna Maria", {"anna", "annamaria"}),
    ],
)
def test_given_names(name, among):
    assert among <= set(given_spellings(name))
