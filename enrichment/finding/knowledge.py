"""What is known of addresses apart from servers: that a company's others follow one pattern, that its site shows one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from enrichment.finding.known import read_known
from enrichment.finding.patterns import PRIORS, Known, Person, confirmed, fits

LEAST_WITNESSES = 2


def is_pattern_confirmed(known: Iterable[Known], person: Person, local: str, *, country: str = "") -> bool:
    """Whether an address is built as at least two known ones of its company are, itself not counted.

    "ada.byron" is, where "grace.hopper" and "alan.turing" are known; "abyron" is not.
    """
    others = [each for each in known if each.local != local.lower()]
    if len(others) < LEAST_WITNESSES:
        return False
    own = Known(person, local.lower())
    patterns = [pattern for pattern in PRIORS if fits(pattern, own, country=country)]
    return any(confirmed(others, pattern, country=country) >= LEAST_WITNESSES for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Known addresses by domain, and those seen on their companies' sites; all in lower case."""

    known: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)
    seen_on_site: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *, known: Iterable[str] = (), seen_on_site: Iterable[str] = ()) -> Knowledge:
        """From the lines of two files: known addresses (or a CSV with email,first,last), and addresses seen on sites."""
        lines = list(known)
        domains = {domain for line in lines for cell in line.lower().split(",") if (domain := cell.partition("@")[2])}
        found = {domain.strip(): read_known(lines, domain.strip()) for domain in domains}
        return cls(found, frozenset(line.strip().lower() for line in seen_on_site))

    def facts_of(self, email: str) -> frozenset[str]:
        """Facts that move the score of deliverability (enrichment/verifying/weighing.py)."""
        if not (self.known or self.seen_on_site):
            return frozenset()
        local, _, domain = email.lower().rpartition("@")
        facts = {
            "seen_on_site": email.lower() in self.seen_on_site,
            "pattern_confirmed": self._is_patterned(local, domain),
        }
        return frozenset(fact for fact, holds in facts.items() if holds)

    def _is_patterned(self, local: str, domain: str) -> bool:
        known = self.known.get(domain, ())
        own = [each.person for each in known if each.local == local]
        country = domain.rpartition(".")[2]
        return any(
            is_pattern_confirmed(known, person, local, country=country)
            for person in (own or _readings(local) if known else ())
        )


def _readings(local: str) -> tuple[Person, ...]:
    """Whose address it may be, where no name is known: "ada.byron" is Ada Byron's, or Byron Ada's; which, the others tell."""
    halves = re.split(r"[._-]", local)
    if len(halves) == 1:
        return Person(local, ""), Person("", local)
    return (Person(*halves), Person(*reversed(halves))) if len(halves) == 2 and all(halves) else ()
