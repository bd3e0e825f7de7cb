"""What a page and the test of a key must know of a provider, whatever it is asked for."""

from __future__ import annotations

from typing import ClassVar, Protocol

from leads.sources.connector import KeyTest


class Shown(Protocol):
    """A connector, or whatever else is asked with a key."""

    provider: ClassVar[str]
    title: ClassVar[str]
    kind: ClassVar[str]
    needs_key: ClassVar[bool]
    key_page: ClassVar[str]
    key_hint: ClassVar[str]
    filters: ClassVar[frozenset[str]]
    freshness: ClassVar[str]
    cost: ClassVar[str]
    reach: ClassVar[str]
    also: ClassVar[str]

    def test_key(self, key: str, *, in_sandbox: bool = False) -> KeyTest:
        """Asks the provider something small with the key. Raises Unanswered."""
