"""One lead as it is explained: its facts, the rules, its score, and where each fact is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import inf
from typing import Any

import numpy as np

from leads.sources import registry
from leads.vocabulary import funding
from scoring.columns import Details, Email, Event, LeadFacts, Phone, Place, Position
from scoring.engine import Scores, score
from scoring.rulebook import KEYS, ScoringProfile, nearest

CHECK = "email_check"  # what our own check of the e-mail address is cited as
KEPT = "email_check_until"  # until when our own check says the same, however often it is asked
SPELLING = "email_spelling"  # a likelier spelling of the address, that our own check suggested
OWN = {"own_check": "Our own check", "sandbox_check": "Our own check, of the sample's stand-in"}


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact is from: what was seen, by whom, on which day; `is_current` is False for a value that lost."""

    text: str
    source: str
    on: date
    url: str = ""
    field: str = ""
    is_current: bool = True

    @property
    def source_title(self) -> str:
        """The source as people read it."""
        return OWN.get(self.source) or registry.title(self.source)

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "source": self.source, "on": self.on.isoformat(), "url": self.url}


@dataclass(frozen=True)
class Case:
    """The facts of exactly one lead with the rules, and citations by field, such as "title" or "company.industry".

    `by_industry` are the rules of industries that have their own: they score the lead once its industry is another.
    """

    facts: LeadFacts
    rulebook: ScoringProfile
    citations: Mapping[str, tuple[Citation, ...]] = field(default_factory=dict)
    by_industry: Mapping[str, ScoringProfile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.facts.n != 1:
            raise ValueError(f"A case is about one lead, not {self.facts.n}.")

    @property
    def position(self) -> Position:
        return self.facts.positions[0]

    @property
    def place(self) -> Place:
        return self.facts.places[0]

    @property
    def industry(self) -> str:
        return self.facts.industries[0]

    @property
    def technologies(self) -> tuple[str, ...]:
        return self.facts.technologies[0]

    @property
    def details(self) -> Details:
        return self.facts.details[0]

    @property
    def email(self) -> Email:
        return self.facts.emails[0]

    @property
    def phone(self) -> Phone:
        return self.facts.phones[0]

    @property
    def employees(self) -> float | None:
        number = float(self.facts.employees[0])
        return None if np.isnan(number) else number

    @property
    def revenue(self) -> float | None:
        number = float(self.facts.revenue[0])
        return None if np.isnan(number) else number

    def rulebook_in(self, industry: str) -> ScoringProfile:
        """The rules that would score this lead in that industry."""
        return self.rulebook if industry == self.industry else nearest(self.by_industry, industry) or self.rulebook

    @cached_property
    def scored(self) -> Scores:
        """The score by these facts and rules, now."""
        return score(self.facts, self.rulebook)

    @cached_property
    def values(self) -> dict[str, float | None]:
        """Each factor's value 0..1 by its key; None where unknown."""
        values = self.scored.values[0].tolist()
        return {key: None if np.isnan(value) else value for key, value in zip(KEYS, values, strict=True)}

    @property
    def is_refused(self) -> bool:
        """Whether the person must not be contacted at all."""
        return bool(self.facts.is_barred[0]) or bool(self.touches("opt_out"))

    def age(self, *kinds: str) -> float:
        """Days since the newest touch of these kinds, infinite without one."""
        return min((event.age for event in self.facts.touches.of(0) if event.kind in kinds), default=inf)

    def cited(self, *fields: str) -> tuple[Citation, ...]:
        """The citations in force of these fields."""
        return tuple(each for name in fields for each in self.citations.get(name, ()) if each.is_current)

    def verified(self) -> tuple[Citation, ...]:
        """Our own check of the address, where it is known; else where the address is from."""
        return self.cited(CHECK) or self.cited("email")

    def decided(self) -> tuple[Citation, ...]:
        """The last move to another stage, by which a closed deal was closed."""
        return self.touches("stage")[:1]

    def signals(self, *kinds: str) -> tuple[Citation, ...]:
        """The public signals of these kinds (all, if none is named), newest first."""
        found = self.facts.signals.of(0)
        return tuple(_cite(event) for event in found if not kinds or event.kind in kinds)

    def touches(self, *kinds: str) -> tuple[Citation, ...]:
        """What happened between us and the lead, newest first."""
        return tuple(_cite(event) for event in self.facts.touches.of(0) if not kinds or event.kind in kinds)


def _cite(event: Event) -> Citation:
    """What was seen, after its kind unless it says so itself: "Funding: Series A", but "Hiring in IT"."""
    label = event.kind.replace("_", " ").capitalize()
    detail = funding.label(event.detail) if event.kind == "funding" else event.detail
    says_it = detail.casefold().startswith(label.casefold())
    text = detail if says_it else f"{label}: {detail}" if detail else label
    return Citation(text, event.source, event.on, event.url, event.kind)
