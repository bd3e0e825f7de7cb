"""Reads the audit for people: what was done, by whom, with what, as sentences without personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from billing.models import AuditEvent, Role, User, Workspace

VERBS = {
    "workspace.created": "Made the workspace",
    "workspace.run_limit": "Set the most credits of a run",
    "workspace.reuse_days": "Set how long a lead stays known",
    "workspace.retention": "Set how long leads are kept",
    "member.added": "Added a member",
    "member.changed": "Changed a member",
    "member.deactivated": "Ended a member's access",
    "member.reactivated": "Gave a member access again",
    "invitation.made": "Invited somebody",
    "invitation.accepted": "Accepted an invitation",
    "invitation.revoked": "Revoked an invitation",
    "password.link_made": "Made a link for a new password",
    "run.started": "Started a run",
    "run.paused": "Paused a run",
    "run.resumed": "Resumed a run",
    "run.stopped": "Stopped a run",
    "credits.granted": "Granted credits",
    "credits.expired": "Took credits back",
    "credits.reversed": "Paid credits back",
    "ledger.exported": "Exported the ledger",
    "profile.published": "Published a scoring profile",
    "profile.withdrawn": "Took a scoring profile out of force",
    "company.marked": "Marked a company",
    "leads.exported": "Exported leads",
    "person.exported": "Handed over what is held on a person",
    "person.erased": "Erased a person",
    "retention.applied": "Erased leads that were kept long enough",
    "provider.key_set": "Entered a provider's key",
    "provider.key_removed": "Removed a provider's key",
    "suppression.added": "Added to the suppression list",
    "suppression.removed": "Took off the suppression list",
}
GROUPS = {
    "people": ("People and access", ("member.", "invitation.", "password.")),
    "credits": ("Credits and limits", ("credits.", "ledger.", "workspace.")),
    "runs": ("Runs", ("run.",)),
    "scoring": ("Scoring", ("profile.",)),
    "sources": ("Sources", ("provider.",)),
    "privacy": (
        "Privacy and exports",
        ("suppression.", "person.", "retention.", "ledger.exported", "leads.exported", "company."),
    ),
}
ABSENT = "none"
BY_ITSELF = {"retention.applied"}
UNTOLD = {"key", "member"}  # identifiers of rows: for the operator, not for people


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act as people read it; `changes` are sentences such as "role: rep → manager"."""

    event: AuditEvent
    what: str
    who: str
    changes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        event = self.event
        return {
            "at": event.created_at.isoformat(timespec="seconds"),
            "verb": event.verb,
            "who": self.who,
            "object": f"{event.object_type} {event.object_id}".strip(),
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


def audit_lines(page: Sequence[AuditEvent]) -> list[AuditLine]:
    """Events with names; one query."""
    people = {event.actor_id for event in page if event.actor_id}
    names = {user.pk: user.name for user in User.objects.filter(pk__in=people)}
    return [
        AuditLine(event, verb_words(event.verb), names.get(event.actor_id or 0, nobody(event)), changes(event))
        for event in page
    ]


def nobody(event: AuditEvent) -> str:
    """Who did what no member did: the operator at the command line, or the worker by itself."""
    return "The system" if event.verb in BY_ITSELF else "The operator"


def verb_words(verb: str) -> str:
    """A verb as people say it; one that nobody has put in words is at least readable.

    >>> verb_words("run.started"), verb_words("lead.moved_on")
    ('Started a run', 'Lead: moved on')
    """
    of, _, did = verb.partition(".")
    return VERBS.get(verb) or f"{of.capitalize()}: {did.replace('_', ' ')}"


def changes(event: AuditEvent) -> tuple[str, ...]:
    """What is different after the act; what was there before only where it was something else."""
    names = dict.fromkeys([*event.before, *event.after])
    told = (name for name in names if name not in UNTOLD and event.before.get(name) != event.after.get(name))
    return tuple(change for name in told if (change := _change(name, event)))


def _change(name: str, event: AuditEvent) -> str:
    label = name.removeprefix("is_").replace("_", " ")
    old, new = event.before.get(name), event.after.get(name)
    if isinstance(old, dict | list) or isinstance(new, dict | list):
        return ""
    if name in event.before:
        return f"{label}: {_words(old)} → {_words(new)}"
    return "" if new == "" else f"{label}: {_words(new)}"


def _words(value: Any) -> str:
    if value is None or value == "":
        return ABSENT
    if isinstance(value, bool):
        return "yes" if value else "no"
    return dict(Role.choices).get(value, str(value)) if isinstance(value, str) else str(value)
