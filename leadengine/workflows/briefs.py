"""A brief: what a rep asks for, before it is a run. Criteria, sources, limits, the quality filter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from leads.criteria import Criteria
from leads.linkedin_files import is_file
from leads.models import SourceFile
from leads.sources import registry
from leads.sources.registry import UnknownSource
from scoring.engine import GRADES

MOST_LEADS = 100_000


class InvalidBrief(ValueError):
    """The brief cannot be carried out; the message is a sentence for the person who gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An order for leads. `most_credits` None means: as much as the quote says at most.

    `verify_emails`: have the mail servers of the delivered leads asked for their addresses.
    """

    criteria: Criteria
    sources: tuple[str, ...]
    most_leads: int
    most_credits: Decimal | None = None
    lowest_grade: str = "D"
    new_only: bool = True
    verify_emails: bool = False
    file_id: UUID | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same order, in whatever order its words were given: what was priced is what is started."""
        said = {each.name: getattr(self, each.name) for each in fields(self)} | {"criteria": self.criteria.to_json()}
        if self.most_credits is not None:
            said["most_credits"] = f"{self.most_credits:.2f}"
        return sha256(json.dumps(_in_order(said), sort_keys=True, default=str).encode()).hexdigest()[:16]

    def problems(self, workspace_id: int, *, files: Iterable[SourceFile] = ()) -> tuple[str, ...]:
        """Everything that keeps this brief from being carried out, in sentences; empty when it can be.

        Of `files`, where they are at hand, none is asked for again.
        """
        return tuple(filter(None, (*self._of_sources(), *self._of_limits(), self._of_file(workspace_id, files))))

    def _of_sources(self) -> tuple[str, ...]:
        if not self.sources:
            return ("Choose at least one source.",)
        return tuple(_unknown(name) for name in self.sources)

    def _of_limits(self) -> tuple[str, ...]:
        return (
            "" if 1 <= self.most_leads <= MOST_LEADS else f"Ask for 1 to {MOST_LEADS:,} leads.",
            "" if self.most_credits is None or self.most_credits > 0 else "The most credits must be more than 0.",
            "" if self.lowest_grade in GRADES else f"The lowest grade is one of {', '.join(GRADES)}.",
        )

    def _of_file(self, workspace_id: int, files: Iterable[SourceFile]) -> str:
        reading = [registry.title(name) for name in self.sources if is_file(name)]
        if not reading:
            return ""
        if self.file_id is None:
            return f"Upload a CSV file, or leave out the source “{reading[0]}”."
        at_hand = any((each.workspace_id, each.pk) == (workspace_id, self.file_id) for each in files)
        known = at_hand or SourceFile.objects.of(workspace_id).filter(pk=self.file_id).exists()
        return "" if known else "That file is not in this workspace any more. Upload it again."


def _unknown(name: str) -> str:
    try:
        registry.get(name)
    except UnknownSource as error:
        return str(error)
    return ""


def _in_order(said: Any) -> Any:
    if isinstance(said, dict):
        return {name: _in_order(value) for name, value in said.items()}
    return sorted(map(str, said)) if isinstance(said, list | tuple) else said
