"""A company's pattern is learnt from few addresses, and the likeliest guess stands first."""

import pytest

from enrichment.finding.known import read_known
from enrichment.finding.patterns import PRIORS, Known, Person, guesses, learn

ADA = Person("Ada", "Byron")


@pytest.mark.parametrize("pattern", list(PRIORS))
def test_one_known_address_teaches_each_pattern_but_ambiguous_ones(pattern):
    local = pattern.format(first="grace", last="hopper", f="g", l="h")

    shares = learn([Known(Person("Grace", "Hopper"), local)])

    assert next(iter(shares)) == pattern
    assert guesses(ADA, shares)[0].local == pattern.format(first="ada", last="byron", f="a", l="b")


def test_without_knowledge_the_commonest_pattern_stands_first():
    found = guesses(ADA, learn([]))

    assert [guess.local for guess in found[:3]] == ["ada.byron", "abyron", "ada"]
    assert len(found) == 8


def test_an_address_built_like_nothing_teaches_nothing():
    assert learn([Known(Person("Grace", "Hopper"), "amazing42")]) == pytest.approx(learn([]))


def test_two_addresses_of_two_patterns_keep_both_likely():
    shares = learn([Known(Person("Grace", "Hopper"), "grace.hopper"), Known(Person("Alan", "Turing"), "aturing")])

    assert set(list(shares)[:2]) == {"{first}.{last}", "{f}{last}"}


def test_a_name_of_one_half_still_gives_guesses():
    assert guesses(Person("Ada", ""), learn([]))[0].local == "ada"


def test_chances_never_pass_one():
    assert sum(guess.confidence for guess in guesses(Person("José María", "de la Cruz"), learn([]), most=500)) <= 1.0001


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["email,first,last", "gh@acme.example,Grace,Hopper"], [("gh", "Grace", "Hopper")]),
        (["adam.smith@acme.example", "info@acme.example", "x@other.example"], [("adam.smith", "adam", "smith")]),
        (["smith-adam@acme.example"], [("smith-adam", "adam", "smith")]),
        (["zzqq@acme.example", "no address"], []),
        ([], []),
    ],
)
def test_known_addresses_are_read_from_files(lines, found):
    assert [(each.local, each.person.first, each.person.last) for each in read_known(lines, "acme.example")] == found
