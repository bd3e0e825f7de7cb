"""Hunter's walk from company to company: where it is, what came of it, and whom it left out on the way. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leads.candidate import Candidate
from leads.sources.base import Cursor, Page, RecordFault

MOST_STEPS = 5  # questions of one turn
MOST_LEFT_OUT = 3  # companies in a row; then it is not they that are at fault


@dataclass(slots=True)
class Walk:
    """`company` by its place among those that were discovered, `start` within its addresses, `left_out` in a row."""

    company: int = 0
    start: int = 0
    left_out: int = 0
    steps: int = 0
    candidates: list[Candidate] = field(default_factory=list)
    faults: list[RecordFault] = field(default_factory=list)

    @classmethod
    def at(cls, cursor: Mapping[str, int]) -> Walk:
        return cls(cursor.get("company", 0), cursor.get("from", 0), cursor.get("left_out", 0))

    def is_enough(self, limit: int, size: int) -> bool:
        """Whether the next `size` may be more than is wanted."""
        held = len(self.candidates) + len(self.faults)
        return bool(self.steps) and (self.steps >= MOST_STEPS or held + size > limit)

    def go_on(self, read: tuple[tuple[Candidate, ...], tuple[RecordFault, ...]], following: int) -> None:
        """`following`: where in the same company; 0 for the next one."""
        self.candidates += read[0]
        self.faults += read[1]
        self.company, self.start = (self.company, following) if following else (self.company + 1, 0)
        self.steps, self.left_out = self.steps + 1, 0

    def leave_out(self, company: Any, error: Exception, why: str) -> None:
        """Raises the error when too many were left out in a row."""
        if self.left_out + 1 >= MOST_LEFT_OUT:
            raise error
        self.left_out += 1
        named = company if isinstance(company, dict) else {}
        domain = str(named.get("domain") or "")[:200]
        label = str(named.get("organization") or "")[:200] or domain or "A company without a name"
        self.faults.append(RecordFault(domain, label, why))
        self.company, self.start, self.steps = self.company + 1, 0, self.steps + 1

    def page(self, *, is_last: bool = False) -> Page:
        more: Cursor = {"company": self.company, "from": self.start}
        more |= {"left_out": self.left_out} if self.left_out else {}
        return Page(tuple(self.candidates), None if is_last else more, tuple(self.faults))
