"""Our own verdict and what providers said, made one verdict with the evidence of both. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from enrichment.providers.contract import Opinion
from enrichment.verdict import EmailVerdict, Reason
from enrichment.verifying.assembling import lifetime
from enrichment.verifying.weighing import confidence_of, score_of

OPEN = {Reason.ACCEPT_ALL, Reason.PROVIDER_UNVERIFIABLE}
HOPELESS = {Reason.UNSAFE_ADDRESS}  # no mail server of the open internet: nobody else can ask it either


@dataclass(frozen=True, slots=True)
class Note:
    """What came of one provider: an `opinion` with its `credits`, or, in `said`, why there is none.

    `is_kept`: it had been asked before, and cost nothing now. `is_passing`: what `said` will pass, so it may be asked again;
    `is_at_it`: it will know, so that nobody else need be paid for it now; `possible`: credits that it may have charged, which
    nobody knows.
    """

    provider: str
    title: str
    at: datetime
    opinion: Opinion | None = None
    credits: Decimal = Decimal(0)
    is_kept: bool = False
    said: str = ""
    is_passing: bool = False
    is_at_it: bool = False
    possible: Decimal = Decimal(0)

    def to_json(self) -> dict[str, Any]:
        """For the evidence of the verdict."""
        who = {"provider": self.provider, "title": self.title, "at": self.at.isoformat()}
        if self.opinion is None:
            more = {"possible": str(self.possible), "is_kept": self.is_kept} if self.possible else {}
            return who | {"left_out": self.said} | more
        words = {"status": self.opinion.said, "sub_status": self.opinion.more, "meaning": str(self.opinion.reason)}
        return who | words | {"credits": str(self.credits), "is_kept": self.is_kept}


def is_undecided(verdict: EmailVerdict) -> bool:
    """Whether our own engine could not tell: unknown, for whichever reason, or a server that takes anybody.

    >>> is_undecided(EmailVerdict("risky", Reason.ACCEPT_ALL, normalized="ada@acme.com"))
    True
    """
    if not verdict.normalized or verdict.reason in HOPELESS:
        return False
    return verdict.status == "unknown" or verdict.reason in OPEN


def is_left_open(verdict: EmailVerdict) -> bool:
    """Whether it is undecided only because a provider could not answer just then: it may be asked again at any time."""
    return bool(verdict.evidence.get("left_open"))


def comes_back(verdict: EmailVerdict) -> bool:
    """Whether it is asked about again by itself: not where that might be charged a second time."""
    return bool(verdict.evidence.get("comes_back"))


def decided(verdict: EmailVerdict, notes: Sequence[Note], *, now: datetime) -> EmailVerdict:
    """The verdict with the first opinion that knows more than it does; risky of a provider does not move our own risky."""
    noted = _noted(verdict, notes, now)
    better = next((each.opinion for each in notes if each.opinion and _knows_more(verdict, each.opinion)), None)
    if better is None:
        return noted
    flags = verdict.flags | better.flags
    return replace(
        noted,
        status=better.status,
        reason=better.reason,
        flags=flags,
        suggestion=verdict.suggestion or better.suggestion,
        score=_score(verdict, better, flags),
        confidence=confidence_of(better.reason),
        catch_all=True if better.reason == Reason.ACCEPT_ALL else verdict.catch_all,
        checked_at=noted.checked_at,
        retry_at=None,
        expires_at=(noted.checked_at or now) + lifetime(better.status, better.reason),
    )


def _noted(verdict: EmailVerdict, notes: Sequence[Note], now: datetime) -> EmailVerdict:
    """The same object where nobody was asked anew: then it is still what was known."""
    is_anew = any(each.opinion and not each.is_kept for each in notes)
    is_open = any(each.is_passing or each.possible for each in notes) and not any(map(_is_known, notes))
    is_news = is_anew or "external" not in verdict.evidence or is_open != is_left_open(verdict)
    if not notes or not is_news:
        return verdict
    told = {**verdict.evidence, "external": [each.to_json() for each in notes], "left_open": is_open}
    told["comes_back"] = is_open and any(each.is_passing for each in notes)
    return replace(verdict, evidence=told, checked_at=now if is_anew else verdict.checked_at)


def _is_known(note: Note) -> bool:
    return note.opinion is not None and note.opinion.status != "unknown"


def _knows_more(verdict: EmailVerdict, opinion: Opinion) -> bool:
    return opinion.status != "unknown" and (opinion.status != "risky" or verdict.status == "unknown")


def _score(verdict: EmailVerdict, better: Opinion, flags: frozenset[str]) -> int:
    """From where its reason starts, moved as far as DNS had moved our own."""
    start = score_of(better.status, better.reason, flags)
    if verdict.score is None or better.status == "undeliverable":
        return start
    return max(0, min(100, start + verdict.score - score_of(verdict.status, verdict.reason, verdict.flags)))
