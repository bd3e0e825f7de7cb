"""The real providers of second opinions, with the keys of the environment: LIVE_KEY_ZEROBOUNCE=... pytest tests/verification."""

from __future__ import annotations

import os

import pytest

from enrichment.finding.patterns import Person
from enrichment.providers.contract import EmailChecker
from enrichment.providers.hunter_finder import HunterFinder
from enrichment.providers.registry import CHECKERS
from leads.sources.door import open_door

pytestmark = pytest.mark.django_db


def live(kind: type) -> list[str]:
    names = [name for name, each in CHECKERS.items() if isinstance(each, kind)]
    return [name for name in names if os.environ.get(f"LIVE_KEY_{name.upper()}")]


def key_of(name: str) -> str:
    return os.environ[f"LIVE_KEY_{name.upper()}"]


@pytest.mark.parametrize("name", live(object))
def test_live_key_works(name):
    assert CHECKERS[name].test_key(key_of(name)).said.startswith("It works")


@pytest.mark.parametrize("name", live(EmailChecker))
def test_live_verifier_answers_by_its_contract(name):
    checker = CHECKERS[name]

    found = checker.ask(open_door(checker, 0, key=key_of(name)), "postmaster@example.com")

    assert found.said
    assert 0 <= found.credits <= 1


@pytest.mark.skipif(
    "LIVE_KEY_HUNTER" not in os.environ, reason="needs a key of Hunter; an address found costs a credit"
)
def test_live_finder_has_no_address_of_whom_there_is_not():
    finder = HunterFinder()

    assert (
        finder.find(open_door(finder, 0, key=key_of("hunter")), Person("Nobody", "Whatsoever"), "example.com") is None
    )
