"""Names: folding, titles and legal forms off, nicknames, sounds."""

import pytest

from leads.names import company_words, fold, given_names, person_words, phonetic, trading_name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Dr. Hans-Peter Müller (CFO)", ("hans", "peter", "muller")),
        ("MUELLER, Hans", ("muller", "hans")),
        ("Seán O'Brien", ("sean", "obrien")),
        ("Ida M. Kessel", ("ida", "kessel")),
        ("J. R. Ewing III", ("j", "r", "ewing")),
        ("Prof.", ("prof",)),
        ("王小明", ("wangxiaoming",)),
        ("Michael Noel", ("michael", "noel")),
        ("", ()),
    ],
    ids=str,
)
def test_person_words(name: str, words: tuple[str, ...]):
    assert person_words(name) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Acme GmbH & Co. KG", "acme"),
        ("The Acme Company, Inc.", "acme"),
        ("Acme S.A.R.L.", "acme"),
        ("Foo Sp. z o.o.", "foo"),
        ("PT Bank Mandiri Tbk", "bank mandiri"),
        ("ООО Ромашка", "romashka"),
        ("株式会社トヨタ", "toyota"),
        ("AG Insurance", "ag insurance"),
        ("SA", "sa"),
        ("L'Oréal S.A.", "loreal"),
        ("Müller & Söhne (Deutschland) AG", "muller sohne"),
        ("Limited", "limited"),
        ("Acme Pty Ltd", "acme"),
        ("...", ""),
    ],
    ids=str,
)
def test_company_words(name: str, words: str):
    assert " ".join(company_words(name)) == words


@pytest.mark.parametrize(
    ("short", "full"),
    [("bob", "robert"), ("liz", "elizabeth"), ("hans", "johannes"), ("pepe", "jose"), ("uli", "ulrich")],
)
def test_given_names_of_a_nickname(short: str, full: str):
    assert full in given_names(short)


def test_an_unlisted_name_stands_for_itself():
    assert given_names("ottilie") == {"ottilie"}


@pytest.mark.parametrize(
    ("a", "b"),
    [("schmidt", "schmitt"), ("meyer", "maier"), ("philip", "filip"), ("catherine", "katherine"), ("wolff", "wolf")],
)
def test_one_sound(a: str, b: str):
    assert phonetic(a) == phonetic(b)


@pytest.mark.parametrize(("a", "b"), [("schmidt", "schneider"), ("kessel", "weber"), ("anna", "otto")])
def test_other_sounds(a: str, b: str):
    assert phonetic(a) != phonetic(b)


def test_fold_keeps_punctuation_and_tidies_spaces():
    assert fold("  Zoë   Ångström-Łuk,  ") == "zoe angstrom-luk,"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("von Bergen & Fils S.A.", "von Bergen Fils"),
        ("Eichengrundlotsen KG", "Eichengrundlotsen"),
        ("Acme GmbH & Co. KG", "Acme"),
        ("UAB Baltic Sea", "Baltic Sea"),
        ("KG", "KG"),
        ("", ""),
    ],
)
def test_trading_name_is_written_as_it_was_without_the_legal_form(name: str, short: str):
    assert trading_name(name) == short
