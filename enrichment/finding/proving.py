"""The one verdict on an address that was found: it is charged, told as confirmed and kept by it, or by none of these. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from enrichment.finding.finder import Finding
from enrichment.verdict import EmailVerdict, Reason
from enrichment.verifying.assembling import lifetime
from enrichment.verifying.weighing import score_of

SURER = (Reason.DISPOSABLE, Reason.SPAMTRAP_SUSPECTED, Reason.DO_NOT_MAIL, Reason.TYPO_SUSPECTED)
ASKED = "RCPT TO:<"


def proved(found: Finding, checked: EmailVerdict, *, now: datetime) -> EmailVerdict:
    """What stands of `found.email`: the word of who confirmed it, on what `checked` knows of the address and its domain.

    A check that only did not tell, such as of a server that puts us off, takes nothing back; one that speaks against the
    address is the verdict.
    """
    is_against = checked.status == "undeliverable" or checked.reason in SURER
    if checked.status == "deliverable" or is_against:
        return checked
    flags = checked.flags - ({"catch_all"} if found.catch_all is False else frozenset())
    start, before = score_of(found.status, found.reason, flags), score_of(checked.status, checked.reason, checked.flags)
    return replace(
        checked,
        status=found.status,
        reason=str(found.reason),
        flags=flags,
        score=start if checked.score is None else max(0, min(100, start + checked.score - before)),
        confidence=found.confidence,
        catch_all=found.catch_all,
        checked_at=now,
        retry_at=None,
        expires_at=now + lifetime(found.status, found.reason),
        evidence={**checked.evidence, **_seen(found, now)},
    )


def settled(found: Finding, verdict: EmailVerdict) -> Finding:
    """The finding as its verdict has it: what is not deliverable after all is one suggestion more, or gone."""
    if verdict.status == "deliverable":
        return found
    named = () if verdict.status == "undeliverable" else ((found.email, found.confidence),)
    return replace(
        found,
        status=verdict.status,
        reason=Reason(verdict.reason),
        email="",
        alternatives=(*named, *found.alternatives),
    )


def without(found: Finding, email: str) -> Finding:
    """The finding without an address that is known already, and known not to work, whatever its server takes."""
    left = tuple(each for each in found.alternatives if each[0] != email)
    return replace(found, email="" if found.email == email else found.email, alternatives=left)


def _seen(found: Finding, now: datetime) -> dict[str, Any]:
    """Who said it: the mail server in its sessions, without the other names that were tried, or a provider."""
    if found.reason != Reason.VERIFIER_CONFIRMED:
        return {"smtp": [_about(found, each) for each in found.sessions], "attempts": []}
    outside = found.outside or {}
    who = {"provider": outside.get("provider", ""), "title": outside.get("title", ""), "at": now.isoformat()}
    said = {"status": outside.get("said") or found.status, "sub_status": "", "meaning": str(found.reason)}
    return {"external": [who | said | {"credits": str(outside.get("credits", 0)), "is_kept": False}]}


def _about(found: Finding, session: Mapping[str, Any]) -> dict[str, Any]:
    others = {f"{ASKED}{email}>" for email in found.tried if email != found.email}
    return {**session, "transcript": [each for each in session.get("transcript", ()) if each["cmd"] not in others]}
