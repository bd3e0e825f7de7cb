"""`manage.py score_feedback`: what people think of scores; lists the votes, or gives one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand, short
from leads.models import Lead
from scoring.feedback import LONGEST, NotScored, give, overall, tallies, votes, withdraw
from scoring.forms.feedback import OTHER, REASONS
from scoring.models import ScoreFeedback


class Command(WorkspaceCommand):
    help = "List what people think of scores, or give, change or withdraw one vote."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--lead", type=UUID, help="the lead to vote on; without it the votes are listed")
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--right", action="store_true", help="its score is right")
        act.add_argument("--wrong", choices=[key for key, _ in REASONS], help="its score is wrong: what is")
        act.add_argument("--withdraw", action="store_true", help="take the vote back")
        parser.add_argument("--text", default="", help="what is known, in words")
        parser.add_argument("--most", type=int, default=100, help="list at most so many")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["lead"]:
            self._vote(options)
        workspace = self.workspace(options)
        counted, found = overall(workspace), [_told(vote) for vote in votes(workspace)[: options["most"]]]
        data = {"right": counted.right, "wrong": counted.wrong, "by_factor": _by_factor(workspace), "votes": found}
        self.put(data, options, f"{counted.right} right, {counted.wrong} wrong")

    def _vote(self, options: dict[str, Any]) -> None:
        workspace = self.workspace(options)
        by = self.person(workspace, options)
        lead = Lead.objects.of(workspace).living().filter(pk=options["lead"]).first()
        if lead is None:
            raise CommandError(f"{workspace.name} has no lead {options['lead']}.")
        if options["withdraw"]:
            return withdraw(lead, by=by)
        if not (options["right"] or options["wrong"]):
            raise CommandError("Say --right, --wrong FACTOR or --withdraw.")
        text = short(options["text"].strip(), LONGEST, "The text")
        if options["wrong"] == OTHER and not text:
            raise CommandError("Say in a few words what is wrong: --text.")
        factor = "" if options["wrong"] in (None, OTHER) else options["wrong"]
        try:
            give(lead, by=by, is_right=options["right"], factor=factor, text=text, now=timezone.now())
        except NotScored:
            raise CommandError("This lead is not graded yet, so there is nothing to judge.") from None


def _by_factor(workspace: Any) -> dict[str, int]:
    return {each.factor or OTHER: each.wrong for each in tallies(workspace)}


def _told(vote: ScoreFeedback) -> dict[str, Any]:
    told = {"lead": str(vote.lead_id), "name": vote.lead.display_name, "by": vote.by.email, "is_right": vote.is_right}
    told |= {"factor": vote.factor or (None if vote.is_right else OTHER), "text": vote.text}
    return told | {"grade": vote.grade, "total": vote.total, "at": vote.created_at.isoformat()}
