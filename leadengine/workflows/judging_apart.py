"""Judges a batch as a whole, and again without those of its candidates that our own code cannot take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import Error as DatabaseError

from leads.candidate import Candidate
from leads.isolating import in_words, one_by_one
from leads.sources.base import RecordFault

Judgement = TypeVar("Judgement")
Judge = Callable[[Sequence[Candidate]], Judgement]


def judged_apart(candidates: Sequence[Candidate], judge: Judge[Judgement]) -> tuple[Judgement, tuple[RecordFault, ...]]:
    """What `judge` makes of the candidates, and those that break it when they are judged alone.

    Raises what `judge` raises when no single candidate is to blame, or each of several.
    """
    try:
        return judge(candidates), ()
    except DatabaseError:
        raise
    except Exception:
        outcomes = list(one_by_one(candidates, lambda each: _unbroken(each, judge), _fault))
        faults = tuple(each for each in outcomes if isinstance(each, RecordFault))
        if not faults:
            raise
        return judge([each for each in outcomes if isinstance(each, Candidate)]), faults


def _unbroken(candidate: Candidate, judge: Judge[Judgement]) -> Candidate | RecordFault:
    judge([candidate])
    return candidate


def _fault(candidate: Candidate, error: Exception) -> Candidate | RecordFault:
    label = candidate.name or candidate.company.name or candidate.record_id
    return RecordFault(candidate.record_id, label, f"It {in_words(error)}.")
