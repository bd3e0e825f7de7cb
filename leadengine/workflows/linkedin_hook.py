"""LinkedIn's webhook: asked for and given up, its challenge answered, each event noted once; what is deleted there goes here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from billing import auditing
from leadengine.http import Unanswered
from leadengine.leased import LeaseState
from leadengine.outcomes import Outcome
from leadengine.workflows.erasing import erase_by_provider
from leadengine.workflows.suppression import suppress_and_mark
from leadengine.workflows.waking import wake
from leads.forgetting_records import forget_record
from leads.models import LeadAction, LeadIdentity, LinkedInConnection, LinkedInEvent
from leads.providers import linkedin
from leads.providers.linkedin_signing import Event
from leads.sources.social.linkedin import LinkedIn
from leads.suppressing import find

OVERDUE = timedelta(hours=7)  # LinkedIn asks every two hours, and gives up after the third failure
SECOND_LOOK = timedelta(minutes=2)  # longer than a lease: whoever is being delivered is there by then
NOTE = "Deleted at LinkedIn"
HTTPS_ONLY = "LinkedIn sends to an https address only: the operator of this server must set SITE_URL."


def address(found: LinkedInConnection) -> str:
    """Where LinkedIn sends its events. Raises Unanswered where this server has no public https address."""
    if not settings.SITE_URL.startswith("https://"):
        raise Unanswered(Outcome.BAD_REQUEST, HTTPS_ONLY, was_asked=False)
    return f"{settings.SITE_URL}{reverse('leads:linkedin-hook', args=[found.pk])}"


def standing(found: LinkedInConnection, *, now: datetime) -> str:
    """off, waiting (for the first challenge), working or failing."""
    if not found.webhook:
        return "off"
    if found.challenged_at is None:
        return "waiting"
    return "failing" if now - found.challenged_at > OVERDUE else "working"


def switch_on(found: LinkedInConnection, *, by: Any, now: datetime) -> None:
    """Has LinkedIn send events of the ad account. Raises Unanswered, and then nothing has changed."""
    asked = {"webhook": address(found), "owner": {"sponsoredAccount": found.account}, "leadType": "SPONSORED"}
    answer = LinkedIn().open_for(found).post("/leadNotifications", asked, is_repeatable=False)
    named = answer.headers.get("x-restli-id", "")[:60]
    if not answer.is_match or not named:
        raise Unanswered(Outcome.GARBLED, "LinkedIn did not say under which number it sends.")
    found.webhook = named
    found.save(update_fields=["webhook"])
    auditing.record("linkedin.webhook_on", workspace_id=found.workspace_id, by=by, obj=found, now=now)


def switch_off(found: LinkedInConnection, *, by: Any, now: datetime) -> None:
    """Has LinkedIn send no more. Raises Unanswered; one that LinkedIn knows no more is off already."""
    LinkedIn().open_for(found).delete(f"/leadNotifications/{found.webhook}")
    found.webhook, found.challenged_at = "", None
    found.save(update_fields=["webhook", "challenged_at"])
    auditing.record("linkedin.webhook_off", workspace_id=found.workspace_id, by=by, obj=found, now=now)


def secret_of(pk: UUID) -> tuple[LinkedInConnection, str] | None:
    """The connection whose webhook has this address, and what its events are signed with; None if there is none."""
    found = LinkedInConnection.objects.filter(pk=pk).select_related("workspace").first()
    try:
        return (found, linkedin.app_of(found.workspace_id).secret) if found else None
    except Unanswered:
        return None


def note_challenge(found: LinkedInConnection, *, now: datetime) -> None:
    LinkedInConnection.objects.filter(pk=found.pk).update(challenged_at=now)


@transaction.atomic
def take(found: LinkedInConnection, event: Event, *, now: datetime) -> bool:
    """Takes an event; False for one that was taken before. A worker fetches what was sent in, unless it waits for a run.

    A deletion is carried out at once, and again once what is under way has ended. Who came by that response is erased;
    whom another source had brought before is marked, and never written to again.
    """
    is_deleted = event.action == LeadAction.DELETED
    is_wanted = is_deleted or found.most_credits_a_month is not None
    told: dict[str, Any] = {
        "occurred_at": event.occurred_at,
        "received_at": now,
        "due_at": now + SECOND_LOOK if is_deleted else now,
    }
    told["state"] = LeaseState.QUEUED if is_wanted else LeaseState.PAUSED
    _row, is_new = LinkedInEvent.objects.get_or_create(
        workspace=found.workspace, response=event.response, action=event.action, defaults=told
    )
    if not is_new:
        return False
    LinkedInConnection.objects.filter(pk=found.pk).update(event_at=now)
    if is_deleted:
        mine = LinkedInEvent.objects.of(found.workspace_id).filter(response=event.response, action=LeadAction.CREATED)
        mine.exclude(state=LeaseState.DONE).update(state=LeaseState.STOPPED, claimed=False)
        erase_response(found.workspace, event.response, now=now)
    elif is_wanted:
        wake()
    return True


def waiting(found: LinkedInConnection) -> int:
    """Responses that were sent in and are no leads yet."""
    new = _untaken(found).values_list("response", flat=True)
    known = LeadIdentity.objects.of(found.workspace_id).filter(kind="record", value__in=[_record(each) for each in new])
    return len(new) - known.count()


def why_waiting(found: LinkedInConnection) -> str:
    """What keeps those that should be taken in from it; "" while nothing does."""
    kept = _untaken(found).exclude(state=LeaseState.PAUSED).exclude(error="")
    return kept.order_by("-received_at", "-pk").values_list("error", flat=True).first() or ""


def take_up(found: LinkedInConnection, *, now: datetime) -> None:
    """What waits is due at once where responses are taken in as they come; otherwise it waits for a run."""
    is_wanted = found.most_credits_a_month is not None
    state = LeaseState.QUEUED if is_wanted else LeaseState.PAUSED
    _untaken(found).filter(claimed=False).update(state=state, due_at=now, stalls=0, cursor={}, error="")
    if is_wanted:
        wake()


def erase_response(workspace: Any, response: str, *, now: datetime) -> None:
    """Out of what was left out and not used yet, too; it is never delivered again. Harmless to repeat."""
    forget_record(workspace.pk, LinkedIn.name, response)
    known = LeadIdentity.objects.of(workspace).filter(kind="record", value=_record(response))
    for lead in (identity.lead for identity in known.select_related("lead__workspace")):
        if lead.source == LinkedIn.name:
            erase_by_provider(lead, now=now)
        elif lead.email:
            suppress_and_mark(workspace, "email", lead.email, note=NOTE, by=None, now=now)
    if not find("record", _record(response), workspace=workspace):
        suppress_and_mark(workspace, "record", _record(response), note=NOTE, by=None, now=now)


def _untaken(found: LinkedInConnection) -> Any:
    told = LinkedInEvent.objects.of(found.workspace_id).filter(action=LeadAction.CREATED)
    return told.exclude(state__in=(LeaseState.DONE, LeaseState.STOPPED))


def _record(response: str) -> str:
    return f"{LinkedIn.name}:{response}"
