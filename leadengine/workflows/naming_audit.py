"""What each act of the audit was about, by its name, and where that is: runs, searches, leads, people, profiles."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.urls import reverse
from django.utils.http import urlencode

from billing.audit_log import Subject
from billing.models import AuditEvent, User, Workspace
from leadengine.workflows.audit_rows import LISTS, TAGS, AuditRow, audit_rows
from leadengine.workflows.naming_work import enrichment_name, run_name
from leads.models import Company, Lead
from leads.query.tokens import quoted
from leads.sources import registry
from scoring.models import Profile
from scoring.versions import title

CREDITS, PRIVACY = ("Credits", "billing:credits"), ("Privacy", "billing:settings-privacy")
LIMITS = ("Roles and limits", "billing:settings-limits")
PAGES = {
    "workspace.created": ("Team", "billing:members"),
    "workspace.run_limit": LIMITS,
    "workspace.confirm_above": LIMITS,
    "workspace.reuse_days": PRIVACY,
    "workspace.retention": PRIVACY,
    "workspace.time_zone": ("Saved searches", "leads:search-list"),
    "retention.applied": PRIVACY,
    "credits.granted": CREDITS,
    "credits.expired": CREDITS,
    "credits.reversed": CREDITS,
    "ledger.exported": CREDITS,
    "leads.exported": ("Leads", "leads:lead-list"),
    "password.link_made": ("Team", "billing:members"),
}  # what is about no single thing is seen there
AREAS = {
    "suppression": ("Suppression list", "leads:suppression-list"),
    "linkedin": ("LinkedIn", "leads:linkedin"),
}  # the same by how the verb begins
GONE = {"leads.savedsearch": "A saved search", "leads.lead": "A lead", "leads.company": "A company"}


def subjects(workspace: Workspace, events: Collection[AuditEvent], *, reader: User | None) -> dict[int, Subject]:
    """By the event, in one query. What `reader` may not open is neither named nor linked; None is the operator."""
    ids: dict[str, set[str]] = {}
    for event in events:
        ids.setdefault(event.object_type, set()).add(event.object_id)
    rows = audit_rows(workspace, ids, reader=reader)
    found = {event.pk: _subject(event, rows.get((event.object_type, event.object_id))) for event in events}
    return {pk: subject for pk, subject in found.items() if subject}


def _subject(event: AuditEvent, row: AuditRow | None) -> Subject | None:
    named = SUBJECTS[event.object_type](row) if row else None
    if named:
        return named
    if event.verb.startswith("provider."):
        return Subject(registry.title(str(event.after.get("provider", ""))), reverse("leads:provider-list"))
    name, place = PAGES.get(event.verb) or AREAS.get(event.verb.partition(".")[0]) or ("", "")
    if place:
        return Subject(name, reverse(place))
    return Subject(f"{GONE[event.object_type]} that is gone") if event.object_type in GONE else None


def _run(row: AuditRow) -> Subject:
    return Subject(run_name(row.number, row.name), reverse("leads:run-detail", args=[row.at]))


def _search(row: AuditRow) -> Subject:
    if row.number:
        return Subject("A private search")
    return Subject(f"Search “{row.name}”", reverse("leads:search-detail", args=[row.at]))


def _lead(row: AuditRow) -> Subject:
    who = "Erased person" if row.number else Lead(full_name=row.name, company=Company(name=row.more)).display_name
    return Subject(who, reverse("leads:lead-detail", args=[row.at]))


def _paid_back(row: AuditRow) -> Subject | None:
    return _lead(row) if row.name or row.more else None


def _company(row: AuditRow) -> Subject:
    return Subject(row.name, reverse("leads:company-detail", args=[row.at]))


def _import(row: AuditRow) -> Subject:
    return Subject(f"Import of {row.name}", reverse("leads:import-detail", args=[row.at]))


def _edit(row: AuditRow) -> Subject | None:
    """The list or the tag; of an owner the name, and nothing of what is no thing of its own."""
    if not row.name:
        return None
    if row.more in LISTS:
        return Subject(f"List “{row.name}”", reverse("leads:list-detail", args=[row.at]))
    if row.more in TAGS:
        query = urlencode({"q": f"tag:{quoted(row.name)}"})
        return Subject(f"Tag “{row.name}”", f"{reverse('leads:lead-list')}?{query}")
    return Subject(row.name)


def _profile(row: AuditRow) -> Subject:
    named = title(Profile(industry=row.name, version=row.number))
    return Subject(named, reverse("scoring:profile-detail", args=[row.at]))


def _enrichment(row: AuditRow) -> Subject:
    named = enrichment_name(row.number, is_test=row.more == "1")
    return Subject(named, reverse("enrichment:job", args=[row.at]))


def _member(row: AuditRow) -> Subject:
    return Subject(row.name, reverse("billing:member-edit", args=[row.at]))


def _invitation(row: AuditRow) -> Subject:
    return Subject(row.name or "Whoever has the link", reverse("billing:members"))


SUBJECTS: dict[str, Callable[[AuditRow], Subject | None]] = {
    "leads.run": _run,
    "leads.savedsearch": _search,
    "leads.lead": _lead,
    "leads.company": _company,
    "leads.import": _import,
    "leads.leadedit": _edit,
    "scoring.profile": _profile,
    "enrichment.enrichment": _enrichment,
    "billing.membership": _member,
    "billing.invitation": _invitation,
    "billing.creditentry": _paid_back,
}
