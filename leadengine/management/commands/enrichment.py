"""`manage.py enrichment`: list enrichments; show, follow or stop one; take over what it found, undo that, or decide again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from enrichment.models import EnrichedField, Enrichment
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.applying import Applied, accept_all, decide_all_again, undo_all
from leadengine.workflows.following_enrichment import (
    find_enrichment,
    follow_enrichment,
    in_words,
    latest_enrichments,
    told,
)
from leadengine.workflows.stopping_enrichment import may_change, stop_enrichment

MOST = 20
ALL: dict[str, Callable[..., Applied]] = {"accept": accept_all, "undo": undo_all, "decide-again": decide_all_again}


class Command(WorkspaceCommand):
    help = (
        "Show, follow or stop an enrichment, accept all that it found but conflicts, undo that for 30 days, or take "
        "all decisions back, so that all of it waits as before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("act", nargs="?", default="list", choices=["list", "show", "follow", "stop", *ALL])
        parser.add_argument("id", nargs="?", type=UUID, help="the enrichment, as enrich_leads prints it")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        if options["act"] == "list":
            jobs = latest_enrichments(workspace, MOST)
            data = {"enrichments": [told(job) for job in jobs]}
            return self.put(data, options, "\n".join(map(in_words, jobs)) or "Nothing was enriched yet.")
        job = find_enrichment(workspace, options["id"]) if options["id"] else None
        if job is None:
            raise CommandError("Name an enrichment by its id: “list” shows them.")
        by = self.person(workspace, options)
        is_own = may_change(job, workspace.memberships.get(user=by))
        if options["act"] in ("stop", "undo", "decide-again") and not is_own:
            raise CommandError("Only whoever ordered it, or a manager, may do that.")
        more = self.act(job, options["act"], by)
        job.refresh_from_db()
        data = told(job) | more | {"fields": [described(each) for each in fields_of(job)]}
        refused = " ".join(more.get("refused", ()))
        return self.put(data, options, f"{in_words(job)} {refused}".strip())

    def act(self, job: Enrichment, act: str, by: Any) -> dict[str, Any]:
        """What there is to say beside how it stands."""
        now = timezone.now()
        if act == "stop" and not stop_enrichment(job, by=by, now=now):
            raise CommandError("It has ended already.")
        if act == "follow":
            follow_enrichment(job)
        if act not in ALL:
            return {}
        applied = ALL[act](job, by=by, now=now)
        while applied.has_more:
            more = ALL[act](job, by=by, now=now, past=applied.past)
            applied = Applied(applied.number + more.number, applied.refused + more.refused, more.has_more, more.past)
        return {"number": applied.number, "refused": list(dict.fromkeys(applied.refused))}


def fields_of(job: Enrichment) -> Any:
    return EnrichedField.objects.of(job.workspace_id).filter(item__enrichment=job).order_by("pk")


def described(field: EnrichedField) -> dict[str, Any]:
    kept = {name: getattr(field, name) for name in ("field", "before", "after", "mark", "state", "source", "url")}
    return kept | {"lead": str(field.lead_id), "confidence": field.confidence}
