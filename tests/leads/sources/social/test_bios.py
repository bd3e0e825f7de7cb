"""One line of self-description: a role, an employer, a place, an address."""

from __future__ import annotations

import pytest

from leads.sources.social.bios import LONGEST, calm, email_of, home_of, role_of


@pytest.mark.parametrize(
    ("bio", "told"),
    [
        ("Head of Sales at Acme. Views are mine.", ("Head of Sales", "Acme")),
        ("CTO @acme | Berlin", ("CTO", "acme")),
        ("Leiterin Einkauf bei Nordwind Pumpen", ("Leiterin Einkauf", "Nordwind Pumpen")),
        ("Father of two. Runner.", ("", "")),
        (f"!{' ' * 9_000}CTO at Acme", ("CTO", "Acme")),
        (f"!{' ' * 100_000}!", ("", "")),
        ("", ("", "")),
    ],
)
def test_role(bio, told):
    assert role_of(bio) == told


@pytest.mark.parametrize(
    ("bio", "at"),
    [
        ("Product people | Berlin, Germany", ("DE", "Berlin")),
        ("📍 London", ("GB", "London")),
        ("United Kingdom", ("GB", "")),
        ("Everywhere and nowhere", ("", "")),
    ],
)
def test_home(bio, at):
    assert home_of(bio) == at


@pytest.mark.parametrize(
    ("bio", "address"),
    [
        ("Write to ada@acme.example.", "ada@acme.example"),
        ("ada at acme", ""),
        ("@ada@social.example", ""),
    ],
)
def test_address(bio, address):
    assert email_of(bio) == address


@pytest.mark.parametrize("piece", ["\xa0", "!\t", "a ", "| ", "@a"])
def test_what_is_read_of_a_text_is_bounded(piece):
    read = calm(piece * 50_000)

    assert len(read) <= LONGEST
    assert "  " not in read
