"""How providers on the network are shown: what each finds, filters and costs, how it fares, and with whose key. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leads.criteria import Criteria
from leads.criteria.terms import LABELS
from leads.models import ProviderKey, Standing
from leads.providers.keys import Health
from leads.providers.shown import Shown
from leads.sources.connector import Connector

KINDS = {
    "registry": "Company registry",
    "email_provider": "E-mail provider",
    "social": "Social network",
    "company_database": "Company database",
    "email_verifier": "Second opinion on addresses",
    "phone_lookup": "Phone lines",
}


ASKED_BY_KEY = ("email_verifier", "phone_lookup")  # its key is the consent, in the sample too


@dataclass(frozen=True, slots=True)
class Sign:
    """A tag: its tone, icon and words."""

    label: str
    tone: str
    icon: str


SANDBOX = Sign("Invented data", "accent", "flask-conical")
NO_KEY = Sign("Needs a key", "quiet", "key-round")
TESTING = Sign("Testing the key", "accent", "loader-circle")
FREE = Sign("Needs no key", "good", "check")
SIGNS = {
    Standing.UNTRIED: Sign("Not asked yet", "quiet", "clock"),
    Standing.WORKING: Sign("Working", "good", "check"),
    Standing.SLOW: Sign("Slow", "warn", "hourglass"),
    Standing.WAITING: Sign("Asks us to wait", "warn", "hourglass"),
    Standing.UNAVAILABLE: Sign("Does not answer", "bad", "triangle-alert"),
    Standing.OUT_OF_CREDITS: Sign("Out of credits", "bad", "coins"),
    Standing.KEY_REFUSED: Sign("Key refused", "bad", "key-round"),
}


@dataclass(frozen=True, slots=True)
class ProviderCard:
    """One provider as a workspace sees it; `said` is the last test's or the last failure's sentence."""

    name: str
    title: str
    kind: str
    reach: str
    cost: str
    freshness: str
    also: str
    filters: tuple[str, ...]
    needs_key: bool
    key_page: str
    key_hint: str
    sign: Sign
    said: str
    key: ProviderKey | None
    standing: Standing
    used_at: datetime | None = None
    gives_opinions: bool | None = None  # whether it is to be asked for them; None: it gives none

    @property
    def is_source(self) -> bool:
        """Whether it finds people or companies; the others are asked about single addresses and numbers."""
        return self.kind not in {KINDS[each] for each in ASKED_BY_KEY}

    @property
    def is_testing(self) -> bool:
        return bool(self.key and self.key.is_testing)

    def to_json(self) -> dict[str, Any]:
        """For scripts; of a key only its last characters."""
        key = self.key
        return {
            "provider": self.name,
            "title": self.title,
            "needs_key": self.needs_key,
            "standing": self.standing.value,
            "said": self.said,
            "filters": list(self.filters),
            "cost": self.cost,
            "also": self.also,
            "key": key and {"ending": key.ending, "of": "server" if key.is_of_server else "workspace"},
            "credits_left": None if key is None or key.credits_left is None else float(key.credits_left),
            "is_testing": self.is_testing,
            "second_opinions": self.gives_opinions,
        }


def cards(
    connectors: Iterable[Shown], healths: Mapping[str, Health], *, in_sandbox: bool, opinions: Mapping[str, bool]
) -> list[ProviderCard]:
    """`opinions`: who gives second opinions, and whether the workspace wants them."""
    return [_card(each, healths[each.provider], in_sandbox, opinions.get(each.provider)) for each in connectors]


def sign_of(connector: Shown, health: Health, *, in_sandbox: bool) -> Sign:
    """The tag of a source's provider: what keeps it from working comes first."""
    if in_sandbox and (health.key or connector.kind not in ASKED_BY_KEY):
        return SANDBOX
    if connector.needs_key and health.key is None:
        return NO_KEY
    if health.key and health.key.is_testing:
        return TESTING
    if health.standing == Standing.UNTRIED and not connector.needs_key:
        return FREE
    return SIGNS[health.standing]


def filters_of(connector: Shown) -> tuple[str, ...]:
    """The criteria that go into its question, by their labels."""
    return tuple(label for name, label in LABELS.items() if name in connector.filters)


def limits_of(connector: Connector, criteria: Criteria) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what the engine judges itself, what nothing in its records can meet), as people read the criteria."""
    unknown = connector.unknown(criteria)
    judged = [name for name in connector.unsupported(criteria) if name not in unknown]
    return tuple(LABELS[name] for name in judged), tuple(LABELS[name] for name in unknown)


def _card(connector: Shown, health: Health, in_sandbox: bool, gives_opinions: bool | None) -> ProviderCard:
    key = health.key
    is_well = health.standing in (Standing.WORKING, Standing.SLOW, Standing.UNTRIED)
    return ProviderCard(
        name=connector.provider,
        title=connector.title,
        kind=KINDS[connector.kind],
        reach=connector.reach,
        cost=connector.cost,
        freshness=connector.freshness,
        also=connector.also,
        filters=filters_of(connector),
        needs_key=connector.needs_key,
        key_page=connector.key_page,
        key_hint=connector.key_hint,
        sign=sign_of(connector, health, in_sandbox=in_sandbox),
        said=(key.said if key and is_well else health.said) or "",
        key=key,
        standing=health.standing,
        used_at=health.used_at,
        gives_opinions=gives_opinions,
    )
