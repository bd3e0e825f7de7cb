"""Logs what people did with leads, and scores the leads again that it tells something of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from billing.models import Workspace
from leads.csv_reading import BadFile
from leads.identity import email_key
from leads.logbook import Entry, put, put_all, put_by_hand
from leads.logbook_reading import Line, Refused
from leads.models import Activity, ActivityKind, CallOutcome, Lead, LeadIdentity
from scoring.rescoring import hold, rescore

BATCH = 500
MOST_TOLD = 1_000
MOST_REASONS = 20


@dataclass(slots=True)
class Tally:
    """What came of a file: lines logged, known already and refused, the leads they are of, and the first refusals.

    `broken` says where and why the rest of the file could not be read.
    """

    logged: int = 0
    known: int = 0
    refused: int = 0
    leads: int = 0
    reasons: list[Refused] = field(default_factory=list)
    broken: str = ""

    def refuse(self, line: Refused) -> None:
        self.refused += 1
        if len(self.reasons) < MOST_TOLD:
            self.reasons.append(line)


@transaction.atomic
def log(lead: Lead, entry: Entry, *, by: Any, now: datetime) -> Activity:
    """One thing on the timeline of a lead, which is scored again at once."""
    made = put(lead, entry, by=by)
    rescore([lead], why=words(entry), now=now)
    return made


@transaction.atomic
def log_by_hand(lead: Lead, entry: Entry, *, by: Any, now: datetime, is_meant: bool) -> Activity:
    """As `log`, of what somebody says on a page. Raises LoggedAlready where it was said before and is not meant again."""
    made = put_by_hand(lead, entry, by=by, is_meant=is_meant)
    rescore([lead], why=words(entry), now=now)
    return made


def words(entry: Entry) -> str:
    """Why a score moved: "Call: reached on 3 May"."""
    outcome = f": {CallOutcome(entry.outcome).label.lower()}" if entry.outcome else ""
    return f"{ActivityKind(entry.kind).label}{outcome} on {entry.at:%-d %B}"


def log_lines(workspace: Workspace, lines: Iterable[Line | Refused], *, by: Any, now: datetime) -> Tally:
    """Logs a file in batches, each whole or not at all; a second time nothing of it that has a number (see `read`)."""
    tally, touched = Tally(), set()
    for batch in _batches(lines, tally):
        touched |= _log_batch(workspace, batch, tally, by, now)
    tally.leads = len(touched)
    tally.reasons.sort(key=lambda each: each.number)
    return tally


def _batches(lines: Iterable[Line | Refused], tally: Tally) -> Iterator[list[Line | Refused]]:
    """Up to so many at a time; where the file breaks off, what was read before it still comes."""
    batch: list[Line | Refused] = []
    try:
        for line in lines:
            batch.append(line)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except BadFile as error:
        tally.broken = str(error)
    if batch:
        yield batch


@transaction.atomic
def _log_batch(
    workspace: Workspace, batch: Sequence[Line | Refused], tally: Tally, by: Any, now: datetime
) -> set[UUID]:
    """Logged and scored in one, so that whoever is stopped between them finds it to be done again."""
    found = _leads(workspace, [line.lead for line in batch if isinstance(line, Line)])
    named: list[tuple[Lead, Entry]] = []
    for line in batch:
        if isinstance(line, Refused):
            tally.refuse(line)
        elif lead := found.get(_key(line.lead)):
            named.append((lead, line.entry))
        else:
            tally.refuse(Refused(line.number, f"lead: {workspace.name} has no lead “{line.lead}”."))
    hold([lead for lead, _ in named])
    new = put_all(named, by=by)
    tally.logged += len(new)
    tally.known += len(named) - len(new)
    _rescore(new, now)
    return {lead.pk for lead, _ in new}


def _rescore(logged: Sequence[tuple[Lead, Entry]], now: datetime) -> None:
    """Each lead with what was logged of it as the reason; in one go where the reasons are too many to be told apart."""
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    for lead, entry in logged:
        entries[lead.pk].append(entry)
    alike: dict[str, dict[UUID, Lead]] = defaultdict(dict)
    for lead, _ in logged:
        alike[_words_of_all(entries[lead.pk])][lead.pk] = lead
    if len(alike) > MOST_REASONS:
        alike = {"Activity logged from a file": {lead.pk: lead for lead, _ in logged}}
    for why, leads in alike.items():
        rescore(list(leads.values()), why=why, now=now)


def _leads(workspace: Workspace, names: Sequence[str]) -> dict[str, Lead]:
    """The living leads that are named by id or e-mail address, by the key of their name. Two queries."""
    keys = {_key(name) for name in names}
    addresses = [key for key in keys if "@" in key]
    identities = LeadIdentity.objects.of(workspace).filter(kind="email", value__in=addresses)
    by_address = dict(identities.values_list("value", "lead_id"))
    ids = [key for key in keys if key and "@" not in key]
    rows = Lead.objects.of(workspace).living().select_related("company", "workspace")
    by_id = {str(lead.pk): lead for lead in rows.filter(Q(pk__in=ids) | Q(pk__in=by_address.values()))}
    return by_id | {key: by_id[str(pk)] for key, pk in by_address.items() if str(pk) in by_id}


def _key(name: str) -> str:
    """An id is known however it is written: with hyphens, without, in braces."""
    if "@" in name:
        return email_key(name)
    try:
        return str(UUID(name.strip()))
    except ValueError:
        return ""


def _words_of_all(entries: Sequence[Entry]) -> str:
    if len(entries) == 1:
        return words(entries[0])
    kinds = Counter(ActivityKind(entry.kind).label.lower() for entry in entries)
    return f"Logged: {', '.join(f'{number} x {kind}' for kind, number in kinds.most_common(3))}"
