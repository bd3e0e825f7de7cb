"""Kinds of mailboxes are told apart, and names of people are no gibberish."""

import pytest

from enrichment.checks.mailboxes import is_disposable, is_gibberish
from leads.identity import is_role_mailbox


@pytest.mark.parametrize("local", ["asdfghjk", "xkqzjwvb", "a8f3k2j9x1", "3f9a0c77be12d4", "qwertz99", "bcdfghjklm"])
def test_random_letters_are_seen(local):
    assert is_gibberish(local)


@pytest.mark.parametrize(
    "local", ["ada.byron", "krzysztof.brzeczyszczykiewicz", "schwartzschild", "j.doe82", "wrzos", "knight"]
)
def test_names_are_none(local):
    assert not is_gibberish(local)


@pytest.mark.parametrize("domain", ["mailinator.com", "sub.mailinator.com", "guerrillamail.com"])
def test_throw_away_providers_are_known_with_their_sub_domains(domain):
    assert is_disposable(domain)


@pytest.mark.data
def test_hardly_a_surname_is_gibberish(shared_data):
    names = (shared_data / "people/surnames_all.txt").read_text(encoding="utf-8").lower().split()

    taken = [name for name in names if is_gibberish(name)]

    assert len(taken) <= 0.001 * len(names)


@pytest.mark.data
def test_most_of_a_public_list_of_roles_is_known(shared_data):
    listed = (shared_data / "enrich/lists/role-mixmax.txt").read_text(encoding="utf-8").split()

    known = [name for name in listed if is_role_mailbox(f"{name}@acme.com")]

    assert len(listed) > 1_000
    assert len(known) >= 0.8 * len(listed)  # the others are years, and words that people are called, too
