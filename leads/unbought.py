"""Half-known people: a provider shows a first name and an employer, and sells the rest. Until then they are kept apart."""

from __future__ import annotations

from dataclasses import replace

from leads.candidate import UNBOUGHT, Candidate
from leads.models import Reason

NOT_BOUGHT = "Only the first name and the employer are known; the rest was not bought"


def half_known(candidate: Candidate) -> Candidate:
    """As a provider shows somebody before the rest is bought: neither merged with others nor delivered.

    >>> half_known(Candidate("apollo", "1", first_name="Ines")).is_unbought
    True
    """
    return _with(candidate, "")


def bought(candidate: Candidate) -> Candidate:
    """The same without the mark: somebody like everybody else."""
    return replace(candidate, extra=tuple(pair for pair in candidate.extra if pair[0] != UNBOUGHT))


def set_aside(candidate: Candidate, reason: str, detail: str) -> Candidate:
    """Not to be bought, and why; the reason travels with the record until the batch is settled.

    >>> why_aside(set_aside(Candidate("apollo", "1"), Reason.LIMIT_REACHED, "The run was full"))
    (Reason.LIMIT_REACHED, 'The run was full')
    """
    return _with(candidate, f"{reason}|{detail}")


def why_aside(candidate: Candidate) -> tuple[Reason, str] | None:
    """Why somebody was not bought; None where nobody said so, or nothing is missing."""
    reason, _, detail = dict(candidate.extra).get(UNBOUGHT, "").partition("|")
    return (Reason(reason), detail) if reason else None


def _with(candidate: Candidate, mark: str) -> Candidate:
    return replace(candidate, extra=(*bought(candidate).extra, (UNBOUGHT, mark)))
