"""Reads the audit for people: what was done, by whom, with what, as sentences without personal data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from billing.audit_words import change_words, verb_words
from billing.models import AuditEvent, User, Workspace

GROUPS = {
    "people": ("People and access", ("member.", "invitation.", "password.")),
    "credits": ("Credits and limits", ("credits.", "ledger.", "price.", "workspace.")),
    "runs": ("Runs and schedules", ("run.", "enrichment.", "schedule.", "workspace.time_zone")),
    "leads": ("Leads", ("leads.", "import.")),
    "scoring": ("Scoring", ("profile.",)),
    "sources": ("Sources", ("provider.", "linkedin.")),
    "privacy": (
        "Privacy and exports",
        ("suppression.", "person.", "retention.", "ledger.exported", "leads.exported", "import.downloaded", "company."),
    ),
}
BY_ITSELF = {"retention.applied"}
# Identifiers: what it was about says them as people do.
UNTOLD = {"key", "member", "owner", "valid_from", "provider", "industry"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act was about; `url` is "" where no page shows it to the reader."""

    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act as people read it; `changes` are sentences such as "role: rep → manager"."""

    event: AuditEvent
    what: str
    who: str
    changes: tuple[str, ...]
    about: Subject = Subject()

    def to_json(self) -> dict[str, Any]:
        event = self.event
        return {
            "at": event.created_at.isoformat(timespec="seconds"),
            "verb": event.verb,
            "who": self.who,
            "object": f"{event.object_type} {event.object_id}".strip(),
            "about": self.about.name,
            "url": self.about.url,
            "before": event.before,
            "after": event.after,
        }


def events(workspace: Workspace, *, group: str = "", actor_id: int | None = None) -> QuerySet[AuditEvent]:
    """What was done in the workspace, the newest first: all, of one group, or by one person."""
    found = AuditEvent.objects.filter(workspace_id=workspace.pk).order_by("-created_at", "-pk")
    if group in GROUPS:
        pattern = "|".join(start.replace(".", r"\.") for start in GROUPS[group][1])
        found = found.filter(verb__regex=f"^({pattern})")
    return found if actor_id is None else found.filter(actor_id=actor_id)


def audit_lines(page: Sequence[AuditEvent], about: Mapping[int, Subject]) -> list[AuditLine]:
    """Events with names; one query. `about`: what each was about, by the event."""
    people = {event.actor_id for event in page if event.actor_id}
    names = {user.pk: user.name for user in User.objects.filter(pk__in=people)}
    return [
        AuditLine(
            event,
            verb_words(event.verb),
            names.get(event.actor_id or 0, nobody(event)),
            changes(event),
            about.get(event.pk, Subject()),
        )
        for event in page
    ]


def nobody(event: AuditEvent) -> str:
    """Who did what no member did: the operator at the command line, or the worker by itself."""
    return "The system" if event.verb in BY_ITSELF else "The operator"


def changes(event: AuditEvent) -> tuple[str, ...]:
    """What is different after the act; what was there before only where it was something else."""
    names = dict.fromkeys([*event.before, *event.after])
    told = (name for name in names if name not in UNTOLD and event.before.get(name) != event.after.get(name))
    return tuple(change for name in told if (change := change_words(name, event.before, event.after)))
