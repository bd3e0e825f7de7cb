"""`manage.py schedule_search`: sets, pauses, resumes and removes the schedule of a saved search, and lists them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.models import User, Workspace
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.scheduled import used_this_month
from leadengine.workflows.scheduling import Plan, pause_schedule, remove_schedule, set_schedule, set_time_zone
from leads.models import Every, SavedSearch, ScheduledAct, SearchSchedule
from leads.saved_searches import deletable_by, visible_to

PLAN = tuple(field.name for field in fields(Plan))


class Command(WorkspaceCommand):
    help = "List the schedules of saved searches that a person sees, or set, pause, resume or remove one."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        one = parser.add_mutually_exclusive_group()
        for act in ("set", "pause", "resume", "remove"):
            one.add_argument(f"--{act}", default="", metavar="NAME", help="of the saved search")
        parser.add_argument("--act", choices=ScheduledAct.values, default=ScheduledAct.RUN)
        parser.add_argument("--every", choices=Every.values, default=Every.WEEKLY)
        parser.add_argument("--weekday", default=0, help="0 is Monday")
        parser.add_argument("--monthday", default=1, help="1 to 28")
        parser.add_argument("--hour", default=7, help="in the workspace's time zone")
        parser.add_argument("--most-leads", default=25, help="of a run")
        parser.add_argument("--most-credits-a-month", default=100)
        parser.add_argument("--time-zone", default="", help="of the workspace, as Europe/Madrid; by a manager")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        by = self.person(workspace, options)
        if options["time_zone"]:
            _zone(workspace, by, options["time_zone"])
        if options["set"]:
            set_schedule(_own(workspace, by, options["set"]), _plan(options), by=by, now=now)
        for act in ("pause", "resume"):
            if options[act]:
                saved = _scheduled(workspace, by, options[act])
                pause_schedule(saved, is_paused=act == "pause", by=by, now=now)
        if options["remove"]:
            remove_schedule(_scheduled(workspace, by, options["remove"]), by=by, now=now)
        seen = SearchSchedule.objects.of(workspace).filter(search__in=visible_to(by, workspace))
        found = [_told(each) for each in seen.select_related("search", "workspace", "by").order_by("next_at", "id")]
        lines = [f"{each['search']}: {each['when']}, {each['state']}, next {each['next']}" for each in found]
        data = {"time_zone": workspace.time_zone, "schedules": found}
        self.put(data, options, "\n".join(lines) or "No schedules.")


def _told(each: SearchSchedule) -> dict[str, Any]:
    return {
        "search": each.search.name,
        "act": each.act,
        "when": each.rhythm(each.workspace.time_zone).words(),
        "state": "paused" if each.is_paused else "on",
        "next": None if each.is_paused else each.next_at.isoformat(timespec="seconds"),
        "most_leads": each.most_leads,
        "most_credits_a_month": str(each.most_credits_a_month),
        "used_this_month": str(used_this_month(each, now=timezone.now())),
        "by": each.by.email,
        "note": each.note,
    }


def _plan(options: dict[str, Any]) -> Plan:
    """Checked as the page checks it."""
    asked = SearchSchedule(**{name: options[name] for name in PLAN})
    try:
        asked.clean_fields(exclude={field.name for field in SearchSchedule._meta.fields} - set(PLAN))
    except ValidationError as wrong:
        told = (f"{name.replace('_', ' ')}: {' '.join(texts)}" for name, texts in wrong.message_dict.items())
        raise CommandError(" ".join(told)) from wrong
    return Plan(**{name: getattr(asked, name) for name in PLAN})


def _own(workspace: Workspace, by: User, name: str) -> SavedSearch:
    is_manager = workspace.memberships.get(user=by).is_manager
    own = deletable_by(by, workspace, is_manager=is_manager).select_related("workspace")
    found = own.filter(name=name).order_by("id").first()
    if found is None:
        raise CommandError(f"{by.email} has no saved search “{name[:60]}” to schedule.")
    return found


def _scheduled(workspace: Workspace, by: User, name: str) -> SavedSearch:
    saved = _own(workspace, by, name)
    if not SearchSchedule.objects.of(workspace).filter(search=saved).exists():
        raise CommandError(f"“{name[:60]}” has no schedule.")
    return saved


def _zone(workspace: Workspace, by: User, zone: str) -> None:
    if not workspace.memberships.get(user=by).is_manager:
        raise CommandError("Ask a manager: they set the time zone.")
    try:
        set_time_zone(workspace, zone, by=by, now=timezone.now())
    except ValueError as error:
        raise CommandError(str(error)) from error
