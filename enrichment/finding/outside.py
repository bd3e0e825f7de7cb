"""What a provider's finder adds to our own finding: asked where ours came to nothing, believed as far as it goes. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from enrichment.finding.finder import FOUND_CONFIDENCE, Finding
from enrichment.providers.contract import Checker
from enrichment.providers.hunter_finder import FoundAddress, HunterFinder
from enrichment.verdict import EmailVerdict, Reason


def is_wanted(found: Finding) -> bool:
    """Whether somebody else may know more: no guess of ours was confirmed, at a domain that takes mail for all we know.

    >>> is_wanted(Finding("unknown", Reason.PROBE_DISABLED)), is_wanted(Finding("undeliverable", Reason.NULL_MX))
    (True, False)
    """
    return not found.email and (found.status != "undeliverable" or found.reason == Reason.MAILBOX_NOT_FOUND)


def is_worth_asking_its_server(found: Finding, told: FoundAddress) -> bool:
    """Whether the mail server, which tells names apart, has not been asked about this address yet."""
    return found.reason == Reason.MAILBOX_NOT_FOUND and told.email not in found.tried


def joined(
    found: Finding, told: FoundAddress | None, own: EmailVerdict | None = None, by: type[Checker] = HunterFinder
) -> Finding:
    """Our finding with what the finder told of it; `own` is what the mail server said of its address, where it was asked.

    Confirmed by the server or by the provider it is the address; of whom nobody confirms it is a suggestion, the first, with
    the provider's own confidence; what is known not to exist is neither.
    """
    record = _who(by) | (told.to_json() if told else {"email": None, "credits": 0})
    noted = replace(found, outside=record)
    if told is None:
        return noted
    is_refused = told.email in found.tried and found.reason == Reason.MAILBOX_NOT_FOUND
    if is_refused or (own and own.status == "undeliverable"):
        return replace(noted, outside=record | {"refused_by_server": True})
    others = tuple(each for each in found.alternatives if each[0] != told.email)
    if own and own.status == "deliverable":
        return _confirmed(noted, told.email, Reason(own.reason), FOUND_CONFIDENCE, others)
    if told.status == "deliverable":
        return _confirmed(noted, told.email, Reason.VERIFIER_CONFIRMED, told.confidence, others)
    if told.status == "undeliverable":
        return replace(noted, alternatives=others)
    return replace(noted, alternatives=((told.email, told.confidence), *others))


def left_out(found: Finding, said: str, by: type[Checker] = HunterFinder) -> Finding:
    """Our finding, and why the provider told nothing."""
    return replace(found, outside=_who(by) | {"left_out": said})


def _confirmed(
    found: Finding, email: str, reason: Reason, confidence: float, others: tuple[tuple[str, float], ...]
) -> Finding:
    return replace(found, status="deliverable", reason=reason, email=email, confidence=confidence, alternatives=others)


def _who(by: type[Checker]) -> dict[str, Any]:
    return {"provider": by.provider, "title": by.title, "cost": by.cost}
