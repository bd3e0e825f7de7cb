"""What a provider was asked for: a record seldom tells all by which its provider can filter, so it is marked with that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leads.candidate import PROMISED, Candidate


def promised(candidate: Candidate, criteria: Iterable[str]) -> Candidate:
    """The same, marked as found by a question for those alone who meet the criteria.

    >>> promised(Candidate("hunter", "1"), ["founded"]).is_promised("founded")
    True
    """
    marks = [(PROMISED, name) for name in criteria if not candidate.is_promised(name)]
    return replace(candidate, extra=(*candidate.extra, *marks)) if marks else candidate
