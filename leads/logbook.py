"""What people log of a lead: calls with what came of them, mails, meetings, visits, notes; each logged once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from leads.models import Activity, ActivityKind, CallOutcome, Lead
from leads.pipeline import WRITTEN

KINDS = (*WRITTEN, ActivityKind.OPT_OUT)
LONGEST_TEXT, LONGEST_ID = 2_000, 120
NOT_GIVEN = "not_given"  # said by whoever must say something of a call and knows nothing; kept as no outcome
OUTCOMES = (*CallOutcome.values, NOT_GIVEN)
EARLIEST = timedelta(days=366 * 50)
SKEW = timedelta(minutes=5)  # by which a clock elsewhere may be ahead of ours
SOON = timedelta(minutes=30)  # the same said by the same person within it is asked about


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened at a time that has a zone; `external_id` is its number where it comes from, or ""."""

    kind: str
    at: datetime
    text: str = ""
    outcome: str = ""
    external_id: str = ""


class LoggedAlready(Exception):
    """The timeline has this line already, from the same person."""


def outcome_said(text: str) -> str:
    """The outcome as it is kept: none where it is said that it is not given."""
    return "" if text == NOT_GIVEN else text


def mistakes(entry: Entry, *, now: datetime) -> dict[str, str]:
    """What is wrong with it, a sentence for each field; empty where it can be logged.

    >>> mistakes(Entry("note", now), now=now)
    {'text': 'Write the note.'}
    """
    found = {
        "kind": "" if entry.kind in KINDS else f"“{entry.kind}” is none of {', '.join(KINDS)}.",
        "outcome": _outcome_mistake(entry),
        "at": _time_mistake(entry.at, now),
        "text": _text_mistake(entry),
        "external_id": "" if len(entry.external_id) <= LONGEST_ID else f"It is longer than {LONGEST_ID} characters.",
    }
    return {name: sentence for name, sentence in found.items() if sentence}


@transaction.atomic
def put(lead: Lead, entry: Entry, *, by: Any) -> Activity:
    """Logs one thing; what is on the lead's timeline under its number already is not logged twice."""
    if entry.external_id and (known := _known(lead, entry)):
        return known
    return _write(lead, entry, by)


@transaction.atomic
def put_by_hand(lead: Lead, entry: Entry, *, by: Any, is_meant: bool = False) -> Activity:
    """Logs what somebody says on a page. Raises LoggedAlready for what was sent before under its number or, unless it
    `is_meant`, in the same words: a browser that goes back shows them again, under a new number."""
    if _known(lead, entry) or (not is_meant and _is_said(lead, entry, by)):
        raise LoggedAlready
    return _write(lead, entry, by)


def _write(lead: Lead, entry: Entry, by: Any) -> Activity:
    made = _activity(lead, entry, by)
    made.save()
    _heed([(lead, entry)])
    return made


def _is_said(lead: Lead, entry: Entry, by: Any) -> bool:
    """Whether the same person said the very same of the lead, about the same time."""
    about = (entry.at - SOON, entry.at + SOON)
    found = Activity.objects.filter(lead=lead, by=by, kind=entry.kind, text=entry.text, occurred_at__range=about)
    return any(logged.detail.get("outcome", "") == entry.outcome for logged in found)


def _known(lead: Lead, entry: Entry) -> Activity | None:
    """What is logged under its number, looked for under the lead's lock: two who log it at once go one by one."""
    Lead.objects.select_for_update(no_key=True).get(pk=lead.pk)
    if not entry.external_id:
        return None
    logged = Activity.objects.filter(workspace_id=lead.workspace_id, external_id=entry.external_id)
    found: Activity | None = logged.first()
    return found


@transaction.atomic
def put_all(logged: Sequence[tuple[Lead, Entry]], *, by: Any) -> list[tuple[Lead, Entry]]:
    """Logs what is not there yet, of leads of one workspace; answers what that was."""
    new = _unknown(logged)
    Activity.objects.bulk_create([_activity(lead, entry, by) for lead, entry in new], ignore_conflicts=True)
    _heed(new)
    return new


def _unknown(logged: Sequence[tuple[Lead, Entry]]) -> list[tuple[Lead, Entry]]:
    """Those whose number is neither stored nor said before among them."""
    ids = [entry.external_id for _, entry in logged if entry.external_id]
    workspaces = {lead.workspace_id for lead, _ in logged}
    known = Activity.objects.filter(workspace_id__in=workspaces, external_id__in=ids)
    seen = set(known.values_list("external_id", flat=True))
    new = []
    for lead, entry in logged:
        if not entry.external_id or entry.external_id not in seen:
            new.append((lead, entry))
        seen.add(entry.external_id)
    return new


def _activity(lead: Lead, entry: Entry, by: Any) -> Activity:
    return Activity(
        workspace_id=lead.workspace_id,
        lead=lead,
        kind=entry.kind,
        text=entry.text,
        detail=_detail(lead, entry),
        external_id=entry.external_id,
        by=by,
        occurred_at=entry.at,
    )


def _detail(lead: Lead, entry: Entry) -> dict[str, str]:
    """What came of a call; of what proved wrong, what it was, so that a later number or address is not condemned."""
    detail = {"outcome": entry.outcome} if entry.outcome else {}
    if entry.outcome == CallOutcome.WRONG_NUMBER:
        detail["proved"] = lead.phone
    if entry.kind == ActivityKind.EMAIL_BOUNCED:
        detail["proved"] = lead.email
    return detail


def _heed(logged: Iterable[tuple[Lead, Entry]]) -> None:
    """Whoever opted out is not to be contacted any more."""
    refused = {lead.pk: lead for lead, entry in logged if entry.kind == ActivityKind.OPT_OUT}
    Lead.objects.filter(pk__in=refused).update(do_not_contact=True)
    for lead in refused.values():
        lead.do_not_contact = True


def _outcome_mistake(entry: Entry) -> str:
    if not entry.outcome or (entry.kind == ActivityKind.CALL and entry.outcome in CallOutcome.values):
        return ""
    if entry.kind != ActivityKind.CALL:
        return "Only a call has an outcome."
    return f"“{entry.outcome}” is none of {', '.join(OUTCOMES)}."


def _time_mistake(at: datetime, now: datetime) -> str:
    if at > now + SKEW:
        return "It has not happened yet: the time lies in the future."
    return "The time lies too far back." if at < now - EARLIEST else ""


def _text_mistake(entry: Entry) -> str:
    if entry.kind == ActivityKind.NOTE and not entry.text.strip():
        return "Write the note."
    return "" if len(entry.text) <= LONGEST_TEXT else f"It is longer than {LONGEST_TEXT:,} characters."
