"""The map of the site as the tenancy walk sees it: every URL of the URLconf, with values for its parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from billing import invitations
from billing.models import User, Workspace
from leads.discarding import discard
from leads.models import Suppression
from leads.suppressing import suppress
from tests.factories import enrichments, groups, imports, leads, notices, people, providers, runs, scores, verification

METHODS = ("get", "post")
OPEN = {
    "billing:sign-in",
    "billing:sign-out",
    "billing:password-reset",
    "billing:password-reset-sent",
    "billing:password-reset-confirm",
    "billing:invitation-accept",
    "leads:linkedin-hook",
    "leadengine:theme",
    "leadengine:health",
}
WITHOUT_WORKSPACE = OPEN | {
    "billing:password-change",
    "billing:switch",
    "leadengine:styleguide",
    "leads:styleguide-work",
    "leads:styleguide-search",
    "scoring:styleguide-scores",
    "leadengine:help",
    "leadengine:keys",
}
FOR_MANAGERS = {
    "billing:member-edit",
    "billing:member-deactivate",
    "billing:member-reactivate",
    "billing:member-reset-link",
    "billing:invitation-create",
    "billing:invitation-revoke",
    "billing:run-limit",
    "billing:confirm-sum",
    "billing:member-limit",
    "billing:reuse-days",
    "billing:retention",
    "billing:audit",
    "enrichment:mail-checks",
    "enrichment:mail-checks-test",
    "scoring:dashboard",
    "scoring:dashboard-export",
    "scoring:feedback-list",
    "scoring:figures",
    "scoring:lab",
    "scoring:lab-keep",
    "scoring:lab-publish",
    "scoring:lab-review",
    "scoring:profile-discard",
    "scoring:profile-ideal",
    "scoring:profile-roll-back",
    "scoring:profile-withdraw",
    "scoring:profiles-adopt",
    "leads:linkedin-account",
    "leads:linkedin-callback",
    "leads:linkedin-disconnect",
    "leads:linkedin-webhook",
    "leads:provider-key-set",
    "leads:provider-key-test",
    "leads:provider-key-remove",
    "leads:provider-opinions",
    "leads:suppression-add",
    "leads:suppression-remove",
    "leads:person-find",
    "leads:person-detail",
    "leads:person-export",
    "leads:person-erase",
    "leads:person-records-export",
    "leads:person-records-erase",
}
THEIR_MAKERS = {  # and managers'; no other rep's
    "leads:search-delete",
    "leads:search-share",
    "leads:search-schedule",
    "leads:search-schedule-pause",
    "leads:search-schedule-remove",
    "leads:search-schedule-restore",
    "leads:file-delete",
    "leads:import-discard",
    "enrichment:job-stop",
    "enrichment:job-undo",
    "enrichment:job-again",
    "enrichment:field-undo",
    "leads:import-undo",
    "leads:edit-undo",
    "leads:view-edit",
    "leads:view-renew",
    "leads:view-delete",
    "leads:view-restore",
}
THEIRS_ALONE = {"billing:notification-read"}  # nobody else's, managers included
ADMIN_OPEN = {"admin:login", "admin:logout", "admin:jsi18n"}


@dataclass(frozen=True, slots=True)
class Place:
    """One URL: its name with the namespace ("" has none), and the names of its parameters."""

    name: str
    parameters: tuple[str, ...]


def places() -> list[Place]:
    """All that have a name, those of the admin apart; a URL without a name is an error."""
    return [each for each in _walk(get_resolver().url_patterns, "") if not each.name.startswith("admin:")]


def admin_places() -> list[Place]:
    return [each for each in _walk(get_resolver().url_patterns, "") if each.name.startswith("admin:")]


def _walk(patterns: list[URLPattern | URLResolver], namespace: str) -> Iterator[Place]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, each.namespace or namespace)
        elif each.name or namespace != "admin":  # the admin's last pattern, which catches the rest, has no name
            assert each.name, f"{each.pattern} has no name, so nobody can link to it"
            yield Place(f"{namespace}:{each.name}", tuple(each.pattern.regex.groupindex))


def records(of: Workspace, by: User) -> dict[str, object]:
    """A record of the workspace for each kind of URL: the start of the URL's name -> the value of its parameter."""
    run = runs.run(of, name="Quokkavale search")
    lane = runs.lane(run)
    runs.exclusion(lane, label="Quokkavale Excluded")
    company = leads.company(of, name="Quokkavale Pumps")
    suppress("domain", "quokkavale.example", workspace=of, by=by, note="Quokkavale reason", now=timezone.now())
    invitation, _ = invitations.invite(of, role="rep", email="quokkavale@invited.example", by=by, now=timezone.now())
    lead = leads.lead(of, name="Quokkavale Person", company=company)
    tag, lead_list = groups.tag(of, "Quokkavale tag", lead), groups.lead_list(of, "Quokkavale list", lead, by=by)
    saved = runs.saved_search(of, name="Quokkavale saved search", is_shared=True)
    found = enrichments.found(of, lead, by=by)
    runs.schedule(saved)
    return {
        "leads:lead": lead.pk,
        "leads:suppress": lead.pk,
        "leads:person": lead.pk,
        "scoring:score": lead.pk,
        "enrichment:email": lead.pk,
        "enrichment:phone": lead.pk,
        "leads:run": run.pk,
        "leads:exclusion": run.pk,
        "leads:company": company.pk,
        "scoring:coverage": company.pk,
        "enrichment:company": company.pk,
        "enrichment:job": found.item.enrichment_id,
        "enrichment:field": found.pk,
        "scoring:profile": scores.draft(of, note="Quokkavale note").pk,
        "leads:import": imports.brought(of, name="Quokkavale import.csv", by=by).pk,
        "leads:file": runs.source_file(of, name="Quokkavale.csv").pk,
        "leads:view": leads.saved_view(of, name="Quokkavale view", is_shared=True).pk,
        "leads:edit": leads.lead_edit(of, words="Tagged “Quokkavale”").pk,
        "leads:search": saved.pk,
        "leads:provider-key": providers.key(of, ending="uokk").pk,
        "leads:suppression": Suppression.objects.get(workspace=of).pk,
        "leads:linkedin-hook": lead.pk,  # nobody's: it says nothing
        "leads:list": lead_list.pk,
        "leads:tag": tag.pk,
        "leads:verification": verification.order(of, lead, by=by).pk,
        "leads:group": discard(groups.tag(of, "Quokkavale gone"), now=timezone.now()).pk,
        "billing:member": people.membership(of, user=people.user("quokkavale@member.example")).pk,
        "billing:invitation": invitation.pk,
        "billing:notification": notices.notification(of, by, title="Quokkavale notification").pk,
    }


def url_of(place: Place, values: dict[str, object]) -> str:
    """The address of a place; fails when nobody said what its parameter may be."""
    if not place.parameters:
        return reverse(place.name)
    fits = [start for start in values if place.name == start or place.name.startswith(f"{start}-")]
    assert fits, f"{place.name} takes {place.parameters}: give it a value in tests/walking.py"
    return reverse(place.name, args=[values[max(fits, key=len)]])
