"""Facts of a workspace's stored leads as columns, a range of keys at a time, by binary COPY: what a million leads take.

No lead becomes an object. Of each column the server sends a hash of 64 bits; only a value that was not met before is read,
by the same code that reads a single lead, so the two cannot disagree (and a collision is expected once in 10^8 leads).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import nan
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from leadengine import binary_copy
from leads.models import ActivityKind, CallOutcome, Lead, SignalKind
from scoring.columns import Categories, Events, Floats, LeadFacts
from scoring.facts import TOUCHES, lead_row
from scoring.heeding import PAST, PROVED, heeded, touch_kind
from scoring.reading_sql import BOUND, CODED, COLUMNS, EVENT_COLUMNS, FACTS, PLURALS, SIGNALS, TOUCHED

Keys = NDArray[np.bytes_]
NOBODY = UUID(int=0)
UNKNOWN_KIND = "unknown"  # what no factor knows; it stands first
SIGNAL_KINDS = (UNKNOWN_KIND, *(kind.value for kind in SignalKind))
TOUCH_KINDS = (
    UNKNOWN_KIND,
    *(kind.value for kind in TOUCHES),
    *(touch_kind(ActivityKind.CALL, outcome.value) for outcome in CallOutcome),
    *(f"{PAST}{kind}" for kind in PROVED),
)


@dataclass(frozen=True, slots=True)
class Range:
    """Leads in the order of their keys: `ids` (n,) of 16 bytes, their facts, and the run (n,) that delivered each last."""

    ids: Keys
    facts: LeadFacts
    runs: Keys

    @property
    def last(self) -> UUID:
        return key_of(self.ids[-1])


@dataclass(slots=True)
class Reader:
    """Reads one workspace's living leads at the time `now`, and remembers each distinct value it met.

    `with_words`: also tell companies apart by their keywords and description, which only some ideal customers look at.
    """

    workspace_id: int
    now: datetime
    with_words: bool
    codes: dict[str, dict[int, int]] = field(default_factory=lambda: {name: {} for name in CODED})
    values: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in CODED})

    def read(self, after: UUID | None, most: int) -> Range | None:
        """The next leads behind a key, at most so many; None if there are none. A fixed number of queries."""
        return self._read({"after": after or NOBODY, "most": most, "only": None})

    def read_only(self, keys: list[UUID]) -> Range | None:
        """These leads, in the order of their keys; None if there are none."""
        told = "{" + ",".join(map(str, keys)) + "}"  # one text is written many times as quickly as a list
        return self._read({"after": NOBODY, "most": len(keys), "only": told})

    def _read(self, bounds: dict[str, Any]) -> Range | None:
        bounds = bounds | {"workspace": self.workspace_id}
        (upto,) = binary_copy.read_columns(BOUND, bounds, {"upto": binary_copy.UUID})["upto"]
        bounds |= {"upto": key_of(upto), "now": self.now, "with_words": self.with_words}
        read = binary_copy.read_columns(FACTS, bounds, COLUMNS)
        if not len(read["id"]):
            return None
        self._learn(read)
        return Range(read["id"], self._facts(read, bounds), read["run"])

    def _facts(self, read: dict[str, NDArray[Any]], bounds: dict[str, Any]) -> LeadFacts:
        n = len(read["id"])
        bounds = bounds | {"written": [str(kind) for kind in TOUCHES]}
        coded: dict[str, Any] = {PLURALS[name]: self._column(name, read[name]) for name in CODED}
        facts = LeadFacts(
            now=self.now,
            employees=typical(read["least"], read["most"]),
            revenue=read["revenue"],
            observed=np.full(n, nan),
            has_profile=read["has_profile"] > 0,
            is_barred=read["is_barred"] > 0,
            signals=self._events(SIGNALS, SIGNAL_KINDS, read["id"], bounds),
            touches=self._events(TOUCHED, TOUCH_KINDS, read["id"], bounds),
            **coded,
        )
        return heeded(facts)

    def _column(self, name: str, hashes: NDArray[Any]) -> Categories[Any]:
        distinct, places = np.unique(hashes, return_inverse=True)
        known = self.codes[name]
        codes = np.array([known[number] for number in distinct.tolist()], dtype=np.intp)
        return Categories.coded(self.values[name], codes[places])

    def _learn(self, read: dict[str, NDArray[Any]]) -> None:
        """Read one lead for each value that was not met before, and take the value from it."""
        unmet = {name: self._unmet(name, read[name]) for name in CODED}
        keys = {key_of(read["id"][row]) for rows in unmet.values() for row in rows.values()}
        leads = Lead.objects.of(self.workspace_id).filter(pk__in=keys).select_related("company")
        told = {lead.pk: lead_row(lead, nan) for lead in leads.iterator(chunk_size=5_000)} if keys else {}
        for name, rows in unmet.items():
            for number, row in rows.items():
                self.codes[name][number] = len(self.values[name])
                self.values[name].append(getattr(told[key_of(read["id"][row])], name))

    def _unmet(self, name: str, hashes: NDArray[Any]) -> dict[int, int]:
        """Hashes that were not met before, each with a row that has it."""
        distinct, rows = np.unique(hashes, return_index=True)
        known = self.codes[name]
        pairs = zip(distinct.tolist(), rows.tolist(), strict=True)
        return {number: row for number, row in pairs if number not in known}

    def _events(self, query: str, kinds: Iterable[str], ids: Keys, bounds: dict[str, Any]) -> Events:
        """Events of these leads in the order of their writing, as columns."""
        told = list(kinds)
        found = binary_copy.read_columns(query, bounds | {"kinds": told}, EVENT_COLUMNS)
        rows = np.searchsorted(ids, found["lead"]).astype(np.intp)
        return Events.coded(rows, Categories.coded(told, found["kind"].astype(np.intp) - 1), found["age"])


def typical(least: NDArray[Any], most: NDArray[Any]) -> Floats:
    """As `rows.typical`, for columns; 0 is not known."""
    low, high = least.astype(float), most.astype(float)
    middle = np.sqrt(np.maximum(low, 1) * high)
    return np.where(high > 0, middle, np.where(low > 0, low, nan))


def key_of(raw: bytes) -> UUID:
    """A key of 16 bytes; numpy leaves zeros off their end."""
    return UUID(bytes=bytes(raw).ljust(16, b"\0"))
