"""Hunter's finder: the likeliest address of a person at a company, how sure it is, and the pages where it was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, ClassVar

from enrichment.checks.email import check_syntax
from enrichment.finding.patterns import Person
from enrichment.providers.contract import StillChecking
from enrichment.providers.hunter import SMTP_FAILED, STATUSES, STILL, HunterVerifier
from enrichment.verdict import STATUS_OF, EmailStatus
from leadengine.http import Answer, Unanswered
from leadengine.outcomes import WRONG_TYPES, Outcome
from leads.sources.connector import text, whole
from leads.sources.door import Door

SECONDS = 8  # for which it may look; ours end after ten
MOST_SOURCES = 20
GARBLED = "Hunter sent an answer that could not be read."
SLOW = "Hunter is still looking. Ask again in a minute: it charges once."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page on which the address stood: when last, and whether it still does."""

    uri: str
    last_seen_on: str = ""
    is_still_there: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAddress:
    """`confidence` 0..1 is its own; `status` and `said` tell its verification, unknown where it made none.

    `credits` are what it charged.
    """

    email: str
    confidence: float
    status: EmailStatus = "unknown"
    said: str = ""
    verified_on: str = ""
    position: str = ""
    sources: tuple[Seen, ...] = ()
    credits: Decimal = Decimal(1)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"credits": float(self.credits), "sources": [asdict(each) for each in self.sources]}


class HunterFinder(HunterVerifier):
    """`/email-finder`, with the key and limits of the verifier.

    A repeat within the billing month is free there, so a question whose answer was cut off may be put again.
    """

    cost: ClassVar[str] = "1 Hunter credit for an address found, nothing otherwise"
    are_repeats_free: ClassVar[bool] = True
    reach: ClassVar[str] = "A person's address where our own guesses come to nothing"

    def find(self, door: Door, person: Person, domain: str) -> FoundAddress | None:
        """The address; None where it has none, or may not tell. Raises Unanswered, StillChecking among them."""
        query = {"domain": domain, "first_name": person.first, "last_name": person.last, "max_duration": SECONDS}
        answer = door.get("/email-finder", query, hidden=(person.first, person.last))
        found = found_in(answer)
        door.charge(answer, found.credits if found else 0)
        return found


def found_in(answer: Answer) -> FoundAddress | None:
    """Its answer in our terms. Raises StillChecking, or Unanswered for one that cannot be read.

    >>> found_in(Answer(Outcome.OK, 200, {"data": {"email": None, "score": None, "sources": []}}, {}))
    """
    if answer.status == STILL:
        raise StillChecking(SLOW)
    if not answer.is_match or answer.status == SMTP_FAILED:
        return None
    try:
        data = answer.data["data"]
        return _read(data) if text(data["email"]) else None
    except WRONG_TYPES as error:
        raise Unanswered(Outcome.GARBLED, GARBLED) from error


def _read(data: Mapping[str, Any]) -> FoundAddress:
    email = text(data["email"])
    if check_syntax(email).status == "undeliverable":
        raise Unanswered(Outcome.GARBLED, GARBLED)
    checked = data.get("verification") or {}
    said = text(checked.get("status"))
    return FoundAddress(
        email=email.lower(),
        confidence=min(100, whole(data.get("score"))) / 100,
        status=STATUS_OF[STATUSES[said]] if said in STATUSES else "unknown",
        said=said[:40],
        verified_on=text(checked.get("date"))[:10],
        position=text(data.get("position"))[:200],
        sources=tuple(map(_seen, (data.get("sources") or ())[:MOST_SOURCES])),
    )


def _seen(source: Mapping[str, Any]) -> Seen:
    last = text(source.get("last_seen_on"))[:10]
    return Seen(uri=text(source.get("uri")), last_seen_on=last, is_still_there=source.get("still_on_page") is True)
